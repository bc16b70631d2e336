"""Plans that warm answers start from: kept, gone back to, and what was proven of them."""

import pytest

from models.address import apply_changes
from models.change import Change
from models.errors import SolverFailure
from models.outcome import Solved, Stopped
from models.problem.problem import Problem
from optimizer.arrays.array_types import Floats
from optimizer.search import branch_and_dive as search
from optimizer.search import stages
from optimizer.search.branch_and_dive import BranchAndDive
from optimizer.solver.highs import HighsProgram
from optimizer.solving.warm import WarmProblem
from tests.support.bounds import bound_of
from tests.support.problems import a_problem
from tests.support.warm import CONFIG, DOCUMENT, MEMBERS, last

CLOSE = 1e-4
"""What tolerances and the holding of earlier objectives may leave between two optima."""


def test_an_answer_starts_from_the_plan_that_was_gone_back_to() -> None:
    problem = Problem.model_validate(DOCUMENT)
    warm = WarmProblem(problem, CONFIG)
    base = last(warm.what_if()).outcome
    assert isinstance(base, Solved | Stopped)
    warm.store_plan("base")

    def first_answer_after_another_question() -> Solved | Stopped:
        gone = [Change(address=f"withdrawn/{member}", value={}) for member in MEMBERS]
        last(warm.what_if(gone))
        warm.restore_plan(*names)
        outcome = next(iter(warm.what_if())).outcome
        assert isinstance(outcome, Solved | Stopped)
        return outcome

    names: tuple[str, ...] = ("unknown", "base")
    answer = first_answer_after_another_question()
    assert answer.found_by == base.found_by
    assert answer.objectives[0].value == pytest.approx(base.objectives[0].value)
    names = ("unknown",)
    assert first_answer_after_another_question().found_by != base.found_by


def test_what_nobody_wants_any_more_ends_where_it_is_and_leaves_the_program_in_order() -> None:
    problem = Problem.model_validate(DOCUMENT)
    warm = WarmProblem(problem, CONFIG)
    best = last(warm.what_if()).outcome.objectives[0].value
    asked = 0

    def is_unwanted() -> bool:
        nonlocal asked
        asked += 1
        return asked > 2  # it was still wanted after the program was written, and once the choices were held

    poorer = apply_changes(problem, [Change(address="members/us/resources/money", value=1)])
    answers = list(warm.answers(poorer, CONFIG, should_stop=lambda: asked > 2, is_abandoned=is_unwanted))
    assert len(answers) < len(list(warm.answers(poorer, CONFIG)))
    assert last(warm.what_if()).outcome.objectives[0].value == pytest.approx(best)


def test_what_was_proven_of_the_plan_gone_back_to_holds_where_only_something_is_taken_away() -> None:
    """The relaxation alone says less: the threshold can be reached in part there."""
    reform, *others = DOCUMENT["activities"]
    document = {
        **DOCUMENT,
        "partners": [{**DOCUMENT["partners"][0], "coordination_cost": {"resource": "money", "amount": 3}}],
        "activities": [{**reform, "effect": {**reform["effect"], "threshold": 14}}, *others],
        "policy": {**DOCUMENT["policy"], "max_total_cost": 12},
    }
    warm = WarmProblem(Problem.model_validate(document), CONFIG)
    best = last(warm.what_if()).outcome.objectives[0]
    warm.store_plan("base")
    last(warm.what_if([Change(address="members/us/resources/money", value=20)]))
    warm.restore_plan("base")
    tighter = Change(address="withdrawn/fr:sahel", value={})
    first = next(iter(warm.what_if([tighter]))).outcome.objectives[0]
    assert warm._loaded is not None
    assert warm._loaded.relaxation is not None
    assert -warm._loaded.relaxation > bound_of(best) + 1e-3
    assert bound_of(first) <= bound_of(best) + CLOSE


def test_what_waits_to_be_loaded_takes_no_memory() -> None:
    warm = WarmProblem(Problem.model_validate(DOCUMENT), CONFIG)
    assert warm.megabytes == 0
    last(warm.what_if())
    before = warm.megabytes
    warm.store_plan("base")
    assert warm.megabytes > before > 0


def test_the_relaxation_is_rounded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was rounded beside a plan is not again when everything is free: it would be the same plan."""
    monkeypatch.setattr(search, "SMALL", 0)
    dives: list[HighsProgram] = []
    dive = BranchAndDive.dive

    def counted(searching: BranchAndDive, relaxation: Floats) -> None:
        dives.append(searching.relaxed)
        dive(searching, relaxation)

    monkeypatch.setattr(BranchAndDive, "dive", counted)
    problem = Problem.model_validate({**DOCUMENT, "objectives": [{"metric": "risk_reduction"}]})
    told = [(answer.stage, answer.outcome.status) for answer in WarmProblem(problem, CONFIG).what_if()]
    assert told == [("rounded", "optimal"), ("whole", "optimal")]
    assert len(dives) == 1


def test_what_breaks_after_the_last_answer_is_no_matter_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: stages.StagedSearch) -> None:
        raise SolverFailure

    problem = a_problem()
    warm = WarmProblem(problem)
    with monkeypatch.context() as patch:
        patch.setattr(stages.StagedSearch, "stand_ready", broken)
        *_, answer = warm.answers(problem, warm.config)
    assert answer.outcome.status == "optimal"
    assert warm.start is None
    *_, again = warm.answers(problem, warm.config)
    assert again.outcome.status == "optimal"
