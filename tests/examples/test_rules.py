import math

import pytest

from examples.flank.activities import Offer, offers
from examples.flank.frameworks import ALLIANCE, COALITION, PARTNER_LED, big_spenders
from examples.flank.members import means
from examples.flank.positions import position
from examples.flank.theatres import absorption, risk


def the_offer(name: str) -> Offer:
    return next(offer for offer in offers() if offer.id == name)


def test_money_is_a_small_share_of_defence_expenditure_in_euros() -> None:
    # NATO: France spent 49,493.219 M USD in 2019; the euro stood at 1.1195 USD.
    a_year = 49_493.219 / 1.1195 * 0.0003
    assert means()["fra"]["money"] == pytest.approx([a_year / 2, a_year * 3 / 4, a_year], abs=0.006)


@pytest.mark.parametrize("resource", ["money", "trainers", "flight_hours", "advisers"])
def test_the_united_states_contribute_at_most_their_share_of_common_funding(resource: str) -> None:
    a_year = [amounts[resource][-1] for amounts in means().values() if resource in amounts]  # type: ignore[index]
    assert means()["usa"][resource][-1] <= 0.22144 * sum(a_year) + 0.1  # type: ignore[index]


def test_iceland_has_no_forces_to_give() -> None:
    assert means()["isl"].keys() == {"money", "advisers"}


def test_violence_is_ten_at_a_hundred_thousand_deaths_a_year() -> None:
    # UCDP: 1,573 + 2,325 + 1,091 + 664 + 1,785 deaths in Libya from 2015 to 2019.
    assert risk("libya")["violence"] == round(10 * math.log10(1 + 7438 / 5) / 5, 1)


def test_a_driver_without_risk_is_left_out() -> None:
    assert "violence" not in risk("morocco")  # UCDP counts no deaths there in these years


def test_a_working_administration_absorbs_more() -> None:
    assert absorption("syria") < absorption("iraq") < absorption("tunisia") <= 1


def test_a_rival_of_the_host_blocks_training_under_consensus() -> None:
    stance = position("tur", the_offer("force_training_egypt"), ALLIANCE)
    assert stance.value < -1
    assert "rival of the host" in {term.name for term in stance.terms}


def test_rival_allies_object_to_each_other_where_the_state_is_contested() -> None:
    training = the_offer("force_training_libya")
    assert position("grc", training, ALLIANCE).value < -1
    assert position("tur", training, ALLIANCE).value < -1


def test_terms_against_the_alliance_count_half_against_a_coalition() -> None:
    training = the_offer("force_training_libya")
    assert -1 <= position("grc", training, COALITION).value < 1


def test_a_neighbour_champions_what_is_done_next_door() -> None:
    assert position("ita", the_offer("force_training_libya"), COALITION).value == 2


def test_members_that_border_russia_keep_their_soldiers_and_pay_for_programmes() -> None:
    assert position("est", the_offer("force_training_iraq"), ALLIANCE).value == 0
    assert position("est", the_offer("civil_preparedness_egypt"), ALLIANCE).value == 1


def test_distant_votes_lower_the_position_on_a_common_mandate() -> None:
    watch = the_offer("ground_surveillance_central")
    terms = {term.name.split(" (")[0]: term.points for term in position("gbr", watch, ALLIANCE).terms}
    assert terms["votes apart"] == pytest.approx(-0.5 * 0.6)


def test_a_partner_led_framework_is_hardly_contentious() -> None:
    values = {
        member: position(member, the_offer("reconciliation_libya"), PARTNER_LED).value for member in ("grc", "tur")
    }
    assert min(values.values()) >= 1


def test_the_lead_nations_are_the_six_largest_spenders() -> None:
    assert big_spenders() == ("can", "deu", "fra", "gbr", "ita", "usa")
