"""Reports bad input on standard error and ends the command with an exit status."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

BAD_INPUT = 2
INFEASIBLE = 3
NO_PLAN_IN_LIMIT = 4
EXIT_OTHER_ERROR = 1


class Refused(Exception):  # noqa: N818  (no Error suffix)
    """The command line rejects its input: a sentence for people and a code for programs."""

    def __init__(self, sentence: str, code: str) -> None:
        """Store the sentence as the message, and the code."""
        self.code = code
        super().__init__(sentence)


@contextmanager
def exit_on_bad_input(source: str) -> Iterator[None]:
    """Context that reports bad input from `source` on standard error and exits with status 2.

    A failure of the solver exits with status 1.
    """
    from models.errors import InvalidDocument, NotReadable, SolverFailure, UnknownAddress
    from service.cli.show.issues import show_issues, show_refusal
    from service.cli.terminal import error_console

    try:
        yield
    except InvalidDocument as error:
        show_issues(error_console(), error.issues, source=source)
        raise typer.Exit(BAD_INPUT) from error
    except NotReadable as error:
        show_refusal(error_console(), f"{source}: {error}", code="malformed_json")
        raise typer.Exit(BAD_INPUT) from error
    except UnknownAddress as error:
        show_refusal(error_console(), f"{source}: {error}", code="unknown_address")
        raise typer.Exit(BAD_INPUT) from error
    except Refused as error:
        show_refusal(error_console(), str(error), code=error.code)
        raise typer.Exit(BAD_INPUT) from error
    except SolverFailure as error:
        show_refusal(error_console(), f"the solver failed: {error}", code="solver_error")
        raise typer.Exit(EXIT_OTHER_ERROR) from error
