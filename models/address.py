"""Reads and changes the values of a problem by address.

`models.problem.address_tree` defines the syntax of addresses, `models.problem.record_keys` the names of records.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from pydantic import ValidationError

from models import issues
from models.base import Entry
from models.change import Change
from models.errors import Finding, InvalidDocument, Issue, Location, UnknownAddress
from models.ids import PeriodId, ScenarioId
from models.problem.address_tree import DEFAULTS, EVERY, Place, Segments, Tree, escape, join, split
from models.problem.field_shapes import MISSING
from models.problem.incremental_read import reread
from models.problem.problem import Problem
from models.problem.record_keys import key_of
from models.problem.replace_at import put

NOT_LISTED = frozenset({"schema", "defaults", "baseline", *Entry.model_fields})
"""Fields that `list_addresses` leaves out: descriptions, and parts that overrides do not address value by value."""

RECORD: Any = object()
"""Stands for a record in `contents`, whose values have addresses of their own."""


def list_addresses(problem: Problem) -> tuple[str, ...]:
    """Return the address of every value of the problem that an override can change, defaults included."""
    tree = Tree(Problem, problem.document)
    return tuple(join(segments) for segments in _values(tree, tree.root))


def contents(problem: Problem) -> dict[str, Any]:
    """Return every value of the problem by address, and `RECORD` for every record, in the order of the document."""
    tree = Tree(Problem, problem.document)
    return {join(place.at): RECORD if is_record else place.value for place, is_record in _contents(tree, tree.root)}


def read(problem: Problem, address: str) -> Any:  # noqa: ANN401  (any value of a document)
    """Return the value at an address, in its document form; raises `UnknownAddress`."""
    return Tree(Problem, problem.document).read(split(address))


def address_of(document: Mapping[str, Any], loc: Location) -> tuple[str, str]:
    """Return the address and the RFC 6901 pointer of a location in a problem's document, which may be invalid."""
    return issues.address_of(Tree(Problem, document), loc)


def pointer_of(problem: Problem, address: str) -> str:
    """Return the RFC 6901 pointer of an address in a problem's document; empty if the address is, or leads nowhere."""
    place = _place(Tree(Problem, problem.document), split(address)) if address else None
    return "" if place is None else "".join(f"/{escape(str(step))}" for step in place.loc)


def apply_overrides(problem: Problem, overrides: Mapping[str, Any]) -> Problem:
    """Return the problem with each value put at its address, in an order that depends on the addresses alone.

    Addresses under `defaults` come first, then shorter addresses before longer ones, and `*` before a name.

    Raises:
        UnknownAddress: an address leads to nothing.
        InvalidDocument: the changed document is invalid.

    The pointers of both lead to the override (`/overrides/…`) that caused the fault.
    """
    changes = [Change(address=address, value=value) for address, value in sorted(overrides.items(), key=_order)]
    return _changed(problem, changes, [f"/overrides/{escape(change.address)}" for change in changes])


def apply_changes(problem: Problem, changes: Sequence[Change]) -> Problem:
    """Return the problem with all changes applied in order, except that addresses under `defaults` come first.

    Raises:
        UnknownAddress: an address leads to nothing.
        InvalidDocument: the changed document is invalid.

    The pointers of both lead to the change (`/changes/0`) that caused the fault.
    """
    in_order = sorted(enumerate(changes), key=lambda numbered: not _is_default(numbered[1].address))
    return _changed(problem, [change for _, change in in_order], [f"/changes/{number}" for number, _ in in_order])


def problem_in_scenario(problem: Problem, scenario: ScenarioId) -> Problem:
    """Return the problem with the overrides of one of its scenarios; the caller applies the multipliers.

    Raises `InvalidDocument` with pointers to the override of the scenario that caused the fault.
    """
    number, overrides = next(
        (number, record.overrides) for number, record in enumerate(problem.scenarios) if record.id == scenario
    )
    try:
        return apply_overrides(problem, overrides)
    except InvalidDocument as error:
        raise InvalidDocument(
            issue.model_copy(update={"pointer": f"/scenarios/{number}{issue.pointer}"}) for issue in error.issues
        ) from None


def _changed(problem: Problem, changes: Sequence[Change], pointers: Sequence[str]) -> Problem:
    document = problem.document
    caused: list[tuple[Segments, str]] = []
    removed: set[str] = set()
    for change, pointer in zip(changes, pointers, strict=True):
        try:
            for segments in _targets(Tree(Problem, document), change):
                document = _with(document, change, segments, pointer)
                caused.append((segments, pointer))
                removed |= _removed_contributor(change, segments)
        except UnknownAddress as error:
            raise error.asked_at(pointer) from None
    try:
        return reread(document, problem)
    except ValidationError as error:
        found = tuple(_mend_removal(one, removed) for one in issues.findings_in(Problem, document, error))
    raise InvalidDocument(_pointing_at(document, found, caused))


