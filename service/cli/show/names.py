"""Names of records for people: the title if there is one, otherwise the id."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Protocol

from models.problem.problem import Problem
from service.cli.show.figures import number

DIRECTIONS = frozenset(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Signs that switch the direction of writing."""


class _Titled(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...


class Names:
    """Names of the records of one problem; unknown records, for example from an override, keep their id."""

    def __init__(self, problem: Problem) -> None:
        """Collect the titles."""
        self._contributors = _titles((*problem.members, *problem.partners))
        self._theatres = _titles(problem.theatres)
        self._activities = _titles(problem.activities)
        self._frameworks = _titles(problem.frameworks)
        self._resources = _titles(problem.resources)
        self._investments = _titles(problem.investments)
        self._scenarios = _titles(problem.scenarios)
        self._units = {str(resource.id): single_line(resource.unit) for resource in problem.resources}
        first = {unit: resource for resource, unit in reversed(self._units.items())}
        self._named_by_unit = set(first.values())

    def contributor(self, contributor: str) -> str:
        """Name of a member or partner."""
        return self._contributors.get(contributor, contributor)

    def contributors(self, contributors: Iterable[str]) -> str:
        """Names of several members or partners, in the given order."""
        return ", ".join(self.contributor(contributor) for contributor in contributors)

    def theatre(self, theatre: str) -> str:
        """Name of a theatre."""
        return self._theatres.get(theatre, theatre)

    def activity(self, activity: str) -> str:
        """Name of an activity."""
        return self._activities.get(activity, activity)

    def framework(self, framework: str) -> str:
        """Name of a framework."""
        return self._frameworks.get(framework, framework)

    def investment(self, investment: str) -> str:
        """Name of an investment."""
        return self._investments.get(investment, investment)

    def scenario(self, scenario: str) -> str:
        """Name of a scenario."""
        return self._scenarios.get(scenario, scenario)

    def amounts(self, resource: str, amounts: Sequence[float]) -> str:
        """The lowest and the highest of several amounts, with their unit.

        Adds the name of the resource, except for the first resource with that unit.
        """
        least, most = number(min(amounts)), number(max(amounts))
        name = "" if resource in self._named_by_unit else f" ({self._resources.get(resource, resource)})"
        span = least if least == most else f"{least}–{most}"
        return f"{span} {self._units.get(resource, '')}".rstrip() + name


def single_line(text: str) -> str:
    """The text on one line without signs that control the terminal or the direction of writing.

    A direction that a text switches (U+202E, for example) would continue in the cells behind it.
    """
    return " ".join("".join(_shown(sign) for sign in text).split())


def _shown(sign: str) -> str:
    if sign in DIRECTIONS:
        return ""
    return " " if unicodedata.category(sign) == "Cc" else sign


def _titles(records: Iterable[_Titled]) -> dict[str, str]:
    return {record.id: single_line(record.title) or record.id for record in records}
