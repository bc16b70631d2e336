"""A sweep over right-hand sides of a relaxation: changes pushed into a loaded program, compared with rebuilding it.

The resources of one member take 1,000 values.

- `pushed`: changes the row bounds in the loaded program, as arrays;
- `whole`: changes the document, writes the program, compares it and pushes the difference, as studies do;
- `rebuilt`: writes a Pyomo program and loads it with appsi_highs.

The last two are measured on fewer points.
"""

from dataclasses import replace

import numpy as np
import pyomo.environ as pyo

from benchmarks.clock import Clock
from benchmarks.problems import Question
from benchmarks.tasks.appsi import solver_of
from models.address import apply_changes
from models.change import Change
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.priorities import priorities_of
from optimizer.arrays.program_diff import ChangedBounds, NamedProgram, program_diff
from optimizer.arrays.solver_arrays import Arrays
from optimizer.data.effective_objectives import effective_objectives
from optimizer.diagnostics.precheck import effective_problem
from optimizer.pyomo_model.model import program
from optimizer.solver.highs import HighsProgram

POINTS, WHOLE, REBUILT = 1_000, 50, 20
LEAST, MOST = 0.5, 1.5


def measure(question: Question) -> dict[str, float]:
    """Seconds per point of each way."""
    problem = effective_problem(question.problem, question.config)
    pushed, whole, rebuilt = Clock(), Clock(), Clock()
    _pushed(problem, question, pushed)
    _whole(problem, question, whole)
    _rebuilt(problem, question, rebuilt)
    found: dict[str, float] = {}
    for clock, points in ((pushed, POINTS), (whole, WHOLE), (rebuilt, REBUILT)):
        found |= {name: seconds / points for name, seconds in clock.figures.items()}
    return found


def _factors(points: int) -> list[float]:
    return np.linspace(LEAST, MOST, points).tolist()


def _loaded(problem: Problem, question: Question) -> tuple[NamedProgram, HighsProgram]:
    compiled = write_program(problem).compiled
    named = NamedProgram(compiled=compiled, arrays=Arrays.of(compiled, ()))
    level = priorities_of(effective_objectives(problem), compiled)[0]
    engine = HighsProgram(named.arrays, question.config.solver)
    engine.relax_integers()
    engine.minimise(level.vector / level.unit, level.constant / level.unit)
    engine.run(time_limit_s=1e6)
    return named, engine


def _pushed(problem: Problem, question: Question, clock: Clock) -> None:
    named, engine = _loaded(problem, question)
    member = problem.members[0].id
    places = [
        n for n, (family, index) in enumerate(named.compiled.rows) if family == "availability" and index[0] == member
    ]
    numbers = np.array(places, dtype=np.int32)
    lower, upper = named.arrays.row_lower[places], named.arrays.row_upper[places]
    nothing = program_diff(named, named)
    with clock.part("pushed"):
        for factor in _factors(POINTS):
            sides = ChangedBounds(number=numbers, lower=lower, upper=upper * factor)
            engine.push(replace(nothing, rows=sides), named.arrays)
            engine.run(time_limit_s=1e6)


def _whole(problem: Problem, question: Question, clock: Clock) -> None:
    old, engine = _loaded(problem, question)
    with clock.part("whole"):
        for factor in _factors(WHOLE):
            compiled = write_program(_moved(problem, factor)).compiled
            new = NamedProgram(compiled=compiled, arrays=Arrays.of(compiled, ()))
            engine.push(program_diff(old, new), new.arrays)
            engine.relax_integers()
            engine.run(time_limit_s=1e6)
            old = new


def _rebuilt(problem: Problem, question: Question, clock: Clock) -> None:
    with clock.part("rebuilt"):
        for factor in _factors(REBUILT):
            model = program(_moved(problem, factor), question.config)
            pyo.TransformationFactory("core.relax_integer_vars").apply_to(model)
            solver_of(question).solve(model)


def _moved(problem: Problem, factor: float) -> Problem:
    return apply_changes(problem, [Change(address=f"members/{problem.members[0].id}/resources", times=factor)])
