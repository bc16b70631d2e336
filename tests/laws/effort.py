"""Contributions, payments and investments in a scenario for given choices: variables and their sums."""

from collections.abc import Iterable, Iterator

from tests.laws.choices import Choice
from tests.laws.lp import Block, Sum, total
from tests.laws.world import ScenarioRules

Gift = tuple[str, str, str, int]
"""Contributor, activity, resource, period."""


class Effort:
    """The contributions in a scenario: separate under recourse, otherwise the same in all scenarios."""

    def __init__(self, name: str, world: ScenarioRules, choice: Choice, block: Block, *, recourse: bool) -> None:
        self.name, self.world, self.choice, self.block = name, world, choice, block
        tag = name if recourse else "all"
        self.tag = tag
        self.problem = world.problem
        self.price: dict[str, float] = {one.id: one.unit_cost for one in world.problem.resources}
        self.members: list[str] = [one.id for one in world.problem.members]
        self.contributors: list[str] = [*self.members, *(one.id for one in world.problem.partners)]
        self.gifts = {key: block.variable(tag, "x", *key) for key in self._gifts()}
        self.pays = {key: block.variable(tag, "pay", *key) for key in self._pays()}

    def _gifts(self) -> Iterator[Gift]:
        """Yield the keys of x[c,a,r,t] for every possible contribution."""
        for (a, t), f in self.choice.framework.items():
            for c in self.contributors:
                if self._gives(c, a, f, t):
                    for line in self.world.activity(a).need_lines:
                        yield from ((c, a, r, t) for r in line.from_ if self.world.greatest_endowments(c, r, t) > 0)

    def _gives(self, c: str, a: str, f: str, t: int) -> bool:
        is_used = self.price_of(c) is None or (c, t) in self.choice.used
        return is_used and (c, a, t) not in self.choice.away and self.world.may_give(c, a, f, t)

    def price_of(self, c: str) -> tuple[str, float] | None:
        """C6: return the resource and price for harnessing a partner, or None."""
        for one in self.problem.partners:
            cost = one.coordination_cost
            if one.id == c and cost is not None and cost.amount > 0:
                return cost.resource, cost.amount
        return None

    def _pays(self) -> Iterator[Gift]:
        """Yield the keys of pay[i,k,r,t]."""
        payers = self.world.payers()
        for k, t in self.choice.used:
            price = self.price_of(k)
            if price is not None:
                yield from ((i, k, price[0], t) for i in payers)

    def level(self, a: str, t: int) -> Sum:
        """Return e[a,t], or 0 if the activity does not run."""
        return self.block.variable(self.tag, "e", a, t) if (a, t) in self.choice.framework else Sum()

    def spend(self, keep: Iterable[Gift]) -> Sum:
        return total(self.price[key[2]] * self.gifts[key] for key in keep)

    def given_in(self, theatre: str | None) -> list[Gift]:
        return [key for key in self.gifts if theatre in (None, self.world.activity(key[1]).theatre)]

    def use(self, c: str, r: str, t: int) -> Sum:
        """Return the use of a resource: contributions, payments for partners and investments."""
        taken = [one for (d, _, s, u), one in (*self.gifts.items(), *self.pays.items()) if (d, s, u) == (c, r, t)]
        invested = sum(
            _of(one.cost, r) * self.choice.bought.get((one.id, t), 0)
            for one in self.problem.investments
            if one.contributor == c
        )
        return total(taken) + invested

    def bought(self, c: str, r: str, t: int) -> float:
        return sum(
            _of(one.adds, r) * self.choice.bought.get((one.id, s), 0)
            for one in self.problem.investments
            if one.contributor == c
            for s in range(t - one.lead_time + 1)
        )

    def cost(self, i: str) -> Sum:
        return total(price * self.use(i, r, t) for r, price in self.price.items() for t in self.world.periods)


def _of(amounts: object, r: str) -> float:
    return dict(amounts).get(r, 0.0)  # type: ignore[call-overload]
