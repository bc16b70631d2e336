"""What a place of a document may hold, read from the types: fields, a list of records, an object by id, a value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

MISSING: Any = object()
"""Nothing stands there."""
TAG = "type"
"""The field that says which of several records it is."""

Model = type[BaseModel]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What may stand at a place. Several of these may hold at once: one number, a list, or an object by period."""

    fields: Model | None = None
    """An object with these fields."""
    variants: Mapping[str, Model] = field(default_factory=dict)
    """An object with the fields of one of these, as its `type` says."""
    records: Model | None = None
    """A list of such records."""
    item: Any = None
    """A list of values that are no records: the type of each; beside `keys`, one for each period."""
    keys: Any = None
    """An object by id: the type of the ids."""
    entries: Any = None
    """An object by id: what stands at each id."""
    choices: tuple[Any, ...] = ()
    """One of these texts."""
    bounds: tuple[Ge | Gt | Le | Lt, ...] = ()
    """Limits of a number."""
    whole: bool = False
    """A whole number."""
    forms: int = 1
    """How many forms there are to choose from; with more than one, validation names the form it chose."""
    nullable: bool = False
    """Null is allowed, and means absent."""

    def model(self, value: object) -> Model | None:
        """The fields that `value`, an object, should have."""
        if self.fields is not None or not isinstance(value, Mapping):
            return self.fields
        return self.variants.get(value[TAG]) if isinstance(value.get(TAG), str) else None

    @property
    def listed(self) -> bool:
        """Whether a list of values may stand here."""
        return self.item is not None

    @property
    def is_object(self) -> bool:
        """Whether an object with named fields may stand here."""
        return self.fields is not None or bool(self.variants)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A field of a record: its name in documents, its shape, and the value it has when absent."""

    name: str
    attribute: str
    shape: Shape
    default: Any
    """As a document would say it; `MISSING` if the field is required."""
    most: int | None
    """The greatest number of records."""


@cache
def slots(model: Model) -> dict[str, Slot]:
    """The fields of a record by their name in documents."""
    return {slot.name: slot for slot in (_slot(name, info) for name, info in model.model_fields.items())}


def _slot(attribute: str, info: FieldInfo) -> Slot:
    annotation: Any = info.annotation
    shape = shape_of(annotation)
    return Slot(
        name=info.alias or attribute,
        attribute=attribute,
        shape=replace(shape, bounds=(*shape.bounds, *_bounds(info.metadata))),
        default=MISSING if info.is_required() else plain(info.get_default(call_default_factory=False)),
        most=next((one.max_length for one in info.metadata if isinstance(one, MaxLen)), None),
    )


@cache
def shape_of(annotation: Any) -> Shape:  # noqa: ANN401  (any type)
    """What a type lets stand in a document."""
    forms = [_form(kind, _bounds(metadata)) for kind, metadata in _forms(annotation, ())]
    variants = {tag: form.fields for form in forms if form.fields is not None for tag in _tags(form.fields)}
    merged = Shape(
        fields=None if variants else next((form.fields for form in forms if form.fields), None),
        variants=variants,
        choices=tuple(choice for form in forms for choice in form.choices),
        bounds=tuple(bound for form in forms for bound in form.bounds),
        whole=any(form.whole for form in forms),
        item=next((form.item for form in forms if form.listed), None),
        forms=sum(not form.nullable for form in forms),
        nullable=any(form.nullable for form in forms),
    )
    listed = next((form for form in forms if form.records), None)
    by_id = next((form for form in forms if form.keys is not None), None)
    return replace(
        merged,
        records=listed.records if listed else None,
        keys=by_id.keys if by_id else None,
        entries=by_id.entries if by_id else None,
    )


def plain(value: Any) -> Any:  # noqa: ANN401  (any value of a document)
    """A default as a document would say it: only what was said when it was made."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return dict(value) if isinstance(value, dict) else value


def range_in_words(bounds: tuple[Ge | Gt | Le | Lt, ...]) -> str | None:
    """`at least 0`, `more than 0 and at most 1`; None where any number goes."""
    words = []
    for bound in bounds:
        match bound:
            case Ge(ge):
                words.append(f"at least {ge:g}")
            case Gt(gt):
                words.append(f"more than {gt:g}")
            case Le(le):
                words.append(f"at most {le:g}")
            case Lt(lt):
                words.append(f"less than {lt:g}")
    return " and ".join(words) or None


def _forms(annotation: Any, metadata: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:  # noqa: ANN401
    if isinstance(annotation, NewType):
        yield from _forms(annotation.__supertype__, metadata)
    elif get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        yield from _forms(inner, (*metadata, *more))
    elif get_origin(annotation) in {Union, UnionType}:
        for one in get_args(annotation):
            yield from _forms(one, metadata)
    else:
        yield annotation, metadata


def _form(kind: Any, bounds: tuple[Ge | Gt | Le | Lt, ...]) -> Shape:  # noqa: ANN401
    origin, args = get_origin(kind), get_args(kind)
    if kind is NoneType:
        return Shape(nullable=True)
    if origin is Literal:
        return Shape(choices=args)
    if origin is dict:
        return Shape(keys=args[0], entries=args[1])
    if origin is tuple:
        is_records = isinstance(args[0], type) and issubclass(args[0], BaseModel)
        return Shape(records=args[0]) if is_records else Shape(item=args[0])
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return Shape(fields=kind)
    return Shape(bounds=bounds, whole=kind is int)


def _bounds(metadata: tuple[Any, ...] | list[Any]) -> tuple[Ge | Gt | Le | Lt, ...]:
    flat = [inner for one in metadata for inner in (one.metadata if isinstance(one, FieldInfo) else (one,))]
    return tuple(one for one in flat if isinstance(one, Ge | Gt | Le | Lt))


def _tags(model: Model) -> tuple[str, ...]:
    tag = model.model_fields.get(TAG)
    return get_args(tag.annotation) if tag is not None and get_origin(tag.annotation) is Literal else ()
