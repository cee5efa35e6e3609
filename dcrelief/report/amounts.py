"""Amounts in words: an interval, and the formula it came from."""

from dcrelief.rules.estimates import EstimateRule, Interval
from dcrelief.rules.facts import UNKNOWN, Value
from dcrelief.rules.money import percent, yuan
from dcrelief.rules.words import Words


def interval(words: Words, amount: Interval) -> str:
    """An exact amount, from–to, at least, or at most."""
    if amount.most is None:
        return words("amount.unlimited") if amount.least == 0 else words("amount.least", least=yuan(amount.least))
    if amount.least == amount.most:
        return yuan(amount.most)
    if amount.least == 0:
        return words("amount.at_most", most=yuan(amount.most))
    return words("amount.between", least=yuan(amount.least), most=yuan(amount.most))


def formula(words: Words, rule: EstimateRule, label: str, base: Value, amount: Interval) -> str:
    """How the amount came about from the base of that label; with an unknown base, that it would narrow it."""
    if base is UNKNOWN:
        return words("formula.unknown", label=label)
    fen = int(str(base))
    tier = next(tier for tier in rule.tiers if tier.covers(fen))
    start = words("formula.base", label=label, base=yuan(fen))
    if tier.rates is None:
        return words("formula.limit", base=start, amount=interval(words, amount))
    plain = tier.interval(fen)
    rate = words("value.to").join(dict.fromkeys(map(percent, tier.rates)))
    text = words("formula.rate", base=start, rate=rate, amount=interval(words, plain))
    return text if plain == amount or rule.cap is None else text + words("formula.capped", cap=yuan(rule.cap))
