"""Names of records in sentences to people: the title where the document gives one, else the id."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar
from unicodedata import category


class Titled(Protocol):
    """A record of the document with a title."""

    @property
    def title(self) -> str:
        """What the record is called where people read it; may be empty."""


Id = TypeVar("Id", bound=str)


def title(records: Mapping[Id, Titled], id_: Id) -> str:
    """The title of a record on one line, without control characters; its id if it has no title."""
    given = records[id_].title if id_ in records else ""
    return _one_line(given) or id_


def titles(records: Mapping[Id, Titled], ids: Iterable[Id]) -> str:
    """The titles of several records in a sentence: see `listed`."""
    return listed([title(records, id_) for id_ in ids])


def listed(names: Sequence[str], *, most: int = 4) -> str:
    """Names in a sentence: "a", "a and b", "a, b and c"; beyond `most` names, "a, b, c and 9 others"."""
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} others"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _one_line(text: str) -> str:
    return " ".join("".join(" " if category(sign) == "Cc" else sign for sign in text).split())
