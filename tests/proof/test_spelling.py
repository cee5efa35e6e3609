"""Letters that mean the same."""

import re

import pytest

from dcrelief.proof.spelling import loosely, same_letters, unspaced


def test_one_width_and_no_older_forms() -> None:
    assert same_letters("疫情後，贷款馀额１％") == "疫情后,贷款余额1%"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("邮　箱：ｄｃ@126.com", "邮箱:dc@126.com"),
        ("2020 年 2 月", "2020年2月"),
        ("64000001 \n\n 64000002", "64000001 64000002"),
        ("a@b.cn\nc@d.cn", "a@b.cn c@d.cn"),
    ],
)
def test_a_space_stays_where_it_parts(text: str, plain: str) -> None:
    assert unspaced(text) == plain


@pytest.mark.parametrize("written", ["附则（後）.", "附 则(后)．", "附则 (後)."])
def test_a_text_is_found_however_it_is_spelt(written: str) -> None:
    assert re.fullmatch(loosely("附则(后)."), written)
    assert not re.fullmatch(loosely("附则(后)."), written.replace(".", "x").replace("．", "x"))
