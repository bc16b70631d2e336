from itertools import product

import pytest

from models.ids import ActivityId, MemberId
from optimizer.data.scenarios import scenarios_of
from tests.support.problems import a_problem, members

FRAMEWORKS = [{"id": "alliance"}, {"id": "coalition", "rule": {"type": "none"}}]
EITHER = [{"id": "train", "frameworks": ["alliance", "coalition"]}]


@pytest.mark.parametrize("positions", [(2, 1, -1), (1, 1, 1), (-2, -1, -0.5)])
def test_big_m_is_the_greatest_distance_to_a_centre(positions: tuple[float, ...]) -> None:
    """Over every framework that could run, or none, and every centre between the positions and 0."""
    problem = a_problem(
        members=members("a", "b", "c"),
        frameworks=FRAMEWORKS,
        activities=EITHER,
        positions=[
            {"member": i, "activity": "train", "framework": "alliance", "value": at}
            for i, at in zip("abc", positions, strict=True)
        ],
    )
    (scenario,) = scenarios_of(problem)
    under = {i: (0.0, at, 1.0) for i, at in zip("abc", positions, strict=True)}
    centres = [at for possible in under.values() for at in possible]
    for i, possible in under.items():
        above = max(at - centre for at, centre in product(possible, centres))
        below = max(centre - at for at, centre in product(possible, centres))
        assert scenario.bounds.distance_from_centre(MemberId(i), ActivityId("train")) == (above, below)
