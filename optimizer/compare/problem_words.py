"""The differences between two problems in words: records that one of them lacks, and values, by address."""

import json
from collections.abc import Iterator
from typing import Any

from models.address import RECORD, contents
from models.problem.address_tree import split
from models.problem.problem import Problem

LONGEST = 60
"""Longest value that is written out, in characters."""
ABSENT: Any = object()
NOT_SET = "not set"
"""What is written for a field without a value: it is null, or another form of the record has no such field."""


def problem_differences(here: Problem, there: Problem) -> Iterator[str]:
    """A sentence for each difference, in the order of the documents. Titles and notes are not compared.

    A record that only one problem has is one difference, whatever it contains.
    """
    first, second = contents(here), contents(there)
    alone = {
        address
        for address in (*first, *second)
        if (address in first) != (address in second) and RECORD in (first.get(address), second.get(address))
    }
    for address in dict.fromkeys((*first, *second)):
        if _is_below(address, alone):
            continue
        before, after = first.get(address, ABSENT), second.get(address, ABSENT)
        if address in alone:
            yield f"{address}: only in the {'first' if after is ABSENT else 'second'}"
        elif not _is_same(before, after):
            yield f"{address}: {_written(before)} → {_written(after)}"
    yield from _order(first, second)
    if here.document.get("baseline") != there.document.get("baseline"):
        yield "baseline: differs"


def _is_below(address: str, records: set[str]) -> bool:
    """Whether an address lies below one of the records."""
    return any(address[:place] in records for place, sign in enumerate(address) if sign == "/")


def _is_set(value: object) -> bool:
    return value is not ABSENT and value is not None


def _is_same(before: object, after: object) -> bool:
    """Whether two values of documents are equal: 1 and 1.0 are, 1 and true are not, two that are not set are."""
    if not _is_set(before) and not _is_set(after):
        return True
    return type(before is True or before is False) is type(after is True or after is False) and before == after


def _written(value: object) -> str:
    if not _is_set(value):
        return NOT_SET
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _order(first: dict[str, Any], second: dict[str, Any]) -> Iterator[str]:
    """Lists whose common records have another order, which decides objectives and the default framework."""
    for name in ("objectives", "frameworks"):
        common = {address for address in first if address in second and split(address)[:-1] == (name,)}
        if [address for address in first if address in common] != [address for address in second if address in common]:
            yield f"{name}: in another order"
