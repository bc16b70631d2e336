"""Writes the pages of documents, field by field, from their types: `python docs/documents.py FOLDER`.

The pages are `problem.md`, `outcome.md` and `study.md`. Types, ranges and defaults come from the annotations in
`models/`, descriptions from the text below each field.
"""

import inspect
import json
import re
import sys
import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from models.base import Entry
from models.config import Config
from models.field_descriptions import field_description
from models.ids import AnyId
from models.outcome import Outcome, Progress
from models.plan import Plan
from models.problem.problem import Problem
from models.quantities import GREATEST_WHOLE
from models.study.report import StudyProgress, StudyReport
from models.study.spec import Spec

Model = type[BaseModel]

PROBLEM = """# The problem document

{generated}

The JSON Schema is at `GET /v1/schemas/problem.json`. [algebra.md](algebra.md) states the mathematics of each field and
[errors.md](errors.md) the code of each error. Every field is optional unless its default is *required*.

**Common rules.**

- An id matches `^[a-z0-9][a-z0-9_.-]*$` and is unique in its list. Ids of members and partners are unique together, and
  so are ids of activities and theatres.
- An unknown key is an error. Every number is finite; a text in quotes is not a number. Every reference must exist.
- A number *per period* is one number for all periods, a list with one number for each period, or an object
  `{{period: number}}`.
- Amounts are in the unit of their resource, costs in M EUR, effects and risks in risk points.

**Positions** range from −2 to 2: −2 blocks · −1 abstains, so it neither blocks nor pays · 0 acquiesces, without forces
of its own · +1 supports and contributes · +2 champions and may lead. Values in between are allowed.

**Addresses** name a value of a problem: `members/us/resources/money`. Overrides, scenarios, what-ifs and studies use
them. A record of a list is named by its id, or by the fields that identify it, joined by `:`:
`positions/tr:ssr_iraq`, `withdrawn/us:libya`, `policy/min_spend/libya`. `*` stands for every record of a list. A value
at a key that has no record creates the record; `null` removes it.
"""
OUTCOME = """# The outcome document

{generated}

The JSON Schema is at `GET /v1/schemas/outcome.json`. Amounts are in the unit of their resource, costs and burdens in
M EUR, effects and risks in risk points. A plan lists only what is not zero. A field marked *required* is always there.

`status` says how the solve ended. An infeasible problem is an answer, not an error: its job has succeeded. The outcome
without `timing` is the same, byte for byte, for the same problem, config and versions, with one thread, a cold start,
and the status `optimal` or `infeasible`.
"""
STUDY = """# The study documents

{generated}

The JSON Schema is at `GET /v1/schemas/study.json`. A study answers a question by many solves. Every point of a study
has a status; an infeasible point is a result. A study is sent with a problem; the report is the answer.
"""
GENERATED = "Written by `make docs` from the types in `models/`; edit the text below a field there, not this page."

ENDINGS: tuple[Model, ...] = get_args(get_args(Outcome)[0])
"""How a solve can end: one type for each status."""
PAGES: dict[str, tuple[str, tuple[Model, ...]]] = {
    "problem.md": (PROBLEM, (Problem, Config)),
    "outcome.md": (OUTCOME, (Plan, Progress)),
    "study.md": (STUDY, (*get_args(Spec), StudyReport, StudyProgress)),
}
"""{page: (its opening, the models that it shows first)}; what their fields can hold follows."""


@dataclass
class Pages:
    """Which page shows a model, so that every mention can link to it."""

    shown: dict[Model, str] = field(default_factory=dict)
    """{model: page}: the first page that shows it."""

    def link(self, model: Model, page: str) -> str:
        """A link to the section of a model, from a page."""
        where = self.shown.get(model, page)
        return f"[{title(model).lower()}]({'' if where == page else where}#{anchor(title(model))})"


