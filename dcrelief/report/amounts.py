"""Amounts in words: an interval, and the formula it came from."""

from msgspec.structs import replace

from dcrelief.rules.estimates import EstimateRule, Interval, Tier
from dcrelief.rules.facts import UNKNOWN, Answers
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


def formula(explainer: Explainer, rule: EstimateRule, answers: Answers, amount: Interval) -> str:
    """How the amount follows from the answers. With one of them unknown: that this answer would narrow the amount."""
    words, facts = explainer.words, explainer.facts
    unknown = [facts[fact].label for fact in rule.facts() if answers.value(fact) is UNKNOWN]
    if unknown:
        return words("formula.unknown", label=unknown[0]) if amount.least != amount.most else words("formula.nothing")
    base, fact = int(str(answers.value(rule.base))), facts[rule.base]
    tier = next(tier for tier in rule.tiers if tier.covers(base))
    start = words("formula.base", label=fact.label, base=explainer.show(fact, base))
    if rule.times:
        times, most = (explainer.show(facts[rule.times], n) for n in (answers.value(rule.times), rule.times_at_most))
        start += words("formula.times", label=facts[rule.times].label, times=times, most=most)
    if tier.rates is None:
        return words("formula.limit", base=start, amount=interval(words, amount))
    uncapped = replace(rule, cap=None).amount(answers)
    assert uncapped is not None
    text = words("formula.rate", base=start, rate=rates(words, rule, tier), amount=interval(words, uncapped))
    return text if uncapped == amount or rule.cap is None else text + words("formula.capped", cap=words.money(rule.cap))


def rates(words: Words, rule: EstimateRule, tier: Tier) -> str:
    """The rates of a tier for people: shares of an amount, or the money for each one counted."""
    shown = (words.money(int(rate)) if rule.a_head else percent(rate) for rate in tier.rates or ())
    return words("value.to").join(dict.fromkeys(shown))
