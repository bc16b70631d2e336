"""The outcome of a solve, one type per status.

The types rule out a plan with the status `infeasible`.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from models.base import Part
from models.config import Config
from models.explanation import Explanation, Infeasibility
from models.plan import Plan
from models.problem.objective import Metric

Scope = Literal["full", "integers_held"]

StoppedBy = Literal[
    "time_limit_s", "later_share", "stall_limit_s", "caller", "solver_tolerance", "solver_failure", "not_last"
]

FoundBy = Literal[
    "plan_before",
    "plan_before_repaired",
    "alike_in_every_future",
    "theatres_touched",
    "relaxation_rounded",
    "relaxation_restricted",
    "whole_program",
]
"""Search step that found a plan.

- `plan_before`: a plan known before (the previous one, an earlier answer, or one's own) with its integers fixed.
- `plan_before_repaired`: a plan known before, repaired because it does not keep the rules.
- `alike_in_every_future`: the program in which efforts are equal in all scenarios; the plan's own efforts may differ.
- `theatres_touched`: neighbourhood search over the theatres that a change affects.
- `relaxation_rounded`: the relaxation, rounded.
- `relaxation_restricted`: the program without the options that the relaxation does not use.
- `whole_program`: the complete program.
"""


class ObjectiveResult(Part):
    """One objective: its value in the plan, two bounds, and the relative gaps to them.

    Several objectives of one priority are parts of a weighted sum. Then only the sum has bounds (`WeightedSum`), and
    those of its parts are null.
    """

    metric: Metric
    """Metric of the objective."""
    value: float
    """Value in the returned plan."""
    bound: float | None
    """Bound claimed by the solver's search: no plan is better, given the values of the earlier objectives. Null for a
    part of a weighted sum, and if there is no bound."""
    proven: float | None
    """Proven bound, at most as good as `bound`: recomputed from multipliers of the rows, round-off included. Null for a
    part of a weighted sum, and if nothing is proven."""
    gap: float | None
    """Relative gap: distance from value to `bound`, divided by the value. Null without a bound."""
    proven_gap: float | None
    """Relative gap from value to `proven`. Null without a proven bound."""
    optimal: bool
    """Whether the gap is at most `mip_gap`, within the scope; for a part, whether that of its sum is."""
    scope: Scope
    """Variables that were free: `full` for all, `integers_held` for amounts only (integers of earlier objectives
    fixed). Bounds hold for the problem in both cases."""

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The metric alone, as the metrics of a weighted sum."""
        return (self.metric,)


class WeightedSum(Part):
    """The weighted sum of the objectives of one priority, which is what is optimised and bounded."""

    priority: int
    """Priority that the objectives share."""
    metrics: tuple[Metric, ...]
    """Metrics of the objectives, in order. The sum counts in the sense of the first: metrics of the other sense are
    subtracted."""
    weights: tuple[float, ...]
    """Weight of each metric, negative if it is subtracted."""
    value: float
    """Value of the sum in the returned plan."""
    bound: float | None
    """Bound of the sum claimed by the solver's search: no plan is better, given the values of earlier objectives. Null
    if there is none."""
    proven: float | None
    """Proven bound of the sum, as for a single objective; null if nothing is proven."""
    gap: float | None
    """Relative gap: distance from value to `bound`, divided by the value; null without a bound."""
    proven_gap: float | None
    """Relative gap from value to `proven`; null without a proven bound."""
    optimal: bool
    """Whether the gap is at most `mip_gap`, within the scope."""
    scope: Scope
    """Variables that were free, as for a single objective."""


class Violation(Part):
    """A row of the problem that a plan breaks."""

    constraint: str
    """Family of the row: `availability`."""
    row: str
    """Name of the row within its family: `a/money/p1`."""
    amount: float
    """Amount of the violation, in the unit of the row."""
    sentence: str
    """The same in one sentence."""


class CheckReport(Part):
    """The independent check of a plan: every row recomputed from the plan and the problem's document alone."""

    passed: bool
    """Whether every row holds within the tolerance."""
    largest_violation: float
    """Greatest amount by which a row is exceeded, also within the tolerance, in the unit of that row; 0 if none is."""
    checked_rows: int
    """Number of rows that were recomputed."""
    violations: tuple[Violation, ...]
    """Rows that the plan breaks."""


class ProgramSize(Part):
    """Numbers of variables, rows and coefficients of a program."""

    columns: int
    """Number of variables."""
    rows: int
    """Number of rows."""
    nonzeros: int
    """Number of nonzero coefficients."""
    integers: int
    """Number of integer variables."""


class Timing(Part):
    """Measured times in seconds. They differ between otherwise identical outcomes."""

    formulate_s: float
    """Seconds to formulate the program."""
    compile_s: float
    """Seconds to compile the program into arrays."""
    solve_s: float
    """Seconds in the solver."""
    check_s: float
    """Seconds for the independent check."""


class Versions(Part):
    """Versions of the software that computed an answer."""

    concord: str
    """Version of Concord."""
    highs: str
    """Version of the solver HiGHS."""
    model: str
    """Version of the mathematical model."""


OutcomeStatus = Literal["optimal", "feasible", "infeasible", "no_plan_in_limit", "unbounded", "solver_error"]


class _AnyOutcome(Part):
    schema_: Annotated[Literal["concord.outcome/1"], Field(alias="schema")]
    """Kind of document: `concord.outcome/1`."""
    status: OutcomeStatus
    """How the solve ended."""
    problem_digest: str
    """Digest of the problem that was solved, overrides included."""
    versions: Versions
    """Versions of the software that computed the outcome."""
    config: Config
    """Configuration that took effect, defaults included."""
    program: ProgramSize
    """Size of the program that was solved."""
    warnings: tuple[str, ...]
    """Reservations about the plan, in sentences."""
    assumptions: tuple[str, ...]
    """Assumptions made where the problem states nothing, in sentences."""
    timing: Timing
    """Measured times in seconds."""


class _WithPlan(_AnyOutcome):
    objectives: tuple[ObjectiveResult, ...]
    """Result of each objective, in order of priority; empty without a plan."""
    sums: tuple[WeightedSum, ...]
    """Weighted sums of the priorities with several objectives, in order; empty if every priority has one."""
    found_by: FoundBy
    """Search step that found the plan of the first objective."""
    plan: Plan
    """The plan; null if there is none."""
    check: CheckReport
    """The independent check of the plan; null without a plan."""
    explanation: Explanation
    """Explanation of the plan; null without a plan."""
    infeasibility: None
    """Explanation of an infeasible problem; null for every other status."""


class _WithoutPlan(_AnyOutcome):
    objectives: Annotated[tuple[ObjectiveResult, ...], Field(max_length=0)]
    """Result of each objective, in order of priority; empty without a plan."""
    sums: Annotated[tuple[WeightedSum, ...], Field(max_length=0)]
    """Weighted sums of the priorities with several objectives; empty without a plan."""
    plan: None
    """The plan; null if there is none."""
    check: None
    """The independent check of the plan; null without a plan."""
    explanation: None
    """Explanation of the plan; null without a plan."""


class Solved(_WithPlan):
    """A plan whose gap to the bound of the solver's search is at most `mip_gap`, and that passed the independent check.

    `proven_gap` says how far that is proven.
    """

    status: Literal["optimal"]
    """How the solve ended."""


class Stopped(_WithPlan):
    """A plan from a solve that a limit or the caller stopped before its gap closed. The bounds state its quality."""

    status: Literal["feasible"]
    """How the solve ended."""
    stopped_by: StoppedBy
    """What stopped the solve: a limit of the configuration, the caller, or one of four others. `later_share`: a later
    objective used up its share of the time. `solver_tolerance`: the solver ended within its tolerances, which leave
    this gap open. `solver_failure`: the solver failed after this plan was found. `not_last`: the search continues."""
    reason: str
    """Why the solve stopped, in one sentence."""


class Infeasible(_WithoutPlan):
    """No plan satisfies the problem; `infeasibility` says how far that is proven."""

    status: Literal["infeasible"]
    """How the solve ended."""
    infeasibility: Infeasibility
    """Explanation of an infeasible problem; null for every other status."""


class NoPlanInLimit(_WithoutPlan):
    """A solve that stopped before it found a plan, or that there is none."""

    status: Literal["no_plan_in_limit"]
    """How the solve ended."""
    stopped_by: StoppedBy
    """What stopped the solve: a limit of the configuration, the caller, or one of four others. `later_share`: a later
    objective used up its share of the time. `solver_tolerance`: the solver ended within its tolerances, which leave
    this gap open. `solver_failure`: the solver failed after this plan was found. `not_last`: the search continues."""
    infeasibility: None
    """Explanation of an infeasible problem; null for every other status."""
    reason: str
    """Why the solve stopped, in one sentence."""


class Unbounded(_WithoutPlan):
    """A malformed problem that validation accepted; `ray` names the variables that grow without limit."""

    status: Literal["unbounded"]
    """How the solve ended."""
    infeasibility: None
    """Explanation of an infeasible problem; null for every other status."""
    ray: tuple[str, ...]
    """Names of the variables that grow without limit."""


class SolverError(_WithoutPlan):
    """A solve in which the solver failed, or whose plan failed the independent check."""

    status: Literal["solver_error"]
    """How the solve ended."""
    infeasibility: None
    """Explanation of an infeasible problem; null for every other status."""
    reason: str
    """What is known about the failure, in one sentence."""


Result = ObjectiveResult | WeightedSum
"""What is known about a priority: about its only objective, or about the weighted sum of several."""

Outcome = Annotated[
    Solved | Stopped | Infeasible | NoPlanInLimit | Unbounded | SolverError, Field(discriminator="status")
]
OUTCOME: TypeAdapter[Outcome] = TypeAdapter(Outcome, config=ConfigDict(defer_build=True))


def first_result(outcome: Outcome) -> Result | None:
    """Result of the first priority: its objective, or the weighted sum of its objectives; None without a plan."""
    return next((result for result, _ in results_by_priority(outcome)), None)


def results_by_priority(outcome: Outcome) -> Iterator[tuple[Result, tuple[ObjectiveResult, ...]]]:
    """Yield the result of each priority, in order, and the parts of a weighted sum; a single objective has none."""
    sums = {metric: weighted_sum for weighted_sum in outcome.sums for metric in weighted_sum.metrics}
    for objective in outcome.objectives:
        weighted_sum = sums.get(objective.metric)
        if weighted_sum is None:
            yield objective, ()
        elif weighted_sum.metrics[0] == objective.metric:
            yield weighted_sum, tuple(part for part in outcome.objectives if part.metric in weighted_sum.metrics)


class Progress(Part):
    """Progress event of a running solve."""

    metric: Metric
    """Metric of the objective that is being optimised; the first, if it is a weighted sum."""
    metrics: tuple[Metric, ...]
    """All metrics of the priority that is being optimised. With several, incumbent and bounds are those of their
    weighted sum, in the sense of the first."""
    incumbent: float | None
    """Value of the objective in the incumbent, the best plan so far; null before the first plan."""
    bound: float | None
    """Bound claimed by the solver's search: no plan is better; null before the first bound."""
    proven: float | None
    """Proven bound, recomputed from multipliers of the rows; null if nothing is proven yet."""
    gap: float | None
    """Relative gap between incumbent and bound; null if either is missing."""
    nodes: int
    """Nodes of the search tree so far."""
    elapsed_s: float
    """Seconds since the start of the solve."""
