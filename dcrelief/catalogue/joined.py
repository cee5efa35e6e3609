"""Several documents as one catalogue: measures keep their document, facts are united, the same support is known."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import asdict, replace

from dcrelief.language import _
from dcrelief.rules.facts import Choice, Fact, Tokens
from dcrelief.rules.kinds import kind_of
from dcrelief.rules.model import Catalogue, GlossaryEntry, Measure, Page, Policy, Route, Subject, of_document
from dcrelief.rules.text import folded


def joined(catalogues: Sequence[Catalogue], problems: list[str]) -> Catalogue:
    """One catalogue of several documents, in the order given; good only while there are no problems."""
    first = catalogues[0]
    policies = [catalogue.policies[0] for catalogue in catalogues]
    problems += _misnamed(policies)
    for catalogue in catalogues[1:]:
        problems += _unlike_sizes(first, catalogue)
    facts: dict[str, Fact] = {}
    for catalogue in catalogues:
        for fact in catalogue.facts.values():
            known = facts.setdefault(fact.id, fact)
            problems += _unlike(known, fact, policies[0], catalogue.policies[0])
            facts[fact.id] = _united(known, fact)
    problems += _ambiguous(facts.values())
    measures = tuple(measure for catalogue in catalogues for measure in _measures(catalogue))
    pages: tuple[Page, ...] = ()
    for catalogue in catalogues:
        pages = _merged_pages(pages, catalogue, facts)
    whole = replace(
        first,
        policies=tuple(policies),
        facts=facts,
        tokens=_united_tokens([catalogue.tokens for catalogue in catalogues], problems),
        topics=tuple({topic.key: topic for catalogue in catalogues for topic in catalogue.topics}.values()),
        pages=pages,
        measures=measures,
        contacts={
            of_document(catalogue.policies[0].key, key): contact
            for catalogue in catalogues
            for key, contact in catalogue.contacts.items()
        },
        source="\0".join(catalogue.source for catalogue in catalogues),
        accepted=(),
        glossary=tuple(_glossary(catalogues)),
        subjects=tuple(_subjects(catalogues)),
    )
    problems += _dangling(whole)
    return replace(whole, taken=_taken(whole))


# ---- documents -------------------------------------------------------------------------------------------------------


def _misnamed(policies: Sequence[Policy]) -> Iterator[str]:
    """What keeps documents from being told apart."""
    for name in ("key", "mark"):
        seen: dict[str, str] = {}
        for policy in policies:
            value = getattr(policy, name)
            if not value:
                yield _(
                    "{title}：[policy] 没有 {name}；和别的文件一起用的，要写 key（编号里的名字）和 mark（条号前的字）",
                    title=policy.short_title,
                    name=name,
                )
            elif value in seen:
                named = {"first": seen[value], "second": policy.short_title, "name": name, "value": value}
                yield _("{first}和{second}的 {name} 都是 {value}：是同一份文件吗？请只给一次，或改掉一个", **named)
            seen[value] = policy.short_title


def _unlike_sizes(first: Catalogue, other: Catalogue) -> Iterator[str]:
    """One size standard serves all: what is a small firm in one document is one in the other."""
    parts = [(c.size_standard, c.classified, c.size_remarks) for c in (first, other)]
    if parts[0] != parts[1]:
        titles = [catalogue.policies[0].short_title for catalogue in (first, other)]
        yield _(
            "{first}和{second}的 size_standard.toml 不一样；一起用的要是同一份划型标准",
            first=titles[0],
            second=titles[1],
        )


def _measures(catalogue: Catalogue) -> Iterator[Measure]:
    policy = catalogue.policies[0]
    for measure in catalogue.measures:
        own = replace(measure, document=policy.key, mark=policy.mark)
        yield replace(own, routes=tuple(_route(policy.key, own.id, route) for route in measure.routes))


def _route(document: str, measure: str, route: Route) -> Route:
    """A route with its document in every name that is the document's own."""

    def own(name: str) -> str:
        return of_document(document, name) if name else ""

    mail = route.mail and replace(route.mail, contact=own(route.mail.contact))
    estimate = route.estimate
    if estimate is not None and estimate.shared is not None:
        estimate = replace(estimate, shared=replace(estimate.shared, name=own(estimate.shared.name)))
    contacts = tuple(map(own, route.contacts))
    return replace(
        route, measure=measure, contacts=contacts, mail=mail, exclusive=own(route.exclusive), estimate=estimate
    )


def _dangling(catalogue: Catalogue) -> Iterator[str]:
    """Routes that are on top of one that its document, which is there, does not have."""
    known, documents = {route.id for route in catalogue.routes()}, {policy.key for policy in catalogue.policies}
    for route in catalogue.routes():
        if route.on_top_of and route.on_top_of.partition(".")[0] in documents and route.on_top_of not in known:
            yield _("{route}：on_top_of 说的 {other} 没有，请改正或删去", route=route.id, other=route.on_top_of)


def _taken(catalogue: Catalogue) -> dict[str, tuple[Route, ...]]:
    """By the fact that says that support was taken at another level: the routes that give it there, if any."""
    taken: dict[str, dict[str, Route]] = {}
    supported = [(route, route.support) for route in catalogue.routes() if route.support is not None]
    for _here, support in supported:
        for route, other in supported:
            if support.taken and other.kind == support.kind and other.level != support.level:
                taken.setdefault(support.taken, {})[route.id] = route
    return {fact: tuple(routes.values()) for fact, routes in taken.items()}


# ---- facts, and the words for them -----------------------------------------------------------------------------------


