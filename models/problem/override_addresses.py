"""Checks of the addresses in a problem: overrides of scenarios, and uncertain numbers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.errors import Finding, Location, UnknownAddress
from models.problem.address_tree import Tree, split
from models.problem.field_shapes import MISSING

if TYPE_CHECKING:
    from models.problem.problem import Problem


def findings(problem: "Problem") -> Iterator[Finding]:
    """Yield the addresses that lead to nothing, and the addresses of uncertain values that are not numbers."""
    tree = Tree(type(problem), problem.document)
    checked: dict[str, UnknownAddress | None] = {}
    for number, scenario in enumerate(problem.scenarios):
        for address in scenario.overrides:
            yield from _unknown(tree, ("scenarios", number, "overrides", address), address, checked)
    for number, uncertainty in enumerate(problem.uncertainty):
        loc: Location = ("uncertainty", number, "address")
        unknown = list(_unknown(tree, loc, uncertainty.address, checked))
        yield from unknown or _not_a_number(tree, loc, uncertainty.address)


def _unknown(tree: Tree, loc: Location, address: str, checked: dict[str, UnknownAddress | None]) -> Iterator[Finding]:
    if address not in checked:
        checked[address] = _error_at(tree, address)
    error = checked[address]
    if error is not None:
        yield Finding(
            loc=loc,
            code="unknown_address",
            message=str(error),
            given=address,
            allowed=error.known,
            suggestion=error.suggestion,
        )


def _error_at(tree: Tree, address: str) -> UnknownAddress | None:
    try:
        for segments in tree.expand(split(address)):
            tree.find(segments)
    except UnknownAddress as error:
        return error
    return None


def _not_a_number(tree: Tree, loc: Location, address: str) -> Iterator[Finding]:
    for segments in tree.expand(split(address)):
        value = tree.find(segments).value
        if value is not MISSING and (isinstance(value, bool) or not isinstance(value, int | float)):
            message = "the value at this address is not a number; only numbers can be uncertain"
            yield Finding(loc=loc, code="not_a_number", message=message, given=address)
            return