def _targets(tree: Tree, change: Change) -> Sequence[Segments]:
    """Return the addresses that a change applies to.

    A factor on every record (`*`) leaves out the records without the number: nothing times 2 is nothing. If no record
    has it, all are returned, and the change is refused.
    """
    segments = split(change.address)
    every = tuple(tree.expand(segments))
    if change.times is None or EVERY not in segments:
        return every
    return tuple(filter(tree.has, every)) or every


def _removed_contributor(change: Change, segments: Segments) -> set[str]:
    """Return the id of the member or partner that a change removes; empty if it removes none."""
    match segments:
        case ("members" | "partners", name) if change.value is None and "value" in change.model_fields_set:
            return {name}
        case _:
            return set()


def _mend_removal(finding: Finding, removed: Collection[str]) -> Finding:
    """Return the finding with the way to leave out a contributor that other records refer to."""
    if finding.code != "unknown_reference" or finding.given not in removed:
        return finding
    return replace(
        finding,
        message=f"refers to {finding.given}, which a change removes",
        suggestion=f"set withdrawn/{finding.given} to {{}} instead: {finding.given} then gives nothing",
    )


def _with(document: dict[str, Any], change: Change, segments: Segments, pointer: str) -> dict[str, Any]:
    tree = Tree(Problem, document)
    if "value" in change.model_fields_set:
        return put(tree, segments, change.value)
    present = tree.read(segments)
    try:
        return put(tree, segments, _calculated(present, change))
    except TypeError:
        address = join(segments)
        message = "is not a number: give a new value instead of times or plus"
        raise InvalidDocument(
            (Issue(address=address, pointer=pointer, code="not_a_number", message=message, given=present),)
        ) from None


def _calculated(present: Any, change: Change) -> Any:  # noqa: ANN401
    """Return the present value with `times` or `plus` applied to every number; raises TypeError for a non-number."""
    match present:
        case bool() | str() | None:
            raise TypeError
        case list() | tuple():
            return [_calculated(item, change) for item in present]
        case Mapping():
            return {key: _calculated(entry, change) for key, entry in present.items()}
        case _:
            return present * change.times if change.times is not None else present + (change.plus or 0)


def _pointing_at(
    document: dict[str, Any], found: Sequence[Finding], caused: Sequence[tuple[Segments, str]]
) -> Iterator[Issue]:
    """Yield the issues of a changed document. Each points to the last change above it, else to the list of changes."""
    tree = Tree(Problem, document)
    places = [(place.loc, pointer) for segments, pointer in caused if (place := _place(tree, segments)) is not None]
    all_changes = "/" + caused[0][1].split("/", maxsplit=2)[1] if caused else ""
    for issue, finding in zip_longest(issues.issues(Problem, document, found), found[: issues.MOST_ISSUES]):
        loc = finding.loc if finding is not None else ()
        above = [pointer for at, pointer in places if at and loc[: len(at)] == at]
        yield issue.model_copy(update={"pointer": above[-1] if above else all_changes})


def _place(tree: Tree, segments: Segments) -> Place | None:
    try:
        return tree.find(segments)
    except UnknownAddress:  # a later change removed the record
        return None


def _order(override: tuple[str, Any]) -> tuple[bool, int, bool, str]:
    """Return the sort key of an override: defaults first, then short addresses, then `*`."""
    address = override[0]
    segments = address.split("/")
    return not _is_default(address), len(segments), EVERY not in segments, address


def _is_default(address: str) -> bool:
    return address == DEFAULTS or address.startswith(f"{DEFAULTS}/")


def _values(tree: Tree, place: Place) -> Iterator[Segments]:
    """Yield the addresses of all values below a place."""
    return (below.at for below, is_record in _contents(tree, place) if not is_record)


def _contents(tree: Tree, place: Place) -> Iterator[tuple[Place, bool]]:
    """Yield every record and every value below a place, and whether it is a record; a record before its values."""
    value, shape = place.value, place.shape
    if value is MISSING:
        return
    below: Iterable[str] | None = None
    if isinstance(value, Mapping):
        if shape.is_object:
            below = (name for name in tree.names(place) if name not in NOT_LISTED)
        elif shape.keys is not None:
            below = iter(value)
    elif isinstance(value, list | tuple):
        if shape.records is not None:
            yield from _contents_of_records(tree, place)
            return
        if shape.listed and shape.keys is not None:
            below = tree.ids(PeriodId)[: len(value)]
    if below is None:
        yield place, False
        return
    for name in below:
        yield from _contents(tree, tree.step(place, name, is_last=True).place)


def _contents_of_records(tree: Tree, place: Place) -> Iterator[tuple[Place, bool]]:
    """Yield every record of a list, and its contents without the fields that name the record."""
    key = key_of(place.shape.records) if place.shape.records is not None else None
    for name in tree.names(place):
        record = tree.step(place, name, is_last=True).place
        yield record, True
        for below, is_record in _contents(tree, record):
            if key is None or below.at[len(record.at)] not in key.field_names:
                yield below, is_record
