"""`python -m benchmarks.moves [SIZE|FILE ...] [--moves N]`: what-ifs that must never lose a plan.

Random moves on one base problem: means, positions, shares, consent, withdrawals, rules set aside, locks, no change at
all, and the way back. Each starts from a random earlier answer, as the service does: from the loaded program, or from
plan documents alone, as after a restart. Checked of every move:

- the first answer is never below the parent's plan, if that keeps the rules of the changed problem;
- nor below the best answer that is stored for the same question;
- no answer of a move is below the one before;
- no value is above a bound: neither its own nor that of a cold solve, which some moves have beside them.

Then forced locks on the base: each activity that must or must not run. Where the whole search ends within 1 % of its
bound, the first answer must be within 5 % of the last.

Prints a row of figures for each base, and each failure. Ends with status 1 if there is one.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, repeat
from pathlib import Path
from statistics import median
from typing import Any, get_args

from benchmarks.generate import SIZES, generate
from benchmarks.what_if import random_change
from models.address import apply_overrides
from models.config import Config, Group, SolverConfig
from models.digest import problem_digest
from models.errors import ConcordError
from models.ids import ActivityId
from models.outcome import Outcome, first_result
from models.plan import Plan
from models.problem.problem import Problem
from models.what_if import Locks, WhatIf
from optimizer.check.check import check_apart
from optimizer.check.score import score
from optimizer.data.effective_objectives import effective_objectives, first_objectives
from optimizer.solving.solve import solve
from optimizer.solving.warm import WarmProblem

GAP = 0.01
SAME = 1e-6
"""Relative: values closer than this are equal."""
RESTARTS = 0.2
"""Share of the moves that begin in a new process, from plan documents alone."""
FIRST_WITHIN, LAST_WITHIN = 0.05, 0.01
"""Of forced locks: how near the first answer must be to the last, where the last is so near its bound."""
MOST_PARENTS = 12
"""Newest answers among which the parent of a move is drawn, besides the base."""

COLUMNS = (
    "base",
    "moves",
    "parent's plan held",
    "asked again",
    "first answer, median s",
    "cold beside",
    "below cold, worst",
    "locks within 1 %",
    "first farther than 5 %",
    "farthest",
    "failures",
)

Question = tuple[str, tuple[Group, ...]]


@dataclass(frozen=True, kw_only=True)
class Node:
    """One answered question."""

    name: str
    problem: Problem
    relax: tuple[Group, ...]
    outcome: Outcome

    @property
    def question(self) -> Question:
        """What it answers."""
        return problem_digest(self.problem), self.relax

    @property
    def plan(self) -> Plan | None:
        """Its plan, if it has one."""
        return self.outcome.plan


@dataclass(kw_only=True)
class Figures:
    """What the moves of one base came to."""

    moves: int = 0
    held: int = 0
    """Moves whose parent's plan still kept the rules."""
    asked_again: int = 0
    cold: int = 0
    first_s: list[float] = field(default_factory=list)
    below_cold: list[float] = field(default_factory=list)
    """Shortfall of the last value of a move from the value of a cold solve of the same problem; negative if above."""
    failures: list[str] = field(default_factory=list)


