"""Shapes of the values that a document may contain, derived from the types of the models."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

MISSING: Any = object()
"""Marks an absent value."""
TAG = "type"
"""Field whose value selects one of several record types."""

Model = type[BaseModel]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Shape of the value at a place; several forms may be allowed at once: a number, a list, an object by period."""

    fields: Model | None = None
    """If set, an object with the fields of this record type is allowed."""
    variants: Mapping[str, Model] = field(default_factory=dict)
    """Record types by `type`: an object with the fields of one of them is allowed."""
    records: Model | None = None
    """If set, a list of records of this type is allowed."""
    item: Any = None
    """If set, a list of values of this type is allowed; if `keys` is set too, the list has one value per period."""
    keys: Any = None
    """If set, an object by id is allowed: the type of its keys."""
    entries: Any = None
    """Type of the values of an object by id."""
    choices: tuple[Any, ...] = ()
    """Allowed values, if they are enumerated."""
    bounds: tuple[Ge | Gt | Le | Lt, ...] = ()
    """Limits of a number."""
    whole: bool = False
    """Whether a number must be an integer."""
    forms: int = 1
    """Number of allowed forms. With more than one, the locations of pydantic name the chosen form."""
    nullable: bool = False
    """Whether null is allowed; it means absent."""

    def model(self, value: object) -> Model | None:
        """Return the record type of an object; None if the shape or the object's `type` has none."""
        if self.fields is not None or not isinstance(value, Mapping):
            return self.fields
        return self.variants.get(value[TAG]) if isinstance(value.get(TAG), str) else None

    @property
    def listed(self) -> bool:
        """Whether a list of values is allowed."""
        return self.item is not None

    @property
    def is_object(self) -> bool:
        """Whether an object with named fields is allowed."""
        return self.fields is not None or bool(self.variants)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A field of a record: name in documents, attribute, shape and default."""

    name: str
    attribute: str
    shape: Shape
    default: Any
    """Default in its document form; `MISSING` if the field is required."""
    most: int | None
    """Greatest number of records; None for no limit."""


@cache
def slots(model: Model) -> dict[str, Slot]:
    """Return the fields of a record by their name in documents."""
    return {slot.name: slot for slot in (_slot(name, info) for name, info in model.model_fields.items())}


def _slot(attribute: str, info: FieldInfo) -> Slot:
    annotation: Any = info.annotation
    shape = shape_of(annotation)
    return Slot(
        name=info.alias or attribute,
        attribute=attribute,
        shape=replace(shape, bounds=(*shape.bounds, *_bounds(info.metadata))),
        default=MISSING if info.is_required() else as_document_value(info.get_default(call_default_factory=False)),
        most=next((limit.max_length for limit in info.metadata if isinstance(limit, MaxLen)), None),
    )


@cache
def shape_of(annotation: Any) -> Shape:  # noqa: ANN401  (any type)
    """Return the shape of the document values that a type allows."""
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


def as_document_value(value: Any) -> Any:  # noqa: ANN401  (any value of a document)
    """Return a default in its document form, without unset fields."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, tuple):
        return [as_document_value(item) for item in value]
    return dict(value) if isinstance(value, dict) else value


def range_in_words(bounds: tuple[Ge | Gt | Le | Lt, ...]) -> str | None:
    """Return bounds in words: `at least 0`, `more than 0 and at most 1`; None without bounds."""
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
        for member in get_args(annotation):
            yield from _forms(member, metadata)
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
    flat = [inner for item in metadata for inner in (item.metadata if isinstance(item, FieldInfo) else (item,))]
    return tuple(bound for bound in flat if isinstance(bound, Ge | Gt | Le | Lt))


def _tags(model: Model) -> tuple[str, ...]:
    tag = model.model_fields.get(TAG)
    return get_args(tag.annotation) if tag is not None and get_origin(tag.annotation) is Literal else ()
