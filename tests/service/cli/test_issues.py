"""How errors in a document are shown."""

import io
from typing import Any

import pytest
from rich.console import Console

from models.errors import Issue
from service.cli.show.issues import show_issues


def _shown(**issue: Any) -> list[str]:
    base = {"address": "members/a/votes", "pointer": "/members/0/votes", "code": "out_of_range", "message": "too low"}
    console = Console(file=io.StringIO(), width=100, highlight=False, markup=False)
    show_issues(console, [Issue.model_validate(base | issue)], source="p.json")
    assert isinstance(console.file, io.StringIO)
    return [" ".join(line.split()) for line in console.file.getvalue().splitlines() if line.strip()]


def test_shows_address_message_and_allowed_values() -> None:
    assert _shown(given=-3, allowed="at least 0", suggestion="leave it out") == [
        "p.json: 1 error",
        "members/a/votes out_of_range",
        "too low",
        "given -3",
        "allowed at least 0",
        "suggestion leave it out",
    ]


def test_does_not_repeat_what_the_message_says() -> None:
    assert _shown(message="must be at least 0", allowed="at least 0")[2:] == ["must be at least 0"]


def test_lists_some_of_many_allowed_values() -> None:
    shown = _shown(allowed=[f"m{number}" for number in range(30)])
    assert shown[-2].startswith("allowed m0, m1, ")
    assert " ".join(shown).endswith("m19 and 10 more")


def test_calls_the_whole_document_by_a_name() -> None:
    assert _shown(address="")[1] == "the whole document out_of_range"


def test_shows_given_texts_without_control_characters() -> None:
    assert _shown(given="\x1b[31mred")[-1] == "given [31mred"


@pytest.mark.parametrize(
    "given, expected", [("10", '"10"'), (10, "10"), ("true", '"true"'), ("", '""'), ("irak", "irak")]
)
def test_quotes_a_text_that_could_be_read_as_another_value(given: object, expected: str) -> None:
    assert _shown(given=given)[-1] == f"given {expected}"
