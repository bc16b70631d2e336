import pytest

from optimizer.data.titles import listed, title, titles
from tests.support.problems import a_problem


def test_a_record_is_named_by_its_title_and_without_a_title_by_its_id() -> None:
    members = a_problem(members=[{"id": "de", "title": "Germany"}, {"id": "it"}]).member
    assert [title(members, i) for i in members] == ["Germany", "it"]
    assert titles(members, members) == "Germany and it"


def test_a_title_is_one_line_without_control_characters() -> None:
    members = a_problem(members=[{"id": "de", "title": "Ger\x1b[31m\n many"}, {"id": "it", "title": "\n"}]).member
    assert [title(members, i) for i in members] == ["Ger [31m many", "it"]


@pytest.mark.parametrize(
    "names, sentence",
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c", "d"], "a, b, c and d"),
        (["a", "b", "c", "d", "e"], "a, b, c and 2 others"),
    ],
)
def test_names_are_listed_up_to_a_limit(names: list[str], sentence: str) -> None:
    assert listed(names) == sentence
