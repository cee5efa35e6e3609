"""How a document is laid out: what its measures begin with, and the labels in them."""

from msgspec import Struct

# A label, several for the same thing, or none.
Labels = str | tuple[str, ...]


class Layout(Struct, frozen=True, forbid_unknown_fields=True):
    """How a document is laid out.

    numbering: how a measure begins, `{number}.` or `第{chinese}条`. closing: how it goes on after the last of them.
    units, people, phones, email: the label before those, or several, `["牵头单位", "责任单位"]`; left out where the
    document has none.
    """

    numbering: str
    units: Labels = ()
    people: Labels = ()
    phones: Labels = ()
    email: Labels = ()
    closing: str = ""

    def labels(self) -> dict[str, str]:
        """The field of each label that is given."""
        fields = {"units": self.units, "people": self.people, "phones": self.phones, "email": self.email}
        return {label: field for field, labels in fields.items() for label in _each(labels) if label}


def _each(labels: Labels) -> tuple[str, ...]:
    return (labels,) if isinstance(labels, str) else labels
