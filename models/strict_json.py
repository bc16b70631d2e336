"""Strict JSON: UTF-8, finite numbers, unique keys, limited depth (I-JSON, RFC 7493, with a depth limit)."""

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, NoReturn

from models.errors import NotReadable
from models.quantities import GREATEST_WHOLE

DEEPEST = 200
"""Greatest depth of nested lists and objects."""
LONGEST_NUMBER = 400
"""Greatest length of a number, in characters; a finite number needs fewer."""

TOKEN = re.compile(
    r"""(?P<word>"[^"\\]*(?:\\.[^"\\]*)*"|[-+]?(?:NaN|Infinity)|-?\d[\d.eE+-]*|[\[\]{}])(?P<colon>\s*:)?""", re.DOTALL
)
SURROGATE = re.compile("[\ud800-\udfff]")


class _NotStrict(Exception):  # noqa: N818
    """The parser of the standard library accepted something that strict JSON forbids; a second pass locates it."""


def parse_json(text: bytes | str) -> dict[str, Any]:
    """Return the object of a JSON text; raises `NotReadable` with line and column."""
    read = _decoded(text) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    try:
        document = json.loads(
            read,
            object_pairs_hook=_unique_keys,
            parse_float=_finite,
            parse_int=_integer,
            parse_constant=_reject_constant,
        )
        _reject_surrogates(read, document)
    except json.JSONDecodeError as error:
        raise NotReadable(f"not JSON: {_reason(error)}", line=error.lineno, column=error.colno) from None
    except (_NotStrict, RecursionError):
        _raise_with_position(read)
    if not isinstance(document, dict):
        raise NotReadable(f"a document must be an object in braces, not {_kind_name(document)}", line=1, column=1)
    return document


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = text[: error.start]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode("utf-8-sig")) + 1
        raise NotReadable("not UTF-8: save the file with the encoding UTF-8", line=line, column=column) from None


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) < len(pairs):
        raise _NotStrict
    return unique


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise _NotStrict
    return number


def _integer(text: str) -> float:
    """Return an integer, rounded to a float if it is too large for every JSON implementation to read exactly."""
    if len(text) > LONGEST_NUMBER:
        raise _NotStrict
    number = int(text)
    return number if abs(number) <= GREATEST_WHOLE else _finite(text)


def _reject_constant(_: str) -> NoReturn:
    raise _NotStrict


def _reject_surrogates(text: str, document: Any) -> None:  # noqa: ANN401
    if SURROGATE.search(text) or ("\\ud" in text.lower() and SURROGATE.search(_without_escapes(document))):
        raise _NotStrict


def _without_escapes(document: Any) -> str:  # noqa: ANN401
    return json.dumps(document, ensure_ascii=False)


def _reason(error: json.JSONDecodeError) -> str:
    return error.msg[:1].lower() + error.msg[1:]


def _kind_name(value: object) -> str:
    match value:
        case list():
            return "a list"
        case str():
            return "a text"
        case bool() | None:
            return "true, false or null"
        case _:
            return "a number"


def _raise_with_position(text: str) -> NoReturn:
    for at, sentence in _faults(text):
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        raise NotReadable(sentence, line=line, column=column)
    raise NotReadable("nested too deeply to be read")


def _faults(text: str) -> Iterator[tuple[int, str]]:
    """Yield each fault of the text with the position where it begins, in order."""
    keys: list[set[str]] = []
    for token in TOKEN.finditer(text):
        word, is_key = token["word"], token["colon"] is not None
        if word in "{[":
            keys.append(set())
            if len(keys) > DEEPEST:
                yield token.start(), f"nested more than {DEEPEST} levels deep"
        elif word in "}]":
            del keys[-1:]
        elif word[0] != '"':
            if not _is_finite(word):
                yield token.start(), f"{word[:20]} is not a finite number"
        else:
            yield from ((token.start(), sentence) for sentence in _string_faults(word, keys[-1:] if is_key else []))


def _string_faults(word: str, keys: list[set[str]]) -> Iterator[str]:
    """Yield the faults of a quoted string. If the string is a key, `keys` contains the earlier keys of its object."""
    try:
        value = json.loads(word, strict=False)
    except ValueError:
        yield "not JSON: the text contains an unknown escape sequence"
        return
    if SURROGATE.search(value):
        yield "a text contains half of a surrogate pair, which is not a character"
    for earlier in keys:
        if value in earlier:
            yield f"the key {value[:60]!r} is given twice in one object"
        earlier.add(value)


def _is_finite(word: str) -> bool:
    try:
        return len(word) <= LONGEST_NUMBER and isfinite(float(word))
    except ValueError:
        return False
