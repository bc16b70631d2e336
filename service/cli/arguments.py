"""Arguments that several commands share, and the configuration they add up to."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.documents import called, read_document
from service.cli.error_output import Refused

if TYPE_CHECKING:
    from models.config import Config

OPTIONS = "the options"

ProblemFile = Annotated[
    str,
    typer.Argument(metavar="FILE", help="The problem, as JSON or YAML; - reads standard input.", show_default=False),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="ADDRESS=VALUE",
        help="Put a value at an address without editing FILE, as members/us/resources/money=8. The value is read as "
        "JSON, else as a text; null removes what stands there. Can be given many times.",
        show_default=False,
    ),
]
Relaxed = Annotated[
    list[str] | None,
    typer.Option(
        "--relax",
        metavar="GROUP,…",
        help="Political constraints to set aside: decision, participation, cascade, consent, rivalry, divergence, "
        "caveat, burden, policy.",
        show_default=False,
    ),
]
ConfigFile = Annotated[
    str | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="A configuration document (solver, overrides, relax, …), as JSON or YAML. Options given here win over it.",
        show_default=False,
    ),
]
Gap = Annotated[
    float | None,
    typer.Option(
        "--gap",
        metavar="SHARE",
        help="Stop when no plan can be better than the one found by more than this share, as 0.01 for 1 %. "
        "0 asks for the exact optimum.  [default: 0.0001]",
        show_default=False,
    ),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        help="Stop after this long, with the best plan found and its bound.  [default: 60]",
        show_default=False,
    ),
]


def configuration(
    file: str | None, *, changes: list[str] | None = None, relax: list[str] | None = None, **solver: float | None
) -> "Config":
    """The configuration of `file` with the options of the command line put over it.

    Raises `Refused`, `NotReadable` or `InvalidDocument`, whose addresses are those of a configuration.
    """
    from models.reading import read_config

    document = {} if file is None else read_document(file)
    if not isinstance(document, dict):
        return read_config(document)
    given = {key: value for key, value in solver.items() if value is not None}
    overlaid = {
        **_over(document, "solver", given),
        **_over(document, "overrides", _overrides(changes or [])),
        **({"relax": _groups(relax)} if relax else {}),
    }
    return read_config({**document, **overlaid})


def source_of(file: str | None) -> str:
    """Where a configuration comes from, for people to read."""
    return OPTIONS if file is None else f"{called(file)} and {OPTIONS}"


def _over(document: dict[str, Any], key: str, values: dict[str, Any]) -> dict[str, Any]:
    below = document.get(key, {})
    if not values or not isinstance(below, dict):
        return {}  # what has not the shape of a configuration is refused as it is
    return {key: {**below, **values}}


def _groups(relax: list[str]) -> list[str]:
    return [group.strip() for groups in relax for group in groups.split(",") if group.strip()]


def _overrides(changes: list[str]) -> dict[str, Any]:
    overrides: dict[str, Any] = {}
    for change in changes:
        address, equals, text = change.partition("=")
        if not equals or not address.strip():
            raise Refused(
                f"--set {change}: write ADDRESS=VALUE, as in --set members/us/resources/money=8", "not_a_change"
            )
        if address in overrides:
            raise Refused(f"--set {address}: is given twice; keep one of the two", "duplicate_change")
        overrides[address] = _value(text)
    return overrides


def _value(text: str) -> Any:  # noqa: ANN401  (any value of a document)
    try:
        return json.loads(text, parse_constant=_not_a_number)
    except ValueError:
        return text


def _not_a_number(text: str) -> None:
    raise ValueError(text)
