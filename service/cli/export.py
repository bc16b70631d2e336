"""`concord export FILE --format lp|mps|tex`: writes the program of a problem for other solvers or for reading."""

from enum import StrEnum
from typing import Annotated

import typer

from service.cli.arguments import Changes, ConfigFile, ProblemFile, Relaxed, configuration, source_of
from service.cli.documents import read_document, require_writable, source_name, write
from service.cli.error_output import exit_on_bad_input
from service.cli.terminal import print_document


class Format(StrEnum):
    """Formats of an exported program."""

    lp = "lp"
    mps = "mps"
    tex = "tex"


Form = Annotated[
    Format,
    typer.Option(
        "--format",
        help="lp, mps: the program of the first objective, for other solvers. tex: all objectives and rows as LaTeX.",
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
    """Write the optimisation program of a problem, with readable names.

    Choices that politics rules out appear as bounds of 0. Rules set aside with --relax are left out. LP and MPS files
    minimise: a maximised metric appears with the opposite sign.
    """
    from models.reading import read_problem

    with exit_on_bad_input(source_of(config)):
        settings = configuration(config, changes=changes, relax=relax)
    with exit_on_bad_input(source_name(file)):
        from optimizer.export.lp_mps import export as export_program

        if output is not None:
            require_writable(output, instead="leave -o out")
        text = export_program(read_problem(read_document(file)), settings, form.value)
    if output is None:
        print_document(text.removesuffix("\n"))
    else:
        write(output, text)
