"""`concord check FILE`: whether a problem is sound, how large it is, and how it would be configured."""

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.arguments import Changes, ConfigFile, ProblemFile, Relaxed, configuration, source_of
from service.cli.documents import called, read_document
from service.cli.error_output import BAD_INPUT, refusals
from service.cli.terminal import answers, print_bytes

if TYPE_CHECKING:
    from models.config import Config
    from models.problem.problem import Problem

AsJson = Annotated[
    bool,
    typer.Option(
        "--json",
        help="Print the check as JSON, {sound, issues, program, config} as over HTTP, and nothing else, on standard "
        "output.",
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
    """Say whether a problem is sound, without solving it.

    Shows every issue with its address, what is wrong and what would be right; for a sound problem, the size of the
    program and the configuration that would take effect, defaults included.
    """
    from models.errors import InvalidDocument
    from optimizer.diagnostics.precheck import program_size
    from service.checks.schemas import Check, Concern
    from service.cli.show.check import show_sound

    with refusals(source_of(config)):
        configured = configuration(config, changes=changes, relax=relax)
    with refusals(called(file)):
        document = read_document(file)
        try:
            problem = _sound(document, configured)
        except InvalidDocument as error:
            if not as_json:
                raise
            concerns = tuple(Concern(severity="error", **dict(issue)) for issue in error.issues)
            verdict = Check(sound=False, issues=concerns, program=None, config=configured)
            print_bytes(verdict.model_dump_json(by_alias=True, indent=2))
            raise typer.Exit(BAD_INPUT) from error
    verdict = Check(sound=True, issues=(), program=program_size(problem), config=configured)
    if as_json:
        print_bytes(verdict.model_dump_json(by_alias=True, indent=2))
    else:
        show_sound(answers(), problem, verdict, source=called(file))


def _sound(document: object, config: "Config") -> "Problem":
    """The problem with its overrides; raises `InvalidDocument` with all that is wrong."""
    from models.address import apply_overrides
    from models.errors import InvalidDocument
    from models.reading import read_problem
    from optimizer.diagnostics.precheck import precheck

    problem = apply_overrides(read_problem(document), config.overrides)
    issues = precheck(problem, config)
    if issues:
        raise InvalidDocument(issues)
    return problem
