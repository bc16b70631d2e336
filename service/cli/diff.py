"""`concord diff A B`: compares two problems, plans or outcomes in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from service.cli.documents import STANDARD_INPUT, read_document, source_name
from service.cli.error_output import Refused, exit_on_bad_input
from service.cli.terminal import output_console

if TYPE_CHECKING:
    from models.plan import Plan

Kind = Literal["problem", "plan", "outcome"]
First = Annotated[
    str,
    typer.Argument(metavar="A", help="A problem, plan or outcome, JSON or YAML; - reads it.", show_default=False),
]
Second = Annotated[
    str, typer.Argument(metavar="B", help="The document to compare it with, of the same kind.", show_default=False)
]


def diff(first: First, second: Second) -> None:
    """Compare two problems, plans or outcomes in words.

    Prints one line for each difference: of problems by address, of plans and outcomes by run, contribution and cost.
    "2 → 3" means 2 in A and 3 in B. Nothing is solved: plans that are equally good may differ for no reason.
    """
    from service.cli.show.layout import paragraph

    with exit_on_bad_input(f"{source_name(first)} and {source_name(second)}"):
        if STANDARD_INPUT == first == second:
            raise Refused("A and B cannot both come from standard input; give a file name for one", "not_a_file")
    documents = []
    for file in (first, second):
        with exit_on_bad_input(source_name(file)):
            documents.append(read_document(file))
    kinds = [_kind(document) for document in documents]
    with exit_on_bad_input(f"{source_name(first)} and {source_name(second)}"):
        if (kinds[0] == "problem") != (kinds[1] == "problem"):
            raise Refused("a problem can only be compared with a problem", "not_comparable")
    lines = _differences(documents, kinds, (source_name(first), source_name(second)))
    console = output_console()
    if not lines:
        console.print("no difference")
    for line in lines:
        paragraph(console, line, bullet="·")


def _kind(document: object) -> Kind:
    """The kind of a document, by its schema or its fields; an unknown document is read as a problem."""
    if not isinstance(document, Mapping):
        return "problem"
    if "allocations" in document:
        return "plan"
    is_outcome = document.get("schema") == "concord.outcome/1" or "outcome" in document
    return "outcome" if is_outcome else "problem"


def _differences(documents: list[Any], kinds: list[Kind], sources: tuple[str, str]) -> list[str]:
    from optimizer.compare.plan_words import outcome_differences, plan_differences
    from optimizer.compare.problem_words import problem_differences
    from service.cli.show.names import single_line

    found = None
    if kinds[0] == "problem":
        found = problem_differences(*(_problem(*given) for given in zip(documents, sources, strict=True)))
    elif kinds == ["outcome", "outcome"]:
        found = outcome_differences(*(_outcome(*given) for given in zip(documents, sources, strict=True)))
    else:
        found = plan_differences(*(_plan(*given) for given in zip(documents, sources, strict=True)))
    return [single_line(line) for line in found]


def _problem(document: Any, source: str) -> Any:  # noqa: ANN401  (the types load with the models)
    from models.reading import read_problem

    with exit_on_bad_input(source):
        return read_problem(document)


def _outcome(document: Any, source: str) -> Any:  # noqa: ANN401
    """The outcome of an outcome document, or of an answer over HTTP that contains one."""
    from pydantic import ValidationError

    from models.outcome import OUTCOME

    with exit_on_bad_input(source):
        try:
            return OUTCOME.validate_python(document.get("outcome", document))
        except ValidationError as error:
            where = "/".join(map(str, error.errors()[0]["loc"]))
            raise Refused(f"{source} is no outcome of this version: see {where}", "invalid") from error


def _plan(document: Any, source: str) -> "Plan":  # noqa: ANN401
    from models.reading import read_whole_plan_of

    with exit_on_bad_input(source):
        return read_whole_plan_of(document)
