"""How an outcome is shown."""

import io

import pytest
from rich.console import Console

from models.outcome import Outcome
from service.cli.show.outcome import show_outcome
from tests.service.cli import outcomes


def _shown(outcome: Outcome, *, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    show_outcome(console, outcome, outcomes.PROBLEM)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _line_of(shown: str, words: str) -> str:
    return next(" ".join(line.split()) for line in shown.splitlines() if words in line)


def test_starts_with_the_proof() -> None:
    shown = _shown(outcomes.SOLVED)
    assert shown.splitlines()[1] == "PROVEN OPTIMAL: risk reduction 25.6 points; no plan does better"
    assert "risk reduction 25.6 points 25.6 0 % 25.6 0 % " in " ".join(shown.split())
    assert "cost (amounts only, choices fixed) 15 M EUR 15 0 % – – " in " ".join(shown.split())


STOPPED = "BEST PLAN FOUND, NOT PROVEN OPTIMAL: risk reduction 25.6 points"
LATE = "(the time limit was reached before the gap closed)"


@pytest.mark.parametrize(
    "outcome, headline",
    [
        (outcomes.solved(0, 0), "PROVEN OPTIMAL: risk reduction 25.6 points; no plan does better"),
        (outcomes.solved(0, 1e-10), "PROVEN OPTIMAL: risk reduction 25.6 points; no plan does better"),
        (
            outcomes.solved(0, 0.006),
            "OPTIMAL BY THE SOLVER'S SEARCH: risk reduction 25.6 points; proven within 0.6 %",
        ),
        (
            outcomes.solved(0, 0.00641),
            "OPTIMAL BY THE SOLVER'S SEARCH: risk reduction 25.6 points; proven within 0.7 %",
        ),
        (outcomes.solved(0, None), "OPTIMAL BY THE SOLVER'S SEARCH: risk reduction 25.6 points; nothing is proven"),
        (outcomes.solved(0.008, 0.009), "PROVEN WITHIN 0.9 % OF THE BEST: risk reduction 25.6 points"),
        (outcomes.solved(0.008, 0.01), "PROVEN WITHIN 1 % OF THE BEST: risk reduction 25.6 points"),
        (
            outcomes.solved(0.008, 0.012),
            "WITHIN 0.8 % OF THE BEST by the solver's search; proven within 1.2 %: risk reduction 25.6 points",
        ),
        (
            outcomes.solved(0.008, None),
            "WITHIN 0.8 % OF THE BEST by the solver's search; nothing is proven: risk reduction 25.6 points",
        ),
        (
            outcomes.summed(0, 0),
            "PROVEN OPTIMAL: weighted sum of risk reduction and cost 18.1; no plan does better",
        ),
        (
            outcomes.summed(0, 0.2),
            "OPTIMAL BY THE SOLVER'S SEARCH: weighted sum of risk reduction and cost 18.1; proven within 20 %",
        ),
        (
            outcomes.stopped(0.25, 0.3),
            f"{STOPPED}; within 25 % of the best possible by the solver's search; proven within 30 % {LATE}",
        ),
        (
            outcomes.stopped(0.25, None),
            f"{STOPPED}; within 25 % of the best possible by the solver's search; nothing is proven {LATE}",
        ),
        (
            outcomes.stopped(None, None),
            f"{STOPPED}; how far it is from the best possible is not known {LATE}",
        ),
    ],
)
def test_the_headline_tells_what_is_proven_and_what_the_search_claims(outcome: Outcome, headline: str) -> None:
    assert _shown(outcome, width=300).splitlines()[1] == headline


def test_only_the_sum_of_objectives_of_one_priority_has_bounds() -> None:
    lines = [" ".join(line.split()) for line in _shown(outcomes.summed(0, 0.2)).splitlines()]
    first = next(number for number, line in enumerate(lines) if line.startswith("weighted sum of"))
    assert lines[first : first + 3] == [
        "weighted sum of risk reduction and cost 18.1 18.1 0 % 21.72 20 %",
        "risk reduction × 1 25.6 points",
        "cost × -0.5 15 M EUR",
    ]


def test_shows_the_independent_check_with_its_conditions() -> None:
    assert "Independent check passed: 1,112 conditions recalculated" in _shown(outcomes.SOLVED)


def test_shows_who_gives_what_to_which_activity_under_which_framework() -> None:
    shown = _shown(outcomes.SOLVED)
    assert _line_of(shown, "Security sector") == "Security sector reform Coalition 16, counts as 14.4 21.6"
    assert _line_of(shown, "needs 12") == "needs 12: met"
    assert _line_of(shown, "France 4") == "United States 7 M EUR, European Union 5 M EUR, France 4 M EUR"


def test_shows_what_does_not_run() -> None:
    lines = _shown(outcomes.SOLVED).splitlines()
    assert lines[lines.index("Activities that do not run") + 1].strip() == "advice_sahel"


def test_shows_who_stands_aside_and_why() -> None:
    line = _line_of(_shown(outcomes.SOLVED), "objects to")
    assert line == "Türkiye Security sector reform objects to the alliance framework (-2 < -1)"


def test_shows_coverage_with_a_bar() -> None:
    assert _line_of(_shown(outcomes.SOLVED), "72 %") == "Iraq 30 21.6 8.4 72 % ██████████████░░░░░░"


def test_shows_burdens_and_fair_shares() -> None:
    assert _line_of(_shown(outcomes.SOLVED), "1.60 x").startswith("United States 8 53.3 % 33.3 % 1.60 x")


def test_shows_warnings_and_assumptions() -> None:
    shown = _shown(outcomes.SOLVED)
    assert "! advice_sahel cannot run" in shown
    assert "· scenario probabilities equal: none given" in shown


@pytest.mark.parametrize(
    "outcome, sentences",
    [
        (
            outcomes.INFEASIBLE,
            (
                "NO PLAN CAN KEEP ALL RULES (proven)",
                "policy: min_level/isr_sahel",
                "ask for level 5 instead of 8 of isr_sahel",
            ),
        ),
        (outcomes.INFEASIBLE_BY_SEARCH, ("NO PLAN CAN KEEP ALL RULES (by the solver's search)",)),
        (
            outcomes.NO_PLAN,
            (
                "NO PLAN FOUND WITHIN THE TIME LIMIT",
                "the time limit was reached before a plan was found",
                "--time-limit",
            ),
        ),
        (outcomes.UNBOUNDED, ("THE PROBLEM IS UNBOUNDED", "level[isr_sahel]")),
        (outcomes.BROKEN, ("THE SOLVER FAILED", "the solver refused the program")),
    ],
    ids=lambda value: getattr(value, "status", ""),
)
def test_shows_why_there_is_no_plan(outcome: Outcome, sentences: tuple[str, ...]) -> None:
    shown = _shown(outcome)
    assert [sentence for sentence in sentences if sentence not in shown] == []


@pytest.mark.parametrize("width", [100, 80, 60])
@pytest.mark.parametrize("outcome", [outcomes.SOLVED, outcomes.summed(0, 0.2)], ids=["single", "sum"])
def test_fits_the_width(outcome: Outcome, width: int) -> None:
    shown = _shown(outcome, width=width)
    assert max(len(line) for line in shown.splitlines()) <= width
    assert "…" not in shown[: shown.index("Independent check")]


def test_removes_control_characters() -> None:
    document = {**outcomes.COALITION, "title": "a\x1b[2J\x07b\nc"}
    console = Console(file=io.StringIO(), width=100)
    show_outcome(console, outcomes.SOLVED, type(outcomes.PROBLEM).model_validate(document))
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().splitlines()[0] == "a [2J b c"
