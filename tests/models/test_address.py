import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.address import address_of, apply_changes, apply_overrides, list_addresses, problem_in_scenario, read
from models.change import Change
from models.digest import problem_digest
from models.errors import InvalidDocument, UnknownAddress
from models.ids import ScenarioId
from models.problem.problem import Problem
from models.reading import read_problem
from tests.support.documents import full
from tests.support.golden import cases
from tests.support.problems import a_document, a_problem, members

FULL = read_problem(full())
ADDRESSES = list_addresses(FULL)


def with_positions(**fields: Any) -> Problem:
    return a_problem(
        members=members("a", "b"),
        frameworks=[{"id": "alliance"}, {"id": "coalition", "rule": {"type": "none"}}],
        positions=[{"member": "a", "activity": "train", "value": -2}],
        **fields,
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_listed_address_can_be_read_and_put_back(address: str) -> None:
    again = apply_overrides(FULL, {address: read(FULL, address)})
    assert problem_digest(again) == problem_digest(FULL)


@pytest.mark.parametrize("golden", cases(), ids=lambda golden: golden.name)
def test_putting_back_every_value_of_a_golden_problem_changes_nothing(golden: Any) -> None:
    problem = read_problem(golden.problem)
    again = apply_overrides(problem, {address: read(problem, address) for address in list_addresses(problem)})
    assert problem_digest(again) == problem_digest(problem)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "members/us/resources/money",
                "members/us/resources/money/y2",
                "members/fr/votes",
                "members/fr/min_contribution/train",
                "theatres/iraq/weight",
                "theatres/iraq/risk/violence",
                "theatres/iraq/risk/violence/y1",
                "theatres/libya/growth/risk",
                "positions/us:train/value",
                "positions/fr:iraq/value",
                "policy/max_total_cost",
                "policy/min_spend/iraq/amount",
                "policy/min_level/train/level",
                "default_position",
            ]
        ),
        st.floats(0, 1),
    )
)
def test_overrides_can_be_read_back_and_leave_the_original_problem_unchanged(overrides: dict[str, Any]) -> None:
    before = copy.deepcopy(FULL.document)
    changed = apply_overrides(FULL, overrides)
    for address, value in overrides.items():
        if not any(other.startswith(f"{address}/") for other in overrides):
            assert read(changed, address) == value
    assert FULL.document == before
    assert json.loads(json.dumps(changed.document)) == changed.document


@given(st.permutations(["members/us/votes", "members/*/votes", "defaults/members/votes", "members/us/resources"]))
def test_the_order_of_overrides_does_not_matter(order: list[str]) -> None:
    values = {"members/us/votes": 5, "members/*/votes": 4, "defaults/members/votes": 3, "members/us/resources": {}}
    changed = apply_overrides(FULL, {address: values[address] for address in order})
    assert [member.votes for member in changed.members] == [5, 4]


def test_no_overrides_change_nothing() -> None:
    assert problem_digest(apply_overrides(FULL, {})) == problem_digest(FULL)


@pytest.mark.parametrize(
    "address, value",
    [
        ("members/fr/votes", 2),
        ("members/us/resources/money/y2", 4),
        ("members/fr/ability_to_pay", 1),
        ("members/us/caveats/iraq/max_level", 2),
        ("theatres/libya/weight", 1),
        ("theatres/libya/risk/y2", 6),
        ("theatres/iraq/risk/grievance/y2", 2),
        ("theatres/iraq/consent/alliance", True),
        ("theatres/libya/consent/alliance", True),
        ("frameworks/alliance/enabled", True),
        ("frameworks/alliance/rule/type", "consensus"),
        ("resources/staff/unit_cost", 0.1),
        ("activities/train/needs/money", 1),
        ("activities/train/effect/type", "linear"),
        ("activities/watch/needs/money+staff/amount", 1),
        ("activities/watch/needs/staff+money/amount", 1),
        ("positions/us:train/value", 2),
        ("cascades/us/followers/fr/strength", 1),
        ("rivalries/us:eu/hard", True),
        ("rivalries/eu:us/hard", True),
        ("alternatives/watch:train/at_most", 1),
        ("policy/min_spend/iraq/amount", 1),
        ("policy/tag_share/ssr/min", 0.1),
        ("policy/reserve/money/amount/y1", 1),
        ("policy/forbid/watch:-:y1/period", "y1"),
        ("policy/max_total_cost", None),
        ("scenarios/bad/overrides/theatres~1libya~1risk", 8),
        ("uncertainty/theatres~1libya~1risk/low", 5),
        ("objectives/cost/weight", 1),
        ("discount", 1),
    ],
)
def test_reads_a_value_by_its_address(address: str, value: object) -> None:
    assert read(FULL, address) == value


