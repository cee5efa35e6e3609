"""What typer says of a command line that it cannot read, in the language in use: it has but English."""

import re

from dcrelief.language import _, later

# A sentence of typer's, and ours; one that is not here is shown as typer has it.
_SENTENCES = {
    r"No such option: (?P<name>\S+)": later("没有选项 {name}"),
    r"No such option: (?P<name>\S+) \(Possible options: (?P<near>.*)\)": later("没有选项 {name}，相近的有 {near}"),
    r"No such command '(?P<name>[^']*)'\.": later("没有命令“{name}”"),
    r"No such command '(?P<name>[^']*)'\. Did you mean (?P<near>.*)\?\.?": later("没有命令“{name}”，相近的有 {near}"),
    r"Missing argument '(?P<name>.*)'\.": later("缺少{name}"),
    r"Option '(?P<name>.*)' requires an argument\.": later("{name} 后面要写一个值"),
    r"Option '(?P<name>.*)' does not take a value\.": later("{name} 后面不能写值"),
    r"Got unexpected extra argument(?:\(s\)|s)? \((?P<name>.*)\)": later("多写了“{name}”"),
}


def mistake(message: str) -> str:
    """A message of typer's, put into the language."""
    for pattern, sentence in _SENTENCES.items():
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match is not None:
            return _(sentence, **{key: _(text) for key, text in match.groupdict().items()})
    return message
