"""WarmProblem answers: after any sequence of changes they are what a cold solve says."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from models.config import Config, Group
from models.errors import InvalidDocument
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.priorities import priorities_of
from optimizer.arrays.program_diff import NamedProgram, program_diff
from optimizer.arrays.solver_arrays import Arrays, TightArrays
from optimizer.arrays.sparse import SparseMatrix, entry_columns
from optimizer.data.effective_objectives import effective_objectives
from optimizer.diagnostics.precheck import effective_problem
from optimizer.solver.highs import HighsProgram
from optimizer.solving.solve import solve
from optimizer.solving.warm import WarmAnswer, WarmProblem
from tests.support.bounds import bound_of
from tests.support.laws import tenths
from tests.support.warm import CONFIG, DOCUMENT, MEMBERS, last

CLOSE = 1e-4
"""What tolerances and the holding of earlier objectives may leave between two optima."""

ACTIVITIES = ("reform", "train", "watch")
THEATRES = ("iraq", "sahel")
GROUPS: tuple[Group, ...] = ("decision", "participation", "cascade", "consent", "divergence", "policy")


def cold_relaxation(problem: Problem, relax: tuple[Group, ...]) -> float | None:
    """The optimum of the relaxation of a program that was loaded for nothing else; None without one."""
    compiled = write_program(problem).compiled
    engine, level = (
        HighsProgram(TightArrays.of(compiled, relax), CONFIG.solver),
        priorities_of(effective_objectives(problem), compiled)[0],
    )
    engine.minimise(level.vector, level.constant)
    engine.relax_integers()
    return engine.run(time_limit_s=30).objective


def in_solver(engine: HighsProgram, arrays: Arrays) -> Arrays:
    """What the solver holds, in the shape and the units of `arrays`."""
    program, scaling = engine._highs.getLp(), engine.scaling
    entries = program.a_matrix_
    row, start = np.array(entries.index_, dtype=np.int32), np.array(entries.start_, dtype=np.int32)
    scaled = SparseMatrix(data=np.array(entries.value_), indices=row, indptr=start, shape=arrays.matrix.shape)
    return Arrays(
        matrix=replace(scaled, data=scaled.data / scaling.rows[row] / scaling.columns[entry_columns(scaled)]),
        row_lower=np.array(program.row_lower_) / scaling.rows,
        row_upper=np.array(program.row_upper_) / scaling.rows,
        column_lower=np.array(program.col_lower_) * scaling.columns,
        column_upper=np.array(program.col_upper_) * scaling.columns,
        integer=arrays.integer,
    )


class WarmEqualsCold(RuleBasedStateMachine):
    """One warm program, changed again and again; each time asked the same as a cold one."""

    def __init__(self) -> None:
        super().__init__()
        self.warm = WarmProblem(Problem.model_validate(DOCUMENT), CONFIG)
        self.changes: dict[str, Any] = {}
        self.relax: tuple[Group, ...] = ()

    @initialize()
    def ask_first(self) -> None:
        """So that there is a plan to start from."""

    @rule(member=st.sampled_from((*MEMBERS, "eu")), amount=st.one_of(st.just(0.0), tenths(0.1, 12)))
    def means(self, member: str, amount: float) -> None:
        kind = "partners" if member == "eu" else "members"
        self.changes[f"{kind}/{member}/resources/money"] = amount

    @rule(member=st.sampled_from(MEMBERS), place=st.sampled_from((*ACTIVITIES, *THEATRES)), value=tenths(-2, 2))
    def position(self, member: str, place: str, value: float) -> None:
        kind = "activity" if place in ACTIVITIES else "theatre"
        stated = [one for one in self._list("positions") if (one["member"], one.get(kind)) != (member, place)]
        self.changes["positions"] = [*stated, {"member": member, kind: place, "value": value}]

    @rule(member=st.sampled_from(MEMBERS), field=st.sampled_from(("contributes_from", "objects_below")))
    def red_line(self, member: str, field: str) -> None:
        self.changes[f"members/{member}/{field}"] = {"contributes_from": 1, "objects_below": -1}[field]

    @rule(theatre=st.sampled_from(THEATRES), consent=st.booleans())
    def consent(self, theatre: str, *, consent: bool) -> None:
        self.changes[f"theatres/{theatre}/consent"] = consent

    @rule(member=st.sampled_from((*MEMBERS, "eu")), theatre=st.sampled_from((*THEATRES, None)))
    def withdrawal(self, member: str, theatre: str | None) -> None:
        self.changes["withdrawn"] = [*self._list("withdrawn"), {"member": member, "theatre": theatre}]

    @rule()
    def all_return(self) -> None:
        self.changes["withdrawn"] = []

    @rule(share=tenths(0, 1))
    def share(self, share: float) -> None:
        self.changes["policy/max_contributor_share"] = [{"contributor": "us", "share": share}]

    @rule(share=tenths(0, 1))
    def mixture(self, share: float) -> None:
        self.changes["policy/pillar_share"] = [{"pillar": "surveillance", "min": share}]

    @rule(most=tenths(0, 20))
    def cap(self, most: float) -> None:
        self.changes["policy/max_total_cost"] = most

    @rule(most=tenths(0, 4))
    def divergence(self, most: float) -> None:
        self.changes["divergence"] = {"max": most}

    @rule(threshold=tenths(0.5, 14))
    def threshold(self, threshold: float) -> None:
        self.changes["activities/reform/effect/threshold"] = threshold

    @rule(level=tenths(0, 6))
    def floor(self, level: float) -> None:
        self.changes["policy/min_level"] = [{"activity": "train", "level": level}]

    @rule(least=st.integers(0, 4))
    def quorum(self, least: int) -> None:
        self.changes["frameworks/coalition/rule/min_participants"] = least

    @rule(field=st.sampled_from(("effect_multiplier", "cost_multiplier")), times=tenths(0.5, 1.5))
    def framework(self, field: str, times: float) -> None:
        self.changes[f"frameworks/coalition/{field}"] = times

    @rule(activity=st.sampled_from(ACTIVITIES), times=tenths(0, 2))
    def multiplier(self, activity: str, times: float) -> None:
        self.changes["scenarios"] = [
            {"id": "calm", "probability": 0.6, "effect_multiplier": {activity: times}},
            {"id": "storm", "probability": 0.4, "risk_multiplier": {"iraq": 1 + times}},
        ]

    @rule(budget=tenths(0, 6))
    def diplomacy(self, budget: float) -> None:
        self.changes["concessions"] = {"budget": budget, "max_per_case": 3}

    @rule(groups=st.sets(st.sampled_from(GROUPS), max_size=2))
    def relaxing(self, groups: set[Group]) -> None:
        self.relax = tuple(sorted(groups))

    @rule(activity=st.sampled_from(ACTIVITIES), must=st.booleans())
    def lock(self, activity: str, *, must: bool) -> None:
        self.changes["policy/run" if must else "policy/forbid"] = [{"activity": activity}]

    @rule(name=st.sampled_from(("one", "other")), is_kept=st.booleans())
    def plans(self, name: str, *, is_kept: bool) -> None:
        """Keep the plan found last under a name, or go back to the one that is."""
        if is_kept:
            self.warm.store_plan(name)
        else:
            self.warm.restore_plan(name)

    @rule()
    def undo(self) -> None:
        self.changes, self.relax = {}, ()

    def _list(self, address: str) -> list[Any]:
        return list(self.changes.get(address, DOCUMENT.get(address, [])))

    @invariant()
    def warm_is_cold(self) -> None:
        config = CONFIG.model_copy(update={"overrides": self.changes, "relax": self.relax})
        try:
            cold = solve(self.warm.problem, config)
        except InvalidDocument:
            with pytest.raises(InvalidDocument):
                last(self.warm.answers(self.warm.problem, config))
            return
        answers = list(self.warm.answers(self.warm.problem, config))
        outcome = answers[-1].outcome
        assert outcome.status == cold.status, (outcome, cold)
        for warm_one, cold_one in zip(outcome.objectives, cold.objectives, strict=True):
            assert warm_one.value == pytest.approx(cold_one.value, abs=CLOSE, rel=CLOSE / 10)
        for answer in answers:
            self._is_sound(answer, cold.objectives[0].value if cold.objectives else None)
        self._is_loaded(config)

    def _is_sound(self, answer: WarmAnswer, best: float | None) -> None:
        """No early answer beats the best there is, and none falls short of what its bound says."""
        assert answer.outcome.check is None or answer.outcome.check.passed
        if answer.outcome.objectives:
            assert best is not None
            first = answer.outcome.objectives[0]
            assert first.value <= best + CLOSE
            assert bound_of(first) >= best - CLOSE

    def _is_loaded(self, config: Config) -> None:
        """The relaxation, and the tightened arrays in the solver, are those of the changed problem."""
        problem = effective_problem(self.warm.problem, config)
        loaded = self.warm._loaded
        assert loaded is not None
        relaxation = cold_relaxation(problem, config.relax)
        assert (loaded.relaxation is None) == (relaxation is None)
        if relaxation is not None:
            assert loaded.relaxation == pytest.approx(relaxation, abs=CLOSE, rel=CLOSE / 10)
        fresh = write_program(problem).compiled
        cold = NamedProgram(compiled=fresh, arrays=Arrays.of(fresh, config.relax))
        for engine in (loaded.integer, loaded.relaxed, loaded.fixed.first, loaded.fixed.later):
            engine.bound_objectives(())
            engine.free_integers()
            arrays = in_solver(engine, loaded.arrays)
            found = program_diff(NamedProgram(compiled=loaded.named.tight.compiled, arrays=arrays), cold.tight)
            assert not found.names, found.names
            assert not found.objectives


TestWarmEqualsCold = WarmEqualsCold.TestCase
TestWarmEqualsCold.settings = settings(max_examples=8, stateful_step_count=8, deadline=None)