def main(folder: Path) -> None:
    """Write the three pages."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = Pages()
    for name, (_, roots) in PAGES.items():
        pages.shown |= dict.fromkeys(roots, name)
    for name, (opening, roots) in PAGES.items():
        models = reached([*roots, *(ENDINGS if Plan in roots else ())], pages, name)
        pages.shown |= dict.fromkeys(models, name)
        parts = [opening.format(generated=GENERATED), *(outcomes(pages, name) if Plan in roots else ())]
        parts += [section(model, pages, name) for model in models]
        (folder / name).write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")


def reached(roots: Iterable[Model], pages: Pages, page: str) -> list[Model]:
    """The models of a page, in order of first mention: roots and what their fields can hold, unless shown elsewhere."""
    found: dict[Model, None] = dict.fromkeys(roots)
    waiting = list(found)
    while waiting:
        for info in waiting.pop(0).model_fields.values():
            for part in models_in(info.annotation):
                if part not in found and pages.shown.get(part, page) == page:
                    found[part] = None
                    waiting.append(part)
    return [model for model in found if model not in ENDINGS]


def models_in(annotation: Any) -> Iterator[Model]:  # noqa: ANN401  (an annotation is any object)
    """Every model in an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def section(model: Model, pages: Pages, page: str) -> str:
    """One model: heading, description, a table of its fields."""
    common = f"Also the fields of every [entry](#{anchor(title(Entry))}).\n\n" if is_entry(model) else ""
    return (
        f"## {title(model)}\n\n{text(model.__doc__)}\n\n{common}{table(model, pages, page)}{entry(model, pages, page)}"
    )


def entry(model: Model, pages: Pages, page: str) -> str:
    """The fields that all entries have, after the problem itself."""
    if model is not Problem:
        return ""
    return f"\n\n## {title(Entry)}\n\n{text(Entry.__doc__)}\n\n{table(Entry, pages, page)}"


def is_entry(model: Model) -> bool:
    """Whether a model has the fields of every entry."""
    return issubclass(model, Entry) and model is not Entry


def table(model: Model, pages: Pages, page: str) -> str:
    """A row for each field of a model."""
    hidden = set(Entry.model_fields) if is_entry(model) else set()
    rows = [
        f"| `{info.alias or name}` | {words} | {extent} | {default(info)} | {text(field_description(model, name))} |"
        for name, info in model.model_fields.items()
        if name not in hidden
        for words, extent in (kind(info.annotation, info.metadata, pages, page, optional=info.default is None),)
    ]
    return "\n".join(("| field | type | range | default | description |", "| --- | --- | --- | --- | --- |", *rows))


def outcomes(pages: Pages, page: str) -> Iterator[str]:
    """How a solve can end, and the fields of all endings in one table."""
    rows = [f"| `{status(ending)}` | {text(ending.__doc__)} |" for ending in ENDINGS]
    yield "\n".join(("## Status", "", "| status | meaning |", "| --- | --- |", *rows))
    names = dict.fromkeys(name for ending in ENDINGS for name in ending.model_fields if name != "status")
    rows = [row for name in names for row in forms(name, pages, page)]
    yield "\n".join(("## Fields", "", "| field | status | type | description |", "| --- | --- | --- | --- |", *rows))


