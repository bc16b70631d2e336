"""Properties of every family, on the example of its documentation."""

from typing import get_args

import pytest

from docs.families import BASE, EXAMPLES
from models.problem.problem import Problem
from optimizer import program
from optimizer.data.scenarios import scenarios_of
from optimizer.formulation.declaration import variable_sets_of
from optimizer.formulation.families import FAMILIES
from optimizer.formulation.family import Family, Scope
from tests.support.optima import solved
from tests.support.problems import a_document

every_family = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)


def example(name: str) -> Problem:
    return Problem.model_validate(a_document(**{**BASE, **EXAMPLES[name]}))


def with_an_idle_activity(name: str) -> Problem:
    """The example plus an activity that needs a resource without any endowment."""
    document = a_document(**{**BASE, **EXAMPLES[name]})
    place = document["theatres"][0]["id"]
    ships = {"id": "blockade", "theatre": place, "pillar": "other", "needs": {"ships": 1}}
    document["activities"] = [ships, *document["activities"]]
    document["resources"] = [*document.get("resources", [{"id": "money"}]), {"id": "ships"}]
    return Problem.model_validate(document)


@every_family
def test_a_limit_has_the_index_of_the_variable_that_it_closes(family: Family) -> None:
    for applied in program(example(family.name)).concord.limits:
        assert applied.limit.index == applied.variable.index(), (applied.family.name, applied.limit.says)


@every_family
def test_what_a_family_declares_has_a_scope(family: Family) -> None:
    for scenario in scenarios_of(example(family.name), None):
        for own in variable_sets_of(scenario, [scenario], FAMILIES).values():
            assert own.scope in get_args(Scope), own.name


@every_family
def test_an_activity_that_nobody_can_give_to_changes_nothing(family: Family) -> None:
    value = solved(with_an_idle_activity(family.name)).objectives[0].value
    assert value == pytest.approx(solved(example(family.name)).objectives[0].value, abs=1e-6)
