"""Progress of a study: one live line on a terminal, occasional plain lines elsewhere."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from models.study.report import StudyProgress
from service.cli.progress import SECONDS_BETWEEN_LINES, live_line


@contextmanager
def study_progress_display(
    console: Console, *, stop: threading.Event, quiet: bool
) -> Iterator[Callable[[StudyProgress], None]]:
    """Context with a callback that shows how many points are answered; if `quiet`, only on a terminal."""
    line = _Line(stop)
    if console.is_terminal and not console.is_dumb_terminal:
        with live_line(console, line.text):
            yield line.keep
    elif quiet:
        yield line.keep
    else:
        yield _PlainLines(console, line).show


class _Line:
    """The progress line of a running study."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._started = time.monotonic()
        self._latest: StudyProgress | None = None

    def keep(self, progress: StudyProgress) -> None:
        """Store the latest progress event for the next redraw."""
        self._latest = progress

    def text(self) -> Text:
        """The line: a stop request first, then seconds and the points answered."""
        elapsed = time.monotonic() - self._started
        stopping = (
            "stopping, keeping the answered points (press Ctrl-C again to quit without them) · "
            if self._stop.is_set()
            else ""
        )
        if self._latest is None:
            what = "solving the unchanged problem"
        else:
            what = f"{self._latest.answered:,} of {self._latest.points:,} points answered"
        return Text(f"{stopping}{elapsed:.0f} s · {what}", no_wrap=True, overflow="ellipsis")


class _PlainLines:
    """Lines for a log file: at most one every few seconds."""

    def __init__(self, console: Console, line: _Line) -> None:
        self._console = console
        self._line = line
        self._next_s = 0.0

    def show(self, progress: StudyProgress) -> None:
        """Print a line every `SECONDS_BETWEEN_LINES`, and at the last point."""
        self._line.keep(progress)
        if progress.elapsed_s >= self._next_s or progress.answered == progress.points:
            self._next_s = progress.elapsed_s + SECONDS_BETWEEN_LINES
            self._console.print(self._line.text(), soft_wrap=True)
