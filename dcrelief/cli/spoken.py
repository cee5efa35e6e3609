"""The language of a command line: --lang, which may stand anywhere, or the environment's."""

import os
import re

from dcrelief import language
from dcrelief.errors import UsageError
from dcrelief.language import _


def after_language(arguments: list[str]) -> list[str]:
    """The arguments without --lang, which may stand anywhere. From now on texts are in that language.

    Raises UsageError for a language that there is not.
    """
    wanted, rest = os.environ.get("DCRELIEF_LANG") or language.CHINESE, []
    left = iter(arguments)
    for argument in left:
        name, equals, value = argument.partition("=")
        if name != "--lang":
            rest.append(argument)
        else:
            wanted = value if equals else next(left, "")
    offered = language.languages()
    spoken = re.split(r"[-_.@]", wanted)[0].lower()  # as systems write a language: en_GB.UTF-8, zh-Hans
    if spoken not in offered:
        raise UsageError(*map("\n".join, zip(*(_no_such_language(wanted, known) for known in offered), strict=True)))
    language.use(spoken)
    return rest


def _no_such_language(wanted: str, known: str) -> tuple[str, str]:
    """That there is no such language, said in one that there is."""
    with language.speaking(known):
        message = _("--lang（DCRELIEF_LANG）没有“{wanted}”这种语言。", wanted=wanted[:20])
        return message, _("有：{offered}。", offered=_("、").join(language.languages()))
