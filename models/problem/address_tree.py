"""A document as a tree of places with addresses: `members/us/resources/money`.

Syntax of an address: `/` joins the segments. Records of a list are named by id or natural key
(`models.problem.record_keys`). Within a segment, `~1` stands for `/` and `~0` for `~`, as in RFC 6901.

An absent field has the value of `defaults`, or else the default of the field. One number for all periods can be read
at each period, and consent for all frameworks at each framework.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from models.base import Part
from models.errors import Location, UnknownAddress
from models.ids import ActivityId, FrameworkId, PeriodId, ResourceId, TheatreId
from models.problem.field_shapes import MISSING, Model, Shape, shape_of, slots
from models.problem.record_keys import Key, key_of, name_in, named
from models.suggestions import nearest

EVERY = "*"
"""Segment that means every record of a list; in a consent, every unnamed framework."""
DEFAULTS = "defaults"
MOST_KNOWN = 10
"""Known addresses that the error for an unknown address lists."""
LONGEST_SEGMENT = 100

LISTS: dict[Any, str] = {
    ActivityId: "activities",
    FrameworkId: "frameworks",
    PeriodId: "periods",
    ResourceId: "resources",
    TheatreId: "theatres",
}
"""List of the problem that defines the ids of each type."""

Segments = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place in the document: its value (MISSING if there is none) and the shape that a value must have."""

    at: Segments
    loc: Location
    value: Any
    shape: Shape


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step from a place to one below, `container[slot]`; the container has shorthand forms written out."""

    container: Any
    slot: str | int
    place: Place
    key_fields: dict[str, Any] | None = None
    """Key fields of the present or new record, if the place is a record of a list."""
    key: Key | None = None
    shape: Shape = field(default_factory=Shape)


def split(address: str) -> Segments:
    """Return the segments of an address; raises `UnknownAddress` if the address begins with a slash."""
    if address.startswith("/"):
        without_slash = address.lstrip("/")
        raise UnknownAddress(address, [without_slash], suggestion=without_slash)
    return tuple(unescape(segment) for segment in address.split("/"))


def join(segments: Segments) -> str:
    """Return the address of segments."""
    return "/".join(escape(segment) for segment in segments)


def escape(segment: str) -> str:
    """Return one segment of an address or pointer in escaped form, cut to `LONGEST_SEGMENT` characters."""
    text = segment.replace("~", "~0").replace("/", "~1")
    return text if len(text) <= LONGEST_SEGMENT else text[:LONGEST_SEGMENT] + "…"


def unescape(text: str) -> str:
    """Return the segment of an escaped text."""
    return text.replace("~1", "/").replace("~0", "~")


class Tree:
    """A document of type `root`, for reading by address."""

    def __init__(self, root: type[Part], document: Mapping[str, Any]) -> None:
        """Store the document. A list is indexed at the second lookup of one of its records."""
        self.document = document
        self.root = Place(at=(), loc=(), value=document, shape=Shape(fields=root))
        self._first_lookups: dict[int, str] = {}
        self._indexed: dict[int, dict[str, int]] = {}
        self._known: dict[Any, tuple[str, ...]] = {}

    def find(self, segments: Segments) -> Place:
        """Return the place of an address; raises `UnknownAddress` if the document cannot have that place."""
        place = self.root
        for number, segment in enumerate(segments):
            try:
                place = self.step(place, segment, is_last=number == len(segments) - 1).place
            except UnknownAddress as error:
                rest = join(("", *segments[number + 1 :]))
                near = None if error.suggestion is None else f"{error.suggestion}{rest}"
                known = [f"{known}{rest}" for known in error.known]
                raise UnknownAddress(join(segments), known, suggestion=near) from None
        return place

    def read(self, segments: Segments) -> Any:  # noqa: ANN401  (any value of a document)
        """Return the value at an address; raises `UnknownAddress` if there is none."""
        place = self.find(segments)
        if place.value is MISSING:
            raise self.unknown(self.find(segments[:-1]), segments[-1])
        return place.value

    def has(self, segments: Segments) -> bool:
        """Whether the document has a value at an address."""
        try:
            self.read(segments)
        except UnknownAddress:
            return False
        return True

    def expand(self, segments: Segments, place: Place | None = None) -> Iterator[Segments]:
        """Yield one address for each record that `*` matches; an address without `*` yields itself.

        `place` is where the walk stands, the root by default. Raises `UnknownAddress` if `*` matches no record.
        """
        if EVERY not in segments:
            yield (*(place.at if place else ()), *segments)
            return
        start = place or self.root
        segment, *rest = segments
        if segment == EVERY and start.shape.records is not None and isinstance(start.value, list | tuple):
            names = list(self.names(start))
            if not names:
                raise self.unknown(start, segment)
        else:
            names = [segment]
        for name in names:
            yield from self.expand(tuple(rest), self.step(start, name, is_last=not rest).place)

    def step(self, place: Place, segment: str, *, is_last: bool) -> Step:
        """Return the step from `place` to `segment`; raises `UnknownAddress` if there is no such place."""
        value, shape = place.value, place.shape
        absent = value is MISSING or value is None
        if shape.records is not None and (isinstance(value, list | tuple) or absent):
            return self._to_record(place, () if absent else value, shape.records, segment, is_last=is_last)
        if place.loc == (DEFAULTS,):
            return self._to_default(place, segment)
        if shape.is_object and (isinstance(value, Mapping) or absent):
            return self._to_field(place, {} if absent else value, segment)
        if shape.keys is not None:
            return self._to_entry(place, {} if absent else value, segment)
        raise self.unknown(place, segment)

    def unknown(self, place: Place, segment: str) -> UnknownAddress:
        """Return the error of an unknown segment below a place, with the nearest known addresses.

        A known name of which the document has no value, such as a resource that a member lacks, is never suggested for
        itself, and then no other name is meant either.
        """
        names = list(dict.fromkeys(self.names(place)))
        others = [name for name in names if name != segment]
        near = nearest(segment, others, MOST_KNOWN)
        known = [join((*place.at, name)) for name in near or others[:MOST_KNOWN]]
        is_misspelt = bool(near) and len(others) == len(names)
        return UnknownAddress(join((*place.at, segment)), known, suggestion=known[0] if is_misspelt else None)

    def names(self, place: Place) -> Iterator[str]:
        """Yield the names of the segments below a place."""
        value, shape = place.value, place.shape
        if place.loc == (DEFAULTS,):
            yield from get_args(shape.keys)
        elif shape.records is not None and isinstance(value, list | tuple):
            key = key_of(shape.records)
            for number, record in enumerate(value):
                yield (name_in(record, key) if key else None) or str(number)
        elif shape.is_object:
            models = [shape.model(value)] if isinstance(value, Mapping) else [shape.fields, *shape.variants.values()]
            for model in models:
                yield from slots(model) if model is not None else ()
        elif shape.keys is not None:
            yield from value if isinstance(value, Mapping) else ()
            yield from self.ids(PeriodId if shape.listed and not isinstance(value, Mapping) else shape.keys)

    def position(self, records: Any, model: Model, name: str) -> int | None:  # noqa: ANN401
        """Return the position of the record with this id or natural key; None if there is none."""
        key = key_of(model)
        if key is None:
            return int(name) if name.isascii() and name.isdigit() and len(name) < len("100000") else None
        index = self._indexed.get(id(records))
        if index is None and self._first_lookups.setdefault(id(records), name) == name:
            return next(named(records, key, name), None)
        if index is None:
            index = {}
            for number, record in enumerate(records):
                record_name = name_in(record, key)
                if record_name is not None:
                    index.setdefault(key.normal(record_name), number)
            self._indexed[id(records)] = index
        return index.get(key.normal(name))

    def _to_record(self, place: Place, records: Any, model: Model, segment: str, *, is_last: bool) -> Step:  # noqa: ANN401
        key, number = key_of(model), self.position(records, model, segment)
        if number is not None and number < len(records):
            record, key_fields = records[number], {}
            if isinstance(record, Mapping) and key is not None:
                key_fields = {name: record[name] for name in key.field_names if name in record}
        else:
            new = key.fields_of(segment, self.ids(TheatreId)) if key is not None else None
            if key is None or new is None or segment == EVERY or (key.is_id and not is_last):
                raise self.unknown(place, segment)
            number, record, key_fields = len(records), MISSING, new
        below = Place(at=(*place.at, segment), loc=(*place.loc, number), value=record, shape=Shape(fields=model))
        return Step(container=records, slot=number, place=below, key_fields=key_fields, key=key, shape=place.shape)

    def _to_default(self, place: Place, segment: str) -> Step:
        if segment not in get_args(place.shape.keys):
            raise self.unknown(place, segment)
        values = place.value if isinstance(place.value, Mapping) else {}
        below = Place(
            at=(*place.at, segment),
            loc=(*place.loc, segment),
            value=values.get(segment, {}),
            shape=Shape(fields=self.step(self.root, segment, is_last=True).place.shape.records),
        )
        return Step(container=values, slot=segment, place=below, shape=place.shape)

    def _to_field(self, place: Place, fields: Mapping[str, Any], segment: str) -> Step:
        models = [place.shape.model(fields)] if fields else [place.shape.fields, *place.shape.variants.values()]
        slot = next((slots(model)[segment] for model in models if model is not None and segment in slots(model)), None)
        if slot is None:
            raise self.unknown(place, segment)
        value = fields.get(segment, MISSING)
        if value is MISSING:
            value = self._absent_value(place, segment, slot.default)
        below = Place(at=(*place.at, segment), loc=(*place.loc, segment), value=value, shape=slot.shape)
        return Step(container=fields, slot=segment, place=below, shape=place.shape)

    def _absent_value(self, place: Place, segment: str, default: Any) -> Any:  # noqa: ANN401
        match place.loc:
            case ("defaults", _):
                return MISSING
            case (("members" | "activities") as name, int()):
                defaults = self.document.get(DEFAULTS)
                values = defaults.get(name) if isinstance(defaults, Mapping) else None
                return values.get(segment, default) if isinstance(values, Mapping) else default
            case _:
                return default

    def _to_entry(self, place: Place, value: Any, segment: str) -> Step:  # noqa: ANN401
        shape, slot = place.shape, segment
        container: Any = value
        number: int | None = None
        if isinstance(value, Mapping):
            if shape.listed and segment not in value:  # a driver or a period: the present keys are the known names
                raise self.unknown(place, segment)
        elif isinstance(value, list | tuple) and shape.listed and segment in self.ids(PeriodId):
            number = list(self.ids(PeriodId)).index(segment)
            if number >= len(value):
                raise self.unknown(place, segment)
        elif isinstance(value, bool) and shape.keys is str:
            container = {EVERY: value, segment: value}
        elif isinstance(value, int | float) and not isinstance(value, bool):
            ids = self.ids(PeriodId if shape.listed else shape.keys)
            if segment not in ids:
                raise self.unknown(place, segment)
            container = dict.fromkeys(ids, value)
        else:
            raise self.unknown(place, segment)
        below = Place(
            at=(*place.at, segment),
            loc=(*place.loc, segment if number is None else number),
            value=value[number] if number is not None else container.get(segment, MISSING),
            shape=shape_of(shape.entries) if number is None else Shape(),
        )
        return Step(container=container, slot=slot if number is None else number, place=below, shape=shape)

    def ids(self, kind: Any) -> tuple[str, ...]:  # noqa: ANN401  (a type of id)
        """Return the ids of a type that the document defines."""
        if kind not in self._known:
            self._known[kind] = tuple(id_ for id_ in self._listed(kind) if isinstance(id_, str))
        return self._known[kind]

    def _listed(self, kind: Any) -> Iterator[Any]:  # noqa: ANN401
        if kind is str:
            yield from (*self.ids(FrameworkId), EVERY)
        elif kind in LISTS and LISTS[kind] in self.names(self.root):
            values = self.step(self.root, LISTS[kind], is_last=True).place.value
            for entry in values if isinstance(values, list | tuple) else ():
                yield entry.get("id") if isinstance(entry, Mapping) else entry
