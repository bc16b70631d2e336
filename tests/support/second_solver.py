"""Other solvers: the same program, exported as MPS and solved by CBC, which PuLP includes, or by SCIP."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pulp
import pyscipopt

from models.config import Config, SolverConfig
from models.config import Group as RelaxedGroup
from models.problem.problem import Problem
from optimizer.data.effective_objectives import effective_objectives
from optimizer.export.lp_mps import export

CBC = pulp.PULP_CBC_CMD.pulp_cbc_path
FOUND = "Optimal - objective value"


def second_opinion(problem: Problem, relax: Sequence[RelaxedGroup] = ()) -> float | None:
    """Return the optimal value of the first objective by CBC, or None if CBC finds no plan."""
    program = export(problem, Config(solver=SolverConfig(mip_gap=0.0), relax=tuple(relax)), "mps")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "program.mps"
        path.write_text(program, encoding="utf-8")
        value = cbc(path)
    if value is None:
        return None
    return -value if effective_objectives(problem)[0].direction == "maximize" else value


def cbc(path: Path) -> float | None:
    """Return the minimum of a program in a file by CBC, or None if CBC finds no solution."""
    with TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.txt"
        command = [CBC, str(path), "ratioGap", "0", "allowableGap", "0", "solve", "solution", str(answer)]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        ending = answer.read_text(encoding="utf-8").splitlines()[0]
    return float(ending.removeprefix(FOUND)) if ending.startswith(FOUND) else None


def by_scip(problem: Problem, relax: Sequence[RelaxedGroup] = ()) -> float | None:
    """Return the optimum of the export by SCIP: a minimum of the first priority; None if SCIP finds no plan."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "program.mps"
        path.write_text(export(problem, Config(relax=tuple(relax)), "mps"), encoding="utf-8")
        return scip(path)


def scip(path: Path) -> float | None:
    """Return the minimum of a program in a file, or None if SCIP finds no solution."""
    solver = pyscipopt.Model()
    solver.hideOutput()
    solver.readProblem(str(path))
    solver.optimize()
    return float(solver.getObjVal()) if solver.getStatus() == "optimal" else None
