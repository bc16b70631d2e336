"""Random tiny problems over all families: the optimum agrees with the oracle, the plan passes, every law holds.

The oracle enumerates every choice and solves the rest with another solver. The laws are those at the end of section 6
of the model; each problem is tested on all of them.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.config import Config, Group, SolverConfig
from models.errors import InvalidDocument
from models.outcome import Solved
from models.problem.problem import Problem
from models.reading import read_problem
from optimizer import solve
from optimizer.check.check import check
from optimizer.check.score import score
from optimizer.data.payers import willing_members
from optimizer.formulation.families import FAMILIES
from tests.laws.binding import binds
from tests.laws.bounded import REQUESTED, Test, bounded
from tests.laws.changes import laxer, renamed, reordered
from tests.laws.draws import Document
from tests.laws.oracle import TooManyChoices, optima
from tests.laws.problems import FEATURES, documents
from tests.laws.units import amounts_times

GROUPS: tuple[Group, ...] = get_args(Group)
EXACT = SolverConfig(mip_gap=1e-6)
PROBLEMS = 560
MOST_CHOICES = 600
"""Limit on the choices of a problem; each is a block of some thirty rows, so more would take seconds."""
SLACK = 1e-5
"""Tolerance between two optima, each within the solver's tolerances; relative to one plus the value."""
LATER = 5e-4
"""Tolerance of a later objective, which depends on the tolerance of the first."""
IN_MEANS = ("cost", "max_burden", "change_from_baseline")
MORE_IS_BETTER = ("risk_reduction", "min_coverage")

BINDS = {
    "a_partner": ("partner_coordination",),
    "a_second_resource": ("needs", "availability"),
    "alternatives": ("alternatives",),
    "awareness": ("awareness_gate",),
    "baseline": ("baseline",),
    "benefit": ("benefit",),
    "burden": ("burden",),
    "cascade": ("cascade", "willingness"),
    "caveat": ("caveat",),
    "concessions": ("concessions", "consensus"),
    "consent": ("consent",),
    "curves": ("s_curve",),
    "day_after": ("day_after",),
    "disappointments": ("budgeted",),
    "divergence": ("divergence",),
    "dominance": ("dominance",),
    "drivers": ("risk",),
    "floors": ("floors",),
    "investment": ("investment",),
    "lead_time": ("lead_time",),
    "least_levels": ("level",),
    "locks": ("locks",),
    "majority": ("majority",),
    "money_policy": ("prevention", "cost"),
    "opposition": ("opposition",),
    "quorum": ("quorum", "participation"),
    "reputation": ("reputation",),
    "reserve": ("reserve",),
    "risk_dynamics": ("risk_dynamics",),
    "rivalry": ("rivalry",),
    "roles": ("roles",),
    "seasons": ("effect",),
    "several_flags": ("one_framework",),
    "spoiler": ("spoilers",),
    "synergy": ("synergy",),
    "thresholds": ("threshold",),
}
"""Families that must bind in some of the problems drawn with a feature."""
MOST_ROUNDS = 4
"""Greatest number of rounds of draws, repeated until every family binds.

The draws depend on the modules that the process has imported, because Hypothesis tries constants from them.
"""


@dataclass
class Tally:
    """Statistics of the problems drawn."""

    features: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    bound: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)

    def add(self, document: Document, problem: Problem, feature: str, ending: str) -> None:
        self.features.update(document["notes"].split(", "))
        self.endings[ending] += 1
        self.bound |= {one for one in BINDS.get(feature, ()) if one not in self.bound and binds(problem, one)}
        self.known.add(json.dumps(document))


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_a_tiny_problem_agrees_with_the_oracle_and_every_law(feature: str) -> None:
    tally, binding = Tally(), {*BINDS.get(feature, ())}
    for again in range(MOST_ROUNDS):
        bounded(feature + "'" * again, PROBLEMS, len(FEATURES))(trying(feature, tally))()
        if REQUESTED or tally.bound == binding:
            break
    print(f"{dict(tally.endings)}; features: {dict(tally.features)}")  # noqa: T201  (shown by -rP)
    assert REQUESTED or tally.bound == binding, "some family binds in no problem"


def trying(feature: str, tally: Tally) -> Test:
    """Return the test of each problem that is drawn with a feature."""

    @given(
        document=documents(of=feature),
        relax=st.one_of(st.just([]), st.lists(st.sampled_from(GROUPS), max_size=2, unique=True)),
        group=st.sampled_from(GROUPS),
        place=st.integers(0, 50),
        factor=st.sampled_from([0.1, 4, 1000]),
        order=st.integers(0, 1000),
    )
    def tried(document: Document, relax: list[Group], group: Group, place: int, factor: float, *, order: int) -> None:
        assume(json.dumps(document) not in tally.known)
        problem, expected = read_and_optimised(document, relax)
        outcome = solved_or_none(problem, relax)
        assert_agrees(document, outcome, expected)
        if outcome is not None:
            assert_figures_are_correct(problem, outcome, relax)
            assert_warnings_hold(problem, outcome)
        before = worth(outcome)
        if "regret" not in json.dumps(document.get("criterion")):  # the change would also move its reference (T15)
            assert_not_lower(worth(solved_or_none(problem, [*relax, group])), before)
            changes = laxer(document)
            name = sorted(changes)[place % len(changes)]
            assert_not_lower(worth(solved_or_none(read_problem(changes[name]), relax)), before)
        in_means = document["objectives"][0]["metric"] in IN_MEANS
        other = None if before is None else before * (factor if in_means else 1)
        assert_same(worth(solved_or_none(read_problem(amounts_times(document, factor)), relax)), other)
        assert_same(worth(solved_or_none(read_problem(renamed(document)), relax)), before)
        shuffled = reordered(document, Random(order))  # noqa: S311  (a shuffle)
        assert_same(worth(solved_or_none(read_problem(shuffled), relax)), before)
        tally.add(document, problem, feature, "no plan" if outcome is None else "a plan")

    return tried


