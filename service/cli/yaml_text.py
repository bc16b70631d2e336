"""Reads YAML restricted to the values of JSON.

Follows YAML 1.2: `no` is a text (Norway), not false, and 2019-01-01 is a text. Keys are texts, as in JSON.
Refuses aliases, tags and duplicate keys. A few lines of aliases could expand to gigabytes.
"""

import re
from collections.abc import Hashable
from math import isfinite
from typing import Any, Protocol

import yaml

from models.quantities import GREATEST_WHOLE
from service.cli.error_output import Refused

LONGEST_NUMBER = 400
"""Most characters of a number; any finite number needs fewer."""

_PLAIN = "tag:yaml.org,2002:"
_RESOLVERS = (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    (
        "float",
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        list("-+.0123456789"),
    ),
)
_NO_CHARACTER = re.compile("[\ud800-\udfff]")


def parse_yaml(data: bytes, *, source: str) -> dict[str, Any]:
    """The object in a YAML text; raises `Refused` with source, line and column."""
    try:
        document = yaml.load(data.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506  (a SafeLoader, made stricter)
    except UnicodeDecodeError as error:
        raise _refusal(source, f"not UTF-8: byte {error.start + 1} cannot be read") from error
    except yaml.MarkedYAMLError as error:
        raise _refusal(source, f"not YAML: {error.problem or error.context}", error.problem_mark) from error
    except yaml.YAMLError as error:
        raise _refusal(source, "not YAML: it contains a character that is not allowed") from error
    except _NotPlain as error:
        raise _refusal(source, str(error), error.mark) from error
    except RecursionError as error:
        raise _refusal(source, "nested too deeply to be read") from error
    if not isinstance(document, dict):
        raise _refusal(source, "a document must be an object: lines of the form key: value")
    return document


class _Place(Protocol):
    """Position in the text; line and column count from 0."""

    line: int
    column: int


class _NotPlain(Exception):  # noqa: N818
    """A YAML feature that documents may not use: a sentence and its position."""

    def __init__(self, sentence: str, mark: _Place | None) -> None:
        self.mark = mark
        super().__init__(sentence)


class _Loader(yaml.SafeLoader):
    """A safe loader that accepts only the values of JSON."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  (PyYAML's own attribute)

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:  # noqa: ANN401
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise _NotPlain("aliases (*name) are not allowed: write the value out", event.start_mark)
        if getattr(event, "tag", None) is not None:
            raise _NotPlain(f"tags ({event.tag}) are not allowed", event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise _NotPlain("a key must be a text", key_node.start_mark)
            key = _text(self, key_node)
            if key in mapping:
                raise _NotPlain(f"the key {key!r} appears twice in one object", key_node.start_mark)
            mapping[key] = self.construct_object(value_node, deep=deep)
        return mapping


def _text(_: _Loader, node: yaml.ScalarNode) -> str:
    if _NO_CHARACTER.search(node.value):
        raise _NotPlain("a text contains half of a surrogate pair, which is not a character", node.start_mark)
    return str(node.value)


def _whole(loader: _Loader, node: yaml.ScalarNode) -> float:
    """An integer in base ten, leading zeros allowed; rounded beyond what JSON represents exactly."""
    if len(node.value) > LONGEST_NUMBER or abs(int(node.value)) > GREATEST_WHOLE:
        return _real(loader, node)
    return int(node.value)


def _real(_: _Loader, node: yaml.ScalarNode) -> float:
    number = float(node.value.lower().replace(".inf", "inf").replace(".nan", "nan"))
    if not isfinite(number):
        raise _NotPlain(f"{node.value[:20]} is not a finite number", node.start_mark)
    return number


for _name, _pattern, _first in _RESOLVERS:
    _Loader.add_implicit_resolver(_PLAIN + _name, re.compile(_pattern), _first)
_Loader.add_constructor(_PLAIN + "str", _text)
_Loader.add_constructor(_PLAIN + "int", _whole)
_Loader.add_constructor(_PLAIN + "float", _real)


def _refusal(source: str, sentence: str, mark: _Place | None = None) -> Refused:
    place = "" if mark is None else f" (line {mark.line + 1}, column {mark.column + 1})"
    return Refused(f"{source}: {sentence}{place}", "malformed_yaml")
