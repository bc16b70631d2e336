"""Solves several problems, one after the other, with one line each."""

from collections.abc import Iterator, Sequence
from threading import Event
from typing import TYPE_CHECKING

import typer

from service.cli.documents import read_document, source_name
from service.cli.error_output import exit_on_bad_input
from service.cli.exit_status import exit_status
from service.cli.terminal import error_console, output_console, print_document

if TYPE_CHECKING:
    from models.config import Config
    from models.outcome import Outcome


def solve_many(files: Sequence[str], config: "Config", *, as_json: bool) -> Iterator[int]:
    """Solve and show each problem; yields the exit statuses. After Ctrl-C, the files not begun are left out.

    A file that is refused is reported on standard error, and the others are solved nevertheless.
    """
    from service.cli.interrupt import stop_on_interrupt

    with stop_on_interrupt() as stop:
        for file in files:
            if stop.is_set():
                return
            try:
                with exit_on_bad_input(source_name(file)):
                    outcome = _solved(file, config, stop)
            except typer.Exit as refused:
                yield refused.exit_code
                continue
            _show(file, outcome, as_json=as_json)
            yield exit_status(outcome)


def _solved(file: str, config: "Config", stop: Event) -> "Outcome":
    from models.reading import read_problem
    from optimizer import solve
    from service.cli.progress import progress_display

    problem = read_problem(read_document(file))
    with progress_display(error_console(), stop=stop, quiet=True) as show:
        return solve(problem, config, on_progress=show, should_stop=stop.is_set)


def _show(file: str, outcome: "Outcome", *, as_json: bool) -> None:
    from service.cli.show.names import single_line
    from service.cli.show.outcome import headline

    if as_json:
        print_document(outcome.model_dump_json(by_alias=True))
    else:
        line = f"{single_line(source_name(file))}: {headline(outcome).plain}"
        output_console().print(line, soft_wrap=True)
