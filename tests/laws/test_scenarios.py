"""Laws of scenarios: their order changes nothing, and however one is written, it has one optimum.

"Changes nothing" is: the plans in two orders are equal, entry by entry, up to the order of the entries that name a
scenario; the objectives, statuses and bounds are equal byte for byte.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from models.errors import InvalidDocument
from models.outcome import Solved
from models.reading import read_problem
from tests.laws.bounded import bounded
from tests.laws.draws import POSITIONS, Document, Draw, halves
from tests.laws.problems import documents
from tests.laws.test_laws import LATER, SLACK, assert_figures_are_correct, solved_or_none

PROBLEMS = 120
CRITERIA: tuple[Document, ...] = (
    {"type": "expected"},
    {"type": "worst_case"},
    {"type": "cvar", "alpha": 0.5},
    {"type": "regret"},
    {"type": "budgeted", "gamma": 1},
)
FACTORS = (0.5, 1, 1.5, 2)


@st.composite
def with_scenarios(draw: Draw, criterion: Document, *, scenarios: int = 2) -> Document:
    """Draw a document with scenarios that differ by multipliers; an effect without harm, and one that may fall short.

    Every objective is one under which scenarios matter.
    """
    of = draw(st.sampled_from(["thresholds", "curves", "awareness", "benefit", "least_levels", "drivers", None]))
    document = draw(documents(of=of, further=1))
    document["objectives"] = [{"metric": "max_regret" if criterion["type"] == "regret" else "risk_reduction"}]
    document["objectives"].append({"metric": "cost"})
    for activity in document["activities"]:
        if criterion["type"] == "budgeted" and activity["effect"]["type"] == "linear" and "lead_time" not in activity:
            activity["effect"]["deviation"] = draw(halves(0, 2))
    document["criterion"] = {**criterion, "recourse": draw(st.booleans())}
    document["scenarios"] = [
        {
            "id": f"s{n}",
            "probability": [0.25, 0.5, 0.25][n] if scenarios == 3 else 0.5,
            "risk_multiplier": {one["id"]: draw(st.sampled_from(FACTORS)) for one in document["theatres"]},
            "effect_multiplier": {one["id"]: draw(st.sampled_from(FACTORS)) for one in document["activities"]},
        }
        for n in range(scenarios)
    ]
    return document


@st.composite
def with_overrides(draw: Draw, criterion: Document) -> Document:
    """Draw a document with three scenarios, of which two change the data of the problem."""
    document = draw(with_scenarios(criterion, scenarios=3))
    choices: Document = {
        "members/m0/resources/money": draw(halves(0, 10)),
        "members/m0/ability_to_pay": draw(st.integers(1, 4)),
        "activities/a0/min_level": draw(halves(0, 2)),
        "theatres/h0/risk": draw(halves(0, 20)),
        "theatres/h0/weight": 3,
        "positions/m0:a0": draw(st.sampled_from(POSITIONS)),
        "frameworks/f0/effect_multiplier": draw(st.sampled_from([0.5, 2])),
    }
    if "concessions" in document:
        del choices["positions/m0:a0"]
    if isinstance(document["theatres"][0]["risk"], dict):  # by driver or period, which other numbers refer to
        del choices["theatres/h0/risk"]
    for scenario in document["scenarios"][1:]:
        chosen = draw(st.lists(st.sampled_from(sorted(choices)), max_size=2, unique=True))
        scenario["overrides"] = {address: choices[address] for address in chosen}
    return document


def solved(document: Document) -> Solved | None:
    """Return the outcome, None without a plan; rejects a document that the problem cannot have."""
    try:
        outcome = solved_or_none(read_problem(document), [])
    except InvalidDocument:
        reject()
    if outcome is not None:
        assert_figures_are_correct(read_problem(document), outcome, [])
    return outcome


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda one: one["type"])
def test_the_order_of_scenarios_changes_nothing(criterion: Document) -> None:
    @bounded(criterion["type"], PROBLEMS, len(CRITERIA))
    @given(document=with_overrides(criterion), order=st.permutations(range(3)))
    def tried(document: Document, order: list[int]) -> None:
        swapped = document | {"scenarios": [document["scenarios"][n] for n in order]}
        first, second = solved(document), solved(swapped)
        assert (first is None) == (second is None)
        if first is not None and second is not None:
            assert first.objectives == second.objectives
            assert_equal_plans(first.plan.model_dump(), second.plan.model_dump())
            assert named(second) == [document["scenarios"][n]["id"] for n in order]

    tried()


def named(outcome: Solved) -> list[str]:
    return [one.id for one in outcome.plan.scenarios]


def assert_equal_plans(first: dict[str, Any], second: dict[str, Any]) -> None:
    """Assert equal entries; those without a scenario, and those of each scenario, also in equal order."""
    for name, entries in first.items():
        for scenario in (None, "s0", "s1", "s2"):
            assert of_scenario(entries, scenario) == of_scenario(second[name], scenario), name


def of_scenario(entries: list[dict[str, Any]], scenario: str | None) -> list[dict[str, Any]]:
    """Entries of a scenario; None for entries of all. A scenario's result is named by its id."""
    return [one for one in entries if one.get("scenario", one["id"] if "regret" in one else None) == scenario]


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda one: one["type"])
def test_a_multiplier_and_the_override_that_does_the_same_have_one_optimum(criterion: Document) -> None:
    @bounded(criterion["type"], PROBLEMS, len(CRITERIA))
    @given(document=with_scenarios(criterion))
    def tried(document: Document) -> None:
        assert_same_values(solved(document), solved(overridden(document)))

    tried()


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda one: one["type"])
def test_a_single_scenario_has_the_optimum_of_the_problem_edited_alike(criterion: Document) -> None:
    """A regret needs scenarios, so under regret the risk reduction of the only one is compared."""

    @bounded(criterion["type"], PROBLEMS, len(CRITERIA))
    @given(document=with_scenarios(criterion))
    def tried(document: Document) -> None:
        alone = document | {"scenarios": [document["scenarios"][0] | {"probability": 1}]}
        edited = changed_by(document, document["scenarios"][0])
        del edited["scenarios"]
        if criterion["type"] == "regret":
            alone = alone | {"objectives": [{"metric": "risk_reduction"}], "criterion": {"type": "expected"}}
            edited = edited | {"objectives": [{"metric": "risk_reduction"}], "criterion": {"type": "expected"}}
        assert_same_values(solved(alone), solved(edited))
        assert_same_values(solved(overridden(alone)), solved(edited))

    tried()


