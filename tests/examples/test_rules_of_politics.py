"""Rules on relations between contributors, between years and between scenarios."""

from examples.flank.activities import offers
from examples.flank.awareness import FACTOR, gates, initial_awareness
from examples.flank.cascades import cascades, reference_meur, strength
from examples.flank.caveats import caveats
from examples.flank.coordination import coordination
from examples.flank.days_after import days_after, follow_on
from examples.flank.diplomacy import CAPITAL, IN_ONE_CASE
from examples.flank.divergence import AT_MOST, divergence
from examples.flank.dynamics import dynamics, growth
from examples.flank.frameworks import ALLIANCE, big_spenders
from examples.flank.futures import scenarios
from examples.flank.members import means, member_ids
from examples.flank.partners import partners
from examples.flank.positions import position
from examples.flank.provenance import with_more
from examples.flank.rivalries import rivalries, side_by_side
from examples.flank.spoilers import spoilers
from examples.flank.theatres import COUNTRIES, risk

OFFERS = {offer.id: offer for offer in offers()}


def test_members_that_can_lead_follow_no_pivot() -> None:
    assert {member for member in member_ids() if strength(member) == 0} == set(big_spenders())


def test_members_with_their_own_aircraft_depend_less() -> None:
    assert strength("esp") < strength("lva")


def test_the_fair_share_of_the_pivot_covers_full_presence_in_all_four_theatres() -> None:
    # 22.144 % of 495 M EUR in three years, over four theatres.
    assert reference_meur() == 9.1
    assert cascades()[0]["reference"] == 9.1


def test_diplomacy_wins_some_objections_and_not_all() -> None:
    gaps = [
        -1 - value
        for offer in OFFERS.values()
        if ALLIANCE in offer.kind.frameworks
        for member in member_ids()
        if (value := position(member, offer, ALLIANCE).value) < -1
    ]
    assert max(gaps) <= IN_ONE_CASE < CAPITAL < sum(gaps)


def test_one_mandate_in_libya_takes_all_of_diplomacy() -> None:
    gaps = [-1 - position(member, OFFERS["force_training_libya"], ALLIANCE).value for member in ("grc", "tur")]
    assert sum(gaps) == CAPITAL


def test_the_caveat_of_germany_binds() -> None:
    trainers = means()["deu"]["trainers"]
    assert isinstance(trainers, list)
    assert caveats().keys() == {"deu"}
    assert max(trainers) > 25


def test_rivals_are_kept_apart_where_their_soldiers_would_meet() -> None:
    assert {"maritime_watch_east", "force_training_libya"} <= set(side_by_side())
    assert not {"regional_hub", "reconciliation_libya", "force_training_sahel"} & set(side_by_side())


def test_only_strategic_rivals_are_hard() -> None:
    assert [rivalry["between"] for rivalry in rivalries() if rivalry["hard"]] == [["grc", "tur"]]


def test_the_divergence_cap_separates_champions_from_barely_willing_members() -> None:
    training = OFFERS["force_training_sahel"]
    stands = {member: position(member, training, ALLIANCE).value for member in member_ids()}
    assert "force_training_sahel" in divergence()["activities"]  # type: ignore[operator]
    assert stands["esp"] - stands["bel"] > AT_MOST


def test_every_partner_has_its_coordination() -> None:
    assert {partner["id"] for partner in partners()} == coordination().keys()


def test_training_in_iraq_the_sahel_and_libya_needs_a_year_of_surveillance() -> None:
    first_year = {theatre: FACTOR * initial_awareness(theatre) for theatre in COUNTRIES}
    threshold = 4
    assert {
        theatre for theatre in ("iraq", "sahel", "libya", "jordan", "egypt") if first_year[theatre] < threshold
    } == {
        "iraq",
        "sahel",
        "libya",
    }


def test_surveillance_adds_awareness_in_the_theatres_it_serves() -> None:
    gate = gates()["force_training_iraq"]["awareness_gate"]
    assert gate == {"factor": 1.5, "from": ["airborne_warning_levant", "border_watch_iraq"]}


def test_every_training_has_its_day_after_in_its_theatre() -> None:
    assert follow_on("sahel") == "police_and_justice_sahel"
    assert days_after().keys() == gates().keys()
    assert {OFFERS[follow_on(OFFERS[name].theatre)].theatre == OFFERS[name].theatre for name in days_after()} == {True}


def test_violence_grows_in_the_sahel_and_falls_by_no_more_than_a_twentieth() -> None:
    # Deaths of 1136, 490, 899, 1804, 3129 are 6.1, 5.4, 5.9, 6.5, 7.0 points: 0.29 a year, of a mean of 6.2.
    assert growth("sahel") == 0.047
    assert min(growth(theatre) for theatre in COUNTRIES) == -0.05
    assert growth("morocco") == 0


def test_drivers_without_risk_have_no_spillover() -> None:
    fed = {(theatre, spill["to"]) for theatre, moves in dynamics().items() for spill in moves["spillover"]}  # type: ignore[attr-defined]
    assert {driver in risk(theatre) for theatre, driver in fed} == {True}
    assert ("morocco", "violence") not in fed


def test_spoilers_take_a_part_and_not_everything() -> None:
    assert all(0.5 < float(str(spoiler["effect_multiplier"])) < 1 for spoiler in spoilers())


def test_the_probabilities_of_the_scenarios_sum_to_one() -> None:
    assert sum(float(str(scenario["probability"])) for scenario in scenarios()) == 1


def test_the_pivot_keeps_its_first_year() -> None:
    less = scenarios()[1]["overrides"]
    assert isinstance(less, dict)
    assert less["members/usa/resources"]["money"] == [11.5, 4.31, 5.75]


def test_what_is_added_to_a_record_keeps_the_least_confidence_and_all_sources() -> None:
    joined = with_more(
        [{"id": "a", "source": "x", "confidence": 0.6}, {"id": "b", "source": "z"}],
        {"a": {"more": 1, "source": "y", "confidence": 0.4}},
    )
    assert joined == [
        {"id": "a", "more": 1, "source": "x; y", "confidence": 0.4},
        {"id": "b", "source": "z"},
    ]
