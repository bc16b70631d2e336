"""Families broken on purpose, and what the independent check says of the plans they lead to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family
from optimizer.formulation.variables import Decisions

Fault = Callable[[Family], Family]


def without_rows(family: Family) -> Family:
    """The family's rows and limits are left out; what it declares and writes into ledgers stays."""
    return replace(family, rows=lambda _, __: (), limits=lambda _, __: ())


def without_terms(family: Family) -> Family:
    """The family writes into no ledger."""
    return replace(family, terms=lambda _, __: None)


def with_terms_twice(family: Family) -> Family:
    """Every coefficient that the family writes into a ledger is double."""

    def twice(scenario: ScenarioData, d: Decisions) -> None:
        family.terms(scenario, d)
        family.terms(scenario, d)

    return replace(family, terms=twice)


@dataclass(frozen=True, kw_only=True)
class Plant:
    """A tiny problem in which a family binds, and the sentence that the check has for the plan without it."""

    fields: dict[str, Any]
    """What `a_problem` is made of."""
    says: str
    fault: Fault = without_rows


TWO_PERIODS = ["p1", "p2"]
TRAIN_AND_WATCH = [{"id": "train"}, {"id": "watch"}]
HALF_AS_GOOD = {"resources": {"money": 10}, "productivity": 0.5}
"""A member that costs twice as much as others: the program uses it only where it must."""


def rule(**fields: Any) -> list[dict[str, Any]]:
    """One framework with this rule of decision."""
    return [{"id": "coalition", "rule": fields}]


def position(member: str, value: float, activity: str = "train") -> dict[str, Any]:
    """Say how a member stands on an activity."""
    return {"member": member, "activity": activity, "value": value}


def worth(per_level: float) -> dict[str, Any]:
    """A linear effect."""
    return {"type": "linear", "per_level": per_level}
