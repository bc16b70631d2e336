"""`concord export FILE --format lp|mps|tex`: the program of a problem, for other solvers and for reading."""

from enum import StrEnum
from typing import Annotated

import typer

from service.cli.arguments import Changes, ConfigFile, ProblemFile, Relaxed, configuration, source_of
from service.cli.documents import called, read_document, require_writable, write
from service.cli.error_output import refusals
from service.cli.terminal import print_bytes


class Format(StrEnum):
    """What a program can be written as."""

    lp = "lp"
    mps = "mps"
    tex = "tex"


Form = Annotated[
    Format,
    typer.Option(
        "--format",
        help="lp and mps: the program of the first objective, as other solvers read it. tex: every objective and row "
        "as LaTeX.",
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file.  [default: standard output]",
        show_default=False,
    ),
]


def export(
    file: ProblemFile,
    *,
    form: Form,
    changes: Changes = None,
    relax: Relaxed = None,
    config: ConfigFile = None,
    output: Output = None,
) -> None:
    """Write the program of a problem, as it would be solved, with readable names.

    What politics closes stands there as bounds, what is relaxed is left out. LP and MPS are minimisations: a metric
    that is maximised stands there with the opposite sign.
    """
    from models.reading import read_problem

    with refusals(source_of(config)):
        configured = configuration(config, changes=changes, relax=relax)
    with refusals(called(file)):
        from optimizer.export.lp_mps import export as written

        if output is not None:
            require_writable(output, instead="leave it out")
        text = written(read_problem(read_document(file)), configured, form.value)
    if output is None:
        print_bytes(text.removesuffix("\n"))
    else:
        write(output, text)
