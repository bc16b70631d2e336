"""Options shared by several commands, and the configuration built from them."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.documents import read_document, source_name
from service.cli.error_output import Refused

if TYPE_CHECKING:
    from models.config import Config

OPTIONS = "the options"

ProblemFile = Annotated[
    str,
    typer.Argument(
        metavar="FILE", help="The problem document, JSON or YAML; - reads standard input.", show_default=False
    ),
]
ProblemFiles = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="One or several problem documents, JSON or YAML; - reads standard input.",
        show_default=False,
    ),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="ADDRESS=VALUE",
        help="Change one value of the problem without editing FILE, for example members/us/resources/money=8. "
        "VALUE is JSON or plain text; null removes the entry. Repeat --set for several changes.",
        show_default=False,
    ),
]
Relaxed = Annotated[
    list[str] | None,
    typer.Option(
        "--relax",
        metavar="GROUP,…",
        help="Groups of political rules to set aside, separated by commas: decision, participation, cascade, consent, "
        "rivalry, divergence, caveat, burden, policy.",
        show_default=False,
    ),
]
ConfigFile = Annotated[
    str | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="A configuration document (solver, overrides, relax, …), JSON or YAML. Command-line options take "
        "precedence over it.",
        show_default=False,
    ),
]
Gap = Annotated[
    float | None,
    typer.Option(
        "--gap",
        metavar="SHARE",
        help="Stop once the plan is within this share of the best possible by the solver's search, for example 0.01 "
        "for 1 %. 0 asks for the exact optimum.  [default: 0.0001]",
        show_default=False,
    ),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        help="Stop after this many seconds and show the best plan found so far.  [default: 60]",
        show_default=False,
    ),
]


def configuration(
    file: str | None, *, changes: list[str] | None = None, relax: list[str] | None = None, **solver: float | None
) -> "Config":
    """The configuration in `file`, with command-line options replacing its values.

    Raises `Refused` or `NotReadable`, or `InvalidDocument` with addresses inside the configuration.
    """
    from models.reading import read_config

    document = {} if file is None else read_document(file)
    if not isinstance(document, dict):
        return read_config(document)
    given = {key: value for key, value in solver.items() if value is not None}
    overlaid = {
        **_with_values(document, "solver", given),
        **_with_values(document, "overrides", _overrides(changes or [])),
        **({"relax": _groups(relax)} if relax else {}),
    }
    return read_config({**document, **overlaid})


def source_of(file: str | None) -> str:
    """Name of the configuration's source in error messages."""
    return OPTIONS if file is None else f"{source_name(file)} and {OPTIONS}"


def _with_values(document: dict[str, Any], key: str, values: dict[str, Any]) -> dict[str, Any]:
    """The section `key` of a configuration document with `values` replacing its own."""
    section = document.get(key, {})
    if not values or not isinstance(section, dict):
        return {}  # a section of the wrong type stays as it is, so that validation reports it
    return {key: {**section, **values}}


def _groups(relax: list[str]) -> list[str]:
    return [group.strip() for groups in relax for group in groups.split(",") if group.strip()]


def _overrides(changes: list[str]) -> dict[str, Any]:
    overrides: dict[str, Any] = {}
    for change in changes:
        address, equals, text = change.partition("=")
        if not equals or not address.strip():
            raise Refused(
                f"--set {change}: write ADDRESS=VALUE, for example --set members/us/resources/money=8", "not_a_change"
            )
        if address in overrides:
            raise Refused(f"--set {address} is given twice; remove one of them", "duplicate_change")
        overrides[address] = _value(text)
    return overrides


def _value(text: str) -> Any:  # noqa: ANN401  (any value of a document)
    try:
        return json.loads(text, parse_constant=_not_a_number)
    except ValueError:
        return text


def _not_a_number(text: str) -> None:
    raise ValueError(text)
