"""How a running solve shows itself on standard error."""

import io
import threading

from rich.console import Console

from models.outcome import Progress
from service.cli.progress import shown_progress


def _moment(elapsed_s: float, incumbent: float | None = 20.3) -> Progress:
    gap = None if incumbent is None else 0.25
    return Progress(metric="risk_reduction", incumbent=incumbent, bound=25.6, gap=gap, nodes=3, elapsed_s=elapsed_s)


def _shown(*moments: Progress, terminal: bool = False, quiet: bool = False, stopped: bool = False) -> str:
    stream, stop = io.StringIO(), threading.Event()
    if stopped:
        stop.set()
    console = Console(file=stream, width=100, force_terminal=terminal, highlight=False, markup=False)
    with shown_progress(console, stop=stop, quiet=quiet) as show:
        for moment in moments:
            show(moment)
    return stream.getvalue()


def test_tells_best_plan_bound_gap_and_seconds_in_a_plain_line() -> None:
    line = "   1.2 s  risk reduction: best plan 20.3 points · bound 25.6 points · gap 25 % · 3 nodes\n"
    assert _shown(_moment(1.23)) == line


def test_says_that_it_is_searching() -> None:
    assert "risk reduction: searching · bound 25.6 points · 3 nodes\n" in _shown(_moment(1, None))


def test_prints_plain_lines_only_every_few_seconds() -> None:
    shown = _shown(*(_moment(second / 10) for second in range(120)))
    assert [line.split()[0] for line in shown.splitlines()] == ["0.0", "5.0", "10.0"]


def test_tells_the_first_plan_at_once() -> None:
    shown = _shown(_moment(0.5, None), _moment(0.6), _moment(0.7))
    assert [line.split()[0] for line in shown.splitlines()] == ["0.5", "0.6"]


def test_is_quiet_when_asked_and_nobody_watches() -> None:
    assert _shown(_moment(1), quiet=True) == ""


def test_shows_a_live_line_on_a_terminal_even_when_quiet() -> None:
    assert "risk reduction: best plan 20.3 points" in _shown(_moment(1), terminal=True, quiet=True)


def test_wipes_the_live_line_at_the_end() -> None:
    assert _shown(_moment(1), terminal=True).endswith("\x1b[2K")


def test_says_that_it_is_stopping() -> None:
    assert _shown(_moment(1), stopped=True).startswith("stopping, the best plan is kept\n")
    assert "Ctrl-C again to abandon" in _shown(_moment(1), terminal=True, stopped=True)
