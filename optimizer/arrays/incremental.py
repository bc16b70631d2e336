"""Work that is remembered with what it read, and done again only where it never was done from the same.

Whoever does a piece of work is handed views of the sources, which note what is looked at; what is computed follows from
nothing else. If all that was noted is equal in the sources of another round, the work would come to the same result,
whatever else has changed: so nobody has to say beforehand what follows from what. Where work is done again and comes to
something equal, what was there stays, so that what follows from it stays too. A few results of each piece of work are
kept: who tries changes goes back and forth between them. The way is that of incremental builds:
A. Mokhov, N. Mitchell, S. Peyton Jones, Build systems à la carte, ICFP 2018 (verifying traces, early cutoff).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from inspect import getattr_static
from types import FunctionType, MethodType
from typing import Any, TypeVar, cast

Result = TypeVar("Result")
Key = tuple[str, ...]
"""Names a piece of work."""
Place = tuple[str, str]
"""A source by name, and the name of something in it."""
MOST_KEPT = 3
"""Results of one piece of work: of what a planner started from, and of the last two changes."""
MISSING = object()
"""Stands where a source has nothing by a name."""
KEYS = "*"
"""What a mapping has, and in which order: the name of that in it."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Something that work reads: an object by its attributes, or a mapping by its keys."""

    thing: Any
    parts: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    """Attributes or keys that are sources of their own, by the names of those."""
    is_derived: bool = False
    """Whether its cached properties are work of this kind too, of which it tells when they stay the same."""
    by_identity: bool = False
    """Whether what it holds is the same only if it is the same object (variables do not compare by value)."""


@dataclass(frozen=True, slots=True)
class _Done:
    read: dict[Place, Any]
    result: Any


class TracedCache:
    """What was done in the last round, and in this one."""

    def __init__(self) -> None:
        """Remember nothing."""
        self._sources: dict[str, Source] = {}
        self._kept: dict[Key, list[_Done]] = {}
        self._done: dict[Key, _Done] = {}
        self._values: dict[Place, Any] = {}
        self._same: dict[tuple[Place, int], tuple[Any, bool]] = {}
        self.repeated: list[Key] = []
        """The work of this round that had to be done, in order."""

    def begin(self, sources: Mapping[str, Source]) -> None:
        """Begin a round, with other sources."""
        self._sources = dict(sources)
        self._done, self._values, self._same, self.repeated = {}, {}, {}, []

    def add(self, name: str, source: Source) -> None:
        """Add a source that only now is there."""
        self._sources[name] = source

    def forget(self) -> None:
        """Do everything anew in the next round."""
        self._kept = {}

    def of(self, key: Key, work: Callable[["Reader"], Result], *, compared: bool = False) -> Result:
        """What comes of a piece of work; where results are `compared`, an equal one from before takes its place."""
        if key not in self._done:
            place, done = self._remembered(key)
            done = done or self._do(key, work, compared=compared)
            self._keep(key, place, done)
            self._done[key] = done
        return cast("Result", self._done[key].result)

    def _remembered(self, key: Key) -> tuple[int | None, _Done | None]:
        """What was done from the same as now, and its place among the kept; told by what now stands there.

        Comparing that will be quick.
        """
        for number, done in enumerate(self._kept.get(key, ())):
            if all(self._is_same(place, value) for place, value in done.read.items()):
                return number, _Done({place: self.value(place) for place in done.read}, done.result)
        return None, None

    def _keep(self, key: Key, place: int | None, done: _Done) -> None:
        """Keep it, in the place of the same from before; the first ever stays the last that is let go."""
        kept = self._kept.setdefault(key, [])
        if place is not None and place == len(kept) - 1:
            kept[place] = done
            return
        if place is not None:
            del kept[place]
        kept.insert(0, done)
        del kept[MOST_KEPT - 1 : -1]

    def _do(self, key: Key, work: Callable[["Reader"], Result], *, compared: bool) -> _Done:
        self.repeated.append(key)
        reader = Reader(self)
        result = work(reader)
        equal = (one.result for one in self._kept.get(key, ()) if compared and _equal(one.result, result))
        return _Done(reader.read, next(equal, result))

    def read_by(self, key: Key) -> Mapping[Place, Any]:
        """What a piece of work of this round has read."""
        return self._done[key].read

    def source(self, name: str) -> Source:
        """A source by its name."""
        return self._sources[name]

    def value(self, place: Place) -> Any:  # noqa: ANN401
        """What now stands at a place."""
        if place not in self._values:
            self._values[place] = self._now(place)
        return self._values[place]

    def _now(self, place: Place) -> Any:  # noqa: ANN401
        source, name = self._sources.get(place[0]), place[1]
        if source is None:
            return MISSING
        if isinstance(source.thing, Mapping):
            return tuple(source.thing) if name == KEYS else source.thing.get(name, MISSING)
        if isinstance(source.parts.get(name), tuple):
            return source.parts[name]  # of a list, who is in it; of each of them, whatever is looked at
        declared = _declared(source.thing, name)
        if not (source.is_derived and isinstance(declared, cached_property)):
            return getattr(source.thing, name, MISSING)
        value = self.of(place, lambda reader: declared.func(reader.view(place[0])), compared=True)
        vars(source.thing)[name] = value  # whoever reads the thing itself finds it there
        return value

    def _is_same(self, place: Place, value: Any) -> bool:  # noqa: ANN401
        known = self._same.get((place, id(value)))
        if known is None:
            now = self.value(place)
            is_same = now is value or (now is not MISSING and self._is_equal(place, now, value))
            known = self._same[place, id(value)] = value, is_same  # the value is held, or another could get its id
        return known[1]

    def _is_equal(self, place: Place, now: Any, value: Any) -> bool:  # noqa: ANN401
        return (place[1] == KEYS or not self._sources[place[0]].by_identity) and _equal(now, value)


