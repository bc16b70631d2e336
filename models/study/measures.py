"""Measures of a study: metrics by name, and figures of a plan by address.

The address of a figure has three parts, `activities/train:p1/level`: the list, the ids that identify the record, and
the field. `*` stands for all ids at its position, and the figures are summed: `allocations/us:*:money:*/amount`. A
record that the plan does not list counts as zero.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from models.errors import Finding
from models.plan import Plan
from models.problem.objective import Metric
from models.problem.problem import Problem
from models.suggestions import did_you_mean

METRICS: tuple[Metric, ...] = get_args(Metric)
EVERY = "*"
PART = ":"


@dataclass(frozen=True, kw_only=True)
class Records:
    """One list of a plan: the fields that identify a record, and the figures of a record."""

    key: tuple[str, ...]
    adds: tuple[str, ...]
    """Figures whose sum is meaningful."""
    others: tuple[str, ...] = ()
    """Figures that cannot be summed."""
    zero: float | None = 0.0
    """Value of a figure whose record is absent; None if it has no value."""

    @property
    def figures(self) -> tuple[str, ...]:
        """All figures of a record."""
        return (*self.adds, *self.others)


LISTS: Mapping[str, Records] = {
    "allocations": Records(key=("contributor", "activity", "resource", "period"), adds=("amount",)),
    "activities": Records(key=("id", "period"), adds=("level", "effective_level", "effect")),
    "coverage": Records(
        key=("theatre", "driver", "period"), adds=("baseline", "reduction", "residual"), others=("share",)
    ),
    "burden": Records(key=("member",), adds=("cost", "share", "fair_share"), others=("relative_burden",)),
    "divergence": Records(
        key=("activity", "period"),
        adds=(),
        others=("range", "total_deviation", "pairwise", "willing_share"),
        zero=None,
    ),
    "scenarios": Records(key=("id",), adds=(), others=("risk_reduction", "regret"), zero=None),
    "coordination": Records(key=("member", "partner", "resource", "period"), adds=("amount",)),
    "concessions": Records(key=("member", "activity", "framework"), adds=("amount",)),
    "investments": Records(key=("id", "period"), adds=("units",)),
}

KNOWN: Mapping[str, Callable[[Problem], Iterator[str]]] = {
    "contributor": lambda problem: iter(problem.contributor),
    "member": lambda problem: iter(problem.member),
    "partner": lambda problem: iter(problem.partner),
    "activity": lambda problem: iter(problem.activity),
    "theatre": lambda problem: iter(problem.theatre),
    "driver": lambda problem: (driver for drivers in problem.risk.values() for driver in drivers),
    "resource": lambda problem: iter(problem.resource),
    "period": lambda problem: iter(problem.periods),
    "framework": lambda problem: iter(problem.framework),
    "activities": lambda problem: iter(problem.activity),
    "scenarios": lambda problem: (scenario.id for scenario in problem.scenarios),
    "investments": lambda problem: (investment.id for investment in problem.investments),
}
"""Known ids by key field; for the field `id`, by the name of the list."""


def measure_finding(measure: str, problem: Problem, number: int) -> Finding | None:
    """Return the fault of a measure; None if it is a metric or an address in a plan of this problem."""
    if measure in METRICS:
        return None
    name, ids, figure = _in_three(measure)
    if name not in LISTS:
        wanted = (*METRICS, *LISTS)
        return _unknown(number, measure, name, wanted, "metric, or list of a plan,")
    records = LISTS[name]
    if figure not in records.figures or not ids:
        return _unknown(number, measure, figure, records.figures, f"figure of {name}", before=f"{name}/{ids or '…'}/")
    return _key_finding(measure, problem, number)


def _key_finding(measure: str, problem: Problem, number: int) -> Finding | None:
    """Return the fault of the ids of an address whose list and figure exist; None if there is none."""
    name, ids, figure = _in_three(measure)
    records, parts = LISTS[name], ids.split(PART)
    form = f"{name}/{PART.join(part.upper() for part in records.key)}/{figure}"
    if len(parts) != len(records.key):
        return Finding(loc=("measures", number), code="invalid", message=f"must be {form}", given=measure, allowed=form)
    for kind, part in zip(records.key, parts, strict=True):
        known = tuple(dict.fromkeys(KNOWN[name if kind == "id" else kind](problem)))
        if part == EVERY and figure not in records.adds:
            message = f"{figure} cannot be summed: name one {kind} instead of *"
            return Finding(loc=("measures", number), code="not_allowed", message=message, given=measure, allowed=known)
        if part != EVERY and part not in known:
            return _unknown(number, measure, part, known, name if kind == "id" else kind)
    return None


def figure_in(plan: Plan, address: str, weights: Mapping[str, float]) -> float | None:
    """Return the figure at an address of a plan; figures by scenario are weighted by probability (`weights`)."""
    name, ids, figure = _in_three(address)
    records, parts = LISTS[name], ids.split(PART)
    found = [
        (getattr(record, figure), weights.get(getattr(record, "scenario", None) or "", 1.0))
        for record in getattr(plan, name)
        if all(part in (EVERY, getattr(record, kind)) for kind, part in zip(records.key, parts, strict=True))
    ]
    if not found or any(value is None for value, _ in found):
        return None if found else records.zero
    return sum(float(value) * weight for value, weight in found)


def _in_three(address: str) -> tuple[str, str, str]:
    """Return list, ids and figure of an address; an id can contain any character except a slash."""
    name, _, rest = address.partition("/")
    ids, _, figure = rest.rpartition("/")
    return name, ids, figure


def _unknown(  # noqa: PLR0913, PLR0917  (one sentence, in its parts)
    number: int, measure: str, given: str, known: tuple[str, ...], word: str, before: str = ""
) -> Finding:
    near = did_you_mean(given, known)
    question = f"; did you mean {near!r}?" if near else ""
    return Finding(
        loc=("measures", number),
        code="unknown_reference",
        message=f"there is no {word} {given!r}{question}",
        given=measure,
        allowed=known,
        suggestion=f"{before}{near}" if near else None,
    )
