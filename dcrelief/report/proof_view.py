"""What `check` says: that a catalogue is good, and where it differs from its document."""

from collections.abc import Sequence

from dcrelief.proof.agreement import Agreement, Coverage, Difference
from dcrelief.proof.lint import Finding
from dcrelief.report.cites import cite
from dcrelief.report.parts import Section, View, filled
from dcrelief.report.routes import RouteWriter
from dcrelief.rules.model import Catalogue, Route


def checked_view(catalogue: Catalogue, findings: Sequence[Finding]) -> View:
    """That the catalogue can be used; what is in it; what is suspicious; what is accepted all the same."""
    words = catalogue.words
    counts = {
        "measures": len(catalogue.measures),
        "routes": len(catalogue.routes()),
        "contacts": sum(contact.is_printed for contact in catalogue.contacts.values()),
        "facts": len(catalogue.facts),
    }
    suspicious = words("check.suspicious" if findings else "check.nothing", count=len(findings))
    accepted = (
        words("lint.accepted", finding=each.finding, about=each.about, why=each.why) for each in catalogue.accepted
    )
    sections = (
        Section(words("check.findings_title"), tuple(_finding(catalogue, each) for each in findings)),
        Section(words("check.accepted_title"), tuple(accepted)),
    )
    title = words("check.title", title=catalogue.title)
    return View(title, (words("check.usable", **counts), suspicious), filled(sections))


def _finding(catalogue: Catalogue, finding: Finding) -> str:
    """What is suspicious, and the names by which the catalogue would accept it."""
    words, writer, subject, detail = catalogue.words, RouteWriter(catalogue), finding.subject, finding.detail
    names = {key: contact.unit for key, contact in catalogue.contacts.items()}
    names |= {fact.id: fact.label for fact in catalogue.facts.values()}
    names |= {route.id: writer.name(route) for route in catalogue.routes()}
    if finding.kind == "choice_unread":
        detail = catalogue.facts[subject].choice_label(detail)
    route = names.get(finding.route, "")
    text = words(f"lint.{finding.kind}", route=route, subject=names.get(subject, subject), detail=detail)
    return text + words("lint.named", finding=finding.kind, about=finding.about)


def agreement_view(catalogue: Catalogue, found: Agreement) -> View:
    """The share of each article that is covered, and every difference."""
    words = catalogue.words
    of_articles = sum(coverage.of_article for coverage in found.covered)
    of_measures = sum(coverage.of_measure for coverage in found.covered)
    total = words("check.total", articles=len(found.covered), facts=of_articles, covered=of_measures)
    differences = [words("check.not_in_document", number=number) for number in found.not_in_document]
    differences += [words("check.lost", number=number) for number in found.lost]
    differences += [words("check.not_in_catalogue", number=number) for number in found.not_in_catalogue]
    if found.unclosed:
        differences.append(words("check.unclosed", closing=catalogue.policies[0].document.closing))
    differences += [_difference(catalogue, each) for each in found.differences]
    verdict = words("check.agrees" if found.whole else "check.differs", count=len(differences))
    exceptions = (
        words("check.exception", number=measure.number, value=exception.fact, why=exception.why)
        for measure in catalogue.measures
        for exception in measure.exceptions
    )
    sections = (
        Section(words("check.differences_title", count=len(differences)), tuple(differences)),
        Section(words("check.coverage_title"), tuple(_covered(catalogue, each) for each in found.covered)),
        Section(words("check.exceptions_title"), tuple(exceptions)),
    )
    return View(words("check.agreement_title"), (total, verdict), filled(sections))


def _difference(catalogue: Catalogue, difference: Difference) -> str:
    words = catalogue.words
    kind = words(f"hard_fact.{difference.kind}")
    line = words(f"check.{difference.side}", number=difference.measure, kind=kind, value=difference.value)
    return line + words("check.elsewhere", numbers=words.joined(difference.elsewhere)) if difference.elsewhere else line


def _covered(catalogue: Catalogue, coverage: Coverage) -> str:
    share = 100 * coverage.of_measure // coverage.of_article if coverage.of_article else 100
    return catalogue.words(
        "check.covered", number=coverage.measure, facts=coverage.of_article, covered=coverage.of_measure, share=share
    )


def together_view(catalogue: Catalogue) -> View:
    """What several documents are together: their size, and by each kind of support the measures of each level."""
    words, levels = catalogue.words, dict[str, dict[str, list[Route]]]()
    for route in catalogue.routes():
        if route.support is not None:
            levels.setdefault(route.support.kind, {}).setdefault(route.support.level, []).append(route)
    lines = []
    for kind, sides in levels.items():
        cited = words("value.also").join(cite(catalogue, *(route.measure for route in own)) for own in sides.values())
        carried = any(route.support and route.support.carries_out for own in sides.values() for route in own)
        key = "check.level_alone" if len(sides) == 1 else "check.one_sum" if carried else "check.levels"
        lines.append(words(key, kind=kind, cited=cited))
    counts = {"measures": len(catalogue.measures), "routes": len(catalogue.routes()), "facts": len(catalogue.facts)}
    sections = filled((Section(words("check.levels_title"), tuple(lines)),))
    return View(words("check.title", title=catalogue.title), (words("check.together", **counts),), sections)
