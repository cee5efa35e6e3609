"""The assessment as the one JSON object that others rely on; its schema is data/assessment.schema.json."""

import json
from typing import Any

from dcrelief.report.routes import RouteWriter
from dcrelief.rules.assessment import Assessment, Verdict
from dcrelief.rules.estimates import Interval
from dcrelief.rules.kinds import document
from dcrelief.rules.model import Catalogue, Route
from dcrelief.rules.money import decimal_yuan
from dcrelief.rules.reasons import Reason
from dcrelief.rules.windows import LastDay

SCHEMA = 2


def assessment_json(assessment: Assessment) -> str:
    """The assessment as indented JSON text, amounts as decimal strings in yuan."""
    return json.dumps(assessment_document(assessment), ensure_ascii=False, indent=2)


def assessment_document(assessment: Assessment) -> dict[str, Any]:
    """The assessment as JSON values, verdicts in report order."""
    catalogue, size = assessment.catalogue, assessment.size
    return {
        "schema": SCHEMA,
        "catalogue": {
            "documents": [
                {
                    "key": policy.key or None,
                    "title": policy.title,
                    "published": policy.published.isoformat() if policy.published else None,
                }
                for policy in catalogue.policies
            ],
            "digest": catalogue.digest,
        },
        "as_of": assessment.as_of.isoformat(),
        "answers": document(catalogue.facts, assessment.answers),
        "size": {
            "class": None if size.size_class is None else size.size_class.key,
            "reasons": [_reason(reason) for reason in size.reasons],
        },
        "verdicts": [_verdict(assessment, verdict) for verdict in assessment.verdicts],
        "totals": {kind: _interval(amount) for kind, amount in assessment.totals.items()},
    }


def _verdict(assessment: Assessment, verdict: Verdict) -> dict[str, Any]:
    catalogue, route, window = assessment.catalogue, verdict.route, verdict.window
    last_days: dict[LastDay, str] = {}
    if window is not None and window.end is not None:
        last_days[route.window.last_day] = window.end.isoformat()
    contacts = (catalogue.contacts[key] for key in route.contacts)
    kept = next((other for other in catalogue.routes() if other.id == verdict.left_out_for), None)
    return {
        **named_route(catalogue, route),
        "title": RouteWriter(catalogue).name(route),
        "verdict": verdict.outcome,
        "action": route.action,
        "window": {
            "from": None if window is None or window.start is None else window.start.isoformat(),
            "until": last_days.get("apply_by"),
            "pay_by": last_days.get("pay_by"),
            "open": verdict.open,
        },
        "reasons": [{**_reason(reason), **_source(catalogue, route, reason)} for reason in verdict.reasons],
        "missing": list(verdict.missing),
        "counted_instead": named_route(catalogue, kept) if kept is not None else None,
        "benefit": {"kind": route.benefit, **_interval(verdict.amount), "basis": route.basis},
        "contacts": [
            {
                "unit": contact.unit,
                "people": list(contact.people),
                "phones": list(contact.phones),
                "email": contact.email or None,
            }
            for contact in contacts
        ],
        "steps": [step.text for step in route.steps],
    }


def named_route(catalogue: Catalogue, route: Route) -> dict[str, Any]:
    """Which document, measure and route it is."""
    document = catalogue.policy_of(route.measure).key or None
    return {"document": document, "measure": catalogue.measure(route.measure).number, "route": route.key}


def _reason(reason: Reason) -> dict[str, str | None]:
    return {"text": reason.text, "truth": reason.truth.value, "fact": reason.fact or None}


def _source(catalogue: Catalogue, route: Route, reason: Reason) -> dict[str, Any]:
    """The measure and the step that a reason comes from; step null: the article's opening. Empty for the scope."""
    scope, _, _ = catalogue.tree(route)
    if reason.fact in scope.facts():
        return {}
    return {"source": {"measure": catalogue.measure(route.measure).number, "step": route.at or None}}


def _interval(amount: Interval | None) -> dict[str, str | None]:
    if amount is None:
        return {"min": None, "max": None}
    return {"min": decimal_yuan(amount.least), "max": None if amount.most is None else decimal_yuan(amount.most)}