def assert_same_values(first: Solved | None, second: Solved | None) -> None:
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        values, others = ([one.value for one in outcome.objectives] for outcome in (first, second))
        assert others[:1] == pytest.approx(values[:1], rel=SLACK, abs=SLACK)
        assert others[1:] == pytest.approx(values[1:], rel=LATER, abs=LATER)


def overridden(document: Document) -> Document:
    """Write every scenario with multipliers as one with overrides."""
    return document | {"scenarios": [as_overrides(document, scenario) for scenario in document["scenarios"]]}


def as_overrides(document: Document, scenario: Document) -> Document:
    edited = changed_by(document, scenario)
    overrides = {f"theatres/{one['id']}/risk": one["risk"] for one in edited["theatres"]}
    overrides |= {f"activities/{one['id']}/effect": one["effect"] for one in edited["activities"]}
    return {"id": scenario["id"], "probability": scenario["probability"], "overrides": overrides}


def changed_by(document: Document, scenario: Document) -> Document:
    """Write the problem of a scenario with multipliers."""
    edited = deepcopy(document)
    for theatre in edited["theatres"]:
        theatre["risk"] = times(theatre["risk"], scenario["risk_multiplier"][theatre["id"]])
    for activity in edited["activities"]:
        activity["effect"] = stronger(activity["effect"], scenario["effect_multiplier"][activity["id"]])
    return edited


def times(amount: Any, factor: float) -> Any:
    if isinstance(amount, dict):
        return {key: times(one, factor) for key, one in amount.items()}
    return [times(one, factor) for one in amount] if isinstance(amount, list) else amount * factor


def stronger(effect: Document, factor: float) -> Document:
    """Multiply what an effect achieves; a deviation is in points per level too."""
    achieved: dict[str, Callable[[Any], Any]] = {
        "per_level": lambda one: times(one, factor),
        "deviation": lambda one: one * factor,
        "points": lambda points: [[level, height * factor] for level, height in points],
    }
    return {key: achieved[key](value) if key in achieved else value for key, value in effect.items()}
