"""What is said of a value that cannot be read as its fact."""

from dcrelief.language import _
from dcrelief.rules.facts import BadValue
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.words import Words

_MOST_LETTERS = 40


def complaint_about(bad: BadValue, words: Words) -> str:
    """What is said where the fact is plain to see."""
    nearest = _("最接近的是“{nearest}”。", nearest=bad.nearest) if bad.nearest else ""
    return _(
        "看不懂“{written}”。请填{expected}。{did_you_mean}",
        written=shortened(bad.written),
        expected=kind_of(bad.fact).expected(bad.fact, bad.as_of, words),
        did_you_mean=nearest,
    )


def named_complaint(bad: BadValue, words: Words) -> str:
    """What is said among other facts."""
    return _(
        "{label}（{name}）：{message}", label=bad.fact.label, name=bad.fact.id, message=complaint_about(bad, words)
    )


def shortened(written: object) -> str:
    """What was written, in a line that is short enough to show."""
    try:
        text = str(written).replace("\n", " ")
    except RecursionError:
        text = "[[["
    if isinstance(written, bool):
        text = "true" if written else "false"
    if len(text) <= _MOST_LETTERS:
        return text
    return _("{text}…（共 {count} 字）", text=text[:_MOST_LETTERS], count=len(text))
