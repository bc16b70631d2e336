import pickle
import re
from pathlib import Path

from models.errors import CODES, InvalidDocument, Issue, NotReadable, UnknownAddress

ROOT = Path(__file__).parents[2]
CODE = re.compile(r'code="([a-z_]+)"|PydanticCustomError\(\s*"([a-z_]+)"')
NO_ISSUE = {"findings"}


def test_every_used_code_has_a_meaning() -> None:
    used = set()
    for path in (*(ROOT / "models").rglob("*.py"), *(ROOT / "optimizer").rglob("*.py")):
        used |= {first or second for first, second in CODE.findall(path.read_text(encoding="utf-8"))}
    assert used - NO_ISSUE <= CODES.keys()


def test_every_code_is_a_sentence() -> None:
    assert all(meaning[0].isupper() and meaning.endswith(".") for meaning in CODES.values())
    assert list(CODES) == sorted(CODES)


def test_an_error_can_be_pickled_with_all_fields() -> None:
    issue = Issue(address="members/a", pointer="/members/0", code="invalid", message="is wrong")
    document = pickle.loads(pickle.dumps(InvalidDocument([issue])))  # noqa: S301  (our own bytes)
    assert document.issues == (issue,)
    assert str(document) == "members/a: is wrong"
    address = pickle.loads(pickle.dumps(UnknownAddress("members/x", ["members/a"], "/changes/0", "members/a")))  # noqa: S301
    assert (address.address, address.known, address.pointer) == ("members/x", ("members/a",), "/changes/0")
    assert address.suggestion == "members/a"
    unread = pickle.loads(pickle.dumps(NotReadable("not JSON", line=2, column=3)))  # noqa: S301
    assert (str(unread), unread.line, unread.column) == ("not JSON (line 2, column 3)", 2, 3)


def test_an_unknown_address_offers_the_nearest() -> None:
    assert str(UnknownAddress("members/x", ["members/a"], suggestion="members/a")) == (
        "there is nothing at 'members/x'; did you mean 'members/a'?"
    )
    assert str(UnknownAddress("members/x", ["members/a"])) == "there is nothing at 'members/x'"
    assert str(UnknownAddress("members/x", [])) == "there is nothing at 'members/x'"


def test_an_unknown_address_does_not_suggest_what_was_asked() -> None:
    assert UnknownAddress("a/b", ["a/b", "a/c"]).known == ("a/c",)
    assert "did you mean" not in str(UnknownAddress("a/b", ["a/b"]))
