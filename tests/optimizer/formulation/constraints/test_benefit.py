import pytest
from hypothesis import given

from models.problem.problem import Problem
from optimizer.diagnostics.warnings import assumptions
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem


def two_theatres(max_ratio: float = 0.25, **fields: object) -> Problem:
    """a has a threat map with iraq only, b has no map. train serves both theatres; iraq has weight 2. a's position is
    set to 1: from a threat of one half alone, a would acquiesce and give nothing.
    """
    return a_problem(
        **{
            "members": [
                {"id": "a", "resources": {"money": 10}, "threat": {"iraq": 0.5}},
                {"id": "b", "resources": {"money": 10}},
            ],
            "theatres": [{"id": "iraq", "weight": 2}, {"id": "syria"}],
            "activities": [{"id": "train", "serves": ["iraq", "syria"]}],
            "positions": [{"member": "a", "theatre": "iraq", "value": 1}],
            "burden_sharing": {"type": "benefit", "max_ratio": max_ratio},
            **fields,
        }
    )


def test_rows_exist_for_members_with_a_threat_map() -> None:
    assert rows_of(two_theatres(periods=["p1", "p2"]), "benefit") == (
        "benefit[a]: c[a] - 0.25*cut[iraq,risk,p1] - 0.25*cut[iraq,risk,p2]  <=  0\n"
    )


def test_a_member_without_a_threat_map_does_not_skip_the_members_after_it() -> None:
    problem = two_theatres(members=two_theatres().document["members"][::-1])
    assert rows_of(problem, "benefit") == "benefit[a]: c[a] - 0.25*cut[iraq,risk,p1]  <=  0\n"


def test_threat_maps_bind_nobody_under_another_rule() -> None:
    assert rows_of(two_theatres(burden_sharing={"type": "proportional"}), "benefit") == ""


def test_holds_in_every_scenario() -> None:
    """a has a threat of ½ from iraq, which has weight 2, so a point is worth 1. In the calm an M EUR removes 1 point,
    in the storm ½. At a ratio of 1 M EUR a point a may give nothing, at 2 everything.
    """
    scenarios = [{"id": "calm"}, {"id": "storm", "effect_multiplier": {"train": 0.5}}]
    alone = {"members": two_theatres().document["members"][:1], "theatres": [{"id": "iraq", "weight": 2}]}
    activity = {"activities": [{"id": "train"}], "scenarios": scenarios}
    assert optimum(two_theatres(1, **alone, **activity)) == pytest.approx(0)
    assert optimum(two_theatres(2, **alone, **activity)) == pytest.approx(2 * (10 + 5) / 2)


@pytest.mark.parametrize("cost, holds", [(1.9, True), (2, True), (2.1, False)])
def test_permits_a_cost_up_to_what_is_gained(cost: float, *, holds: bool) -> None:
    """Benefit of a: 0.25 · ½ · 2 · 8 = 2. Points removed in syria are worth nothing to a."""
    decisions = {"c[a]": cost, "cut[iraq,risk,p1]": 8, "cut[syria,risk,p1]": 100}
    assert permits(two_theatres(), "benefit", decisions) is holds


def test_no_member_pays_beyond_its_own_threat_assessment() -> None:
    """Each M EUR removes one point in iraq, with weight 2, and one in syria. b gives 10. a may give ¼ · (10 + a): 10/3.
    Total 3 · (10 + 10/3) = 40. Relaxed, a gives 10: 60.
    """
    assert optimum(two_theatres()) == pytest.approx(40)
    assert optimum(two_theatres(), "burden") == pytest.approx(60)


def test_a_gain_is_counted_undiscounted_over_the_horizon() -> None:
    """Only a, with threat 1 and a ratio of ½ M EUR a point. It has 6 M EUR, in p1 only. With full persistence p1 and p2
    both gain c points: ½ · 2·c ≥ c always holds, so 6 + 6 · ½ = 9. Without persistence ½ · c ≥ c holds only for c = 0.
    """

    def staying(persistence: float) -> Problem:
        return a_problem(
            periods=["p1", "p2"],
            discount=0.5,
            members=[{"id": "a", "resources": {"money": [6, 0]}, "threat": {"iraq": 1}}],
            theatres=[{"id": "iraq", "risk": 8, "persistence": persistence}],
            burden_sharing={"type": "benefit", "max_ratio": 0.5},
        )

    assert optimum(staying(1)) == pytest.approx(9)
    assert optimum(staying(0)) == pytest.approx(0)


def test_partners_are_free_to_help_and_their_help_is_gained_too() -> None:
    """The partner's 10 remove 10 in each theatre; a and b as before: a ≤ ¼ · (20 + a), so 20/3. Total 3 · 80/3."""
    problem = two_theatres(partners=[{"id": "eu", "resources": {"money": 10}}])
    assert optimum(problem) == pytest.approx(80)


def test_what_coordination_costs_is_paid_within_the_bound_too() -> None:
    """Only a, with a benefit of ¼ M EUR a point in iraq. The partner's 8 would give 8 · 3, but the partner costs 3 M
    EUR, and a may pay only ¼ · 8 = 2. At a price of 2 a pays it.
    """

    def harnessed(price: float) -> Problem:
        eu = {
            "id": "eu",
            "resources": {"money": 8},
            "coordination_cost": {"resource": "money", "amount": price},
        }
        return two_theatres(members=[two_theatres().document["members"][0]], partners=[eu])

    assert optimum(harnessed(3)) == pytest.approx(0)
    assert optimum(harnessed(2)) == pytest.approx(24)


def test_assumptions_name_the_members_without_a_threat_map() -> None:
    assert "burden sharing by benefit does not limit b: no threat assessment given" in assumptions(two_theatres())


def test_a_member_without_any_threat_pays_nothing() -> None:
    document = two_theatres().document
    document["members"][0]["threat"] = {}
    burden = {one.member: one.cost for one in solved(Problem.model_validate(document)).plan.burden}
    assert burden == pytest.approx({"a": 0, "b": 10})


@FEW
@given(ratio=tenths(0, 1), more=tenths(0, 1))
def test_a_greater_ratio_never_lowers_the_optimum(ratio: float, more: float) -> None:
    assert optimum(two_theatres(ratio + more)) >= optimum(two_theatres(ratio)) - 1e-6
