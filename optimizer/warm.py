"""Warm answers: a changed problem is answered from the program that is loaded and the plan at hand (ADR 0010).

First the plan, its choices held and repaired; then with the touched theatres freed; then with everything, as cold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Literal

import numpy as np

from models.address import apply_changes
from models.change import Change
from models.config import Config, Group, SolverConfig
from models.errors import SolverFailure
from models.outcome import Outcome
from models.problem.problem import Problem
from optimizer.aims import aims
from optimizer.arrays import Arrays, Basis
from optimizer.compile import Floats, formulated
from optimizer.difference import Difference, Match, Named, difference
from optimizer.engine import Answer, Engine
from optimizer.levels import levels_of
from optimizer.lexicographic import Finished, Known, Lexicographic, OnProgress, ShouldStop
from optimizer.neighbourhood import Mask, Theatres
from optimizer.precheck import planned
from optimizer.repair import Repair, within
from optimizer.report import Report
from optimizer.search import SMALL, Limits
from optimizer.solving import references

Stage = Literal["held", "touched", "whole"]
"""What was free: amounts alone (and what had to be repaired), the theatres touched, everything."""

TOUCHED_SHARE = 0.25
"""Of the time left, what freeing the theatres touched may take at most."""

REMARKS: dict[Stage, str] = {
    "held": "a first answer: the choices of the plan before are held, and repaired where they no longer hold",
    "touched": "an early answer: only the theatres that the change touches were planned anew",
    "whole": "a warm answer: found from the plan before; a plan found cold may differ where it is equally good",
}
UNFINISHED: dict[Stage, str | None] = {
    "held": "a first answer from the plan before; what else is possible was not tried yet",
    "touched": "an early answer from the plan before; what else is possible was not tried yet",
    "whole": None,
}


@dataclass(frozen=True, kw_only=True)
class WarmAnswer:
    """One of the answers to a change, each at least as good as those before it."""

    stage: Stage
    change: Difference | None
    """What the change did to the loaded program; None where none was loaded."""
    is_reloaded: bool
    """Whether the structure changed (`change` says how), so that the program had to be loaded anew."""
    outcome: Outcome


@dataclass(kw_only=True)
class _Loaded:
    """What is kept between two changes."""

    named: Named
    engine: Engine
    solver: SolverConfig
    basis: Basis | None = None
    """Where the last relaxation ended."""
    relaxation: float | None = None
    """What it came to, in the first level's own measure; None where it has no optimum."""
    plan: Floats | None = None
    """The best plan found last."""


