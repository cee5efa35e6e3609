"""What `check` says: that a catalogue is good, and where it differs from its document."""

from collections.abc import Iterator, Sequence

from dcrelief.proof.agreement import Agreement, Coverage, Difference
from dcrelief.proof.lint import Finding
from dcrelief.report.parts import Section, View
from dcrelief.report.routes import RouteWriter
from dcrelief.rules.model import Catalogue


def checked_view(catalogue: Catalogue, findings: Sequence[Finding]) -> View:
    """That the catalogue can be used, what is in it, what is suspicious, and what is accepted."""
    words = catalogue.words
    counts = {
        "measures": len(catalogue.measures),
        "routes": len(catalogue.routes()),
        "contacts": len(catalogue.contacts),
        "facts": len(catalogue.facts),
    }
    lines = [words("check.usable", **counts)]
    lines.append(words("check.suspicious" if findings else "check.nothing", count=len(findings)))
    accepted = (
        words("lint.accepted", finding=each.finding, about=each.about, why=each.why) for each in catalogue.accepted
    )
    sections = (
        Section(words("check.findings_title"), tuple(_finding(catalogue, each) for each in findings)),
        Section(words("check.accepted_title"), tuple(accepted)),
    )
    title = words("check.title", title=catalogue.policy.short_title)
    return View(title, tuple(lines), tuple(section for section in sections if section.lines))


def _finding(catalogue: Catalogue, finding: Finding) -> str:
    """What is suspicious, and the names by which the catalogue would accept it."""
    words, writer = catalogue.words, RouteWriter(catalogue)
    names = {route.id: writer.name(route) for route in catalogue.routes()}
    subject = finding.subject
    labels = {fact.id: fact.label for fact in catalogue.facts.values()}
    units = {key: contact.unit for key, contact in catalogue.contacts.items()}
    detail = finding.detail
    if finding.kind == "choice_unread":
        detail = catalogue.facts[subject].choice_label(detail)
    text = words(
        f"lint.{finding.kind}",
        route=names.get(finding.route, ""),
        subject=names.get(subject) or labels.get(subject) or units.get(subject) or subject,
        detail=detail,
    )
    return text + words("lint.named", finding=finding.kind, about=finding.about)


def agreement_view(catalogue: Catalogue, found: Agreement) -> View:
    """The share of each article that is covered, and every difference."""
    words = catalogue.words
    of_articles = sum(coverage.of_article for coverage in found.covered)
    of_measures = sum(coverage.of_measure for coverage in found.covered)
    total = words("check.total", articles=len(found.covered), facts=of_articles, covered=of_measures)
    verdict = words("check.agrees" if found.whole else "check.differs", count=_count(found))
    differences = [*_lacking(catalogue, found), *(_difference(catalogue, each) for each in found.differences)]
    sections = (
        Section(words("check.differences_title", count=len(differences)), tuple(differences)),
        Section(words("check.coverage_title"), tuple(_covered(catalogue, each) for each in found.covered)),
        Section(words("check.exceptions_title"), tuple(_exceptions(catalogue))),
    )
    kept = tuple(section for section in sections if section.lines)
    return View(words("check.agreement_title"), (total, verdict), kept)


def _count(found: Agreement) -> int:
    return len(found.differences) + len(found.not_in_document) + len(found.not_in_catalogue)


def _lacking(catalogue: Catalogue, found: Agreement) -> Iterator[str]:
    for number in found.not_in_document:
        yield catalogue.words("check.not_in_document", number=number)
    for number in found.not_in_catalogue:
        yield catalogue.words("check.not_in_catalogue", number=number)


def _difference(catalogue: Catalogue, difference: Difference) -> str:
    words = catalogue.words
    line = words(
        f"check.{difference.side}",
        number=difference.measure,
        kind=words(f"hard_fact.{difference.kind}"),
        value=difference.value,
    )
    if difference.elsewhere:
        numbers = words("value.separator").join(map(str, difference.elsewhere))
        line += words("check.elsewhere", numbers=numbers)
    return line


def _covered(catalogue: Catalogue, coverage: Coverage) -> str:
    share = 100 * coverage.of_measure // coverage.of_article if coverage.of_article else 100
    return catalogue.words(
        "check.covered", number=coverage.measure, facts=coverage.of_article, covered=coverage.of_measure, share=share
    )


def _exceptions(catalogue: Catalogue) -> Iterator[str]:
    for measure in catalogue.measures:
        for exception in measure.exceptions:
            yield catalogue.words("check.exception", number=measure.number, value=exception.fact, why=exception.why)
