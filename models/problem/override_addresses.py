"""Addresses that a problem itself holds: in the overrides of its scenarios, and in what is uncertain."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.errors import Finding, Location, UnknownAddress
from models.problem.address_tree import Tree, split
from models.problem.field_shapes import MISSING

if TYPE_CHECKING:
    from models.problem.problem import Problem


def findings(problem: "Problem") -> Iterator[Finding]:
    """Every address at which nothing stands or could stand, and every uncertain thing that is no number."""
    tree = Tree(type(problem), problem.document)
    checked: dict[str, UnknownAddress | None] = {}
    for number, scenario in enumerate(problem.scenarios):
        for address in scenario.overrides:
            yield from _unknown(tree, ("scenarios", number, "overrides", address), address, checked)
    for number, one in enumerate(problem.uncertainty):
        loc: Location = ("uncertainty", number, "address")
        found = list(_unknown(tree, loc, one.address, checked))
        yield from found or _not_a_number(tree, loc, one.address)


def _unknown(tree: Tree, loc: Location, address: str, checked: dict[str, UnknownAddress | None]) -> Iterator[Finding]:
    if address not in checked:
        checked[address] = _refusal(tree, address)
    refusal = checked[address]
    if refusal is not None:
        near = refusal.known[0] if refusal.known else None
        yield Finding(
            loc=loc,
            code="unknown_address",
            message=str(refusal),
            given=address,
            allowed=refusal.known,
            suggestion=near,
        )


def _refusal(tree: Tree, address: str) -> UnknownAddress | None:
    try:
        for segments in tree.spread(split(address)):
            tree.find(segments)
    except UnknownAddress as refusal:
        return refusal
    return None


def _not_a_number(tree: Tree, loc: Location, address: str) -> Iterator[Finding]:
    for segments in tree.spread(split(address)):
        value = tree.find(segments).value
        if value is not MISSING and (isinstance(value, bool) or not isinstance(value, int | float)):
            message = "what stands there is no number, which could be uncertain"
            yield Finding(loc=loc, code="not_a_number", message=message, given=address)
            return
