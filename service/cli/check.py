"""`concord check FILE`: whether a problem is valid, how large its program is, and which configuration applies."""

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.arguments import Changes, ConfigFile, ProblemFile, Relaxed, configuration, source_of
from service.cli.documents import read_document, source_name
from service.cli.error_output import BAD_INPUT, exit_on_bad_input
from service.cli.terminal import output_console, print_document

if TYPE_CHECKING:
    from models.config import Config
    from models.problem.problem import Problem

AsJson = Annotated[
    bool,
    typer.Option(
        "--json",
        help="Print only the result as JSON ({sound, issues, program, config}, as over HTTP) on standard output.",
    ),
]


def check(
    file: ProblemFile,
    *,
    changes: Changes = None,
    relax: Relaxed = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Check a problem for errors, without solving it.

    Lists every error with its address, what is wrong and which values are allowed. For a valid problem, shows every
    warning, the size of its program and the configuration in effect, defaults included.
    """
    from models.errors import InvalidDocument
    from optimizer.diagnostics.precheck import program_size
    from service.checks.concerns import errors, warnings_of
    from service.checks.schemas import Check
    from service.cli.show.check import show_valid_problem

    with exit_on_bad_input(source_of(config)):
        settings = configuration(config, changes=changes, relax=relax)
    with exit_on_bad_input(source_name(file)):
        document = read_document(file)
        try:
            problem = _valid_problem(document, settings)
        except InvalidDocument as error:
            if not as_json:
                raise
            result = Check(sound=False, issues=errors(error.issues), program=None, config=settings)
            print_document(result.model_dump_json(by_alias=True, indent=2))
            raise typer.Exit(BAD_INPUT) from error
    result = Check(sound=True, issues=warnings_of(problem, settings), program=program_size(problem), config=settings)
    if as_json:
        print_document(result.model_dump_json(by_alias=True, indent=2))
    else:
        show_valid_problem(output_console(), problem, result, source=source_name(file))


def _valid_problem(document: object, config: "Config") -> "Problem":
    """The problem with its overrides applied; raises `InvalidDocument` with every error."""
    from models.address import apply_overrides
    from models.errors import InvalidDocument
    from models.reading import read_problem
    from optimizer.diagnostics.precheck import precheck
    from optimizer.solving.magnitudes import magnitude_issues

    problem = apply_overrides(read_problem(document), config.overrides)
    issues = precheck(problem, config) or magnitude_issues(problem, config)
    if issues:
        raise InvalidDocument(issues)
    return problem
