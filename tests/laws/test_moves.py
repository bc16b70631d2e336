"""Random moves on random tiny problems: no answer is worse than a known plan that still holds, nor than the one before.

Each move widens a limit, sets a group aside, withdraws a member, asks again what was asked before, or changes nothing,
from a problem that was answered before. Some begin with nothing loaded, from plan documents alone, as after a restart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.config import Config, Group, SolverConfig
from models.errors import InvalidDocument
from models.outcome import Outcome, Solved, Stopped
from models.plan import Plan
from models.problem.objective import Metric
from models.problem.problem import Problem
from models.reading import read_problem
from optimizer.check.check import check_apart
from optimizer.check.score import score
from optimizer.data.effective_objectives import effective_objectives, first_objectives
from optimizer.solving.warm import WarmProblem
from tests.laws.bounded import Test, bounded
from tests.laws.changes import laxer
from tests.laws.draws import Document
from tests.laws.problems import FEATURES, documents

GROUPS: tuple[Group, ...] = get_args(Group)
EXACT = SolverConfig(mip_gap=1e-6)
PROBLEMS = 140
SLACK = 1e-5
"""Tolerance between two values, each within the solver's tolerances; relative to one plus the value."""


@dataclass(frozen=True)
class Question:
    """A document with groups set aside."""

    document: Document
    relax: tuple[Group, ...]

    @property
    def problem(self) -> Problem:
        return read_problem(self.document)

    @property
    def config(self) -> Config:
        return Config(solver=EXACT, relax=self.relax)


@dataclass(frozen=True)
class Answered:
    """A question and its last answer."""

    question: Question
    outcome: Outcome


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_no_answer_is_worse_than_a_known_plan_that_holds(feature: str) -> None:
    bounded(f"{feature} moved", PROBLEMS, len(FEATURES))(moving(feature))()


def moving(feature: str) -> Test:
    """Return the test of a walk of three moves from a problem that is drawn with a feature."""

    @given(document=documents(of=feature), data=st.data())
    def moved(document: Document, data: st.DataObject) -> None:
        walk: list[Answered] = []
        try:
            warm = WarmProblem(read_problem(document), Config(solver=EXACT))
            walk.append(answered(warm, Question(document, ()), [], "0"))
        except InvalidDocument:
            assume(False)
        for number in range(1, 4):
            parent = data.draw(st.sampled_from(walk))
            is_again = data.draw(st.sampled_from((False, False, True)))
            question = data.draw(st.sampled_from(walk)).question if is_again else data.draw(moves(parent.question))
            if data.draw(st.booleans()):
                warm = WarmProblem(read_problem(document), Config(solver=EXACT))
            warm.restore_plan(str(walk.index(parent)))
            try:
                walk.append(answered(warm, question, walk, str(number)))
            except InvalidDocument:
                continue

    return moved


@st.composite
def moves(draw: st.DrawFn, before: Question) -> Question:
    """Draw a change of a question."""
    kind = draw(st.sampled_from(("laxer", "relax", "withdrawn", "none", "title")))
    document, relax = before.document, before.relax
    match kind:
        case "laxer":
            changes = laxer(document)
            document = changes[draw(st.sampled_from(sorted(changes)))]
        case "relax":
            relax = tuple(sorted(draw(st.sets(st.sampled_from(GROUPS), max_size=2))))
        case "withdrawn":
            member = draw(st.sampled_from([member["id"] for member in document["members"]]))
            document = {**document, "withdrawn": [{"member": member}]}
        case "title":
            document = {**document, "title": "another"}
        case _:
            pass
    return Question(document, relax)


def answered(warm: WarmProblem, question: Question, walk: Sequence[Answered], name: str) -> Answered:
    """Ask, with every plan of the walk known; check the answers; return the last."""
    problem = question.problem
    plans = [one.outcome.plan for one in walk if one.outcome.plan is not None]
    outcomes = [answer.outcome for answer in warm.answers(problem, question.config, known=plans)]
    warm.store_plan(name)
    assert not any(outcome.status == "solver_error" for outcome in outcomes)
    reached = [value for outcome in outcomes for value in values_of(problem, outcome)]
    for floor in floors(problem, question, plans):
        assert reached
        assert reached[0] >= floor - SLACK * (1 + abs(floor))
    for before, after in pairwise(reached):
        assert after >= before - SLACK * (1 + abs(before))
    return Answered(question, outcomes[-1])


def floors(problem: Problem, question: Question, plans: Sequence[Plan]) -> Iterator[float]:
    """Yield what each known plan that keeps the rules is worth; more is better."""
    for plan in plans:
        if check_apart(problem, plan, relax=question.relax)[0].passed:
            yield from worth(problem, score(problem, plan, relax=question.relax))


def values_of(problem: Problem, outcome: Outcome) -> Iterator[float]:
    if isinstance(outcome, Solved | Stopped):
        yield from worth(problem, {one.metric: one.value for one in outcome.objectives})


def worth(problem: Problem, metrics: Mapping[Metric, float]) -> Iterator[float]:
    """Yield the value of the first objective, turned so that more is better; regret has no value of a plan alone."""
    (first,) = first_objectives(effective_objectives(problem))
    if first.metric in metrics and first.metric != "max_regret":
        yield metrics[first.metric] if first.direction == "maximize" else -metrics[first.metric]
