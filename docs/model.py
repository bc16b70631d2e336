"""Writes `docs/model.md` from the docstrings and rows of the families: `python docs/model.py FOLDER`."""

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from families import BASE, EXAMPLES, FIELDS, ROWS_OF  # docs/families.py, beside this script
from scipy.sparse import csc_array

from models.reading import read_problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.compiled import CompiledProgram
from optimizer.export.lp_mps import label, number
from optimizer.formulation.families import FAMILIES
from optimizer.formulation.family import Family
from optimizer.formulation.objectives.metric import Metric
from optimizer.formulation.objectives.metrics import METRICS
from optimizer.pyomo_model.model import program

MOST_ROWS = 8
PARTS = {
    "declare": "Variables",
    "counts": "Counts",
    "forbids": "Forbids presence to",
    "terms": "Ledgers",
    "rows": "Rows",
    "further_rows": "Further rows",
    "limits": "Limits",
    "expression": "Value",
}
"""Heading on the page per function of a family or metric."""
OPENING = """# The model

`make docs` writes this page from the families of constraints, so it always matches the program. Each family is one file
under `optimizer/formulation/constraints/`.

**Letters.** i, j members · k partners · c contributors (members and partners) · r resources · h theatres · d drivers of
risk · a, b activities · f frameworks · t periods · s scenarios. Variables that families share: x[c,a,r,t] contributed ·
e[a,f,t] level under a framework · y[a,f,t] = 1 if an activity runs under a framework · counts[c,a,t] = 1 if a
contributor gives at least its stake · present[c,a,t] = 1 if a contributor may give anything · E[a,t] effective level ·
w[a,t] effect · cut[h,d,t] risk removed · c[i] cost of a member. In the examples, as in exported files, a name that
begins with e has an underscore before it.

Data: cap endowment · eta productivity · q need per level · rho substitution rate · m and mu cost and effect multiplier
of a framework · U greatest level · M coefficient from `bounds` · kappa effect of a point on a driver · lambda effect
multiplier of a scenario (C30: the benefit ratio) · P risk if nothing is done · omega weight of a theatre · pi position
· beta `objects_below` · gamma `contributes_from` · nu votes · v unit cost · W ability to pay · phi strength of a
follower. (T1) to (T15) number the traps of the model, each stated in words at its place.

**Rows and limits.** A row is a constraint of the program. A limit is an upper bound on a variable, with a reason. Both
are lifted when the family's group is relaxed. Every example starts from one member `a` with 10 M EUR, a theatre `iraq`
with risk 100 and an activity `train`. It shows the fields that it adds or changes, then the family's rows and limits.
"""


