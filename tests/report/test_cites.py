"""How measures are cited, of one document and of several, in both languages."""

from pathlib import Path

from dcrelief.catalogue.load import load_catalogue
from dcrelief.language import speaking
from dcrelief.report.cites import cite, cite_in_order, level_note, measure_name
from tests.examples import both, in_english, shipped


def test_of_one_document() -> None:
    assert cite(shipped(), "6") == "第6条"
    assert cite(shipped(), "9", "1", "9") == "第9、1条"
    assert cite_in_order(shipped(), ["9", "1", "9"]) == "第1、9条"
    assert measure_name(shipped(), shipped().measure("9")) == "第9条 免费法律咨询"


def test_of_several_those_of_a_document_together() -> None:
    ids = ["beijing.2", "dongcheng.3", "beijing.1", "dongcheng.1"]
    assert cite(both(), *ids) == "市第2、1条、区第3、1条"
    assert cite_in_order(both(), ids) == "区第1、3条、市第1、2条"


def test_in_english() -> None:
    assert cite(in_english(), "6") == "Measure 6"
    assert cite(in_english(), "6", "9") == "Measures 6, 9"
    with speaking("en"):
        together = load_catalogue(Path("dongcheng"), Path("beijing"))
    assert cite(together, "dongcheng.6", "dongcheng.9", "beijing.2") == "District Measures 6, 9, City Measure 2"


def test_no_measures_are_cited_as_nothing() -> None:
    assert cite_in_order(shipped(), []) == ""


def test_the_same_support_at_another_level() -> None:
    notes = {route.id: level_note(both(), route) for route in both().routes()}
    assert notes["dongcheng.4.office"] == "和市第2条原则上只能选一级"
    assert notes["beijing.2.office"] == "和区第4条原则上只能选一级"
    assert notes["beijing.12.training"] == "和区第32条是同一件事，只办一次"
    assert notes["dongcheng.11.reward"] == notes["beijing.16.notary"] == ""
    assert {level_note(shipped(), route) for route in shipped().routes()} == {""}
