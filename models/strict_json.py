"""JSON as it is agreed on between machines: UTF-8, finite numbers, no key twice, nothing nested without end."""

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, NoReturn

from models.errors import NotReadable
from models.quantities import GREATEST_WHOLE

DEEPEST = 200
"""Levels of lists and objects inside each other that are read."""
LONGEST_NUMBER = 400
"""Characters of a number that are read: a finite number needs fewer."""

TOKEN = re.compile(
    r"""(?P<word>"[^"\\]*(?:\\.[^"\\]*)*"|[-+]?(?:NaN|Infinity)|-?\d[\d.eE+-]*|[\[\]{}])(?P<colon>\s*:)?""", re.DOTALL
)
NO_CHARACTER = re.compile("[\ud800-\udfff]")


class _Refused(Exception):  # noqa: N818
    """Something that JSON's own parser lets pass; where it is, is looked for afterwards."""


def parse_json(text: bytes | str) -> dict[str, Any]:
    """The object that a JSON text says; raises `NotReadable` with line and column."""
    read = _decoded(text) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    try:
        document = json.loads(
            read,
            object_pairs_hook=_without_repeats,
            parse_float=_finite,
            parse_int=_whole,
            parse_constant=_no_constant,
        )
        _refuse_what_is_no_character(read, document)
    except json.JSONDecodeError as error:
        raise NotReadable(f"not JSON: {_reason(error)}", line=error.lineno, column=error.colno) from None
    except (_Refused, RecursionError):
        _say_where(read)
    if not isinstance(document, dict):
        raise NotReadable(f"a document is an object in braces, not {_named(document)}", line=1, column=1)
    return document


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = text[: error.start]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode("utf-8-sig")) + 1
        raise NotReadable("not UTF-8: save the text with that encoding", line=line, column=column) from None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Refused
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise _Refused
    return number


def _whole(text: str) -> float:
    """A number past what JSON carries exactly everywhere is read as it would be elsewhere: rounded."""
    if len(text) > LONGEST_NUMBER:
        raise _Refused
    number = int(text)
    return number if abs(number) <= GREATEST_WHOLE else _finite(text)


def _no_constant(_: str) -> NoReturn:
    raise _Refused


def _refuse_what_is_no_character(text: str, document: Any) -> None:  # noqa: ANN401
    if NO_CHARACTER.search(text) or ("\\ud" in text.lower() and NO_CHARACTER.search(_written(document))):
        raise _Refused


def _written(document: Any) -> str:  # noqa: ANN401
    return json.dumps(document, ensure_ascii=False)


def _reason(error: json.JSONDecodeError) -> str:
    return error.msg[:1].lower() + error.msg[1:]


def _named(value: object) -> str:
    match value:
        case list():
            return "a list"
        case str():
            return "a text"
        case bool() | None:
            return "true, false or null"
        case _:
            return "a number"


def _say_where(text: str) -> NoReturn:
    for at, sentence in _refusals(text):
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        raise NotReadable(sentence, line=line, column=column)
    raise NotReadable("nested too deeply to be read")


def _refusals(text: str) -> Iterator[tuple[int, str]]:
    """What is no JSON for machines, in order, with where it begins."""
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
                yield token.start(), f"{word[:20]} is no finite number"
        else:
            yield from ((token.start(), sentence) for sentence in _text_refusals(word, keys[-1:] if is_key else []))


def _text_refusals(word: str, keys: list[set[str]]) -> Iterator[str]:
    """What is wrong with a text in quotes; `keys` holds the keys before it where it is a key."""
    try:
        said = json.loads(word, strict=False)
    except ValueError:
        yield "not JSON: a text with an escape that does not exist"
        return
    if NO_CHARACTER.search(said):
        yield "a text holds half of a surrogate pair, which is no character"
    for before in keys:
        if said in before:
            yield f"the key {said[:60]!r} is given twice in one object"
        before.add(said)


def _is_finite(word: str) -> bool:
    try:
        return len(word) <= LONGEST_NUMBER and isfinite(float(word))
    except ValueError:
        return False
