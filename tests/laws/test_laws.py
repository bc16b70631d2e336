"""Random tiny problems over all families: the optimum is the best choice's, the plan is checked, every law holds.

The oracle tries every choice and solves what is left with another solver. The laws are those of the last lines of the
model's section 6; each problem is tried on all of them.
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
from optimizer.formulation.families import FAMILIES
from tests.laws.binding import binds
from tests.laws.bounded import ASKED, Test, bounded
from tests.laws.changes import laxer, renamed, reordered, scaled
from tests.laws.draws import Document
from tests.laws.oracle import TooManyChoices, optima
from tests.laws.problems import FEATURES, documents

GROUPS: tuple[Group, ...] = get_args(Group)
EXACT = SolverConfig(mip_gap=1e-6)
PROBLEMS = 560
MOST_CHOICES = 600
"""Each is a block of some thirty rows: more take seconds."""
SLACK = 1e-5
"""Relative to one plus the value: two optima, each within the solver's tolerances."""
LATER = 5e-4
"""A later objective moves by what the tolerance of the first gives away."""
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
"""Families that must make a difference to some of the problems drawn with a feature."""
MOST_ROUNDS = 4
"""Of drawing as many again, where a family made no difference yet: what is drawn also hangs on what the process has
imported, for Hypothesis tries constants of it."""


@dataclass
class Tally:
    """What was drawn."""

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
def test_a_tiny_problem_comes_to_what_the_oracle_says_and_keeps_every_law(feature: str) -> None:
    tally, binding = Tally(), {*BINDS.get(feature, ())}
    for again in range(MOST_ROUNDS):
        bounded(feature + "'" * again, PROBLEMS, len(FEATURES))(trying(feature, tally))()
        if ASKED or tally.bound == binding:
            break
    print(f"{dict(tally.endings)}; features: {dict(tally.features)}")  # noqa: T201  (shown by -rP)
    assert ASKED or tally.bound == binding, "some family makes no difference to any problem"


def trying(feature: str, tally: Tally) -> Test:
    """What is asked of each problem that is drawn with a feature."""

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
        problem, expected = given_by_the_oracle(document, relax)
        outcome = effective_problem(problem, relax)
        assert_agrees(document, outcome, expected)
        if outcome is not None:
            assert_is_what_is_reported(problem, outcome, relax)
            assert_what_cannot_run_does_not(outcome)
        before = worth(outcome)
        if "regret" not in json.dumps(document.get("criterion")):  # its reference would move with what is changed (T15)
            assert_not_lower(worth(effective_problem(problem, [*relax, group])), before)
            changes = laxer(document)
            name = sorted(changes)[place % len(changes)]
            assert_not_lower(worth(effective_problem(read_problem(changes[name]), relax)), before)
        if document.get("burden_sharing", {}).get("type") != "benefit":
            in_means = document["objectives"][0]["metric"] in IN_MEANS
            other = None if before is None else before * (factor if in_means else 1)
            assert_same(worth(effective_problem(read_problem(scaled(document, factor)), relax)), other)
        assert_same(worth(effective_problem(read_problem(renamed(document)), relax)), before)
        shuffled = reordered(document, Random(order))  # noqa: S311  (a shuffle)
        assert_same(worth(effective_problem(read_problem(shuffled), relax)), before)
        tally.add(document, problem, feature, "no plan" if outcome is None else "a plan")

    return tried


def test_every_family_makes_a_difference_to_some_problems() -> None:
    assert {family for families in BINDS.values() for family in families} == {family.name for family in FAMILIES}
    assert BINDS.keys() <= FEATURES.keys()


def given_by_the_oracle(document: Document, relax: list[Group]) -> tuple[Problem, list[float] | None]:
    """A document that is read, and what it comes to; drawn again where it cannot be solved or is not tiny."""
    try:
        problem = read_problem(document)
        return problem, optima(problem, relax, most_choices=MOST_CHOICES)
    except (InvalidDocument, TooManyChoices):
        assume(False)
        raise


def effective_problem(problem: Problem, relax: list[Group]) -> Solved | None:
    """The outcome, if there is a plan."""
    outcome = solve(problem, Config(solver=EXACT, relax=tuple(dict.fromkeys(relax))))
    assert outcome.status in ("optimal", "infeasible"), outcome
    return outcome if isinstance(outcome, Solved) else None


def worth(outcome: Solved | None) -> float | None:
    """The first objective, turned so that more is better; None if there is no plan."""
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


def assert_is_what_is_reported(problem: Problem, outcome: Solved, relax: list[Group]) -> None:
    """The plan passes the check, and its figures are those reported."""
    verdict = check(problem, outcome.plan, relax=relax, objectives=outcome.objectives)
    assert verdict.passed, verdict.violations
    values = score(problem, outcome.plan, relax=relax)
    for result in outcome.objectives:
        if result.metric in values:
            assert result.value == pytest.approx(values[result.metric], rel=SLACK, abs=SLACK)


def assert_what_cannot_run_does_not(outcome: Solved) -> None:
    """No plan does what a warning says that none can do, in any future or in those it names."""
    run = {(one.scenario, one.id) for one in outcome.plan.activities if one.level > SLACK}
    paid = {one.partner for one in outcome.plan.coordination}
    for warning in outcome.warnings:
        said = re.match(r"(?:in scenarios? ([s\d, ]+): )?(?:(\w\d) cannot run: |nobody can pay for (\w\d): )", warning)
        if said is not None:
            futures = {scenario for scenario, _ in run} if said[1] is None else {*said[1].split(", ")}
            assert not {(scenario, said[2]) for scenario in futures} & run, warning
            assert said[3] not in paid, warning


def assert_not_lower(after: float | None, before: float | None) -> None:
    if before is not None:
        assert after is not None
        assert after >= before - SLACK * (1 + abs(before))


def assert_same(after: float | None, before: float | None) -> None:
    assert (after is None) == (before is None)
    if after is not None and before is not None:
        assert after == pytest.approx(before, rel=SLACK, abs=SLACK)
