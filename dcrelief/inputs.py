"""What a command was given: answers, a date, a measure, a unit, files to write; each checked before the work."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dcrelief.console import Environment
from dcrelief.errors import UnusableFileError, UsageError
from dcrelief.files.answers import facts_of, read_answers_file, read_settings
from dcrelief.rules.catalogue import Catalogue, Measure
from dcrelief.rules.facts import Answers, nearest_of, plain, read_day
from dcrelief.rules.money import read_number


def given_answers(
    catalogue: Catalogue, path: Path | None, settings: Sequence[str] | None, as_of: str | None, today: date
) -> tuple[Answers, date | None]:
    """The answers of the file and the settings, the settings first, and the date that either names.

    Raises UsageError, UnusableFileError.
    """
    day = given_day(as_of)
    given = Answers()
    if path is not None:
        file = read_answers_file(path)
        day = day or file.as_of
        given, problems = facts_of(catalogue, file.written.items(), day or today)
        if problems:
            raise UnusableFileError(_listed(f"{path} 有 {len(problems)} 处看不懂：", problems), "改正以后再试。")
    set_answers, problems = facts_of(catalogue, read_settings(settings or ()), day or today)
    if problems:
        raise UsageError(_listed("--set 看不懂：", problems), "改正以后再试。")
    return given.also(set_answers), day


def given_day(as_of: str | None) -> date | None:
    """The day of --as-of. Raises UsageError."""
    day = None if as_of is None else read_day(as_of)
    if as_of is not None and day is None:
        raise UsageError(f"--as-of 看不懂“{as_of[:40]}”。", "请写成 2020-02-20。")
    return day


def given_measure(catalogue: Catalogue, number: str) -> Measure:
    """The measure of `6` or `第6条`. Raises UsageError."""
    words = catalogue.words
    wanted = read_number(number.strip().removeprefix("第").removesuffix("条"))
    for measure in catalogue.measures:
        if measure.number == wanted:
            return measure
    first, last = catalogue.measures[0].number, catalogue.measures[-1].number
    raise UsageError(
        words("output.number_unknown", number=number[:20]), words("output.number_hint", first=first, last=last)
    )


def given_unit(catalogue: Catalogue, name: str) -> str:
    """The unit of that name, one that is responsible or one that answers. Raises UsageError with the nearest."""
    words = catalogue.words
    units = [contact.unit for contact in catalogue.contacts.values()]
    units += [unit for measure in catalogue.measures for unit in measure.units]
    names = {plain(unit): unit for unit in units}
    unit = names.get(plain(name))
    if unit is None:
        nearest = nearest_of(name, names)
        hint = words("output.unit_nearest", nearest=nearest) if nearest else ""
        raise UsageError(words("output.unit_unknown", unit=name[:40]), hint + words("output.unit_hint"))
    return unit


def check_targets(
    environment: Environment, catalogue: Catalogue, targets: Sequence[Path | None], *, force: bool
) -> None:
    """Sees before the work that files can be written: the person is asked about those that are there already.

    Raises UnusableFileError for a folder that is not there, UsageError for a file that is to stay or is named twice.
    """
    words = catalogue.words
    paths = [path for path in targets if path is not None]
    for place, path in enumerate(paths):
        if path.resolve() in (other.resolve() for other in paths[:place]):
            raise UsageError(words("output.twice", path=path))
        if not path.parent.is_dir():
            folder = path.parent
            raise UnusableFileError(words("output.no_folder", folder=folder, path=path), words("output.no_folder_hint"))
        if (path.is_file() or path.is_dir()) and not force and not _may_overwrite(environment, catalogue, path):
            raise UsageError(words("output.kept", path=path), words("output.kept_hint"))


def _may_overwrite(environment: Environment, catalogue: Catalogue, path: Path) -> bool:
    if not environment.asks or path.is_dir():
        return False
    environment.err().print(catalogue.words("output.exists", path=path), end="")
    environment.stderr.flush()
    return plain(environment.stdin.readline()) in {plain(token) for token in catalogue.tokens.yes}


def _listed(title: str, problems: list[str]) -> str:
    return "\n".join((title, *(f"  - {problem}" for problem in problems)))
