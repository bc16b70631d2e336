"""Warm answers: a changed problem is answered from the program that is loaded and the plan at hand.

First the plan with its choices held, repaired where they no longer hold, beside the bound of the changed relaxation;
then one rounded from that relaxation; then with the theatres that the change touches freed; then with everything free,
as a cold solve ends. See docs/decisions/0010.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from time import perf_counter

from models.address import apply_changes
from models.change import Change
from models.config import Config, Group, SolverConfig
from models.errors import SolverFailure
from models.outcome import Outcome
from models.problem.problem import Problem
from optimizer.arrays.array_program import IncrementalWriter
from optimizer.arrays.compiled import Floats
from optimizer.arrays.priorities import priorities_of
from optimizer.arrays.program_diff import Difference, Named, difference
from optimizer.arrays.solver_arrays import Arrays, Basis, KeptBasis
from optimizer.data.effective_objectives import effective_objectives
from optimizer.diagnostics.precheck import effective_problem
from optimizer.formulation.garbage_collection import paused_garbage_collection
from optimizer.outcome.report import Report
from optimizer.search.lexicographic import Abandoned, Lexicographic, OnProgress, ShouldStop
from optimizer.search.loaded_program import Ends, Kept, Loaded
from optimizer.search.stages import Stage, Stages
from optimizer.search.uniform_start import opening
from optimizer.solving.cold import references

MOST_PLANS = 20
"""Plans that are kept by name: a planner goes back to the one or other, seldom further."""
BYTES_OF_A_KEPT_NAME = 100
"""What a plan that is kept takes for each row and column, with the numbers of the program that it belongs to."""


@dataclass(frozen=True, kw_only=True)
class WarmAnswer:
    """One of the answers to a change, each at least as good as those before it."""

    stage: Stage
    change: Difference | None
    """What the change did to the loaded program; None where none was loaded."""
    is_reloaded: bool
    """Whether the structure changed (`change` says how), so that the program had to be loaded anew."""
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class Start:
    """What an answer can start from: a program, the best plan found of it, and where its relaxation ended."""

    named: Named
    plan: Floats | None
    basis: Basis | KeptBasis | None


class Warm:
    """A problem whose program stays loaded while numbers of it are changed."""

    def __init__(
        self,
        problem: Problem,
        config: Config | None = None,
        *,
        start: Start | None = None,
        draft: IncrementalWriter | None = None,
    ) -> None:
        """Changes are told relative to `problem`; nothing is loaded before the first answer.

        With a `start` the first answer is as warm as any, and the same whenever it is started so; a `draft` of a
        problem that is much the same saves writing it again.
        """
        self.problem = problem
        self.config = config or Config()
        self._start = start
        self._loaded: Loaded | None = None
        self._draft = IncrementalWriter() if draft is None else draft
        self._plans: OrderedDict[str, Kept] = OrderedDict()

    def keep_plan(self, name: str) -> None:
        """Keep the plan found last under a name."""
        kept = None if self._loaded is None else self._loaded.kept()
        if kept is None:
            return
        self._plans[name] = kept
        if len(self._plans) > MOST_PLANS:
            del self._plans[next(iter(self._plans))]

    def go_back_to(self, *names: str) -> None:
        """Start the next answer from the plan kept under the first of some names that is, instead of from the last.

        The last may be a first answer that nobody waited to see improved.
        """
        name = next((name for name in names if name in self._plans), None)
        if self._loaded is None or name is None:
            return
        self._plans.move_to_end(name)
        self._loaded.go_back_to(self._plans[name])

    @property
    def start(self) -> Start | None:
        """What the next answer starts from; None before the first."""
        if self._loaded is None:
            return self._start
        return Start(named=self._loaded.named, plan=self._loaded.plan, basis=self._loaded.basis)

    @property
    def megabytes(self) -> float:
        """About how much memory what is loaded takes."""
        kept = sum(BYTES_OF_A_KEPT_NAME * sum(one.named.arrays.matrix.shape) for one in self._plans.values())
        return kept / 2**20 + (0.0 if self._loaded is None else self._loaded.megabytes)

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
        is_unwanted: ShouldStop | None = None,
    ) -> Iterator[WarmAnswer]:
        """Ever better answers for any problem; the more it has in common with the last one, the sooner they come.

        Whoever wants no more stops asking, or says so by `should_stop`: then the plan at hand is still made clean and
        told. Where not even that is wanted any more, `is_unwanted` says so (as soon as `should_stop` does), and the
        answers end where they are. Raises `InvalidDocument` if the problem cannot be solved as it stands.
        """
        started = perf_counter()
        meant = effective_problem(problem, config)
        try:
            with paused_garbage_collection():
                bests = references(meant, config, should_stop)
                built = self._draft.formulated(meant, bests)
                if is_unwanted is not None and is_unwanted():
                    return
                new = Named(compiled=built.compiled, arrays=Arrays.of(built.compiled, config.relax))
                began = perf_counter()
                loaded, change, is_reloaded = self._load(new, config.solver)
                lexicographic = Lexicographic(
                    engine=loaded.engine,
                    linear=loaded.held,
                    levels=priorities_of(effective_objectives(meant), built.compiled),
                    config=config.solver,
                    started=started,
                    on_progress=on_progress,
                    should_stop=should_stop,
                    is_unwanted=is_unwanted,
                )
                stages = Stages(
                    problem=meant,
                    report=Report(submitted=problem, problem=meant, config=config, built=built),
                    lexicographic=lexicographic,
                    loaded=loaded,
                    change=change,
                    began=began,
                    opening=lambda: opening(meant, built.compiled, config, bests, lexicographic),
                )
                first = stages.first()
            for stage, outcome in chain(() if first is None else (first,), stages.further()):
                yield WarmAnswer(stage=stage, change=change, is_reloaded=is_reloaded, outcome=outcome)
            self._stand_ready(stages)
        except GeneratorExit:  # whoever asked wants no more: between two answers everything is in order
            raise
        except Abandoned:
            if self._loaded is not None:
                self._loaded.put_in_order()
        except BaseException:
            self._loaded = None
            raise

    def _stand_ready(self, stages: Stages) -> None:
        """Prepare for the next change. Where the solver breaks over it nothing stays warm; the answers are told."""
        try:
            stages.stand_ready()
        except SolverFailure:
            self._loaded = None

    def _load(self, new: Named, solver: SolverConfig) -> tuple[Loaded, Difference | None, bool]:
        """Bring the loaded program in line with `new`: by what differs, or anew where it is another one."""
        old, start = self._loaded, self.start
        if start is None:
            self._loaded = Loaded(named=new, solver=solver)
            return self._loaded, None, False
        change = difference(start.named, new)
        if old is not None and change.can_be_pushed and old.solver == solver:
            old.push(change, new)
            return old, change, False
        self._loaded = Loaded(named=new, solver=solver, proof=None if old is None else old.proof)
        self._loaded.carry(start.named, start.plan, Ends(relaxed=start.basis) if old is None else old.ends)
        return self._loaded, change, change.is_restructured