@dataclass(kw_only=True)
class Walk:
    """Random moves on one base problem."""

    base: Problem
    config: Config
    draw: random.Random
    figures: Figures = field(default_factory=Figures)
    nodes: list[Node] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.warm = WarmProblem(self.base, self.config)
        self._answer("base", self.base, (), None, [])

    def move(self, number: int, *, is_cold_beside: bool) -> None:
        """One move: a random change of a random earlier question."""
        parent = self.draw.choice((self.nodes[0], *self.nodes[-MOST_PARENTS:]))
        kind, problem, relax = self._changed(parent)
        name = f"{number} {kind} of {parent.name.split()[0]}"
        question = problem_digest(problem), relax
        earlier = [node for node in self.nodes if node.question == question and node.plan is not None]
        if self.draw.random() < RESTARTS:
            self.warm = WarmProblem(self.base, self.config)
        node = self._answer(name, problem, relax, parent, earlier)
        self.figures.moves += 1
        self.figures.asked_again += bool(earlier)
        if node is not None and is_cold_beside:
            self._compare_with_cold(node)

    def _changed(self, parent: Node) -> tuple[str, Problem, tuple[Group, ...]]:
        """A random change of a question; what cannot be asked is drawn again."""
        while True:
            match self.draw.choice(("value", "value", "value", "relax", "lock", "none", "again", "more")):
                case "value":
                    kind, changes = random_change(parent.problem.document, self.draw)
                case "relax":
                    groups = self.draw.sample(get_args(Group), self.draw.choice((0, 1, 2)))
                    return "relax " + ",".join(groups), parent.problem, tuple(sorted(groups))
                case "lock":
                    kind, changes = "lock", random_lock(parent.problem, self.draw)
                case "none":
                    return "none", parent.problem, parent.relax
                case "again":
                    other = self.draw.choice(self.nodes)
                    return f"again {other.name.split()[0]}", other.problem, other.relax
                case _:
                    kind, changes = "more", more_means(parent.problem, self.draw)
            try:
                problem = apply_overrides(parent.problem, changes)
                WarmProblem(problem)
                return f"{kind} {json.dumps(changes)[:100]}", problem, parent.relax
            except ConcordError:
                continue

    def _answer(
        self, name: str, problem: Problem, relax: tuple[Group, ...], parent: Node | None, earlier: Sequence[Node]
    ) -> Node | None:
        """Ask as the service does, check the answers, and remember the last."""
        config = self.config.model_copy(update={"relax": relax})
        if parent is not None:
            self.warm.restore_plan(parent.name)
        known = [self.warm.stored_plan(one.name) or one.outcome.plan for one in earlier[-4:]]
        if parent is not None and self.warm.stored_plan(parent.name) is None:
            known.append(parent.plan)
        began, values, outcome = time.perf_counter(), list[float](), None
        try:
            for answer in self.warm.answers(problem, config, known=[one for one in known if one is not None]):
                outcome = answer.outcome
                if not values and parent is not None:
                    self.figures.first_s.append(time.perf_counter() - began)
                values.extend(signed_values(outcome))
                if outcome.status == "solver_error":
                    self._fail(name, outcome.reason)
        except ConcordError as error:
            if "must run" not in str(error):
                self._fail(name, f"{type(error).__name__}: {error}")
            return None
        if outcome is None:
            return None
        self._check(name, values, outcome, self._floors(problem, relax, parent, earlier))
        self.warm.store_plan(name)
        node = Node(name=name, problem=problem, relax=relax, outcome=outcome)
        self.nodes.append(node)
        return node

    def _floors(
        self, problem: Problem, relax: tuple[Group, ...], parent: Node | None, earlier: Sequence[Node]
    ) -> Iterator[tuple[str, float]]:
        """What the first answer must reach, as values that grow with quality."""
        for one in earlier:
            for value in signed_values(one.outcome):
                yield f"stored {one.name}", value
        if parent is None or parent.plan is None or not check_apart(problem, parent.plan, relax=relax)[0].passed:
            return
        self.figures.held += 1
        aims = first_objectives(effective_objectives(problem))
        if len(aims) == 1:
            sign = 1.0 if aims[0].direction == "maximize" else -1.0
            yield "the parent's plan", sign * score(problem, parent.plan, relax=relax)[aims[0].metric]

    def _check(self, name: str, values: list[float], last: Outcome, floors: Iterator[tuple[str, float]]) -> None:
        for what, floor in floors:
            if not values or is_below(values[0], floor):
                self._fail(name, f"first answer {values[:1]} is below {what}: {floor}")
        for before, after in pairwise(values):
            if is_below(after, before):
                self._fail(name, f"an answer {after} is below the one before it: {before}")
        for value, bound in zip(signed_values(last), signed_bounds(last), strict=False):
            if is_below(bound, value):
                self._fail(name, f"the value {value} is beyond its bound {bound}")

    def _compare_with_cold(self, node: Node) -> None:
        """A cold solve of the same question: neither's value may be beyond the other's bound."""
        cold = solve(node.problem, self.config.model_copy(update={"relax": node.relax}))
        self.figures.cold += 1
        statuses = {cold.status, node.outcome.status}
        if "infeasible" in statuses and statuses & {"optimal", "feasible"}:
            self._fail(node.name, f"{node.outcome.status}, but cold {cold.status}")
        for value, bound in ((node.outcome, cold), (cold, node.outcome)):
            for reached, least in zip(signed_values(value), signed_bounds(bound), strict=False):
                if is_below(least, reached):
                    self._fail(node.name, f"a value {reached} is beyond the other's bound {least}")
        for ours, theirs in zip(signed_values(node.outcome), signed_values(cold), strict=False):
            self.figures.below_cold.append((theirs - ours) / max(abs(theirs), SAME))

    def _fail(self, name: str, says: str) -> None:
        self.figures.failures.append(f"{name}: {says}")
        print(f"    FAILED {name}: {says}", flush=True)


def random_lock(problem: Problem, draw: random.Random) -> dict[str, Any]:
    """A lock on one to three activities, which must or must not run."""
    kind = draw.choice(("run", "forbid"))
    able = [one.id for one in problem.activities if kind == "forbid" or can_be_forced(problem, one.id)]
    chosen = draw.sample(able, min(draw.choice((1, 1, 2, 3)), len(able)))
    return WhatIf(locks=Locks.model_validate({kind: [{"activity": one} for one in chosen]})).overrides


def can_be_forced(problem: Problem, activity: ActivityId) -> bool:
    """Whether a lock may force an activity: at level zero it would be no run."""
    return problem.activity[activity].min_level > 0


