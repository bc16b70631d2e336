"""Shows the errors of a document: where, what is wrong, and which values are allowed."""

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from models.errors import Issue
from service.cli.show.layout import DIM
from service.cli.show.names import single_line

MOST_LISTED = 20
"""Allowed values that are listed; further ones are only counted."""
LONGEST_VALUE = 200


def show_issues(console: Console, issues: Sequence[Issue], *, source: str) -> None:
    """Print every error with its address, its code and the allowed values."""
    errors = "1 error" if len(issues) == 1 else f"{len(issues)} errors"
    console.print(Text(f"{source}: {errors}", style="bold red"), soft_wrap=True)
    for issue in issues:
        console.print()
        console.print(_heading(issue), soft_wrap=True)
        console.print(_facts(issue))


def show_refusal(console: Console, sentence: str, *, code: str) -> None:
    """Print one sentence with its code."""
    console.print(Text.assemble((sentence, "bold red"), "  ", (code, DIM)), soft_wrap=True)


def _heading(issue: Issue) -> Text:
    return Text.assemble("  ", (issue.address or "the whole document", "bold"), "  ", (issue.code, DIM))


def _facts(issue: Issue) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=11, justify="right", style=DIM)
    grid.add_column(overflow="fold")
    grid.add_row("", single_line(issue.message))
    if issue.given is not None:
        grid.add_row("given", _value(issue.given))
    for label, text in (("allowed", _allowed(issue.allowed)), ("suggestion", single_line(issue.suggestion or ""))):
        if text not in issue.message:  # many messages already include it
            grid.add_row(label, text)
    return grid


def _allowed(allowed: Any) -> str:  # noqa: ANN401  (any value of a document)
    if not isinstance(allowed, list | tuple):
        return "" if allowed is None else _value(allowed)
    listed = ", ".join(_value(item) for item in allowed[:MOST_LISTED])
    rest = len(allowed) - MOST_LISTED
    return f"{listed} and {rest} more" if rest > 0 else listed


def _value(value: Any) -> str:  # noqa: ANN401  (any value of a document)
    text = _quoted(single_line(value)) if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _quoted(text: str) -> str:
    """The text, quoted only if it could be read as another value: "10" is a text, 10 a number."""
    try:
        json.loads(text)
    except ValueError:
        return text or '""'
    return f'"{text}"'