@pytest.mark.parametrize(
    "address, near",
    [
        ("", "schema"),
        ("/members/us/votes", "members/us/votes"),
        ("memberz/us/votes", "members/us/votes"),
        ("members/uss/votes", "members/us/votes"),
        ("members/us/vote", "members/us/votes"),
        ("members/us/votes/y1", None),
        ("members/us/resources/money/y3", "members/us/resources/money/y2"),
        ("theatres/iraq/risk/violenc", "theatres/iraq/risk/violence"),
        ("theatres/libya/risk/violence", "theatres/libya/risk/y1"),
        ("frameworks/coalition/enabled", "frameworks/alliance/enabled"),
        ("positions/us:train:alliance:more/value", None),
        ("activities/train/effect/threshold", "activities/train/effect/type"),
        ("defaults/theatres/weight", None),
        ("defaults/members/vote", "defaults/members/votes"),
        ("concessions/budgt", "concessions/budget"),
    ],
)
def test_an_unknown_address_lists_known_addresses_near_it(address: str, near: str | None) -> None:
    for attempt in (lambda: read(FULL, address), lambda: apply_overrides(FULL, {address: 1})):
        with pytest.raises(UnknownAddress) as refused:
            attempt()
        assert refused.value.address == address
        assert near is None or near in refused.value.known
        assert refused.value.pointer in {"", f"/overrides/{address.replace('/', '~1')}"}


@pytest.mark.parametrize(
    "address, suggestion",
    [
        ("members/u/votes", "members/us/votes"),
        ("members/us/vots", "members/us/votes"),
        ("/members/us/votes", "members/us/votes"),
        ("members/xxx/votes", None),
        ("members/zz/resources/money", None),
    ],
)
def test_an_address_is_suggested_only_if_it_is_near(address: str, suggestion: str | None) -> None:
    with pytest.raises(UnknownAddress) as refused:
        apply_overrides(FULL, {address: 1})
    assert refused.value.suggestion == suggestion
    assert ("did you mean" in str(refused.value)) == (suggestion is not None)


RICH_AND_POOR = [*members("a", resources={"money": 6, "troops": 2}), {"id": "c", "resources": {"troops": 1}}]


@pytest.mark.parametrize("address", ["members/c/resources/money", "members/c/resources/money/p1"])
@pytest.mark.parametrize("operation", ["times", "plus"])
def test_what_was_asked_is_never_suggested(address: str, operation: str) -> None:
    problem = a_problem(members=RICH_AND_POOR, resources=[{"id": "money"}, {"id": "troops"}])
    with pytest.raises(UnknownAddress) as refused:
        apply_changes(problem, [Change.model_validate({"address": address, operation: 2})])
    assert str(refused.value) == f"there is nothing at {address!r}"
    assert address not in refused.value.known


def test_a_factor_on_every_record_leaves_out_the_records_without_the_number() -> None:
    problem = a_problem(members=RICH_AND_POOR, resources=[{"id": "money"}, {"id": "troops"}])
    changed = apply_changes(problem, [Change(address="members/*/resources/money", times=2)])
    assert [dict(member.resources) for member in changed.members] == [{"money": 12, "troops": 2}, {"troops": 1}]


