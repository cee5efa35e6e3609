"""The labels of a document: one, several for the same thing, or none."""

from dcrelief.rules.layout import Layout


def test_one_label_several_or_none() -> None:
    layout = Layout("{number}.", ("牵头单位", "责任单位"), "联系人", email="")
    assert layout.labels() == {"牵头单位": "units", "责任单位": "units", "联系人": "people"}
