"""Amounts in words: an interval, and the formula it came from."""

from msgspec.structs import replace

from dcrelief.rules.conditions import Situation
from dcrelief.rules.estimates import EstimateRule, Formula, Interval, Tier
from dcrelief.rules.facts import UNKNOWN
from dcrelief.rules.money import percent
from dcrelief.rules.reasons import Explainer
from dcrelief.rules.words import Words


def interval(words: Words, amount: Interval) -> str:
    """An amount in words: exact, from one sum to another, at least, or at most."""
    if amount.most is None:
        return (
            words("amount.unlimited") if amount.least == 0 else words("amount.least", least=words.money(amount.least))
        )
    if amount.least == amount.most:
        return words.money(amount.most)
    if amount.least == 0:
        return words("amount.at_most", most=words.money(amount.most))
    return words("amount.between", least=words.money(amount.least), most=words.money(amount.most))


def formula(explainer: Explainer, rule: EstimateRule, on: Situation, amount: Interval) -> str:
    """How the amount follows from the answers. With one of them unknown: that this answer would narrow the amount."""
    words, facts = explainer.words, explainer.facts
    unknown = [facts[fact].label for fact in rule.facts() if on.answers.value(fact) is UNKNOWN]
    if unknown and amount.least != amount.most:
        return words("formula.unknown", label=unknown[0])
    if unknown and amount.most == 0:
        return words("formula.nothing")
    parts = [(each, own) for each in rule.formulas if (own := each.amount(on)) is not None]
    text = words("value.also").join(_one_formula(explainer, each, on, own) for each, own in parts)
    whole = sum((own for _, own in parts), start=Interval(0, 0))
    if len(parts) > 1:
        text += words("formula.together", amount=interval(words, whole))
    if rule.cap is None or amount == whole:
        return text
    text += words("formula.capped", cap=words.money(rule.cap))
    used = on.answers.value(rule.used) if rule.used else 0
    return text + words("formula.used", used=explainer.show(facts[rule.used], used)) if used else text


def _one_formula(explainer: Explainer, rule: Formula, on: Situation, amount: Interval) -> str:
    words, facts, answers = explainer.words, explainer.facts, on.answers
    if not rule.base:
        return words("formula.stated", amount=interval(words, amount))
    fact = facts[rule.base]
    if answers.value(rule.base) is UNKNOWN:
        return words("formula.unknown", label=fact.label)
    base = int(str(answers.value(rule.base)))
    tier = next(tier for tier in rule.in_force(on).tiers if tier.covers(base))
    start = words("formula.base", label=fact.label, base=explainer.show(fact, base))
    if rule.times:
        times, most = (explainer.show(facts[rule.times], n) for n in (answers.value(rule.times), rule.times_at_most))
        start += words("formula.times", label=facts[rule.times].label, times=times, most=most)
    if tier.rates is None:
        return words("formula.limit", base=start, amount=interval(words, amount))
    uncapped = replace(rule, cap=None).amount(on)
    assert uncapped is not None
    text = words("formula.rate", base=start, rate=rates(words, rule, tier), amount=interval(words, uncapped))
    return text if uncapped == amount or rule.cap is None else text + words("formula.capped", cap=words.money(rule.cap))


def rates(words: Words, rule: Formula, tier: Tier) -> str:
    """The rates of a tier for people: shares of an amount, or the money for each one counted."""
    shown = (words.money(int(rate)) if rule.a_head else percent(rate) for rate in tier.rates or ())
    return words("value.to").join(dict.fromkeys(shown))