class Reader:
    """Hands out views of the sources, and notes what is looked at."""

    def __init__(self, recall: TracedCache) -> None:
        """Nothing has been looked at."""
        self.recall = recall
        self.read: dict[Place, Any] = {}
        self._views: dict[str, Any] = {}

    def view(self, name: str) -> Any:  # noqa: ANN401  (it stands for the source)
        """A source as this reader sees it; answers as the source would."""
        if name not in self._views:
            is_mapping = isinstance(self.recall.source(name).thing, Mapping)
            self._views[name] = MappingView(self, name) if is_mapping else View(self, name)
        return self._views[name]

    def of(self, key: Key, work: Callable[["Reader"], Result]) -> Result:
        """What comes of a piece of work that is a part of this one: all that it reads is read here too."""
        result = self.recall.of(key, work, compared=True)
        self.read.update(self.recall.read_by(key))
        return result

    def look(self, place: Place) -> Any:  # noqa: ANN401
        """What stands at a place; noted."""
        value = self.recall.value(place)
        self.read[place] = value
        return value


class View:
    """Stands for a source that has attributes. What was looked at once is at hand from then on."""

    def __init__(self, reader: Reader, name: str) -> None:
        """Nothing has been looked at."""
        self._reader, self._name = reader, name

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        reader, source = self._reader, self._reader.recall.source(self._name)
        if name in source.parts:
            part = source.parts[name]
            if isinstance(part, str):
                value = reader.view(part)
            else:
                value = tuple(map(reader.view, reader.look((self._name, name))))
        else:
            value = self._read(_declared(source.thing, name), name)
        self.__dict__[name] = value
        return value

    def _read(self, declared: object, name: str) -> Any:  # noqa: ANN401
        """Methods and properties of the source read through this view; all else is a value."""
        match declared:
            case property(fget=read) if read is not None:
                return read(self)
            case FunctionType():
                return MethodType(declared, self)
            case staticmethod(__func__=function):
                return function
            case _:
                return self._reader.look((self._name, name))


class MappingView(Mapping[str, Any]):
    """Stands for a source that is a mapping by names."""

    def __init__(self, reader: Reader, name: str) -> None:
        """Nothing has been looked at."""
        self._reader, self._name = reader, name
        self._parts = reader.recall.source(name).parts
        self._met: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        if key not in self._met:
            self._met[key] = self._look(key)
        return self._met[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def _look(self, key: str) -> Any:  # noqa: ANN401
        part = self._parts.get(key)
        if isinstance(part, str) and key in self._keys:
            return self._reader.view(part)
        value = self._reader.look((self._name, key))
        if value is MISSING:
            raise KeyError(key)
        return value

    @cached_property
    def _keys(self) -> dict[str, None]:
        return dict.fromkeys(self._reader.look((self._name, KEYS)))


def _declared(thing: object, name: str) -> object:
    """What the class of a thing says of an attribute; None if nothing."""
    return _in_class(type(thing), name)  # type: ignore[arg-type]  # every class is hashable


@cache
def _in_class(kind: type, name: str) -> object:
    return getattr_static(kind, name, None)


def _equal(one: Any, other: Any) -> bool:  # noqa: ANN401
    """Whether two values are equal, and mappings in the same order too: rows are written in it."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one == other and list(one) == list(other)
    return bool(one == other)
