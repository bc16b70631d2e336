"""Incremental computation by recorded reads: a task reruns only if something that it read has changed.

A task receives views of its sources; the views record every attribute and key that the task reads. A stored result is
valid if everything recorded has an equal value now. So no task has to declare its dependencies.

Early cutoff: if a rerun gives an equal result, the old object stays, so that tasks which read it stay valid too. Each
task keeps its last few results, since planners switch back and forth between changes. The method is that of verifying
traces in incremental build systems: A. Mokhov, N. Mitchell, S. Peyton Jones, Build systems à la carte, ICFP 2018.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from inspect import getattr_static
from types import FunctionType, MethodType
from typing import Any, TypeVar, cast

Result = TypeVar("Result")
Key = tuple[str, ...]
"""Name of a task."""
Location = tuple[str, str]
"""Name of a source, and the attribute or key within it."""
RESULTS_PER_TASK = 3
"""Stored results of a task: the first ever (the base problem's), and the last two."""
MISSING = object()
"""Value of a location that its source does not have."""
KEYS = "*"
"""The attribute name under which the ordered keys of a mapping are recorded."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """An object that tasks read by attribute, or a mapping that they read by key."""

    value: Any
    parts: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    """Attributes or keys that are sources themselves, with the names of those sources."""
    is_derived: bool = False
    """Whether cached properties of the object are tasks themselves, computed through recorded reads."""
    by_identity: bool = False
    """Whether its values count as equal only if they are the same object; variables have no equality."""


@dataclass(frozen=True, slots=True)
class _Trace:
    """A stored result and everything that the task read to compute it."""

    read: dict[Location, Any]
    result: Any


class TracedCache:
    """Results of tasks, each with the values that it was computed from."""

    def __init__(self) -> None:
        """Start empty."""
        self._sources: dict[str, Source] = {}
        self._stored: dict[Key, list[_Trace]] = {}
        self._current: dict[Key, _Trace] = {}
        self._values: dict[Location, Any] = {}
        self._equal: dict[tuple[Location, int], tuple[Any, bool]] = {}
        self.rerun: list[Key] = []
        """The tasks that ran in this round, in order."""

    def begin(self, sources: Mapping[str, Source]) -> None:
        """Start a round with these sources."""
        self._sources = dict(sources)
        self._current, self._values, self._equal, self.rerun = {}, {}, {}, []

    def add(self, name: str, source: Source) -> None:
        """Add a source during a round."""
        self._sources[name] = source

    def clear(self) -> None:
        """Drop all stored results."""
        self._stored = {}

    def result(self, key: Key, work: Callable[["Reader"], Result], *, keep_equal: bool = False) -> Result:
        """The result of a task: stored, or computed now.

        With `keep_equal`, an equal stored result replaces a new one (early cutoff).
        """
        if key not in self._current:
            position, trace = self._valid(key)
            trace = trace or self._run(key, work, keep_equal=keep_equal)
            self._store(key, position, trace)
            self._current[key] = trace
        return cast("Result", self._current[key].result)

    def _valid(self, key: Key) -> tuple[int | None, _Trace | None]:
        """A stored trace whose recorded values all hold now, and its position.

        The returned trace records the current objects, so that the next comparison is by identity and quick.
        """
        for position, trace in enumerate(self._stored.get(key, ())):
            if all(self._is_equal(location, value) for location, value in trace.read.items()):
                return position, _Trace({location: self.value(location) for location in trace.read}, trace.result)
        return None, None

    def _store(self, key: Key, position: int | None, trace: _Trace) -> None:
        """Store a trace in place of the one it renews; the first trace ever stored is the last to be dropped."""
        stored = self._stored.setdefault(key, [])
        if position is not None and position == len(stored) - 1:
            stored[position] = trace
            return
        if position is not None:
            del stored[position]
        stored.insert(0, trace)
        del stored[RESULTS_PER_TASK - 1 : -1]

    def _run(self, key: Key, work: Callable[["Reader"], Result], *, keep_equal: bool) -> _Trace:
        self.rerun.append(key)
        reader = Reader(self)
        result = work(reader)
        equal = (trace.result for trace in self._stored.get(key, ()) if keep_equal and _equal(trace.result, result))
        return _Trace(reader.read, next(equal, result))

    def read_by(self, key: Key) -> Mapping[Location, Any]:
        """Everything that a task of this round read."""
        return self._current[key].read

    def source(self, name: str) -> Source:
        """The source of a name."""
        return self._sources[name]

    def value(self, location: Location) -> Any:  # noqa: ANN401
        """The current value at a location, or `MISSING`."""
        if location not in self._values:
            self._values[location] = self._current_value(location)
        return self._values[location]

    def _current_value(self, location: Location) -> Any:  # noqa: ANN401
        source, name = self._sources.get(location[0]), location[1]
        if source is None:
            return MISSING
        if isinstance(source.value, Mapping):
            return tuple(source.value) if name == KEYS else source.value.get(name, MISSING)
        if isinstance(source.parts.get(name), tuple):
            return source.parts[name]  # of a list, only which records it has; each record is a source itself
        declared = _declared(source.value, name)
        if not (source.is_derived and isinstance(declared, cached_property)):
            return getattr(source.value, name, MISSING)
        value = self.result(location, lambda reader: declared.func(reader.view(location[0])), keep_equal=True)
        vars(source.value)[name] = value  # readers of the object itself find it there
        return value

    def _is_equal(self, location: Location, value: object) -> bool:
        known = self._equal.get((location, id(value)))
        if known is None:
            now = self.value(location)
            is_equal = now is value or (now is not MISSING and self._compares_equal(location, now, value))
            # The value is stored together with the verdict: otherwise another object could get its id.
            known = self._equal[location, id(value)] = value, is_equal
        return known[1]

    def _compares_equal(self, location: Location, now: object, value: object) -> bool:
        return (location[1] == KEYS or not self._sources[location[0]].by_identity) and _equal(now, value)


class Reader:
    """Gives a task views of the sources, and records what the task reads."""

    def __init__(self, cache: TracedCache) -> None:
        """Start with nothing read."""
        self.cache = cache
        self.read: dict[Location, Any] = {}
        self._views: dict[str, Any] = {}

    def view(self, name: str) -> Any:  # noqa: ANN401  (a view stands for any source)
        """A view of a source; it behaves like the source."""
        if name not in self._views:
            is_mapping = isinstance(self.cache.source(name).value, Mapping)
            self._views[name] = MappingView(self, name) if is_mapping else View(self, name)
        return self._views[name]

    def result(self, key: Key, work: Callable[["Reader"], Result]) -> Result:
        """The result of a sub-task; everything that it read counts as read here too."""
        result = self.cache.result(key, work, keep_equal=True)
        self.read.update(self.cache.read_by(key))
        return result

    def look(self, location: Location) -> Any:  # noqa: ANN401
        """The value at a location, recorded."""
        value = self.cache.value(location)
        self.read[location] = value
        return value


class View:
    """Stands for a source with attributes; an attribute that was read once is stored on the view."""

    def __init__(self, reader: Reader, name: str) -> None:
        """Start with nothing read."""
        self._reader, self._name = reader, name

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        reader, source = self._reader, self._reader.cache.source(self._name)
        if name in source.parts:
            part = source.parts[name]
            if isinstance(part, str):
                value = reader.view(part)
            else:
                value = tuple(map(reader.view, reader.look((self._name, name))))
        else:
            value = self._read(_declared(source.value, name), name)
        self.__dict__[name] = value
        return value

    def _read(self, declared: object, name: str) -> Any:  # noqa: ANN401
        """Methods and properties of the source read through this view; everything else is a recorded value."""
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
    """Stands for a source that is a mapping."""

    def __init__(self, reader: Reader, name: str) -> None:
        """Start with nothing read."""
        self._reader, self._name = reader, name
        self._parts = reader.cache.source(name).parts
        self._seen: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        if key not in self._seen:
            self._seen[key] = self._look(key)
        return self._seen[key]

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


def _declared(value: object, name: str) -> object:
    """How the class of an object declares an attribute; None if it does not."""
    return _in_class(type(value), name)  # type: ignore[arg-type]  # every class is hashable


@cache
def _in_class(kind: type, name: str) -> object:
    return getattr_static(kind, name, None)


def _equal(one: Any, other: Any) -> bool:  # noqa: ANN401
    """Whether two values are equal; mappings also in their order, since rows are written in that order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one == other and list(one) == list(other)
    return bool(one == other)
