"""max_burden: the greatest cost relative to ability to pay; under lexicographic_minimax also the next greatest ones.

Burdens are in M EUR per average ability to pay, so the solver sees numbers of one size in any unit of ability.
"""

from collections.abc import Iterator, Sequence

from models.ids import MemberId
from models.problem.burden import LexicographicMinimax
from models.problem.problem import Problem
from optimizer.formulation.family import Rows, VariableSet
from optimizer.formulation.linear_expression import LinearExpression, Term, linear
from optimizer.formulation.objectives.metric import Handles, Metric, Views

GREATEST = ("all",)


def declare(problem: Problem, views: Views) -> Iterator[VariableSet]:
    """greatest_burden >= 0, M EUR per average ability to pay; under lexicographic_minimax two more sets.

    For the sum of the k greatest burdens, k from 2 on: kth_burden[k] >= 0, and beyond_kth[k,i] >= 0 per member i.
    """
    yield VariableSet(name="greatest_burden", index=(GREATEST,), scope="effort")
    counts, members = _counts(problem, views), _payers(views)
    if counts:
        yield VariableSet(name="kth_burden", index=tuple((k,) for k in counts), scope="effort")
        yield VariableSet(name="beyond_kth", index=tuple((k, i) for k in counts for i in members), scope="effort")


def rows(problem: Problem, views: Views, handles: Handles) -> Rows:
    """C20 minimax, one row per member: (W[i] / W) * greatest >= c[i]  [M EUR], expected over scenarios.

    W is the average ability to pay. lexicographic_minimax, one row per number k and member: (W[i] / W) * (kth[k] +
    beyond[k,i]) >= c[i]. The least k * kth[k] + sum of beyond[k,i] equals the sum of the k greatest burdens
    (Ogryczak and Śliwiński 2006).
    """
    greatest = handles["greatest_burden"][GREATEST]
    average = _average(problem)
    for i, member in problem.member.items():
        yield (i,), linear([(member.ability_to_pay / average, greatest), *_paid(problem, views, i)]) >= 0
    for k, name in handles.get("beyond_kth", {}):
        payer = MemberId(name)
        ability = problem.member[payer].ability_to_pay / average
        both = [(ability, handles["kth_burden"][(k,)]), (ability, handles["beyond_kth"][k, name])]
        yield (k, name), linear([*both, *_paid(problem, views, payer)]) >= 0


def expression(problem: Problem, _: Views, handles: Handles) -> LinearExpression:
    """The greatest burden, M EUR per unit of ability to pay."""
    return (1.0 / _average(problem)) * handles["greatest_burden"][GREATEST]


def refinements(problem: Problem, views: Views, handles: Handles) -> Sequence[LinearExpression]:
    """For k from 2 on: the sum of the k greatest burdens, M EUR per average ability to pay."""
    return [_sum_of_greatest(k, handles) for k in _counts(problem, views)]


def _sum_of_greatest(k: str, handles: Handles) -> LinearExpression:
    beyond = [(1.0, variable) for (number, _), variable in handles["beyond_kth"].items() if number == k]
    return linear([(float(k), handles["kth_burden"][(k,)]), *beyond])


def _paid(problem: Problem, views: Views, i: MemberId) -> Iterator[Term]:
    """Cost of i, expected over scenarios, with a minus sign.

    If a scenario changes the ability to pay of i, its cost there is scaled to the ability in the problem.
    """
    ability = problem.member[i].ability_to_pay
    for scenario, d in views:
        yield -scenario.probability * ability / scenario.problem.member[i].ability_to_pay, d.cost[i]


def _average(problem: Problem) -> float:
    return sum(member.ability_to_pay for member in problem.members) / len(problem.members)


def _counts(problem: Problem, views: Views) -> tuple[str, ...]:
    """The numbers k for which the sum of the k greatest burdens is minimised: 2 up to the number of payers."""
    if not isinstance(problem.burden_sharing, LexicographicMinimax):
        return ()
    return tuple(str(k) for k in range(2, len(_payers(views)) + 1))


def _payers(views: Views) -> tuple[MemberId, ...]:
    """The members that can have a cost. The others always have burden 0 and come last in any order."""
    return tuple(i for i in views[0][1].cost if any(d.ledgers.cost[i] for _, d in views))


METRIC = Metric(
    name="max_burden",
    unit="M EUR per unit of ability to pay",
    declare=declare,
    rows=rows,
    expression=expression,
    refinements=refinements,
)
