"""How a solve ended: one type for each ending, so that an infeasible plan, or a bound without one, cannot be built."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from models.base import Part
from models.config import Config
from models.plan import Plan
from models.problem.objective import Metric

Scope = Literal["full", "integers_held"]


class ObjectiveResult(Part):
    """One objective: its value in the plan, the proven bound, and the relative gap between the two.

    `scope` says what was free when it was optimised: everything, or only amounts (the choices of earlier objectives
    held). `optimal` is true when the gap is closed to what was asked, within that scope.
    """

    metric: Metric
    value: float
    bound: float
    gap: float
    optimal: bool
    scope: Scope


class Violation(Part):
    """A row of the problem that a plan breaks, by how much, in the row's own unit."""

    constraint: str
    """The family, by its file name: `availability`."""
    row: str
    """Which one: `a/money/p1`."""
    amount: float
    sentence: str


class CheckReport(Part):
    """The second opinion: every row of the problem recomputed from the plan and the document alone."""

    passed: bool
    largest_violation: float
    checked_rows: int
    violations: tuple[Violation, ...]


class Binding(Part):
    """A constraint that limits the plan."""

    constraint: str
    name: str
    gain_per_unit: float | None
    loss_per_unit: float | None
    unit: str
    method: str
    frozen_dual: float | None
    sentence: str


class Blocker(Part):
    """What stands in the way of an activity."""

    activity: str
    sentence: str


class Explanation(Part):
    """What binds, what blocks."""

    binding: tuple[Binding, ...]
    blockers: tuple[Blocker, ...]


class RelaxedChange(Part):
    """One change of a relaxation: from one number at an address to another."""

    constraint: str
    address: str
    from_: Annotated[float, Field(alias="from")]
    to: float
    unit: str
    sentence: str


class Relaxation(Part):
    """Changes that together make the problem feasible: applied and re-solved before they are offered."""

    changes: tuple[RelaxedChange, ...]
    weight: float


class Infeasibility(Part):
    """Which named rows cannot hold together, and what would mend it."""

    conflict: tuple[str, ...]
    relaxations: tuple[Relaxation, ...]
    method: str


class ProgramSize(Part):
    """The program that was solved."""

    columns: int
    rows: int
    nonzeros: int
    integers: int


class Timing(Part):
    """Seconds, measured; never part of what is promised to repeat."""

    formulate_s: float
    compile_s: float
    solve_s: float
    check_s: float


class Versions(Part):
    """What answered."""

    concord: str
    highs: str
    model: str


class _Ended(Part):
    schema_: Annotated[Literal["concord.outcome/1"], Field(alias="schema")]
    problem_digest: str
    versions: Versions
    config: Config
    program: ProgramSize
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]
    timing: Timing


class _WithPlan(_Ended):
    objectives: tuple[ObjectiveResult, ...]
    plan: Plan
    check: CheckReport
    explanation: Explanation
    infeasibility: None


class _WithoutPlan(_Ended):
    objectives: Annotated[tuple[ObjectiveResult, ...], Field(max_length=0)]
    plan: None
    check: None
    explanation: None


class Solved(_WithPlan):
    """A plan whose gap is closed to the asked tolerance, and that passed the check."""

    status: Literal["optimal"]


class Stopped(_WithPlan):
    """A plan, stopped by a limit or the caller (`reason`) before its gap closed; bound and gap say how good it is."""

    status: Literal["feasible"]
    reason: str


class Infeasible(_WithoutPlan):
    """Proven: no plan satisfies the problem."""

    status: Literal["infeasible"]
    infeasibility: Infeasibility


class NoPlanInLimit(_WithoutPlan):
    """Neither a plan nor a proof that there is none, in the time given."""

    status: Literal["no_plan_in_limit"]
    infeasibility: None
    reason: str


class Unbounded(_WithoutPlan):
    """A malformed problem slipped through: `ray` names what grows without limit."""

    status: Literal["unbounded"]
    infeasibility: None
    ray: tuple[str, ...]


class SolverError(_WithoutPlan):
    """The solver broke, or its plan failed the check; `reason` says what is known."""

    status: Literal["solver_error"]
    infeasibility: None
    reason: str


Outcome = Annotated[
    Solved | Stopped | Infeasible | NoPlanInLimit | Unbounded | SolverError, Field(discriminator="status")
]
OUTCOME: TypeAdapter[Outcome] = TypeAdapter(Outcome)


class Progress(Part):
    """A moment of a running solve: the objective being optimised, the best plan so far, the proven bound."""

    metric: Metric
    incumbent: float | None
    bound: float | None
    gap: float | None
    nodes: int
    elapsed_s: float
