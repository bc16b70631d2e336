"""Consoles: results on standard output, progress and errors on standard error; at most 100 columns."""

import re
import sys
from typing import IO, Any, TextIO, cast

from rich.console import Console

MAX_COLUMNS = 100
TRAILING_BLANKS = re.compile(r"[ ]+$", re.MULTILINE)


def output_console() -> Console:
    """Console for results: standard output."""
    return _console(sys.stdout)


def error_console() -> Console:
    """Console for progress, errors and remarks: standard error."""
    return _console(sys.stderr)


def print_document(document: str) -> None:
    """Print a document on standard output as UTF-8, regardless of the locale, and flush."""
    sys.stdout.flush()
    sys.stdout.buffer.write(document.encode() + b"\n")
    sys.stdout.buffer.flush()


class _Trimmed:
    """Wraps a stream and removes trailing blanks, which tables add, so that saved output is easy to compare."""

    def __init__(self, stream: TextIO) -> None:
        """Wrap `stream`."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write `text` without trailing blanks."""
        return self._stream.write(TRAILING_BLANKS.sub("", text))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (any attribute of the stream)
        return getattr(self._stream, name)


def _console(stream: TextIO) -> Console:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")  # a character that the terminal cannot show must not end the command
    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        console.width = min(console.width, MAX_COLUMNS)
    else:
        console.file, console.width = cast(IO[str], _Trimmed(stream)), MAX_COLUMNS
    return console
