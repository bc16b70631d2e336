"""How a solve is getting on: one live line on a terminal, a plain line now and then elsewhere."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.text import Text

from models.outcome import Progress
from service.cli.show.figures import percent, reading, words_of

SECONDS_BETWEEN_LINES = 5.0
REFRESHES_PER_SECOND = 4


@contextmanager
def shown_progress(console: Console, *, stop: threading.Event, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A callback that shows each moment of a running solve; with `quiet`, on a terminal only."""
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
        lines.tell_stop()


def live_line(console: Console, text: Callable[[], Text]) -> Live:
    """One line at the foot of a terminal that is drawn again while something runs, and leaves nothing behind."""
    return Live(
        console=console,
        get_renderable=text,
        refresh_per_second=REFRESHES_PER_SECOND,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )


def _sentence(progress: Progress) -> str:
    best = "searching" if progress.incumbent is None else f"best plan {reading(progress.metric, progress.incumbent)}"
    bound = "" if progress.bound is None else f" · bound {reading(progress.metric, progress.bound)}"
    gap = "" if progress.gap is None else f" · gap {percent(progress.gap)}"
    nodes = "" if progress.nodes == 0 else f" · {progress.nodes:,} node{'s' * (progress.nodes > 1)}"
    return f"{words_of(progress.metric)}: {best}{bound}{gap}{nodes}"


class _LiveLine:
    """What the terminal shows, drawn again by rich's own thread while the solver runs."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._started = time.monotonic()
        self._latest: Progress | None = None

    def show(self, progress: Progress) -> None:
        """Keep the moment for the next drawing."""
        self._latest = progress

    def text(self) -> Text:
        """One line; a stop that was asked for is told at once."""
        stopping = "stopping, the best plan is kept (Ctrl-C again to abandon) · " if self._stop.is_set() else ""
        what = "building the program" if self._latest is None else _sentence(self._latest)
        seconds = f"{time.monotonic() - self._started:.0f} s"
        return Text(f"{stopping}{seconds} · {what}", no_wrap=True, overflow="ellipsis")


class _PlainLines:
    """Lines for a log file: few, and each whole."""

    def __init__(self, console: Console, stop: threading.Event) -> None:
        self._console = console
        self._stop = stop
        self._next_s = 0.0
        self._told_stop = self._told_plan = False

    def tell_stop(self) -> None:
        """Say once that a stop was asked for."""
        if self._stop.is_set() and not self._told_stop:
            self._told_stop = True
            self._console.print("stopping, the best plan is kept")

    def show(self, progress: Progress) -> None:
        """Print a line if the last is long enough ago, at the first plan, and when a stop was asked for."""
        self.tell_stop()
        first_plan = progress.incumbent is not None and not self._told_plan
        if first_plan or progress.elapsed_s >= self._next_s:
            self._told_plan = self._told_plan or first_plan
            self._next_s = progress.elapsed_s + SECONDS_BETWEEN_LINES
            self._console.print(f"{progress.elapsed_s:6.1f} s  {_sentence(progress)}", soft_wrap=True)
