"""Titles of the records of a problem, for the sentences that planners read."""

from collections.abc import Iterable
from typing import Protocol

from models.problem.problem import Problem


class _Titled(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...


class Titles:
    """The title of each record by kind and id; a record without a title is called by its id."""

    def __init__(self, problem: Problem) -> None:
        """Read the titles of `problem`."""
        self.activity = _titles(problem.activities)
        self.contributor = _titles((*problem.members, *problem.partners))
        self.framework = _titles(problem.frameworks)
        self.theatre = _titles(problem.theatres)
        self.resource = _titles(problem.resources)
        self.investment = _titles(problem.investments)
        self.scenario = _titles(problem.scenarios)
        self._unit = {str(resource.id): _printable(resource.unit) for resource in problem.resources}

    def amount(self, resource: str, amount: float) -> str:
        """Return an amount of a resource with its unit: `12 flight hours of surveillance`."""
        return f"{amount:g} {self._unit[resource]} of {self.resource[resource]}"


def _titles(records: Iterable[_Titled]) -> dict[str, str]:
    return {record.id: _printable(record.title) or record.id for record in records}


def _printable(text: str) -> str:
    """Return a text on one line without control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
