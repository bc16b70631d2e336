from typing import Any

import pytest

from service.cli.error_output import Refused
from service.cli.yaml_text import parse_yaml


def _parsed(data: bytes) -> dict[str, Any]:
    return parse_yaml(data, source="p.yaml")


def test_takes_norway_for_a_text() -> None:
    assert _parsed(b"members: [no, on, yes, off, y]") == {"members": ["no", "on", "yes", "off", "y"]}


def test_takes_keys_for_texts_as_json_does() -> None:
    assert _parsed(b"{no: 1, 2020: 2, true: 3, ~: 4}") == {"no": 1, "2020": 2, "true": 3, "~": 4}


@pytest.mark.parametrize(
    "text, value",
    [
        ("8", 8),
        ("-3", -3),
        ("010", 10),
        ("1e6", 1e6),
        ("1.5E-3", 1.5e-3),
        (".5", 0.5),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("2019-01-01", "2019-01-01"),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("=", "="),
        ("'8'", "8"),
        ("9007199254740993", 9007199254740992.0),
    ],
)
def test_reads_plain_values_by_the_rules_of_yaml_1_2(text: str, value: object) -> None:
    read = _parsed(f"value: {text}".encode())["value"]
    assert (read, type(read)) == (value, type(value))


def test_keeps_letters_of_every_language() -> None:
    assert _parsed("title: Türkiye, Ελλάδα".encode()) == {"title": "Türkiye, Ελλάδα"}


def test_ignores_a_byte_order_mark() -> None:
    assert _parsed(b"\xef\xbb\xbfa: 1") == {"a": 1}


@pytest.mark.parametrize(
    "text, sentence",
    [
        (b"a: &x [1]\nb: *x", r"aliases .* \(line 2, column 4\)"),
        (b"<<: *x", r"aliases .* \(line 1, column 5\)"),
        (b"a: 1\nb: 2\na: 3", r"'a' appears twice in one object \(line 3, column 1\)"),
        (b"a: {x: 1, x: 2}", r"'x' appears twice in one object \(line 1, column 11\)"),
        (b"a: !!python/object/apply:os.system [ls]", r"tags .* \(line 1, column 4\)"),
        (b"a: !!str 1", r"tags .* are not allowed"),
        (b"? [1, 2]\n: 3", r"a key must be a text \(line 1, column 3\)"),
        (b"a: [1, 2", r"not YAML: .* \(line 1, column 9\)"),
        (b"a: 1\n---\nb: 2", r"not YAML: but found another document \(line 2, column 1\)"),
        (b"a: \x00", r"not YAML: "),
        (b"a: \xff", r"not UTF-8: byte 4 cannot be read"),
        (b"[" * 100_000, r"nested too deeply to be read"),
        (b"a: " + b"9" * 5_000, r"99999999999999999999 is not a finite number \(line 1, column 4\)"),
        (b"a: 1e999", r"1e999 is not a finite number"),
        (b"a: .nan", r"\.nan is not a finite number"),
        (b"a: [-.inf]", r"-\.inf is not a finite number \(line 1, column 5\)"),
        (rb'a: "\ud800"', r"half of a surrogate pair, which is not a character \(line 1, column 4\)"),
        (b"", r"a document must be an object"),
        (b"- 1", r"a document must be an object"),
    ],
)
def test_refuses_with_a_sentence(text: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=rf"^p\.yaml: .*{sentence}") as refused:
        _parsed(text)
    assert refused.value.code == "malformed_yaml"
