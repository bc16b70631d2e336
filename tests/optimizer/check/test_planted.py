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
    assert PLANTS.keys() == {family.name for family in FAMILIES}


def test_no_family_has_two_plants() -> None:
    assert not planted_politics.PLANTS.keys() & planted_effects.PLANTS.keys()


def test_every_family_that_writes_into_ledgers_has_a_plant_there() -> None:
    silent = Family.__dataclass_fields__["terms"].default
    assert planted_terms.PLANTS.keys() == {family.name for family in FAMILIES if family.terms is not silent}


@pytest.mark.parametrize("family", PLANTS)
def test_intact_it_leads_to_a_plan_that_passes(family: str) -> None:
    assert solved(a_problem(**PLANTS[family].fields)).status == "optimal"


@pytest.mark.parametrize("family", PLANTS)
def test_with_all_groups_relaxed_its_facts_still_hold(family: str) -> None:
    """The check says for itself what is a fact: a family that were relaxed and is one would be caught."""
    assert solved(a_problem(**PLANTS[family].fields), *get_args(Group)).status == "optimal"


@pytest.mark.parametrize("family", PLANTS)
def test_broken_it_is_caught(family: str) -> None:
    plant_and_solve(family, PLANTS[family])


@pytest.mark.parametrize("family", planted_terms.PLANTS)
def test_wrong_terms_are_caught(family: str) -> None:
    plant = planted_terms.PLANTS[family]
    assert solved(a_problem(**plant.fields)).status == "optimal"
    plant_and_solve(family, plant)


def plant_and_solve(family: str, plant: Plant) -> None:
    broken = tuple(plant.fault(one) if one.name == family else one for one in FAMILIES)
    outcome = solve(a_problem(**plant.fields), Config(solver=EXACT), families=broken)
    assert isinstance(outcome, SolverError), outcome
    assert outcome.reason.startswith("the plan failed the independent check: ")
    assert plant.says in outcome.reason
