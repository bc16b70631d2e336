"""The command line: `concord COMMAND`. Commands import what they need when they run, so that --help is fast."""

from typing import Annotated

import typer

from service.cli.check import check
from service.cli.diff import diff
from service.cli.evaluate import evaluate
from service.cli.example import example
from service.cli.export import export
from service.cli.serve import serve
from service.cli.solve import solve
from service.cli.study import study

EPILOG = (
    "Exit status: 0 success · 2 bad input · 3 no plan is possible, or the plan breaks rules · "
    "4 no plan found within the time limit · 1 any other failure."
)

app = typer.Typer(
    name="concord",
    help="Plans who contributes what to which activity under which framework, and how good the plan is.",
    epilog=EPILOG,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"concord {version('concord')}")
        raise typer.Exit


@app.callback()
def _main(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


for command in (solve, study, check, evaluate, diff, export, example, serve):
    app.command(no_args_is_help=command not in (example, serve), epilog=EPILOG)(command)