def forms(name: str, pages: Pages, page: str) -> Iterator[str]:
    """A row for each form that a field takes in outcomes, with the statuses that have it."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for ending in ENDINGS:
        info = ending.model_fields.get(name)
        if info is not None:
            words, extent = kind(info.annotation, info.metadata, pages, page)
            form = info.alias or name, f"{words}, {extent}" if extent else words, text(field_description(ending, name))
            found.setdefault(form, []).append(f"`{status(ending)}`")
    for (label, words, description), statuses in found.items():
        where = "all" if len(statuses) == len(ENDINGS) else ", ".join(statuses)
        yield f"| `{label}` | {where} | {words} | {description} |"


def status(ending: Model) -> str:
    """The value of `status` of an ending."""
    return str(get_args(ending.model_fields["status"].annotation)[0])


def title(model: Model) -> str:
    """The name of a model in words: `CoverageFloor` is "Coverage floor"."""
    first, *rest = re.split(r"(?<=[a-z])(?=[A-Z][a-z])", model.__name__)
    return " ".join([first, *(word.lower() for word in rest)])


def anchor(heading: str) -> str:
    """The anchor of a heading."""
    return heading.lower().replace(" ", "-")


def text(description: str | None) -> str:
    """A description on one line, with links to the families and traps that it cites."""
    paragraphs = [one for one in inspect.cleandoc(description or "").split("\n\n") if not one.startswith("Raises ")]
    line = " ".join(" ".join(paragraphs).split()).replace("|", "\\|")
    return re.sub(r"\b(?:MODEL )?([CT]\d{1,2})\b", lambda cited: f"[{cited[1]}](algebra.md#{cited[1].lower()})", line)


def default(info: FieldInfo) -> str:
    """The default of a field, as it would stand in a document."""
    if info.default_factory is not None:
        return "derived"
    if info.default is PydanticUndefined:
        return "required"
    return "none" if info.default is None else f"`{json.dumps(plain(info.default), ensure_ascii=False)}`"


def plain(value: Any) -> Any:  # noqa: ANN401  (a default of any type)
    """A default as JSON."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def kind(
    annotation: Any,  # noqa: ANN401
    metadata: Sequence[Any],
    pages: Pages,
    page: str,
    *,
    optional: bool = False,
) -> tuple[str, str]:
    """The type of a field in words, and its range; null is not named if it is the default."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated and annotation != AnyId:
        inner = [part for item in arguments[1:] for part in (item.metadata if isinstance(item, FieldInfo) else [item])]
        return kind(arguments[0], [*inner, *metadata], pages, page)
    if origin in (Union, types.UnionType):
        options = [option for option in arguments if option is not type(None)]
        null = ", or null" if len(options) < len(arguments) and not optional else ""
        if len(options) == 1:
            words, extent = kind(options[0], metadata, pages, page)
            return words + null, extent
        return " or ".join(dict.fromkeys(nested(option, pages, page) for option in options)) + null, span(metadata)
    return simple(annotation, pages, page), span(metadata, " items" if origin in (tuple, dict) else "")


def nested(annotation: Any, pages: Pages, page: str) -> str:  # noqa: ANN401
    """A type inside another one: its words, and its range after them."""
    words, extent = kind(annotation, (), pages, page)
    if "item" in extent:
        return f"{words} ({extent})"
    return f"{words} {extent}".strip()


def simple(annotation: Any, pages: Pages, page: str) -> str:  # noqa: ANN401, PLR0911
    """The words for a type that is neither annotated nor a union."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, NewType):
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", annotation.__name__).lower().replace(" id", " id")
    if annotation == AnyId:
        return "id"
    if origin is Literal:
        *others, last = (f"`{value}`" for value in arguments)
        return f"{', '.join(others)} or {last}" if others else last
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return f"list of {nested(arguments[0], pages, page)}"
        return f"[{', '.join(nested(part, pages, page) for part in arguments)}]"
    if origin is dict:
        key, value = (nested(part, pages, page) for part in arguments)
        return f"{{{key}: {value}}}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return pages.link(annotation, page)
    return WORDS[annotation]


WORDS = {float: "number", int: "whole number", str: "text", bool: "true or false", type(None): "null", Any: "any value"}
"""What a plain type is called."""


LIMITS = {Ge: "ge", Gt: "gt", Le: "le", Lt: "lt", MinLen: "min_length", MaxLen: "max_length"}
"""{constraint: its attribute}"""


def span(metadata: Sequence[Any], unit: str = "") -> str:
    """The range that constraints allow: `0 to 1`, `> 0`, `1 to 60 items`."""
    limits = {type(item): getattr(item, LIMITS[type(item)]) for item in metadata if type(item) in LIMITS}
    least, most = limits.get(MinLen, 0), limits.get(MaxLen)
    if most is not None or least:
        if most is None:
            return f"at least {least}{unit.removesuffix('s') if least == 1 else unit}"
        return f"{least or 'up'} to {most:,}{unit}" if most else "empty"
    if limits.get(Le) == GREATEST_WHOLE:
        del limits[Le]
    if {Ge, Le} <= limits.keys():
        return f"{limits[Ge]:,} to {limits[Le]:,}"
    signs = {Ge: "≥", Gt: ">", Le: "≤", Lt: "<"}
    return ", ".join(f"{sign} {limits[limit]:,}" for limit, sign in signs.items() if limit in limits)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
