"""What a person may do once the plan is there: read a measure in full, or keep the page, the PDF and the answers."""

import unicodedata
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from dcrelief.cli.given import given_measure
from dcrelief.errors import DcreliefError, UsageError
from dcrelief.files.answers import save_answers
from dcrelief.files.whole import file_name
from dcrelief.language import _
from dcrelief.report.handouts import handouts
from dcrelief.report.printing import print_view
from dcrelief.report.view import measure_for
from dcrelief.rules.assessment import Assessment
from dcrelief.terminal.cjk import wrap
from dcrelief.terminal.console import Environment
from dcrelief.terminal.prompts import Back, Prompter

# The keys, each with the kind of file that it writes and how its name ends.
_KEYS = {"h": ("html", ".html"), "p": ("pdf", ".pdf"), "s": ("answers", ".toml")}


class Afterwards:
    """Asks what else is wanted of an assessment, until the person has enough."""

    def __init__(self, environment: Environment, prompter: Prompter, assessment: Assessment) -> None:
        self._environment = environment
        self._prompter = prompter
        self._assessment = assessment

    def offer(self) -> None:
        """Does what is asked, one thing after the other; an empty line, Esc or Ctrl-C ends it."""
        words = self._assessment.catalogue.words
        with suppress(Back, KeyboardInterrupt, EOFError):
            while typed := self._prompter.write((words("after.ask"),), words("after.hint"), self._complaint, last=True):
                key = _plain(typed)
                try:
                    if key in _KEYS:
                        self._keep(*_KEYS[key])
                    else:
                        self._show(key)
                except DcreliefError as error:
                    self._say(f"{error.message}{error.hint}")

    def _complaint(self, typed: str) -> str:
        key = _plain(typed)
        if key and key not in _KEYS:
            try:
                given_measure(self._assessment.catalogue, key)
            except UsageError as error:
                return error.message + self._assessment.catalogue.words("after.keys")
        return ""

    def _show(self, number: str) -> None:
        measure = given_measure(self._assessment.catalogue, number)
        view, words = measure_for(self._assessment, measure), self._assessment.catalogue.words
        self._environment.out().print()
        print_view(self._environment.out(), view, words, width=self._environment.width)
        self._environment.out().print()

    def _keep(self, kind: str, ending: str) -> None:
        """Writes a file in the folder where the program was started, named after the business and the day."""
        assessment, environment = self._assessment, self._environment
        name = assessment.answers.value(assessment.catalogue.name_fact)
        named = (file_name(name, 40) if isinstance(name, str) else "") or _("办事单")
        # Nothing is written over: the second of a day is called so.
        names = (f"{named}-{assessment.as_of}{more}{ending}" for more in chain([""], (f"-{n}" for n in count(2))))
        path = next(path for path in map(Path, names) if not path.exists())
        if kind != "answers":
            files = handouts(environment, assessment.catalogue, reads=(), chromium=None, force=False, **{kind: path})
            files.write_report(assessment)
            return
        save_answers(path, assessment.catalogue, assessment.answers, assessment.as_of)
        self._say(_("答案已存到 {path}。", path=path))

    def _say(self, text: str) -> None:
        for line in wrap(text, self._environment.width):
            self._environment.say(line)


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).strip().casefold()
