"""How a solve ended: one type for each ending, so that an infeasible plan, or a bound without one, cannot be built."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from models.base import Part
from models.config import Config
from models.explanation import Explanation, Infeasibility
from models.plan import Plan
from models.problem.objective import Metric

Scope = Literal["full", "integers_held"]

StoppedBy = Literal["time_limit_s", "later_share", "stall_limit_s", "caller", "not_last"]

FoundBy = Literal[
    "plan_before",
    "plan_before_repaired",
    "alike_in_every_future",
    "theatres_touched",
    "relaxation_rounded",
    "relaxation_restricted",
    "whole_program",
]
"""Where a plan came from: the choices of the plan before, held; the same, repaired where they no longer held; the
program whose efforts are the same in every future, though the plan's are each future's own; the theatres that a change
touches, planned anew; the relaxation, rounded; the program without what the relaxation does not use; the whole
program."""


class ObjectiveResult(Part):
    """One objective: its value in the plan, the proven bound, and the relative gap between the two.

    `scope` says what was free when it was optimised: everything, or only amounts (the choices of earlier objectives
    held). `optimal` is true when the gap is closed to what was asked, within that scope.
    """

    metric: Metric
    """What was measured."""
    value: float
    """In the plan that is returned."""
    bound: float
    """No plan can be better, given the objectives before it."""
    gap: float
    """Distance from value to bound, relative to the value."""
    optimal: bool
    """Whether the gap is closed to what was asked, within the scope."""
    scope: Scope
    """What was free: everything, or only amounts."""


class Violation(Part):
    """A row of the problem that a plan breaks, by how much, in the row's own unit."""

    constraint: str
    """The family, by its file name: `availability`."""
    row: str
    """Which one: `a/money/p1`."""
    amount: float
    """By how much, in the unit of the row."""
    sentence: str
    """In words."""


class CheckReport(Part):
    """The second opinion: every row of the problem recomputed from the plan and the document alone."""

    passed: bool
    """Whether no row is broken by more than the tolerance."""
    largest_violation: float
    """The greatest amount by which a row is broken, scaled."""
    checked_rows: int
    """How many rows were recomputed."""
    violations: tuple[Violation, ...]
    """The rows that are broken."""


class ProgramSize(Part):
    """The program that was solved."""

    columns: int
    """Variables."""
    rows: int
    """Rows."""
    nonzeros: int
    """Coefficients."""
    integers: int
    """Variables that are whole numbers."""


class Timing(Part):
    """Seconds, measured; never part of what is promised to repeat."""

    formulate_s: float
    """Seconds to write the program."""
    compile_s: float
    """Seconds to turn it into arrays."""
    solve_s: float
    """Seconds in the solver."""
    check_s: float
    """Seconds of the second opinion."""


class Versions(Part):
    """What answered."""

    concord: str
    """Of this package."""
    highs: str
    """Of the solver."""
    model: str
    """Of the mathematics."""


OutcomeStatus = Literal["optimal", "feasible", "infeasible", "no_plan_in_limit", "unbounded", "solver_error"]


class _Ended(Part):
    schema_: Annotated[Literal["concord.outcome/1"], Field(alias="schema")]
    """Which kind of document this is."""
    status: OutcomeStatus
    """How it ended."""
    problem_digest: str
    """Of the problem that was solved, overrides included."""
    versions: Versions
    """Of everything that answered."""
    config: Config
    """The configuration that took effect, defaults included."""
    program: ProgramSize
    """The size of the program that was solved."""
    warnings: tuple[str, ...]
    """What a reader should know before trusting the plan."""
    assumptions: tuple[str, ...]
    """What was taken for granted because nothing was said."""
    timing: Timing
    """Seconds, measured."""


class _WithPlan(_Ended):
    objectives: tuple[ObjectiveResult, ...]
    """One by one, in their order; empty without a plan."""
    found_by: FoundBy
    """Where the plan came from, as far as the first objective goes."""
    plan: Plan
    """The plan; null where there is none."""
    check: CheckReport
    """The second opinion; null without a plan."""
    explanation: Explanation
    """What limits the plan; null without one."""
    infeasibility: None
    """Why there can be no plan; null otherwise."""


class _WithoutPlan(_Ended):
    objectives: Annotated[tuple[ObjectiveResult, ...], Field(max_length=0)]
    """One by one, in their order; empty without a plan."""
    plan: None
    """The plan; null where there is none."""
    check: None
    """The second opinion; null without a plan."""
    explanation: None
    """What limits the plan; null without one."""


class Solved(_WithPlan):
    """A plan whose gap is closed to the asked tolerance, and that passed the check."""

    status: Literal["optimal"]
    """How it ended."""


class Stopped(_WithPlan):
    """A plan, stopped by a limit or the caller (`reason`) before its gap closed; bound and gap say how good it is."""

    status: Literal["feasible"]
    """How it ended."""
    stopped_by: StoppedBy
    """What ended the solve: `later_share` where a later objective had as much time as it gets; `not_last` where the
    solve goes on."""
    reason: str
    """Why it ended so."""


class Infeasible(_WithoutPlan):
    """Proven: no plan satisfies the problem."""

    status: Literal["infeasible"]
    """How it ended."""
    infeasibility: Infeasibility
    """Why there can be no plan; null otherwise."""


class NoPlanInLimit(_WithoutPlan):
    """Neither a plan nor a proof that there is none, in the time given."""

    status: Literal["no_plan_in_limit"]
    """How it ended."""
    stopped_by: StoppedBy
    """What ended the solve: `later_share` where a later objective had as much time as it gets; `not_last` where the
    solve goes on."""
    infeasibility: None
    """Why there can be no plan; null otherwise."""
    reason: str
    """Why it ended so."""


class Unbounded(_WithoutPlan):
    """A malformed problem slipped through: `ray` names what grows without limit."""

    status: Literal["unbounded"]
    """How it ended."""
    infeasibility: None
    """Why there can be no plan; null otherwise."""
    ray: tuple[str, ...]
    """What grows without limit."""


class SolverError(_WithoutPlan):
    """The solver broke, or its plan failed the check; `reason` says what is known."""

    status: Literal["solver_error"]
    """How it ended."""
    infeasibility: None
    """Why there can be no plan; null otherwise."""
    reason: str
    """Why it ended so."""


Outcome = Annotated[
    Solved | Stopped | Infeasible | NoPlanInLimit | Unbounded | SolverError, Field(discriminator="status")
]
OUTCOME: TypeAdapter[Outcome] = TypeAdapter(Outcome)


class Progress(Part):
    """A moment of a running solve: the objective being optimised, the best plan so far, the proven bound."""

    metric: Metric
    """The objective that is being optimised."""
    incumbent: float | None
    """Its value in the best plan so far; null before there is one."""
    bound: float | None
    """What is proven that no plan can beat."""
    gap: float | None
    """Between the two, relative."""
    nodes: int
    """Nodes of the search tree."""
    elapsed_s: float
    """Seconds since the start."""