def more_means(problem: Problem, draw: random.Random) -> dict[str, Any]:
    """A pure loosening: a member has half as much again of one resource."""
    member = draw.choice([record for record in problem.document["members"] if record.get("resources")])
    resource = draw.choice(sorted(member["resources"]))
    given = member["resources"][resource]
    more = [1.5 * one for one in given] if isinstance(given, list) else 1.5 * given
    return {f"members/{member['id']}/resources/{resource}": more}


def signed_values(outcome: Outcome) -> list[float]:
    """The value of the first priority, as one that grows with quality; none without a plan."""
    first = first_result(outcome)
    return [] if first is None else [_sign(outcome) * first.value]


def signed_bounds(outcome: Outcome) -> list[float]:
    """The bound of the first priority likewise; none without one."""
    first = first_result(outcome)
    return [] if first is None or first.bound is None else [_sign(outcome) * first.bound]


def _sign(outcome: Outcome) -> float:
    first = first_result(outcome)
    is_cost = first is not None and first.bound is not None and first.bound < first.value - SAME * abs(first.value)
    return -1.0 if is_cost else 1.0


def is_below(value: float, floor: float) -> bool:
    """Whether a value is notably below another."""
    return value < floor - SAME * max(abs(value), abs(floor), 1e-9)


def forced_locks(walk: Walk, count: int, longer: Config) -> tuple[int, int, float]:
    """Random locks on the base: how many ended within 1 %, how many of these began too far off, and the farthest."""
    near, off, farthest = 0, 0, 0.0
    base = walk.nodes[0]
    for number in range(count):
        changes = random_lock(base.problem, walk.draw)
        walk.warm.restore_plan(base.name)
        try:
            answers = list(walk.warm.answers(apply_overrides(base.problem, changes), longer))
        except ConcordError as error:
            print(f"    lock {number} {list(changes)}: {str(error)[:100]}")
            continue
        first, last = first_result(answers[0].outcome), first_result(answers[-1].outcome)
        if last is None or last.gap is None or last.gap > LAST_WITHIN:
            continue
        near += 1
        short = 1.0 if first is None else abs(last.value - first.value) / max(abs(last.value), SAME)
        farthest = max(farthest, short)
        off += short > FIRST_WITHIN
        if short > FIRST_WITHIN:
            walk.figures.failures.append(f"lock {list(changes)}")
            print(f"    FAILED lock {list(changes)}: the first answer is {short:.1%} from the last", flush=True)
    return near, off, farthest


def measure(problem: Problem, arguments: argparse.Namespace) -> tuple[Figures, tuple[int, int, float]]:
    """All moves and locks on one base."""
    config = Config(solver=SolverConfig(mip_gap=GAP, time_limit_s=arguments.seconds))
    walk = Walk(base=problem, config=config, draw=random.Random(arguments.seed))  # noqa: S311  (no secret)
    every = max(arguments.moves // max(arguments.cold, 1), 1)
    for number in range(1, arguments.moves + 1):
        walk.move(number, is_cold_beside=arguments.cold > 0 and number % every == 0)
    longer = config.model_copy(update={"solver": config.solver.model_copy(update={"time_limit_s": 20.0})})
    walk.warm = WarmProblem(problem, longer)
    walk.nodes = [replace(walk.nodes[0])]
    for _ in walk.warm.answers(problem, longer):
        pass
    walk.warm.store_plan(walk.nodes[0].name)
    return walk.figures, forced_locks(walk, arguments.locks, longer)


def main() -> None:
    """Measure, print a table, and fail if a rule of the moves is broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.moves", description=__doc__)
    parser.add_argument("bases", nargs="*", default=["M", "examples/problems/southern_flank_2019.json"])
    parser.add_argument("--moves", type=int, default=500)
    parser.add_argument("--cold", type=int, default=60, help="moves that have a cold solve beside them")
    parser.add_argument("--locks", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=5.0, help="time limit of each answer")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print(f"| {' | '.join(COLUMNS)} |\n| {' | '.join(repeat('---', len(COLUMNS)))} |", flush=True)
    failed = False
    for base in arguments.bases:
        document = generate(base, 1) if base in SIZES else json.loads(Path(base).read_text(encoding="utf-8"))
        figures, (near, off, farthest) = measure(Problem.model_validate(document), arguments)
        cells = (
            *(base if base in SIZES else Path(base).stem, figures.moves, figures.held, figures.asked_again),
            *(f"{median(figures.first_s or [0.0]):.2f}", figures.cold, f"{max(figures.below_cold, default=0.0):.2%}"),
            *(near, off, f"{farthest:.2%}", len(figures.failures)),
        )
        print(f"| {' | '.join(map(str, cells))} |", flush=True)
        failed = failed or bool(figures.failures)
    sys.exit(failed)


if __name__ == "__main__":
    main()
