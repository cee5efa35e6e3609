"""Number formats: which show numbers otherwise than they are, and what they show of them."""

from decimal import Decimal

import pytest

from dcrelief.batch.number_formats import is_percent, shown, shows_otherwise, text_of


@pytest.mark.parametrize(
    "code",
    [
        *[
            "",
            "General",
            "0",
            "0.00",
            "#,##0",
            "#,##0.00",
            "0.##",
            "#,##0.00_);[Red]\\(#,##0.00\\)",
            "@",
            "0_ ",
            "[Red]0",
        ],
        *['_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "[$-804]0", "0;-0", "0.0;(0.0)", "#"],
        *[
            "yyyy-mm-dd",
            'yyyy"年"m"月"d"日"',
            "h:mm",
            "mm:ss",
            "m/d/yy h:mm",
            "[$-F800]dddd, mmmm dd, yyyy",
            "0%",
            "0.00%",
        ],
    ],
)
def test_most_show_a_number_a_day_or_a_share_as_it_is(code: str) -> None:
    assert not shows_otherwise(code)


SHOWN = [
    ("00000000", "12345", "00012345"),
    ("00", "123", "123"),
    ("0000", "-12", "-0012"),
    ("[Red]000_)", "7", "007"),
    ('"DC-"0000', "12", "DC-0012"),
    ('"DC-"0000', "-12", "-DC-0012"),
    ('0000"号"', "3", "0003号"),
    ("0号", "3", "3号"),
    ('"第"0"号"', "12", "第12号"),
    ("0000-0000", "12345678", "1234-5678"),
    ("0000-0000", "5678", "0000-5678"),
    ("000-0000-0000", "13812345678", "138-1234-5678"),
    ("###-####-####", "13812345678", "138-1234-5678"),
    ("0000-0000", "912345678", "91234-5678"),
    ("000\\.00\\.00", "1234567", "123.45.67"),
    ("(000) 000-0000", "5551234567", "(555) 123-4567"),
    ("+0;-0", "5", "+5"),
    ("+0;-0", "-5", "-5"),
    ("+0;-0", "0", "+0"),
    ('0;-0;"无"', "0", "无"),
    ('0;-0;"无"', "8", "8"),
    ('"是";;"否"', "1", "是"),
    ('"是";;"否"', "0", "否"),
    ('"是";;"否"', "-1", ""),
    ('"男";"女"', "-1", "女"),
    (";;;", "5", ""),
    ('#,##0.00"美元"', "1234.5", "1,234.50美元"),
    ("[$€-407]#,##0", "1234", "€1,234"),
    ("$#,##0.00", "0", "$0.00"),
    ('0.0#"度"', "1.5", "1.5度"),
    ('0.0#"度"', "1.25", "1.25度"),
    ('General"人"', "8.5", "8.5人"),
    ('"No. "@', "8", "No. 8"),
    ('"A"!-000', "1", "A-001"),
    ("[h]:mm", "1.5", "36:00"),
    ("[hh]:mm:ss", "0.3", "07:12:00"),
    ("[mm]:ss", "0.05", "72:00"),
    ("[h]:mm;@", "1.25", "30:00"),
    ("[s]", "0.001", "86"),
]


@pytest.mark.parametrize(("code", "number", "text"), SHOWN)
def test_what_the_others_show(code: str, number: str, text: str) -> None:
    assert shows_otherwise(code)
    assert shown(code, Decimal(number)) == text


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("0.00E+00", "12345"),
        ("##0.0E+0", "12345"),
        ("# ?/?", "0.5"),
        ("000.00.00", "1234567"),
        ("[DBNum1][$-804]General", "12"),
        ('[>=10000]0"多";0', "12"),
        ('0.0,"千"', "12345"),
        ("0,", "12000"),
        ("000", "12.5"),  # it would show 13
        ("0000-0000", "0.5"),
        ('0"号"', "1.5"),
        ("[h]:mm", "-0.5"),
        ('[h]"小时"mm"分"', "1.5"),
        ("Q0", "1"),
        ('"a"0.00', "1E27"),
        ('"a"0.00', "-1E300"),
        ("0000-0000", "1E300"),
        (f"00.{'0' * 40}", "1.5"),
    ],
)
def test_what_cannot_be_told_or_is_less_than_the_number(code: str, number: str) -> None:
    assert shows_otherwise(code)
    assert shown(code, Decimal(number)) is None


def test_percentages_are_known_by_the_sign_that_is_no_text() -> None:
    assert [code for code in ("0%", "0.0%;[Red]-0%", '0"%"', "0\\%", "0") if is_percent(code)] == [
        "0%",
        "0.0%;[Red]-0%",
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('0"万元"', "万元"),
        ("$#,##0", "$"),
        ("[$¥-804]0", "¥"),
        ("[$-804]0", ""),
        ("[Red]0", ""),
        ("0元", "元"),
        ("-0", ""),
    ],
)
def test_the_text_beside_numbers(code: str, text: str) -> None:
    assert text_of(code) == text