def main(folder: Path) -> None:
    """Writes `model.md` into the folder."""
    sections = [section(family) for family in sorted(FAMILIES, key=sort_key)]
    page = [OPENING, "## Constraints", *sections, "## Objectives", *map(objective, METRICS)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.md").write_text("\n\n".join(part.strip() for part in page) + "\n", encoding="utf-8")


def sort_key(family: Family) -> tuple[int, str]:
    """Sort key of a family: its number, then its name."""
    return int(family.number.removeprefix("C")), family.name


def section(family: Family) -> str:
    """The section of a family: statement, fields, group, unit, formulas and example."""
    functions = _own(family, "declare", "counts", "forbids", "terms", "rows", "further_rows", "limits")
    text = "\n".join(inspect.getdoc(function) or "" for function in functions.values())
    units = ", ".join(dict.fromkeys(re.findall(r"\s\[([A-Za-z][^\[\],]*)\]", text)))
    fields = ", ".join(_code(field) for field in FIELDS[family.name])
    lifted = f"`relax: [{family.group}]`" if family.group else "nothing, it is a fact"
    facts = (f"Switched on by: {fields}.", f"Lifted by: {lifted}.", f"Unit: {units or 'none'}.")
    return "\n\n".join(
        (
            f"### {family.number} {family.name.replace('_', ' ')}",
            f"*{family.says[0].upper()}{family.says[1:]}.*",
            "\n".join(f"- {fact}" for fact in facts),
            *(f"{PARTS[part]}:\n\n{_formula(function)}" for part, function in functions.items()),
            _example(family),
        )
    )


def objective(name: str) -> str:
    """The section of a metric: meaning, unit and formulas."""
    module = inspect.getmodule(METRICS[name].expression)
    head = (inspect.getdoc(module) or "").partition("\n")[0].partition(": ")[2] if module else ""
    parts = _own(METRICS[name], "declare", "rows", "expression")
    formulas = [f"{PARTS[part]}:\n\n{_formula(function)}" for part, function in parts.items()]
    return "\n\n".join((f"### {name}", f"*{head[0].upper()}{head[1:]}*", f"Unit: {METRICS[name].unit}.", *formulas))


def _own(record: Family | Metric, *parts: str) -> dict[str, Callable[..., Any]]:
    """The functions that a family or metric defines itself, with a docstring."""
    functions = {part: getattr(record, part) for part in parts}
    return {
        part: function
        for part, function in functions.items()
        if not function.__name__.startswith("_") and inspect.getdoc(function)
    }


def _code(field: str) -> str:
    path, space, rest = field.partition(" ")
    return f"`{path}`{space}{rest}"


def _formula(function: Callable[..., Any]) -> str:
    return f"```text\n{inspect.getdoc(function)}\n```"


def _example(family: Family) -> str:
    fields = EXAMPLES[family.name]
    problem = read_problem(document(fields))
    compiled = write_program(problem).compiled
    lines = [*_rows(compiled, ROWS_OF.get(family.name, family.name)), *_limits(program(problem), family)]
    shown = lines if len(lines) <= MOST_ROWS else [*lines[:MOST_ROWS], f"… and {len(lines) - MOST_ROWS} more"]
    shown_fields = ",\n".join(f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in fields.items())
    return f"Example:\n\n```json\n{shown_fields}\n```\n\n" + "```text\n" + "\n".join(shown) + "\n```"


def document(fields: dict[str, Any]) -> dict[str, Any]:
    """The problem document of an example: BASE with its fields in place of the defaults."""
    whole = {**BASE, **fields}
    whole["theatres"] = [{**BASE["theatres"][0], **theatre} for theatre in whole["theatres"]]
    whole["activities"] = [{**BASE["activities"][0], **activity} for activity in whole["activities"]]
    return whole


def _rows(compiled: CompiledProgram, family: str) -> Iterator[str]:
    columns = compiled.matrix
    matrix = csc_array((columns.data, columns.indices, columns.indptr), shape=columns.shape).tocsr()
    for row, name in enumerate(compiled.rows):
        if name[0] != family:
            continue
        entries = zip(
            matrix.data[matrix.indptr[row] : matrix.indptr[row + 1]],
            matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]],
            strict=True,
        )
        body = " ".join(_term(value, label(compiled.columns[column])) for value, column in entries)
        lower, upper = compiled.row_lower[row], compiled.row_upper[row]
        sense = "=" if lower == upper else "<=" if np.isfinite(upper) else ">="
        yield f"{label(name)}: {body.removeprefix('+ ')} {sense} {number(lower if sense == '>=' else upper)}"


def _term(value: float, name: str) -> str:
    times = "" if abs(value) == 1 else f"{number(abs(value))} "
    return f"{'-' if value < 0 else '+'} {times}{name}"


def _limits(model: Any, family: Family) -> Iterator[str]:  # noqa: ANN401  (a pyo.ConcreteModel)
    for applied in model.concord.limits:
        if applied.family.name == family.name:
            variable = applied.variable
            name = label((variable.parent_component().local_name, variable.index()))
            yield f"{name} <= {number(applied.limit.upper)}   ({applied.limit.says})"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
