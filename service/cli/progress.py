"""Progress of a solve: one live line on a terminal, occasional plain lines elsewhere."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.text import Text

from models.outcome import Progress
from service.cli.show.figures import gap_percent, priority_name, priority_value

SECONDS_BETWEEN_LINES = 5.0
REFRESHES_PER_SECOND = 4


@contextmanager
def progress_display(console: Console, *, stop: threading.Event, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Context with a callback that shows each progress event; if `quiet`, only on a terminal."""
    if console.is_terminal and not console.is_dumb_terminal:
        line = _LiveLine(stop)
        with live_line(console, line.text) as live:
            live.refresh()
            yield line.show
    elif quiet:
        yield lambda _progress: None
    else:
        lines = _PlainLines(console, stop)
        yield lines.show
        lines.print_stop()


def live_line(console: Console, text: Callable[[], Text]) -> Live:
    """One line at the bottom of a terminal, redrawn while work runs and erased at the end."""
    return Live(
        console=console,
        get_renderable=text,
        refresh_per_second=REFRESHES_PER_SECOND,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )


def _sentence(progress: Progress) -> str:
    best = "looking for a plan" if progress.incumbent is None else f"best plan {_value(progress, progress.incumbent)}"
    bound = "" if progress.bound is None else f" · best possible by search {_value(progress, progress.bound)}"
    gap = "" if progress.gap is None else f" · gap {gap_percent(progress.gap)}"
    proven = "" if progress.proven is None else f" · proven bound {_value(progress, progress.proven)}"
    nodes = "" if progress.nodes == 0 else f" · {progress.nodes:,} node{'s' * (progress.nodes > 1)}"
    return f"{priority_name(progress.metrics)}: {best}{bound}{gap}{proven}{nodes}"


def _value(progress: Progress, value: float) -> str:
    return priority_value(progress.metrics, value)


class _LiveLine:
    """The line on a terminal; a thread of rich redraws it while the solver runs."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._started = time.monotonic()
        self._latest: Progress | None = None

    def show(self, progress: Progress) -> None:
        """Store the latest progress event for the next redraw."""
        self._latest = progress

    def text(self) -> Text:
        """The line: a stop request first, then seconds and the latest progress."""
        stopping = (
            "stopping, keeping the best plan (press Ctrl-C again to quit without it) · " if self._stop.is_set() else ""
        )
        what = "preparing the problem" if self._latest is None else _sentence(self._latest)
        seconds = f"{time.monotonic() - self._started:.0f} s"
        return Text(f"{stopping}{seconds} · {what}", no_wrap=True, overflow="ellipsis")


class _PlainLines:
    """Lines for a log file: at most one every few seconds."""

    def __init__(self, console: Console, stop: threading.Event) -> None:
        self._console = console
        self._stop = stop
        self._next_s = 0.0
        self._stop_printed = self._plan_printed = False

    def print_stop(self) -> None:
        """Print once that a stop was requested."""
        if self._stop.is_set() and not self._stop_printed:
            self._stop_printed = True
            self._console.print("stopping, keeping the best plan")

    def show(self, progress: Progress) -> None:
        """Print a line at the first plan, at a stop request, and otherwise every `SECONDS_BETWEEN_LINES`."""
        self.print_stop()
        first_plan = progress.incumbent is not None and not self._plan_printed
        if first_plan or progress.elapsed_s >= self._next_s:
            self._plan_printed = self._plan_printed or first_plan
            self._next_s = progress.elapsed_s + SECONDS_BETWEEN_LINES
            self._console.print(f"{progress.elapsed_s:6.1f} s  {_sentence(progress)}", soft_wrap=True)