def _unlike(known: Fact, other: Fact, first: Policy, second: Policy) -> Iterator[str]:
    """In what a fact of one name is two facts."""
    same: dict[str, Callable[[Fact], object]] = {
        "kind": lambda fact: fact.kind,
        "unit": lambda fact: fact.unit,
        "choices": lambda fact: "、".join(choice.key for choice in fact.choices),
        "at_least": lambda fact: fact.at_least,
        "at_most": lambda fact: fact.at_most,
    }
    for name, of in same.items():
        if of(known) != of(other):
            yield _(
                "事实 {fact} 在两份文件里不一样：{first}的 {name} 是 {one}，{second}的是 {two}；"
                "请改成一样的，或换一个 id",
                fact=known.id,
                name=name,
                first=first.short_title,
                second=second.short_title,
                one=of(known) or "—",
                two=of(other) or "—",
            )


def _united(known: Fact, other: Fact) -> Fact:
    """A fact as the first document asks for it, with all the names that any has for it and its choices."""
    names = {choice.key: (choice.label, *choice.aliases) for choice in other.choices}

    def also(choice: Choice) -> Choice:
        return replace(choice, aliases=_once((*choice.aliases, *names.get(choice.key, ()))))

    if known == other:
        return known
    return replace(
        known,
        aliases=_once((*known.aliases, other.label, *filter(None, (other.heading,)), *other.aliases)),
        counters=_once((*known.counters, *other.counters)),
        choices=tuple(map(also, known.choices)),
    )


def _ambiguous(facts: Iterable[Fact]) -> Iterator[str]:
    """Names that are of two facts."""
    meant: dict[str, str] = {}
    for fact in facts:
        for name in fact.names:
            before = meant.setdefault(folded(name), fact.id)
            if before != fact.id:
                values = {"name": name, "meanings": before, "meaning": fact.id}
                yield _("“{name}”既指 {meanings} 又指 {meaning}，请改掉一个", **values)


def _united_tokens(all_tokens: Sequence[Tokens], problems: list[str]) -> Tokens:
    """The words for yes, no, numbers and the like of all; what would mean two things is a problem."""
    fields = asdict(all_tokens[0])
    for tokens in all_tokens[1:]:
        for name, value in asdict(tokens).items():
            known = fields[name]
            if isinstance(known, Mapping):
                for word in known.keys() & value.keys():
                    if known[word] != value[word]:
                        problems.append(_("[tokens] {name} 里的“{word}”在两份文件里不一样", name=name, word=word))
                fields[name] = {**value, **known}
            else:
                fields[name] = _once((*known, *value))
    for name, other in (("yes", "no"), ("yes", "unknown"), ("no", "unknown")):
        for word in sorted(set(map(folded, fields[name])) & set(map(folded, fields[other]))):
            values = {"name": word, "meanings": name, "meaning": other}
            problems.append(_("“{name}”既指 {meanings} 又指 {meaning}，请改掉一个", **values))
    return Tokens(**fields)


def _once(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


# ---- pages, and what people look for ---------------------------------------------------------------------------------


def _merged_pages(pages: tuple[Page, ...], catalogue: Catalogue, facts: Mapping[str, Fact]) -> tuple[Page, ...]:
    """The pages, and another catalogue's where they come in its order, each fact on one page only."""
    merged = list(pages)
    place = 0
    for page in catalogue.pages:
        asked = {fact for other in merged if other.key != page.key for fact in other.facts}
        own = tuple(fact for fact in page.facts if fact not in asked)
        if not own:
            continue
        at = next((place for place, other in enumerate(merged) if other.key == page.key), None)
        if at is not None:
            together = _merged(merged[at].facts, own)
            if together == merged[at].facts or _on_one_page(merged[at], together, facts):
                merged[at] = replace(merged[at], facts=together)
                place = at + 1
                continue
            own = tuple(fact for fact in own if fact not in merged[at].facts)
            page = replace(page, key=of_document(catalogue.policies[0].key, page.key))
        merged.insert(place, replace(page, facts=own))
        place += 1
    return tuple(merged)


def _on_one_page(page: Page, asked: Iterable[str], facts: Mapping[str, Fact]) -> bool:
    return bool(page.question) and all(kind_of(facts[fact]).together for fact in asked)


def _merged(first: Sequence[str], second: Iterable[str]) -> tuple[str, ...]:
    """Both, each once, each behind what it stands behind in its own."""
    merged, place = list(first), 0
    for name in second:
        if name not in merged:
            merged.insert(place, name)
        place = merged.index(name) + 1
    return tuple(merged)


def _subjects(catalogues: Sequence[Catalogue]) -> Iterable[Subject]:
    """What people look for; by the same key all that any document calls it."""
    subjects: dict[str, Subject] = {}
    for subject in (subject for catalogue in catalogues for subject in catalogue.subjects):
        known = subjects.setdefault(subject.key, subject)
        subjects[subject.key] = replace(known, aliases=_once((*known.aliases, *subject.aliases)))
    return subjects.values()


def _glossary(catalogues: Sequence[Catalogue]) -> Iterator[GlossaryEntry]:
    """The terms of all; one that two documents mean otherwise stands for each, with the mark of its document."""
    meanings: dict[str, set[str]] = {}
    for entry in (entry for catalogue in catalogues for entry in catalogue.glossary):
        meanings.setdefault(entry.term, set()).add(entry.meaning)
    said: set[str] = set()
    for catalogue in catalogues:
        policy = catalogue.policies[0]
        for entry in catalogue.glossary:
            if len(meanings[entry.term]) > 1:
                term = catalogue.words("glossary.of_document", term=entry.term, mark=policy.mark)
                yield replace(entry, key=of_document(policy.key, entry.key), term=term)
            elif entry.term not in said:
                said.add(entry.term)
                yield entry