def test_a_factor_that_no_record_has_a_number_for_is_refused() -> None:
    problem = a_problem(members=RICH_AND_POOR, resources=[{"id": "money"}, {"id": "troops"}, {"id": "ships"}])
    for address in ("members/*/resources/ships", "members/*/resorces/money"):
        with pytest.raises(UnknownAddress):
            apply_changes(problem, [Change(address=address, times=2)])


@pytest.mark.parametrize("kind", ["members", "partners"])
def test_removing_a_contributor_that_others_refer_to_suggests_to_withdraw_it(kind: str) -> None:
    contributors = {"members": members("a", "x")} if kind == "members" else {"partners": members("x")}
    problem = a_problem(**contributors, theatres=[{"id": "iraq", "access": ["a", "x"]}])
    with pytest.raises(InvalidDocument) as refused:
        apply_overrides(problem, {f"{kind}/x": None})
    (issue,) = refused.value.issues
    assert (issue.message, issue.code) == ("refers to x, which a change removes", "unknown_reference")
    assert issue.suggestion == "set withdrawn/x to {} instead: x then gives nothing"
    assert apply_overrides(problem, {"withdrawn/x": {}}).withdrawn


def test_an_id_that_no_change_removes_is_not_to_be_withdrawn() -> None:
    with pytest.raises(InvalidDocument) as refused:
        apply_overrides(a_problem(members=members("a", "b")), {"members/b": None, "theatres/iraq/access": ["z"]})
    assert "withdrawn" not in str(refused.value.issues[0].suggestion)


def test_an_unknown_address_has_the_pointer_of_its_change() -> None:
    with pytest.raises(UnknownAddress) as refused:
        apply_changes(FULL, [Change(address="members/us/votes", value=1), Change(address="members/xx/votes", value=1)])
    assert refused.value.pointer == "/changes/1"
    with pytest.raises(UnknownAddress) as refused:
        apply_overrides(FULL, {"members/xx/votes": 1})
    assert refused.value.pointer == "/overrides/members~1xx~1votes"


@pytest.mark.parametrize("address", ["positions/fr:train/value", "policy/min_level/train", "members/*/votes"])
def test_an_absent_record_cannot_be_read(address: str) -> None:
    with pytest.raises(UnknownAddress):
        read(FULL, address)


def test_an_override_can_set_an_absent_field() -> None:
    changed = apply_overrides(
        a_problem(),
        {"theatres/iraq/weight": 3, "frameworks/alliance/enabled": False, "policy/max_total_cost": 7},
    )
    assert changed.theatre[changed.theatres[0].id].weight == 3
    assert not changed.frameworks[0].enabled
    assert changed.policy.max_total_cost == 7


def test_a_bare_value_at_a_natural_key_creates_a_record() -> None:
    changed = apply_overrides(
        with_positions(),
        {"positions/b:train:coalition": 2, "positions/b:iraq": -1, "policy/min_spend/iraq": 3},
    )
    assert [(one.member, one.place, one.framework, one.value) for one in changed.positions[1:]] == [
        ("b", "iraq", None, -1),
        ("b", "train", "coalition", 2),
    ]
    assert changed.positions[1].theatre == "iraq"
    assert changed.policy.min_spend[0].amount == 3


def test_a_longer_address_creates_a_record() -> None:
    changed = apply_overrides(with_positions(), {"positions/b:train/value": 2})
    assert changed.positions[1].model_dump(exclude_unset=True) == {"member": "b", "activity": "train", "value": 2}


def test_an_object_at_a_natural_key_sets_the_other_fields() -> None:
    changed = apply_overrides(
        with_positions(),
        {
            "cascades/a": {"followers": [{"member": "b"}]},
            "withdrawn/b:iraq": {},
            "policy/run/train:alliance": True,
            "positions/a:train": {"value": 1, "source": "vote of 2019"},
        },
    )
    assert changed.cascades[0].pivot == "a"
    assert (changed.withdrawn[0].member, changed.withdrawn[0].theatre) == ("b", "iraq")
    assert (changed.policy.run[0].activity, changed.policy.run[0].framework) == ("train", "alliance")
    assert changed.positions[0].source == "vote of 2019"


