"""One problem whose program stays loaded: every solve and every what-if runs through `WarmProblem`.

A first solve is an answer without a plan before. A changed problem is answered from the loaded program and the plan at
hand (docs/decisions/0010); `optimizer.search.stages` lists the stages.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from time import perf_counter

from models.address import apply_changes
from models.change import Change
from models.config import Config, Group, SolverConfig
from models.errors import InvalidDocument, SolverFailure
from models.ids import ScenarioId
from models.outcome import CheckReport, NoPlanInLimit, Outcome, SolverError, Stopped, StoppedBy
from models.own_plan import OwnPlan
from models.plan import Plan
from models.problem.problem import Problem
from optimizer.arrays.array_program import IncrementalWriter
from optimizer.arrays.array_types import Floats
from optimizer.arrays.basis import AnyBasis
from optimizer.arrays.compiled import WrittenProgram
from optimizer.arrays.priorities import priorities_of
from optimizer.arrays.program_diff import NamedProgram, ProgramDiff, program_diff
from optimizer.arrays.solver_arrays import Arrays
from optimizer.check.check import check_apart
from optimizer.data.effective_objectives import effective_objectives
from optimizer.diagnostics.precheck import effective_problem, single_scenario_problem
from optimizer.formulation.families import FAMILIES
from optimizer.formulation.family import Family
from optimizer.formulation.garbage_collection import paused_garbage_collection
from optimizer.outcome.own_plan import complete
from optimizer.outcome.plan_values import plan_values
from optimizer.outcome.report import Report
from optimizer.search.lexicographic import Lexicographic, OnProgress
from optimizer.search.loaded_program import Bases, LoadedProgram, StoredPlan
from optimizer.search.stages import KnownPlan, Stage, StagedSearch, StageResult
from optimizer.search.time_budget import Abandoned, ShouldStop, TimeBudget
from optimizer.search.uniform_start import UniformStart
from optimizer.solving.early_answers import REMARKS, UNCHANGED, UNFINISHED, broken_start
from optimizer.solving.magnitudes import issues_in

MOST_PLANS = 20
"""Plans that are stored by name."""
BYTES_PER_STORED_NAME = 100
"""Memory of a stored plan, for each row and column of its program."""


class NoReference(SolverFailure):
    """The best risk reduction of a scenario was not found, so regret cannot be measured."""

    def __init__(self, scenario: ScenarioId, outcome: Outcome) -> None:
        """Say why, from the outcome of the scenario alone."""
        self.stopped_by: StoppedBy = "solver_failure"
        match outcome:
            case Stopped() | NoPlanInLimit():
                self.stopped_by, why = outcome.stopped_by, outcome.reason
            case SolverError():
                why = outcome.reason
            case _:
                why = f"it is {outcome.status}"
        super().__init__(
            f"the best risk reduction in {scenario}, which regret is measured against, was not found: {why}"
        )


@dataclass(frozen=True, kw_only=True)
class WarmAnswer:
    """One answer to a problem; each answer is at least as good as the ones before it."""

    stage: Stage
    change: ProgramDiff | None
    """How the loaded program was changed; None if no program was loaded."""
    is_reloaded: bool
    """Whether rows or columns changed, so that the program had to be loaded anew."""
    complete: Callable[[], Outcome] = field(repr=False)
    """Extracts the plan and checks it."""

    @cached_property
    def outcome(self) -> Outcome:
        """The outcome, computed when first read: an answer that nobody reads costs no check."""
        return self.complete()


@dataclass(frozen=True, kw_only=True)
class WarmStart:
    """What a first answer can start from: another program, its best plan, and the basis of its relaxation."""

    named: NamedProgram
    plan: Floats | None
    basis: AnyBasis | None


class WarmProblem:
    """A problem whose program stays loaded while its numbers change."""

    def __init__(
        self,
        problem: Problem,
        config: Config | None = None,
        *,
        start: WarmStart | None = None,
        writer: IncrementalWriter | None = None,
        families: Sequence[Family] = FAMILIES,
    ) -> None:
        """Changes are relative to `problem`; nothing is loaded before the first answer.

        With a `start` the first answer is warm, and the same whenever it starts so. A `writer` that has written a
        similar problem saves time.
        """
        self.problem = problem
        self.config = config or Config()
        self._start = start
        self._loaded: LoadedProgram | None = None
        self._writer = IncrementalWriter(families) if writer is None else writer
        self._plans: OrderedDict[str, StoredPlan] = OrderedDict()
        self._restored: StoredPlan | None = None
        """The stored plan from which the next answer starts."""

    def store_plan(self, name: str) -> None:
        """Store the most recent plan under a name."""
        stored = None if self._loaded is None else self._loaded.stored_plan()
        if stored is None:
            return
        self._plans[name] = stored
        if len(self._plans) > MOST_PLANS:
            del self._plans[next(iter(self._plans))]

    def restore_plan(self, *names: str) -> None:
        """Make the next answer start from the plan stored under the first of `names` that exists.

        Otherwise it starts from the most recent plan, which may be a first answer that was never improved.
        """
        name = next((name for name in names if name in self._plans), None)
        if name is not None:
            self._plans.move_to_end(name)
            self._restored = self._plans[name]

    def stored_plan(self, name: str) -> StoredPlan | None:
        """The plan stored under a name, for `known` of `answers`; None if there is none."""
        return self._plans.get(name)

    @property
    def start(self) -> WarmStart | None:
        """What the next answer starts from; None before the first."""
        if self._loaded is None:
            return self._start
        return WarmStart(named=self._loaded.named, plan=self._loaded.plan, basis=self._loaded.basis)

    @property
    def megabytes(self) -> float:
        """Estimated memory of the loaded program and the stored plans."""
        stored = sum(BYTES_PER_STORED_NAME * sum(one.named.arrays.matrix.shape) for one in self._plans.values())
        return stored / 2**20 + (0.0 if self._loaded is None else self._loaded.megabytes)

    def what_if(
        self,
        changes: Sequence[Change] = (),
        *,
        relax: Sequence[Group] | None = None,
        on_progress: OnProgress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> Iterator[WarmAnswer]:
        """Ever better answers for the problem with `changes` applied, and other groups relaxed if `relax` is given.

        Raises `UnknownAddress` and `InvalidDocument` as a solve would.
        """
        config = self.config if relax is None else self.config.model_copy(update={"relax": tuple(relax)})
        changed = apply_changes(self.problem, changes) if changes else self.problem
        return self.answers(changed, config, on_progress=on_progress, should_stop=should_stop)

    def answers(  # noqa: PLR0913  (callbacks)
        self,
        problem: Problem,
        config: Config,
        *,
        on_progress: OnProgress | None = None,
        should_stop: ShouldStop | None = None,
        is_abandoned: ShouldStop | None = None,
        started: float | None = None,
        start: OwnPlan | Plan | None = None,
        known: Sequence[Plan | StoredPlan] = (),
    ) -> Iterator[WarmAnswer]:
        """Ever better answers for any problem; the more it shares with the last one, the sooner they come.

        The first answer is the best of the known plans that keep the rules of this problem: the plan before, `start`,
        and `known`. No later answer is worse. If `start` breaks a rule, a warning says so, and if no other plan holds,
        it is repaired.

        After `should_stop` the plan at hand is still completed and given. After `is_abandoned` the answers end at
        once. `started` is when the caller's time began, now by default. Raises `InvalidDocument` if the problem
        cannot be solved as it stands, and `SolverFailure` if the solver breaks on a warm start; a cold solve that
        breaks is answered by an outcome that says so.
        """
        solving = _Solving(
            submitted=problem,
            problem=effective_problem(problem, config),
            config=config,
            budget=TimeBudget(
                started=perf_counter() if started is None else started,
                limit_s=config.solver.time_limit_s,
                should_stop=should_stop,
                is_abandoned=is_abandoned,
            ),
            on_progress=on_progress,
            given=start,
            known=known,
        )
        try:
            yield from self._answers(solving)
        except GeneratorExit:  # the caller wants no more: between two answers the program needs no reset
            raise
        except Abandoned:
            if self._loaded is not None:
                self._loaded.reset()
        except BaseException:
            self._loaded = None
            raise

    def _answers(self, solving: "_Solving") -> Iterator[WarmAnswer]:
        with paused_garbage_collection():
            begun = self._begin(solving)
        if isinstance(begun, _Begun):
            yield from self._stages(begun)
        elif begun is not None:
            yield _only_answer(begun)

    def _begin(self, solving: "_Solving") -> "_Begun | Outcome | None":
        """Write the program and load it; an outcome if that is impossible, None if the answer is abandoned."""
        try:
            bests = references(solving.problem, solving.config, solving.budget, self._writer.families)
        except NoReference as missing:
            return solving.without_reference(self._writer.write(solving.problem, {}), missing)
        finally:
            is_abandoned = solving.budget.is_abandoned is not None and solving.budget.is_abandoned()
        written = self._writer.write(solving.problem, bests)
        if is_abandoned:
            return None
        report, began = solving.report(written), perf_counter()
        start_report = None if solving.start is None else solving.checked(solving.start)
        is_cold = self.start is None
        try:
            search, change, is_reloaded = self._search(solving, written, bests)
        except SolverFailure as failure:
            if not is_cold:
                raise
            return report.solver_error(str(failure), perf_counter() - began)
        return _Begun(
            search=search,
            change=change,
            is_reloaded=is_reloaded,
            is_cold=is_cold,
            report=report,
            began=began,
            remarks=() if start_report is None else broken_start(start_report),
        )

    def _stages(self, begun: "_Begun") -> Iterator[WarmAnswer]:
        """An answer for each stage. If the solver fails on a cold solve, last the best plan so far, or the failure."""
        stages, best = begun.search.results(), None
        while True:
            try:
                found = next(stages, None)
            except SolverFailure as failure:
                if not begun.is_cold:
                    raise
                self._loaded = None
                yield begun.after_failure(best, failure)
                return
            if found is None:
                self._stand_ready(begun.search)
                return
            best = found if found.result.values is not None else best
            yield begun.answer(found)

    def _search(
        self, solving: "_Solving", written: WrittenProgram, bests: Mapping[ScenarioId, float]
    ) -> tuple[StagedSearch, ProgramDiff | None, bool]:
        """A search in the loaded program."""
        problem, config, compiled = solving.problem, solving.config, written.compiled
        new = NamedProgram(compiled=compiled, arrays=Arrays.of(compiled, config.relax))
        before = self._loaded
        old = self.start
        loaded, change, is_reloaded = self._load(new, config.solver)
        if self._restored is not None:
            loaded.restore(self._restored)
            self._restored = None
        if loaded is not before and (issues := issues_in(problem, new)):
            raise InvalidDocument(issues)
        lexicographic = Lexicographic(
            program=loaded.integer,
            fixed_programs=loaded.fixed,
            priorities=priorities_of(effective_objectives(problem), compiled),
            thresholds=loaded.thresholds,
            config=config.solver,
            budget=solving.budget,
            on_progress=solving.on_progress,
        )
        start = UniformStart(
            problem=problem, compiled=compiled, config=config, bests=bests, families=self._writer.families
        )
        answered = loaded.answered
        is_of_other = answered is not None and (old is None or answered.named is not old.named)
        search = StagedSearch(
            problem=problem,
            lexicographic=lexicographic,
            loaded=loaded,
            change=program_diff(answered.named, new) if answered is not None and is_of_other else change,
            find_start=lambda: start.incumbent(lexicographic),
            judge=solving.report(written),
            known=tuple(solving.known_plans(new)),
        )
        return search, change, is_reloaded

    def _stand_ready(self, search: StagedSearch) -> None:
        """Prepare for the next change. If the solver breaks now, the answers stand and nothing stays loaded."""
        try:
            search.stand_ready()
        except SolverFailure:
            self._loaded = None

    def _load(self, new: NamedProgram, solver: SolverConfig) -> tuple[LoadedProgram, ProgramDiff | None, bool]:
        """Bring the loaded program in line with `new`: push what differs, or load it anew if rows or columns do."""
        old, start = self._loaded, self.start
        if start is None:
            self._loaded = LoadedProgram(named=new, solver=solver)
            return self._loaded, None, False
        change = program_diff(start.named, new)
        if old is not None and change.can_be_pushed and old.solver == solver:
            pushed = old.change_to(new)
            if pushed is not None:
                old.push(pushed, new)
                return old, change, False
        self._loaded = LoadedProgram(
            named=new,
            solver=solver,
            earlier_bound=None if old is None else old.earlier_bound,
            answered=None if old is None else old.answered,
        )
        bases = Bases(relaxed=start.basis) if old is None else old.bases
        self._loaded.carry_over(start.named, start.plan, bases)
        return self._loaded, change, change.is_restructured


@dataclass(frozen=True, kw_only=True)
class _Begun:
    """A search that has begun."""

    search: StagedSearch
    change: ProgramDiff | None
    is_reloaded: bool
    is_cold: bool
    """Whether no program was loaded before."""
    report: Report
    began: float
    remarks: tuple[str, ...] = ()
    """Warnings of every answer of this search."""

    def answer(self, found: StageResult) -> WarmAnswer:
        """The answer of a stage."""
        complete = partial(_outcome, self.report, found, perf_counter() - self.began, self.remarks)
        return WarmAnswer(stage=found.stage, change=self.change, is_reloaded=self.is_reloaded, complete=complete)

    def after_failure(self, best: StageResult | None, failure: SolverFailure) -> WarmAnswer:
        """The last answer if the solver failed: the best plan so far, or the failure if there is none."""
        if best is None:
            return _only_answer(self.report.solver_error(str(failure), perf_counter() - self.began))
        return self.answer(replace(best, stage="whole", result=replace(best.result, termination="failed")))


def _outcome(report: Report, found: StageResult, solve_s: float, remarks: tuple[str, ...]) -> Outcome:
    has_remark = found.is_warm or found.stage != "whole"
    if has_remark and found.result.values is not None:
        remarks = (*((UNCHANGED,) if found.is_unchanged else ()), REMARKS[found.stage], *remarks)
    with paused_garbage_collection():
        return report.outcome(found.result, solve_s, unfinished=UNFINISHED[found.stage], search_warnings=remarks)


def _only_answer(outcome: Outcome) -> WarmAnswer:
    """The only answer if there is nothing to search: the solver broke, or a reference of regret is missing."""
    return WarmAnswer(stage="whole", change=None, is_reloaded=False, complete=lambda: outcome)


@dataclass(frozen=True, kw_only=True)
class _Solving:
    """What one solve was asked."""

    submitted: Problem
    problem: Problem
    config: Config
    budget: TimeBudget
    on_progress: OnProgress | None
    given: OwnPlan | Plan | None
    known: Sequence[Plan | StoredPlan]

    @cached_property
    def start(self) -> Plan | None:
        """The caller's own plan, completed; None without one."""
        if isinstance(self.given, OwnPlan):
            return complete(self.problem, self.given, self.config.relax)
        return self.given

    def checked(self, plan: Plan) -> CheckReport:
        """Whether the decisions of a plan keep the rules of this problem; the figures that it states do not count."""
        return check_apart(self.problem, plan, relax=self.config.relax)[0]

    def known_plans(self, named: NamedProgram) -> Iterator[KnownPlan]:
        """The known plans as columns of a program, the caller's own first; others only if they hold."""
        if self.start is not None:
            values = plan_values(self.start).in_program(named.compiled)
            yield KnownPlan(values=values, is_checked=True, holds=self.checked(self.start).passed)
        for plan in self.known:
            if isinstance(plan, StoredPlan):
                yield KnownPlan(values=plan.in_program(named), has_all_choices=True)
            elif self.checked(plan).passed:
                yield KnownPlan(values=plan_values(plan).in_program(named.compiled), is_checked=True)

    def report(self, written: WrittenProgram) -> Report:
        """The report of this solve."""
        return Report(submitted=self.submitted, problem=self.problem, config=self.config, built=written)

    def without_reference(self, written: WrittenProgram, missing: NoReference) -> Outcome:
        """The outcome if a reference of regret was not found."""
        return self.report(written).no_plan(str(missing), missing.stopped_by, self.budget.elapsed_s)