class Warm:
    """A problem whose program stays loaded while numbers of it are changed."""

    def __init__(self, problem: Problem, config: Config | None = None) -> None:
        """Changes are told relative to `problem`; nothing is loaded before the first answer."""
        self.problem = problem
        self.config = config or Config()
        self._loaded: _Loaded | None = None

    def what_if(
        self,
        changes: Sequence[Change] = (),
        *,
        relax: Sequence[Group] | None = None,
        on_progress: OnProgress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> Iterator[WarmAnswer]:
        """Ever better answers for the problem with some numbers changed, or locks, and perhaps other groups relaxed.

        Raises `UnknownAddress` and `InvalidDocument` as a solve would.
        """
        config = self.config if relax is None else self.config.model_copy(update={"relax": tuple(relax)})
        changed = apply_changes(self.problem, changes) if changes else self.problem
        return self.answers(changed, config, on_progress=on_progress, should_stop=should_stop)

    def answers(
        self,
        problem: Problem,
        config: Config,
        *,
        on_progress: OnProgress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> Iterator[WarmAnswer]:
        """Ever better answers for any problem; the more it has in common with the last one, the sooner they come.

        Whoever wants no more stops asking, or says so by `should_stop`. Raises `InvalidDocument` if the problem cannot
        be solved as it stands.
        """
        started = perf_counter()
        meant = planned(problem, config)
        try:
            built = formulated(meant, references(meant, config, should_stop))
            new = Named(compiled=built.compiled, arrays=Arrays.of(built.compiled, config.relax))
            report = Report(
                submitted=problem,
                problem=meant,
                config=config,
                futures=built.futures,
                compiled=built.compiled,
                formulate_s=built.formulate_s,
                compile_s=built.compile_s,
            )
            change, is_reloaded = self._load(new, config.solver)
            asked = _Asked(
                problem=meant,
                report=report,
                lexicographic=Lexicographic(
                    engine=self._kept.engine,
                    levels=levels_of(aims(meant), built.compiled),
                    config=config.solver,
                    started=started,
                    on_progress=on_progress,
                    should_stop=should_stop,
                ),
                loaded=self._kept,
                change=change,
            )
            for stage, outcome in asked.answers():
                yield WarmAnswer(stage=stage, change=change, is_reloaded=is_reloaded, outcome=outcome)
        except GeneratorExit:  # whoever asked wants no more: between two answers everything is in order
            raise
        except BaseException:
            self._loaded = None
            raise

    @property
    def _kept(self) -> _Loaded:
        if self._loaded is None:
            raise SolverFailure("nothing is loaded")
        return self._loaded

    def _load(self, new: Named, solver: SolverConfig) -> tuple[Difference | None, bool]:
        """Bring the loaded program in line with `new`: by what differs, or anew where it is another one."""
        old = self._loaded
        if old is None:
            self._loaded = _Loaded(named=new, engine=Engine(new.arrays, solver), solver=solver)
            return None, False
        change = difference(old.named, new)
        if change.can_be_pushed and old.solver == solver:
            old.engine.let_go()
            old.engine.push(change, new.arrays)
            old.named = new
            return change, False
        columns = Match(old.named.compiled.columns, new.compiled.columns).old_of_new
        rows = Match(old.named.compiled.rows, new.compiled.rows).old_of_new
        self._loaded = _Loaded(
            named=new,
            engine=Engine(new.arrays, solver),
            solver=solver,
            basis=None if old.basis is None else old.basis.carried(columns, rows),
            plan=None if old.plan is None else np.append(old.plan, 0.0)[np.where(columns < 0, len(old.plan), columns)],
        )
        return change, change.is_restructured


@dataclass(kw_only=True)
class _Asked:
    """One change: what it asks for, and the answers to it."""

    problem: Problem
    report: Report
    lexicographic: Lexicographic
    loaded: _Loaded
    change: Difference | None
    bound: float = -np.inf
    """What the relaxation proves of the first level."""
    relaxation: Floats | None = None

    def answers(self) -> Iterator[tuple[Stage, Outcome]]:
        """The answers, the first as soon as possible."""
        began = perf_counter()
        relaxed = self._relax()
        if relaxed.ending in ("infeasible", "unbounded"):
            yield "held", self._told("held", Finished(ending=relaxed.ending, values=None, levels=()), began)
            return
        known: Known | None = None
        if self.loaded.plan is not None:
            known = self._held(self.loaded.plan)
            yield "held", self._kept("held", known, began)
            if known is not None and not self._is_done(known) and self._is_worth_dividing():
                known = self._touched(known)
                yield "touched", self._kept("touched", known, began)
            if self._is_stopped() or (known is not None and self._is_done(known)):
                return
        self.loaded.engine.let_go()
        finished = self.lexicographic.solve(known)
        if finished.values is not None:
            self.loaded.plan = finished.values
        yield "whole", self._told("whole", finished, began)

    def _relax(self) -> Answer:
        """The relaxation of the changed program, from where that of the one before ended."""
        engine, level = self.loaded.engine, self.lexicographic.levels[0]
        engine.relax_integers()
        self.lexicographic.aim_at(level)
        if self.loaded.basis is not None:
            engine.start_at(self.loaded.basis)
        relaxed = engine.run(time_limit_s=self.limits.left_s, should_stop=self.lexicographic.should_stop)
        self.loaded.relaxation = None
        if relaxed.ending == "optimal":
            self.loaded.relaxation = relaxed.bound * level.unit
            self.loaded.basis = engine.basis
            self.bound, self.relaxation = self.loaded.relaxation, relaxed.values
        engine.free_integers()
        return relaxed

    def _held(self, plan: Floats) -> Known | None:
        """The plan with its integers held, repaired if need be."""
        arrays, lexicographic = self.loaded.named.arrays, self.lexicographic
        first = lexicographic.levels[0]
        plan = within(arrays, plan)
        held = lexicographic.held(first, plan)
        if held.values is None:
            repair = Repair(engine=self.loaded.engine, arrays=arrays, plan=plan, limits=self.limits)
            found = repair.repaired(self._neighbours(plan))
            if found is None:
                return None
            held = lexicographic.held(first, found)
        return None if held.values is None else Known(values=held.values, bound=self.bound)

    def _touched(self, known: Known) -> Known:
        """The same with the theatres freed that the change touches."""
        engine, arrays = self.loaded.engine, self.loaded.named.arrays
        engine.let_go()
        first = self.lexicographic.levels[0]
        self.lexicographic.aim_at(first)
        limits = replace(self.limits, until=perf_counter() + TOUCHED_SHARE * self.limits.left_s)
        repair = Repair(engine=engine, arrays=arrays, plan=within(arrays, known.values), limits=limits)
        near = repair.near(self._neighbours(known.values), start=known.values)
        if near.values is None or first.value(near.values) >= first.value(known.values):
            return known
        return Known(values=self.lexicographic.polished(first, near.values), bound=known.bound)

    def _neighbours(self, plan: Floats) -> Mask:
        named = self.loaded.named
        theatres = Theatres(self.problem, named.compiled)
        touched = () if self.change is None else self.change.names
        return theatres.touched(touched, plan, plan if self.relaxation is None else self.relaxation)

    def _kept(self, stage: Stage, known: Known | None, began: float) -> Outcome:
        """An answer whose later objectives are only as good as amounts make them."""
        if known is None:
            return self._told(stage, Finished(ending="limit", values=None, levels=()), began)
        finished = self.lexicographic.keep(known)
        self.loaded.plan = finished.values
        return self._told(stage, finished, began)

    def _told(self, stage: Stage, finished: Finished, began: float) -> Outcome:
        is_warm = self.loaded.plan is not None
        report = replace(self.report, unfinished=UNFINISHED[stage], remarks=(REMARKS[stage],) if is_warm else ())
        return report.outcome(finished, perf_counter() - began)

    def _is_done(self, known: Known) -> bool:
        """Whether nothing is left to improve: the gap is closed, and there is no later objective to free."""
        return len(self.lexicographic.levels) == 1 and self.lexicographic.is_close(known)

    def _is_worth_dividing(self) -> bool:
        return self.loaded.engine.integers > SMALL and len(self.problem.theatre) > 1 and not self._is_stopped()

    def _is_stopped(self) -> bool:
        stop = self.lexicographic.should_stop
        return stop is not None and stop()

    @property
    def limits(self) -> Limits:
        """What is left of the caller's time."""
        config = self.lexicographic.config
        return Limits(
            until=self.lexicographic.started + config.time_limit_s,
            gap=config.mip_gap,
            on_moment=None,
            should_stop=self.lexicographic.should_stop,
        )