def test_only_an_object_creates_a_record_with_an_id() -> None:
    changed = apply_overrides(a_problem(), {"members/b": {"resources": {"money": 3}}})
    assert [member.id for member in changed.members] == ["a", "b"]
    with pytest.raises(UnknownAddress):
        apply_overrides(a_problem(), {"members/b": 3})


def test_null_removes_a_record_an_entry_or_a_field() -> None:
    problem = with_positions(withdrawn=[{"member": "b"}], policy={"max_total_cost": 5})
    changed = apply_overrides(
        problem,
        {
            "positions/a:train": None,
            "withdrawn/b": None,
            "policy/max_total_cost": None,
            "members/a/resources/money": None,
            "frameworks/coalition/rule": None,
        },
    )
    assert (changed.positions, changed.withdrawn, changed.policy.max_total_cost) == ((), (), None)
    assert changed.members[0].resources == {}
    assert changed.frameworks[1].rule.type == "consensus"


@pytest.mark.parametrize("address", ["withdrawn/a", "positions/b:train", "members/a/resources/staff", "members/x"])
def test_an_absent_value_cannot_be_removed(address: str) -> None:
    with pytest.raises(UnknownAddress):
        apply_overrides(with_positions(), {address: None})


def test_an_override_of_one_period_expands_a_number_for_all_periods() -> None:
    problem = a_problem(periods=["p1", "p2", "p3"])
    changed = apply_overrides(problem, {"members/a/resources/money/p2": 0, "theatres/iraq/risk/p3": 7})
    assert changed.members[0].resources == {"money": {"p1": 10, "p2": 0, "p3": 10}}
    assert changed.risk[changed.theatres[0].id] == {"risk": (100, 100, 7)}


def test_an_override_of_one_period_changes_one_item_of_a_list() -> None:
    problem = a_problem(periods=["p1", "p2"], members=[{"id": "a", "resources": {"money": [1, 2]}}])
    assert apply_overrides(problem, {"members/a/resources/money/p2": 5}).members[0].resources == {"money": (1, 5)}


def test_an_override_of_one_entry_expands_consent_and_min_contribution() -> None:
    problem = with_positions()
    changed = apply_overrides(
        problem, {"theatres/iraq/consent/coalition": False, "members/a/min_contribution/train": 2}
    )
    assert changed.theatres[0].consent == {"*": True, "coalition": False}
    assert changed.members[0].min_contribution == {"train": 2}


def test_a_star_means_every_record_of_a_list() -> None:
    changed = apply_overrides(with_positions(), {"members/*/productivity": 0.5, "members/b/productivity": 2})
    assert [member.productivity for member in changed.members] == [0.5, 2]


def test_a_star_in_an_empty_list_is_unknown() -> None:
    with pytest.raises(UnknownAddress):
        apply_overrides(a_problem(), {"positions/*/value": 1})


def test_the_star_of_a_consent_is_a_key() -> None:
    problem = a_problem(theatres=[{"id": "iraq", "consent": {"*": False}}])
    assert apply_overrides(problem, {"theatres/iraq/consent/*": True}).theatres[0].consent == {"*": True}


def test_defaults_come_first_and_fill_whole_fields() -> None:
    problem = a_problem(
        defaults={"members": {"resources": {"money": 4}}},
        members=[{"id": "a"}, {"id": "b", "resources": {"money": 1}}],
    )
    changed = apply_overrides(problem, {"members/a/productivity": 2, "defaults/members/resources/money": 9})
    assert [member.resources["money"] for member in changed.members] == [9, 1]  # type: ignore[index]
    below = apply_overrides(problem, {"members/a/resources/money": 5})
    assert [member.resources["money"] for member in below.members] == [5, 1]  # type: ignore[index]
    again = apply_overrides(below, {"defaults/members/votes": 3})
    assert [member.votes for member in again.members] == [3, 3]


