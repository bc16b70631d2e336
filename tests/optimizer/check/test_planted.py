"""A deliberately broken family is caught: the plan that it leads to fails the independent check."""

from typing import get_args

import pytest

from models.config import Config, Group
from models.outcome import SolverError
from optimizer import solve
from optimizer.formulation.families import FAMILIES
from optimizer.formulation.family import Family
from tests.support import planted_effects, planted_politics, planted_terms
from tests.support.optima import EXACT, solved
from tests.support.planted import Plant
from tests.support.problems import a_problem

PLANTS = {**planted_politics.PLANTS, **planted_effects.PLANTS}


def test_every_family_has_a_plant() -> None:
    missing = {family.name for family in FAMILIES} ^ PLANTS.keys()
    assert not missing, (
        f"tests/support/planted_politics.py or planted_effects.py: add a Plant for {sorted(missing)}, a tiny problem "
        "that the family limits and the sentence with which the check refuses the plan found without it"
    )


def test_no_family_has_two_plants() -> None:
    assert not planted_politics.PLANTS.keys() & planted_effects.PLANTS.keys()


def test_every_family_that_writes_into_ledgers_has_a_plant_there() -> None:
    silent = Family.__dataclass_fields__["terms"].default
    missing = planted_terms.PLANTS.keys() ^ {family.name for family in FAMILIES if family.terms is not silent}
    assert not missing, f"tests/support/planted_terms.py: add a Plant for the ledger terms of {sorted(missing)}"


@pytest.mark.parametrize("family", PLANTS)
def test_intact_it_leads_to_a_plan_that_passes(family: str) -> None:
    assert solved(a_problem(**PLANTS[family].fields)).status == "optimal"


@pytest.mark.parametrize("family", PLANTS)
def test_with_all_groups_relaxed_its_facts_still_hold(family: str) -> None:
    """The check says for itself what is a fact: a family that were relaxed and is one would be caught."""
    assert solved(a_problem(**PLANTS[family].fields), *get_args(Group)).status == "optimal"


@pytest.mark.parametrize("family", PLANTS)
def test_broken_it_is_caught(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant_and_solve(family, PLANTS[family], monkeypatch)


@pytest.mark.parametrize("family", planted_terms.PLANTS)
def test_wrong_terms_are_caught(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant = planted_terms.PLANTS[family]
    assert solved(a_problem(**plant.fields)).status == "optimal"
    plant_and_solve(family, plant, monkeypatch)


def plant_and_solve(family: str, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tuple(plant.fault(one) if one.name == family else one for one in FAMILIES)
    monkeypatch.setattr("optimizer.formulation.families.FAMILIES", broken)
    outcome = solve(a_problem(**plant.fields), Config(solver=EXACT))
    assert isinstance(outcome, SolverError), outcome
    assert outcome.reason.startswith("the plan failed the independent check: ")
    assert plant.says in outcome.reason
