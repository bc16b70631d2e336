"""What was refused, in words, on standard error; then the exit status."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

BAD_INPUT = 2
INFEASIBLE = 3
NO_PLAN_IN_LIMIT = 4
ANYTHING_ELSE = 1


class Refused(Exception):  # noqa: N818  (a fact, not an Error suffix)
    """The command line itself cannot do what was asked: a sentence, and a code for programs."""

    def __init__(self, sentence: str, code: str) -> None:
        """Keep both."""
        self.code = code
        super().__init__(sentence)


@contextmanager
def refusals(source: str) -> Iterator[None]:
    """Within it, bad input found in `source` is told on standard error and ends the command with status 2."""
    from models.errors import InvalidDocument, NotReadable, SolverFailure, UnknownAddress
    from service.cli.show.issues import show_issues, show_refusal
    from service.cli.terminal import remarks

    try:
        yield
    except InvalidDocument as error:
        show_issues(remarks(), error.issues, source=source)
        raise typer.Exit(BAD_INPUT) from error
    except NotReadable as error:
        show_refusal(remarks(), f"{source}: {error}", code="malformed_json")
        raise typer.Exit(BAD_INPUT) from error
    except UnknownAddress as error:
        show_refusal(remarks(), f"{source}: {error}", code="unknown_address")
        raise typer.Exit(BAD_INPUT) from error
    except Refused as error:
        show_refusal(remarks(), str(error), code=error.code)
        raise typer.Exit(BAD_INPUT) from error
    except SolverFailure as error:
        show_refusal(remarks(), f"the solver failed: {error}", code="solver_error")
        raise typer.Exit(ANYTHING_ELSE) from error
