"""What things are called: by their titles where they have one, else by their ids."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Protocol

from models.problem.problem import Problem
from service.cli.show.figures import number


class _Titled(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...


class Names:
    """The names of one problem; what it does not know (a record made by an override) is called by its id."""

    def __init__(self, problem: Problem) -> None:
        """Collect the titles."""
        self._contributors = _titles((*problem.members, *problem.partners))
        self._theatres = _titles(problem.theatres)
        self._activities = _titles(problem.activities)
        self._frameworks = _titles(problem.frameworks)
        self._resources = _titles(problem.resources)
        self._investments = _titles(problem.investments)
        self._units = {str(resource.id): plain(resource.unit) for resource in problem.resources}
        first = {unit: resource for resource, unit in reversed(self._units.items())}
        self._told_by_unit = set(first.values())

    def contributor(self, contributor: str) -> str:
        """A member or a partner."""
        return self._contributors.get(contributor, contributor)

    def contributors(self, contributors: Iterable[str]) -> str:
        """Several, in the order given."""
        return ", ".join(self.contributor(one) for one in contributors)

    def theatre(self, theatre: str) -> str:
        """A theatre."""
        return self._theatres.get(theatre, theatre)

    def activity(self, activity: str) -> str:
        """An activity."""
        return self._activities.get(activity, activity)

    def framework(self, framework: str) -> str:
        """A framework."""
        return self._frameworks.get(framework, framework)

    def investment(self, investment: str) -> str:
        """An investment."""
        return self._investments.get(investment, investment)

    def amounts(self, resource: str, amounts: Sequence[float]) -> str:
        """The least and the greatest of several amounts, with their unit.

        Of resources in one unit, all but the first are named.
        """
        least, most = number(min(amounts)), number(max(amounts))
        name = "" if resource in self._told_by_unit else f" ({self._resources.get(resource, resource)})"
        span = least if least == most else f"{least}–{most}"
        return f"{span} {self._units.get(resource, '')}".rstrip() + name


def plain(text: str) -> str:
    """A text of the document on one line, without control characters: it never steers a terminal."""
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text).split())


def _titles(records: Iterable[_Titled]) -> dict[str, str]:
    return {record.id: plain(record.title) or record.id for record in records}
