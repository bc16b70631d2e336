import pytest

from tests.support.faults import faults, issues_of
from tests.support.problems import a_document


def test_the_addresses_of_a_scenario_must_exist() -> None:
    (issue,) = issues_of(a_document(scenarios=[{"id": "s", "overrides": {"theatres/iraq/wieght": 2}}]))
    assert (issue.address, issue.code) == ("scenarios/s/overrides/theatres~1iraq~1wieght", "unknown_address")
    assert (issue.pointer, issue.suggestion) == (
        "/scenarios/0/overrides/theatres~1iraq~1wieght",
        "theatres/iraq/weight",
    )


@pytest.mark.parametrize(
    "address", ["theatres/iraq/weight", "members/*/votes", "positions/a:train", "policy/max_total_cost", "members/b"]
)
def test_present_and_possible_places_are_valid_addresses(address: str) -> None:
    assert faults(scenarios=[{"id": "s", "overrides": {address: 1}}]) == {}


@pytest.mark.parametrize(
    "address, code",
    [
        ("theatres/iraq/wieght", "unknown_address"),
        ("theatres/iraq/consent", "not_a_number"),
        ("frameworks/alliance/role", "not_a_number"),
        ("members/*/resources", "not_a_number"),
    ],
)
def test_an_uncertain_value_must_be_a_number_at_a_known_address(address: str, code: str) -> None:
    found = faults(uncertainty=[{"address": address, "low": 0, "high": 1}])
    assert found == {f"uncertainty/{address.replace('/', '~1')}/address": code}


@pytest.mark.parametrize("address", ["theatres/iraq/weight", "members/*/resources/money", "positions/a:train/value"])
def test_present_and_possible_numbers_can_be_uncertain(address: str) -> None:
    assert faults(uncertainty=[{"address": address, "low": 0, "high": 1}]) == {}
