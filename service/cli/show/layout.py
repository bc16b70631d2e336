"""Tables, bars and packed lists that stay readable in a log file."""

from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

HEADING = "bold"
DIM = "dim"
BAR_CELLS = 20


def heading(console: Console, text: str) -> None:
    """Print a heading after an empty line."""
    console.print()
    console.print(Text(text, style=HEADING))


def table(
    *columns: str,
    right: Iterable[str] = (),
    wide: Mapping[str, int] | None = None,
    narrow: Mapping[str, int] | None = None,
) -> Table:
    """A table without borders.

    Columns in `right` are right-aligned and never wrap. Columns in `wide` share the remaining width in these
    proportions. Columns in `narrow` wrap at these widths.
    """
    built = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style=DIM)
    for column in columns:
        built.add_column(
            column,
            justify="right" if column in right else "left",
            ratio=(wide or {}).get(column),
            max_width=(narrow or {}).get(column),
            no_wrap=column in right,
        )
    return built


def paragraph(console: Console, text: str, *, bullet: str = "", style: str = "") -> None:
    """Print a text; with a bullet, further lines align with the first."""
    if not bullet:
        console.print(Text(text, style=style))
        return
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(Text(bullet, style=style), Text(text))
    console.print(Padding(grid, (0, 0, 0, 2)))


class Packed:
    """Short texts side by side, with line breaks between texts where possible."""

    def __init__(self, texts: Iterable[str], *, between: str = ", ") -> None:
        """Store the texts, separated by `between`."""
        listed = tuple(texts)
        self._texts = (*(text + between for text in listed[:-1]), *listed[-1:])

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield lines with as many texts as fit."""
        line = ""
        for text in self._texts:
            if line and cell_len((line + text).rstrip()) > options.max_width:
                yield from _line(console, options, line)
                line = ""
            line += text
        yield from _line(console, options, line)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Width between the longest text and all texts on one line."""
        longest = max((cell_len(text) for text in self._texts), default=0)
        return Measurement(longest, sum(cell_len(text) for text in self._texts)).with_maximum(options.max_width)


class Bar:
    """A share as a bar, with an optional mark at a second share."""

    def __init__(self, share: float, *, mark: float | None = None, of: float = 1.0) -> None:
        """Show `share` on a scale that ends at `of`."""
        self._filled = _cells(share, of)
        self._mark = None if mark is None else min(_cells(mark, of), BAR_CELLS - 1)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield one line of blocks; ASCII characters if the stream cannot encode blocks."""
        full, empty, mark = ("#", ".", "|") if options.ascii_only else ("█", "░", "┃")
        cells = [full] * self._filled + [empty] * (BAR_CELLS - self._filled)
        if self._mark is not None:
            cells[self._mark] = mark
        for cell in cells:
            style = "cyan" if cell == full else "yellow" if cell == mark else DIM
            yield Segment(cell, console.get_style(style))

    def __rich_measure__(self, _console: Console, _options: ConsoleOptions) -> Measurement:
        """Width: `BAR_CELLS`."""
        return Measurement(BAR_CELLS, BAR_CELLS)


class Spark:
    """Shares over time, a block of matching height for each; empty if the stream cannot encode blocks."""

    BLOCKS = "▁▂▃▄▅▆▇█"

    def __init__(self, shares: Sequence[float]) -> None:
        """Store the shares, 0 to 1, in order."""
        last = len(self.BLOCKS) - 1
        self._signs = "".join(self.BLOCKS[max(0, min(last, round(share * last)))] for share in shares)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield one line of blocks."""
        if not options.ascii_only:
            yield Segment(self._signs, console.get_style("cyan"))

    def __rich_measure__(self, _console: Console, _options: ConsoleOptions) -> Measurement:
        """Width: one character per share."""
        return Measurement(len(self._signs), len(self._signs))


def _cells(share: float, of: float) -> int:
    return 0 if of <= 0 else max(0, min(BAR_CELLS, round(BAR_CELLS * share / of)))


def _line(console: Console, options: ConsoleOptions, text: str) -> RenderResult:
    yield from console.render(Text(text.rstrip()), options)