def test_every_family_makes_a_difference_to_some_problems() -> None:
    missing = {family.name for family in FAMILIES} ^ {family for families in BINDS.values() for family in families}
    assert not missing, f"tests/laws/test_laws.py: BINDS and FAMILIES differ in {sorted(missing)}; see CONTRIBUTING.md"
    unknown = BINDS.keys() - FEATURES.keys()
    assert not unknown, f"tests/laws/*_features.py: add a function named like each of {sorted(unknown)}"


def read_and_optimised(document: Document, relax: list[Group]) -> tuple[Problem, list[float] | None]:
    """Return the problem of a document and its optimum; rejects a document that is invalid or not tiny."""
    try:
        problem = read_problem(document)
        return problem, optima(problem, relax, most_choices=MOST_CHOICES)
    except (InvalidDocument, TooManyChoices):
        assume(False)
        raise


def solved_or_none(problem: Problem, relax: list[Group]) -> Solved | None:
    """Return the outcome, or None if there is no plan."""
    outcome = solve(problem, Config(solver=EXACT, relax=tuple(dict.fromkeys(relax))))
    assert outcome.status in ("optimal", "infeasible"), outcome
    return outcome if isinstance(outcome, Solved) else None


def worth(outcome: Solved | None) -> float | None:
    """Return the value of the first objective, with the sign at which more is better; None without a plan."""
    if outcome is None:
        return None
    first = outcome.objectives[0]
    return first.value if first.metric in MORE_IS_BETTER else -first.value


def assert_agrees(document: Document, outcome: Solved | None, expected: list[float] | None) -> None:
    assert (outcome is None) == (expected is None)
    if outcome is None or expected is None:
        return
    found = {result.metric: result.value for result in outcome.objectives}
    named = [objective["metric"] for objective in document["objectives"]]
    if "max_regret" in found:
        found["risk_reduction"] = found["max_regret"]
    assert found[named[0]] == pytest.approx(expected[0], rel=SLACK, abs=SLACK)
    if "max_burden" in named or len(found) == len(named):
        assert found[named[1]] == pytest.approx(expected[1], rel=LATER, abs=LATER)


def assert_figures_are_correct(problem: Problem, outcome: Solved, relax: list[Group]) -> None:
    """Assert that the plan passes the check and that its figures are those reported."""
    verdict = check(problem, outcome.plan, relax=relax, objectives=outcome.objectives)
    assert verdict.passed, verdict.violations
    values = score(problem, outcome.plan, relax=relax)
    for result in outcome.objectives:
        if result.metric in values:
            assert result.value == pytest.approx(values[result.metric], rel=SLACK, abs=SLACK)


def assert_warnings_hold(problem: Problem, outcome: Solved) -> None:
    """Assert that the plan does nothing that a warning excludes, in every scenario or in those that it names."""
    run = {(one.scenario, one.id) for one in outcome.plan.activities if one.level > SLACK}
    paid = {one.partner for one in outcome.plan.coordination}
    for warning in outcome.warnings:
        found = re.match(r"(?:in scenarios? ([s\d, ]+): )?(?:(\w\d) cannot run: |nobody can pay for (\w\d): )", warning)
        if found is not None:
            scenarios = {scenario for scenario, _ in run} if found[1] is None else {*found[1].split(", ")}
            assert not {(scenario, found[2]) for scenario in scenarios} & run, warning
            assert found[3] not in paid, warning
        assert_spends_nothing(problem, outcome, warning)


def assert_spends_nothing(problem: Problem, outcome: Solved, warning: str) -> None:
    """Assert that the plan spends nothing where a warning says that no rule permits more.

    With recourse, a warning that names scenarios is skipped: the others may spend.
    """
    if problem.criterion.recourse and warning.startswith("in scenario"):
        return
    nothing = re.search(r"only a plan that spends nothing(?: in (\w+))? satisfies this", warning)
    if nothing is not None:
        theatre, activity, resource = nothing[1], problem.activity, problem.resource
        spent = [
            resource[one.resource].unit_cost * one.amount
            for one in outcome.plan.allocations
            if theatre in {None, activity[one.activity].theatre}
        ]
        assert sum(spent) <= SLACK, warning
    whose = re.search(r"then lets no (willing )?member pay", warning)
    if whose is not None:
        compared = willing_members(problem) if whose[1] else tuple(problem.member)
        assert sum(one.cost for one in outcome.plan.burden if one.member in compared) <= SLACK, warning


def assert_not_lower(after: float | None, before: float | None) -> None:
    if before is not None:
        assert after is not None
        assert after >= before - SLACK * (1 + abs(before))


def assert_same(after: float | None, before: float | None) -> None:
    assert (after is None) == (before is None)
    if after is not None and before is not None:
        assert after == pytest.approx(before, rel=SLACK, abs=SLACK)