def test_an_issue_points_to_the_override_that_caused_it() -> None:
    with pytest.raises(InvalidDocument) as refused:
        apply_overrides(
            with_positions(),
            {
                "members/a/resources": {"money": 1, "mony": 2},
                "positions/b:train": 7,
                "members/*/votes": -1,
            },
        )
    assert {(issue.address, issue.pointer, issue.code) for issue in refused.value.issues} == {
        ("positions/b:train/value", "/overrides/positions~1b:train", "out_of_range"),
        ("members/a/votes", "/overrides/members~1*~1votes", "out_of_range"),
        ("members/b/votes", "/overrides/members~1*~1votes", "out_of_range"),
    }
    with pytest.raises(InvalidDocument) as refused:
        apply_overrides(a_problem(), {"members/a/resources/mony": 2})
    (issue,) = refused.value.issues
    assert (issue.code, issue.pointer) == ("unknown_reference", "/overrides/members~1a~1resources~1mony")
    assert issue.suggestion == "money"


def test_an_issue_outside_the_overridden_values_points_to_all_overrides() -> None:
    with pytest.raises(InvalidDocument) as refused:
        apply_overrides(with_positions(), {"members/a": None})
    (issue,) = refused.value.issues
    assert (issue.address, issue.pointer) == ("positions/a:train/member", "/overrides")


def test_changes_apply_in_order() -> None:
    problem = a_problem(periods=["p1", "p2"], members=[{"id": "a", "resources": {"money": [1, 2]}}])
    changed = apply_changes(
        problem,
        [
            Change(address="members/a/resources/money", times=3),
            Change(address="members/a/resources/money/p1", plus=-1),
            Change(address="theatres/iraq/weight", times=2),
            Change(address="discount", value=0.9),
        ],
    )
    assert changed.members[0].resources == {"money": (2, 6)}
    assert (changed.theatres[0].weight, changed.discount) == (2, 0.9)


@pytest.mark.parametrize(
    "change, pointer, code",
    [
        (Change(address="theatres/iraq/consent", times=2), "/changes/1", "not_a_number"),
        (Change(address="theatres/iraq/weight", times=-2), "/changes/1", "out_of_range"),
    ],
)
def test_an_issue_points_to_the_change_that_caused_it(change: Change, pointer: str, code: str) -> None:
    with pytest.raises(InvalidDocument) as refused:
        apply_changes(a_problem(), [Change(address="discount", value=0.5), change])
    assert [(issue.pointer, issue.code) for issue in refused.value.issues] == [(pointer, code)]


def test_a_problem_in_a_scenario_has_its_overrides() -> None:
    assert problem_in_scenario(FULL, ScenarioId("bad")).theatres[1].risk == 8
    broken = a_problem(scenarios=[{"id": "bad", "overrides": {"theatres/iraq/weight": -1}}])
    with pytest.raises(InvalidDocument) as refused:
        problem_in_scenario(broken, ScenarioId("bad"))
    assert refused.value.issues[0].pointer == "/scenarios/0/overrides/theatres~1iraq~1weight"


def test_address_and_pointer_of_a_location() -> None:
    document = a_document(members=[{"id": "a"}, {"id": "b", "resources": {"money": [1]}}, {"id": "b"}])
    assert address_of(document, ("members", 1, "resources", "money", 0)) == (
        "members/b/resources/money/p1",
        "/members/1/resources/money/0",
    )
    assert address_of(document, ("members", 2, "votes")) == ("members/2/votes", "/members/2/votes")
    assert address_of(document, ("members", 9)) == ("members/9", "/members/9")
    assert address_of({}, ("nothing", 1, "there")) == ("nothing/1/there", "/nothing/1/there")
    assert address_of(document, ()) == ("", "")
