from tests.support.plans import reduced
from tests.support.problems import a_problem

PERIODS = ["p1", "p2", "p3"]


def test_c35_a_synergy_counts_only_if_both_activities_run() -> None:
    problem = a_problem(
        periods=PERIODS,
        theatres=[{"id": "iraq", "persistence": 0}],
        activities=[{"id": "train", "min_level": 1}, {"id": "watch", "min_level": 1}],
        synergies=[{"activities": ["train", "watch"], "effect": 3}],
    )
    assert reduced(problem, "a/train/money/p1", "a/watch/money/p1", "a/train/money/p2") == {
        "iraq/risk/p1": 11,
        "iraq/risk/p2": 4,
    }


def test_c35_a_synergy_reaches_the_driver_it_names() -> None:
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": {"violence": 9, "grievance": 9}}],
        activities=[{"id": activity, "min_level": 1, "reduces": {"violence": 1}} for activity in ("train", "watch")],
        synergies=[{"activities": ["train", "watch"], "effect": 3, "driver": "grievance"}],
    )
    assert reduced(problem, "a/train", "a/watch") == {"iraq/violence/p1": 8, "iraq/grievance/p1": 3}


def test_c35_a_synergy_counts_where_its_activities_are_run_and_not_where_they_serve() -> None:
    problem = a_problem(
        theatres=[{"id": "iraq"}, {"id": "syria"}],
        activities=[{"id": activity, "min_level": 1, "serves": ["syria", "iraq"]} for activity in ("train", "watch")],
        synergies=[{"activities": ["train", "watch"], "effect": 3}],
    )
    assert reduced(problem, "a/train", "a/watch") == {"iraq/risk/p1": 11, "syria/risk/p1": 8}
