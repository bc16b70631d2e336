from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from models.ids import MemberId
from optimizer.data.position_windows import position_windows

MEMBERS = [MemberId(i) for i in "abcdef"]


def of(most: float, *positions: float) -> list[str]:
    return ["".join(window) for window in position_windows(dict(zip(MEMBERS, positions, strict=False)), most)]


def test_neighbours_within_reach_make_a_window() -> None:
    assert of(0.5, 2, 1.5, 1) == ["bc", "ab"]


def test_all_are_one_window_where_all_are_within_reach() -> None:
    assert of(1, 2, 1.5, 1) == ["abc"]


def test_each_is_its_own_window_where_none_is_within_reach() -> None:
    assert of(0.4, 2, 1.5, 1) == ["c", "b", "a"]


def test_a_position_exactly_at_the_limit_is_within_reach_despite_rounding() -> None:
    """In floating point, 0.7 - 0.4 is slightly less than 0.3 and 1.1 - 0.8 slightly more."""
    assert of(0.3, 0.4, 0.7) == ["ab"]
    assert of(0.3, 0.8, 1.1) == ["ab"]


def test_no_members_make_no_window() -> None:
    assert position_windows({}, 1) == ()


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=6), st.integers(0, 40))
def test_windows_are_the_largest_sets_of_members_close_enough(tenths: list[int], most: int) -> None:
    """Compared with all subsets: windows are the sets of close members that no other such set contains."""
    stated = {i: at / 10 for i, at in zip(MEMBERS, tenths, strict=False)}
    at = dict(zip(MEMBERS, tenths, strict=False))

    def is_close(group: frozenset[MemberId]) -> bool:
        return max(at[i] for i in group) - min(at[i] for i in group) <= most

    groups = [frozenset(group) for size in range(1, 7) for group in combinations(stated, size)]
    close = [group for group in groups if is_close(group)]
    largest = {group for group in close if not any(group < other for other in close)}
    assert {frozenset(window) for window in position_windows(stated, most / 10)} == largest
