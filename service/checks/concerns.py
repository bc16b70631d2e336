"""Issues and warnings of a problem, each with its severity."""

from collections.abc import Iterable

from models.address import pointer_of
from models.config import Config
from models.errors import Issue
from models.problem.problem import Problem
from optimizer.diagnostics.precheck import single_scenario_problem
from optimizer.diagnostics.warnings import notices
from service.checks.schemas import Concern


def errors(issues: Iterable[Issue]) -> tuple[Concern, ...]:
    """Return the issues that keep a problem from being solved."""
    return tuple(Concern(severity="error", **dict(issue)) for issue in issues)


def warnings_of(problem: Problem, config: Config) -> tuple[Concern, ...]:
    """Return all warnings that the outcome of the problem would contain.

    Args:
        problem: The problem with the overrides of `config` applied; it has no errors.
        config: Its configuration: a scenario to solve alone, and the relaxed groups.
    """
    solved = problem if config.scenario is None else single_scenario_problem(problem, config.scenario)
    return tuple(
        Concern(
            severity="warning",
            address=notice.address,
            pointer=pointer_of(problem, notice.address),
            code="warning",
            message=notice.text,
        )
        for notice in notices(solved, config.relax)
    )
