"""Progress of a solve on standard error."""

import io
import threading

from rich.console import Console

from models.outcome import Progress
from service.cli.progress import progress_display


def _event(elapsed_s: float, incumbent: float | None = 20.3) -> Progress:
    gap = None if incumbent is None else 0.25
    return Progress(
        metric="risk_reduction",
        metrics=("risk_reduction",),
        incumbent=incumbent,
        bound=25.6,
        proven=26.1,
        gap=gap,
        nodes=3,
        elapsed_s=elapsed_s,
    )


def _shown(*events: Progress, terminal: bool = False, quiet: bool = False, stopped: bool = False) -> str:
    stream, stop = io.StringIO(), threading.Event()
    if stopped:
        stop.set()
    console = Console(file=stream, width=100, force_terminal=terminal, highlight=False, markup=False)
    with progress_display(console, stop=stop, quiet=quiet) as show:
        for event in events:
            show(event)
    return stream.getvalue()


LINE = "best plan 20.3 points · best possible by search 25.6 points · gap 25 % · proven bound 26.1 points · 3 nodes\n"


def test_shows_best_plan_bounds_gap_and_seconds_in_a_plain_line() -> None:
    assert _shown(_event(1.23)) == f"   1.2 s  risk reduction: {LINE}"


def test_shows_that_no_plan_is_found_yet() -> None:
    words = "looking for a plan · best possible by search 25.6 points · proven bound 26.1 points · 3 nodes\n"
    assert f"risk reduction: {words}" in _shown(_event(1, None))


def test_shows_the_figures_of_a_weighted_sum_as_such() -> None:
    event = _event(1).model_copy(update={"metrics": ("risk_reduction", "cost"), "proven": None})
    words = "best plan 20.3 · best possible by search 25.6 · gap 25 % · 3 nodes\n"
    assert f"weighted sum of risk reduction and cost: {words}" in _shown(event)


def test_prints_plain_lines_only_every_few_seconds() -> None:
    shown = _shown(*(_event(second / 10) for second in range(120)))
    assert [line.split()[0] for line in shown.splitlines()] == ["0.0", "5.0", "10.0"]


def test_shows_the_first_plan_at_once() -> None:
    shown = _shown(_event(0.5, None), _event(0.6), _event(0.7))
    assert [line.split()[0] for line in shown.splitlines()] == ["0.5", "0.6"]


def test_is_quiet_on_request_without_a_terminal() -> None:
    assert _shown(_event(1), quiet=True) == ""


def test_shows_a_live_line_on_a_terminal_even_when_quiet() -> None:
    assert "risk reduction: best plan 20.3 points" in _shown(_event(1), terminal=True, quiet=True)


def test_erases_the_live_line_at_the_end() -> None:
    assert _shown(_event(1), terminal=True).endswith("\x1b[2K")


def test_shows_that_it_is_stopping() -> None:
    assert _shown(_event(1), stopped=True).startswith("stopping, keeping the best plan\n")
    assert "press Ctrl-C again to quit without it" in _shown(_event(1), terminal=True, stopped=True)
