import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import NotReadable
from models.strict_json import parse_json

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_reads_what_json_writes(document: dict[str, object]) -> None:
    assert parse_json(json.dumps(document)) == document
    assert parse_json(json.dumps(document, ensure_ascii=False).encode()) == document


@given(st.binary() | st.text())
def test_raises_nothing_but_not_readable(text: bytes | str) -> None:
    try:
        assert isinstance(parse_json(text), dict)
    except NotReadable as error:
        assert (error.line or 1) >= 1  # noqa: PT017  (either answer is right)


def test_a_byte_order_mark_does_not_matter() -> None:
    assert parse_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}
    assert parse_json('\ufeff{"a": 1}') == {"a": 1}


def test_an_integer_above_the_exact_range_is_rounded() -> None:
    assert parse_json('{"a": 123456789012345678901234567890}') == {"a": 1.2345678901234568e29}


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert parse_json('{"a": "\\ud83d\\ude00"}') == {"a": "\U0001f600"}


@pytest.mark.parametrize(
    "text, words, line, column",
    [
        (b"", "not JSON: expecting value", 1, 1),
        (b'{"a":', "not JSON: expecting value", 1, 6),
        (b'{"a": 1} more', "not JSON: extra data", 1, 10),
        (b"{'a': 1}", "not JSON", 1, 2),
        (b"money=6&risk=10", "not JSON", 1, 1),
        (b"[1]", "not a list", 1, 1),
        (b'"x"', "not a text", 1, 1),
        (b"null", "not true, false or null", 1, 1),
        (b"3", "not a number", 1, 1),
        (b'{"a": 1,\n "a": 2}', "the key 'a' is given twice", 2, 2),
        (b'{"a": {"b": 1,\n\n  "b": 2}}', "the key 'b' is given twice", 3, 3),
        (b'{"a": "NaN", "b": NaN}', "NaN is not a finite number", 1, 19),
        (b'{"a": -Infinity}', "-Infinity is not a finite number", 1, 7),
        (b'{"a": [1,\n1e999]}', "1e999 is not a finite number", 2, 1),
        (b'{"a": ' + b"9" * 5000 + b"}", "is not a finite number", 1, 7),
        (b'{"a": "\\ud800"}', "surrogate", 1, 7),
        ('{"é": 1}\n'.encode() + b"\xff", "not UTF-8", 2, 1),
        ('{"é":'.encode() + b"\xff", "not UTF-8", 1, 6),
        (b"[" * 100_000, "nested more than 200 levels deep", 1, 201),
        (b'{"a":' * 100_000, "nested more than 200 levels deep", 1, 1001),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested more than 200 levels deep", 1, 205),
    ],
    ids=lambda value: str(value)[:30],
)
def test_says_what_is_wrong_with_line_and_column(text: bytes, words: str, line: int, column: int) -> None:
    with pytest.raises(NotReadable) as refused:
        parse_json(text)
    assert words in str(refused.value)
    assert (refused.value.line, refused.value.column) == (line, column)
    assert str(refused.value).endswith(f"(line {line}, column {column})")
    assert len(str(refused.value)) < 200
