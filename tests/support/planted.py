"""Families broken on purpose, and the violation that the independent check reports for their plans."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family
from optimizer.formulation.variables import DecisionVariables

Fault = Callable[[Family], Family]


def without_rows(family: Family) -> Family:
    """Return the family without rows and limits; its variables and ledger terms stay."""
    return replace(family, rows=lambda _, __: (), limits=lambda _, __: ())


def without_terms(family: Family) -> Family:
    """Return the family without ledger terms."""
    return replace(family, terms=lambda _, __: None)


def with_terms_twice(family: Family) -> Family:
    """Return the family with every coefficient in its ledgers doubled."""

    def twice(scenario: ScenarioData, d: DecisionVariables) -> None:
        family.terms(scenario, d)
        family.terms(scenario, d)

    return replace(family, terms=twice)


@dataclass(frozen=True, kw_only=True)
class Plant:
    """A tiny problem in which a family binds, and the sentence of the check for the plan of the broken family."""

    fields: dict[str, Any]
    """The fields of `a_problem`."""
    says: str
    """Part of the sentence that the check reports."""
    fault: Fault = without_rows
    """How the family is broken."""


TWO_PERIODS = ["p1", "p2"]
TRAIN_AND_WATCH = [{"id": "train"}, {"id": "watch"}]
HALF_AS_GOOD = {"resources": {"money": 10}, "productivity": 0.5}
"""A member at twice the cost of others: the program uses it only if it must."""


def rule(**fields: Any) -> list[dict[str, Any]]:
    """Return a single framework with this decision rule."""
    return [{"id": "coalition", "rule": fields}]


def position(member: str, value: float, activity: str = "train") -> dict[str, Any]:
    """Return the position of a member on an activity."""
    return {"member": member, "activity": activity, "value": value}


def worth(per_level: float) -> dict[str, Any]:
    """Return a linear effect of `per_level` risk points."""
    return {"type": "linear", "per_level": per_level}
