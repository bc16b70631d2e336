"""Writes `docs/model.md`, the model as the families tell it: `python docs/model.py FOLDER`."""

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from families import BASE, EXAMPLES, FIELDS, ROWS_OF  # a neighbour of this script

from models.reading import read_problem
from optimizer.arrays.compiled import CompiledProgram, compile_program
from optimizer.export.lp_mps import label, number
from optimizer.formulation.families import FAMILIES, Program, assemble
from optimizer.formulation.family import Family
from optimizer.formulation.objectives.metric import Metric
from optimizer.formulation.objectives.metrics import METRICS

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
"""What a function of a family or metric is called on the page."""
OPENING = """# The model

Written by `make docs` from the families of constraints themselves, so that page and program cannot drift apart. One
family is one file under `optimizer/formulation/constraints/`.

**Letters.** i, j members · k partners · c contributors (members and partners) · r resources · h theatres · d drivers of
risk · a, b activities · f frameworks · t periods · s scenarios. Variables that families share: x[c,a,r,t] contributed ·
e[a,f,t] level under a framework · y[a,f,t] run under a framework · counts[c,a,t] takes part enough to count ·
present[c,a,t] may be there at all · E[a,t] effective level · w[a,t] effect · cut[h,d,t] risk removed · c[i] what a
member spends. In the examples a name beginning with e is written with an underscore before it, as in exported files.

**Rows and limits.** A row stands in the program. A limit closes a variable from beside the program, with a reason; both
are set aside when the family's group is relaxed. An example shows what is said beyond one member `a` with 10 M EUR, a
theatre `iraq` with risk 100 and an activity `train`, then what the family makes of it.
"""


def main(folder: Path) -> None:
    """Write the page."""
    sections = [section(family) for family in sorted(FAMILIES, key=place)]
    page = [OPENING, "## Constraints", *sections, "## Objectives", *map(objective, METRICS)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.md").write_text("\n\n".join(part.strip() for part in page) + "\n", encoding="utf-8")


def place(family: Family) -> tuple[int, str]:
    """By number; families of one number by name."""
    return int(family.number.removeprefix("C")), family.name


def section(family: Family) -> str:
    """One family."""
    functions = _own(family, "declare", "counts", "forbids", "terms", "rows", "further_rows", "limits")
    told = "\n".join(inspect.getdoc(one) or "" for one in functions.values())
    units = ", ".join(dict.fromkeys(re.findall(r"\s\[([A-Za-z][^\[\],]*)\]", told)))
    fields = ", ".join(_code(field) for field in FIELDS[family.name])
    freed = f"`relax: [{family.group}]`" if family.group else "nothing, it is a fact"
    facts = (f"Switched on by: {fields}.", f"Set aside by: {freed}.", f"Unit: {units or 'as its rows say'}.")
    return "\n\n".join(
        (
            f"### {family.number} {family.name.replace('_', ' ')}",
            f"*{family.says[0].upper()}{family.says[1:]}.*",
            "\n".join(f"- {fact}" for fact in facts),
            *(f"{PARTS[part]}:\n\n{_formula(one)}" for part, one in functions.items()),
            _example(family),
        )
    )


def objective(name: str) -> str:
    """One metric."""
    module = inspect.getmodule(METRICS[name].expression)
    head = (inspect.getdoc(module) or "").partition("\n")[0].partition(": ")[2] if module else ""
    parts = _own(METRICS[name], "declare", "rows", "expression")
    told = [f"{PARTS[part]}:\n\n{_formula(one)}" for part, one in parts.items()]
    return "\n\n".join((f"### {name}", f"*{head[0].upper()}{head[1:]}*", f"Unit: {METRICS[name].unit}.", *told))


def _own(record: Family | Metric, *parts: str) -> dict[str, Callable[..., Any]]:
    """The functions that a family or metric brings itself, and says something of."""
    functions = {part: getattr(record, part) for part in parts}
    return {part: one for part, one in functions.items() if not one.__name__.startswith("_") and inspect.getdoc(one)}


def _code(field: str) -> str:
    path, space, rest = field.partition(" ")
    return f"`{path}`{space}{rest}"


def _formula(function: Callable[..., Any]) -> str:
    return f"```text\n{inspect.getdoc(function)}\n```"


def _example(family: Family) -> str:
    said = EXAMPLES[family.name]
    program = assemble(read_problem(document(said)))
    lines = [*_rows(compile_program(program), ROWS_OF.get(family.name, family.name)), *_limits(program, family)]
    shown = lines if len(lines) <= MOST_ROWS else [*lines[:MOST_ROWS], f"… and {len(lines) - MOST_ROWS} more"]
    asked = ",\n".join(f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in said.items())
    return f"Example:\n\n```json\n{asked}\n```\n\n" + "```text\n" + "\n".join(shown) + "\n```"


def document(said: dict[str, Any]) -> dict[str, Any]:
    """The problem of an example: what it says, and what every problem needs."""
    whole = {**BASE, **said}
    whole["theatres"] = [{**BASE["theatres"][0], **one} for one in whole["theatres"]]
    whole["activities"] = [{**BASE["activities"][0], **one} for one in whole["activities"]]
    return whole


def _rows(compiled: CompiledProgram, family: str) -> Iterator[str]:
    matrix = compiled.matrix.tocsr()
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


def _limits(program: Program, family: Family) -> Iterator[str]:
    for owner, limit in program.limits:
        if owner.name == family.name:
            variable = limit.variable
            name = label((variable.parent_component().local_name, variable.index()))
            yield f"{name} <= {number(limit.upper)}   ({limit.says})"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
