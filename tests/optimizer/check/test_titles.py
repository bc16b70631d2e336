from optimizer.check.check import check
from optimizer.check.titles import Titles
from tests.support.plans import a_plan
from tests.support.problems import a_problem


def test_a_sentence_names_records_by_their_titles() -> None:
    problem = a_problem(
        resources=[{"id": "hours", "title": "Surveillance", "unit": "flight hours"}],
        members=[{"id": "a", "title": "Albania", "resources": {"hours": 10}}],
        activities=[{"id": "train", "needs": {"hours": 1}}],
    )
    (violation,) = check(problem, a_plan(problem, {"a/train/hours": 12.5})).violations
    assert violation.row == "a/hours/p1"
    assert violation.sentence == "Albania uses 12.5 flight hours of Surveillance in p1; it has 10."


def test_a_record_without_a_title_is_called_by_its_id() -> None:
    titles = Titles(a_problem(partners=[{"id": "eu"}]))
    assert titles.contributor == {"a": "a", "eu": "eu"}
    assert titles.amount("money", 2) == "2 M EUR of money"


def test_a_title_is_a_single_line_without_control_characters() -> None:
    titles = Titles(a_problem(theatres=[{"id": "iraq", "title": "  Iraq\n\x1b[1m and\tLevant "}]))
    assert titles.theatre == {"iraq": "Iraq [1m and Levant"}
