"""The independent check rejects the plan of a program in which a family is broken on purpose."""

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
def test_the_plan_of_an_intact_family_passes(family: str) -> None:
    assert solved(a_problem(**PLANTS[family].fields)).status == "optimal"


@pytest.mark.parametrize("family", PLANTS)
def test_with_all_groups_relaxed_the_plan_still_passes(family: str) -> None:
    """The check has its own list of families that are never relaxed: it would reject a plan that relaxes them."""
    assert solved(a_problem(**PLANTS[family].fields), *get_args(Group)).status == "optimal"


@pytest.mark.parametrize("family", PLANTS)
def test_rejects_the_plan_of_a_broken_family(family: str) -> None:
    assert_rejected(family, PLANTS[family])


@pytest.mark.parametrize("family", planted_terms.PLANTS)
def test_rejects_the_plan_of_wrong_terms(family: str) -> None:
    plant = planted_terms.PLANTS[family]
    assert solved(a_problem(**plant.fields)).status == "optimal"
    assert_rejected(family, plant)


def assert_rejected(family: str, plant: Plant) -> None:
    broken = tuple(plant.fault(one) if one.name == family else one for one in FAMILIES)
    outcome = solve(a_problem(**plant.fields), Config(solver=EXACT), families=broken)
    assert isinstance(outcome, SolverError), (
        f"the check accepts a plan that breaks {family}: write optimizer/check/{family}.py and enter it in check.py"
    )
    assert outcome.reason.startswith("the plan failed the independent check: ")
    assert plant.says in outcome.reason
