"""The two streams: answers on standard output, progress and refusals on standard error; at most 100 columns."""

import re
import sys
from typing import IO, Any, TextIO, cast

from rich.console import Console

MAX_COLUMNS = 100
TRAILING_BLANKS = re.compile(r"[ ]+$", re.MULTILINE)


def answers() -> Console:
    """Where answers go: standard output."""
    return _console(sys.stdout)


def remarks() -> Console:
    """Where progress, refusals and remarks go: standard error."""
    return _console(sys.stderr)


def print_bytes(document: str) -> None:
    """Print a document and nothing else on standard output: UTF-8 whatever the locale, flushed."""
    sys.stdout.flush()
    sys.stdout.buffer.write(document.encode() + b"\n")
    sys.stdout.buffer.flush()


class _Trimmed:
    """A stream that is kept or compared later: without the blanks with which a table fills its lines."""

    def __init__(self, stream: TextIO) -> None:
        """Write to `stream`."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write without trailing blanks."""
        return self._stream.write(TRAILING_BLANKS.sub("", text))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (whatever the stream has)
        return getattr(self._stream, name)


def _console(stream: TextIO) -> Console:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")  # a terminal that cannot show a character is no reason to fail
    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        console.width = min(console.width, MAX_COLUMNS)
    else:
        console.file, console.width = cast(IO[str], _Trimmed(stream)), MAX_COLUMNS
    return console