def references(
    problem: Problem,
    config: Config,
    budget: TimeBudget | None = None,
    families: Sequence[Family] = FAMILIES,
) -> dict[ScenarioId, float]:
    """z*: the best risk reduction of each scenario if it were certain, with nothing relaxed (T15: regret needs it).

    `problem` is an effective problem. Empty unless the criterion is regret; 0 for a scenario without any plan. Raises
    `NoReference` if that is not found.
    """
    if problem.criterion.type != "regret":
        return {}
    budget = budget or TimeBudget(started=perf_counter(), limit_s=config.solver.time_limit_s)
    return {one.id: _reference(problem, config, budget, families, one.id) for one in problem.scenarios}


def _reference(
    problem: Problem, config: Config, budget: TimeBudget, families: Sequence[Family], scenario: ScenarioId
) -> float:
    alone = single_scenario_problem(
        problem, scenario, criterion={"type": "expected"}, objectives=[{"metric": "risk_reduction"}]
    )
    unrelaxed = config.model_copy(update={"relax": (), "overrides": {}, "scenario": None})
    solving = WarmProblem(alone, unrelaxed, families=families)
    answers = solving.answers(alone, unrelaxed, should_stop=budget.should_stop, started=budget.started)
    outcome = tuple(answers)[-1].outcome
    if outcome.status not in ("optimal", "infeasible"):
        raise NoReference(scenario, outcome)
    return outcome.objectives[0].value if outcome.objectives else 0.0
