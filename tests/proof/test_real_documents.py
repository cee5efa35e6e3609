"""What documents of other governments print, counted in them by hand; their texts are not part of the project."""

from pathlib import Path

import pytest
from msgspec import Struct

from dcrelief.proof.document_files import load_document
from dcrelief.rules.layout import Layout

DOCUMENTS = Path(__file__).parents[3] / "shared" / "documents"


class Printed(Struct, frozen=True):
    """A document: its layout; how many units each measure names; the numbers it lost, and how many desks it names."""

    layout: Layout
    units: tuple[int, ...]
    lost: tuple[int, ...] = ()
    desks: int = 0


UNITS = ("牵头单位", "责任单位", "责任部门")
PRINTED = {
    "beijing-7hao": Printed(
        Layout("{number}.", UNITS, closing="以上政策措施适用于"), (6, 13, 2, 2, 7, 3, 4, 4, 4, 3, 8, 3, 2, 6, 3, 5)
    ),
    "haidian": Printed(
        Layout("（{chinese}）", "对接部门", "联系人", "联系电话", closing="以上政策适用于"),
        (1, 1, 1, 3, 1, 3, 1, 3, 2, 1, 1, 3, 1, 1, 2),
        desks=33,
    ),
    # Its 3 and the beginning of its 10 are lost, so that 2 and 9 have their units, too.
    "shijingshan": Printed(
        Layout("{number}.", UNITS, closing="本措施由"), (5, 4, 2, 1, 2, 2, 3, 5, 4, 5, 3, 2, 1), lost=(3, 10)
    ),
    "beijing-rsj": Printed(Layout("{chinese}、", (), "联系人", "联系电话", "电子邮箱"), (0, 0, 0, 0, 0, 0), desks=1),
    "zhejiang-30": Printed(Layout("（{chinese}）", closing="国家有其他"), (0,) * 30),
    "xiangtan": Printed(Layout("{chinese}、", UNITS, closing="本意见中"), (6, 7, 4, 2, 3, 1, 2, 3, 5, 3, 1, 3)),
    "suining": Printed(
        Layout("{number}.", UNITS, closing="本通知自"), (6, 8, 3, 5, 5, 9, 3, 5, 3, 1, 1, 3, 2, 3, 3, 10, 5, 4, 4, 2)
    ),
    "taizhou": Printed(Layout("{number}.", UNITS, closing="本政策自"), (4, 4, 3, 6, 2, 5, 4, 3, 1, 1)),
    # 各市、自治州人民政府 counts for two.
    "guizhou-services": Printed(
        Layout("{number}.", UNITS, closing="本通知自"), (3, 3, 7, 4, 3, 2, 2, 1, 1, 6, 3, 5, 4, 4, 3, 2, 2)
    ),
}


@pytest.mark.skipif(
    not DOCUMENTS.exists(),
    reason="the documents are not part of the project; what they print stands in test_articles.py",
)
@pytest.mark.parametrize("name", PRINTED)
def test_numbers_units_and_desks(name: str) -> None:
    printed = PRINTED[name]
    document = load_document(DOCUMENTS / f"{name}.txt", printed.layout)
    assert document.lost == printed.lost
    assert tuple(len(article.units) for article in document.articles) == printed.units
    assert sum(len(article.desks) for article in document.articles) == printed.desks
