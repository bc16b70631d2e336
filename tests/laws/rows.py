"""The rows on contributions in every scenario, written from the text of the model."""

from collections.abc import Callable

from tests.laws import balance
from tests.laws.choices import caveats
from tests.laws.effort import Effort, Gift
from tests.laws.lp import Sum, total

TOKEN_SHARE = 1e-4


def write(effort: Effort) -> None:
    """Add all rows except those on effects and risk."""
    always: tuple[Callable[[Effort], None], ...] = (
        _needs,
        _levels,
        _endowments,
        _stakes,
        _owed,
        balance.bounded_change,
    )
    for rows in always:
        rows(effort)
    relaxable: dict[str, tuple[Callable[[Effort], None], ...]] = {
        "cascade": (_cascades,),
        "caveat": (_caveats,),
        "consent": (_refusals,),
        "burden": (balance.burdens,),
        "policy": (balance.prevention, balance.roles, balance.floors, balance.reserves, balance.dominance),
    }
    for group, families in relaxable.items():
        if group not in effort.world.relaxed:
            for rows in families:
                rows(effort)


def _needs(effort: Effort) -> None:
    """C2."""
    for (a, t), f in effort.choice.framework.items():
        for line in effort.world.activity(a).need_lines:
            given = total(
                dict(line.from_)[r] * effort.world.productivity(c) * gift  # type: ignore[index]
                for (c, b, r, s), gift in effort.gifts.items()
                if (b, s) == (a, t) and r in line.from_
            )
            effort.block.equal(given, line.amount * effort.world.framework(f).cost_multiplier * effort.level(a, t))


def _levels(effort: Effort) -> None:
    """C3."""
    for a, t in effort.choice.framework:
        activity = effort.world.activity(a)
        effort.block.at_most(activity.min_level, effort.level(a, t))
        if activity.max_level is not None:
            effort.block.at_most(effort.level(a, t), activity.max_level)


def _endowments(effort: Effort) -> None:
    """C1, and the price of partners, which give if it is paid (C6)."""
    for c in effort.contributors:
        for r in effort.price:
            for t in effort.world.periods:
                effort.block.at_most(effort.use(c, r, t), effort.world.endowment(c, r, t) + effort.bought(c, r, t))
    for k, t in effort.choice.used:
        price = effort.price_of(k)
        if price is not None:
            paid = total(pay for (_, j, _, s), pay in effort.pays.items() if (j, s) == (k, t))
            effort.block.equal(paid, price[1])
            effort.block.at_most(1.0, total(_stakes_of(effort, key) for key in effort.gifts if key[::3] == (k, t)))


def _stakes(effort: Effort) -> None:
    """C5, C9: a contributor that counts gives at least its stake; a partner without a stake gives a token."""
    for c, a, t in effort.choice.counting:
        stake = effort.world.stake(c, a)
        given = {key: gift for key, gift in effort.gifts.items() if (key[0], key[1], key[3]) == (c, a, t)}
        if stake > 0 or effort.world.is_member(c):
            effort.block.at_most(stake, effort.spend(given))
        else:
            most = {
                r: max(effort.world.greatest_endowments(c, r, u) for u in effort.world.periods) for r in effort.price
            }
            shares = ((1 / most[key[2]]) * gift for key, gift in given.items() if most[key[2]] > 0)
            effort.block.at_most(TOKEN_SHARE, total(shares))


def _stakes_of(effort: Effort, key: Gift) -> Sum:
    """C6: return a contribution in stakes, or in tokens where its giver has no stake."""
    (c, a, r, _), gift = key, effort.gifts[key]
    stake = effort.world.stake(c, a)
    if stake > 0:
        return (effort.price[r] / stake) * gift
    most = max(effort.world.greatest_endowments(c, r, t) for t in effort.world.periods)
    return (1 / (TOKEN_SHARE * most)) * gift if most > 0 else Sum()


def _refusals(effort: Effort) -> None:
    """C12, C39 under recourse: the level is 0 in a scenario in which the host or a spoiler refuses the framework."""
    for (a, t), f in effort.choice.framework.items():
        if not effort.world.consents(a, f):
            effort.block.at_most(effort.level(a, t), 0.0)


def _cascades(effort: Effort) -> None:
    """C11."""
    for number, one in enumerate(effort.problem.cascades):
        for theatre in effort.problem.theatres:
            if one.theatres is None or theatre.id in one.theatres:
                for t in effort.world.periods:
                    _cascade(effort, number, theatre.id, t)


def _cascade(effort: Effort, number: int, theatre: str, t: int) -> None:
    one, block = effort.problem.cascades[number], effort.block
    here = {a for a in effort.world.frameworks_by_activity if effort.world.activity(a).theatre == theatre}
    there = block.variable(effort.name, "there", number, theatre, t)
    counted = sum((one.pivot, a, t) in effort.choice.counting for a in here)
    given = effort.spend(key for key in effort.gifts if key[0] == one.pivot and key[1] in here and key[3] == t)
    block.at_most(there, 1.0)
    block.at_most(there, counted if one.reference is None else (1 / one.reference) * given)
    for follower in one.followers:
        j, phi = follower.member, follower.strength
        for r in effort.price:
            given = total(gift for (c, a, s, u), gift in effort.gifts.items() if (c, s, u) == (j, r, t) and a in here)
            own = (1 - phi) * (effort.world.endowment(j, r, t) + effort.bought(j, r, t))
            block.at_most(given, own + phi * effort.world.greatest_endowments(j, r, t) * there)


def _caveats(effort: Effort) -> None:
    """C37."""
    for (a, t), f in effort.choice.framework.items():
        for i in effort.members:
            for most in caveats(effort.world, i, a, f, "own"):
                for line in effort.world.activity(a).need_lines:
                    own = total(
                        dict(line.from_)[r] * effort.world.productivity(c) * gift  # type: ignore[index]
                        for (c, b, r, s), gift in effort.gifts.items()
                        if (c, b, s) == (i, a, t) and r in line.from_
                    )
                    effort.block.at_most(own, line.amount * effort.world.framework(f).cost_multiplier * most)
            if (i, a, t) in effort.choice.there:
                for most in caveats(effort.world, i, a, f, "activity"):
                    effort.block.at_most(effort.level(a, t), most)


def _owed(effort: Effort) -> None:
    """C19, C27: the day after of operations; shortfalls cost trust, and trust limits the footprint."""
    lost: dict[tuple[str, int], list[Sum]] = {}
    for t in effort.world.periods:
        for b in effort.world.frameworks_by_activity:
            due = {
                one.id: _due(effort, one.id, t) for one in effort.problem.activities if _follow_on(effort, one.id) == b
            }
            shorts = []
            for a, owed in due.items():
                loss = effort.world.activity(a).day_after.trust_loss  # type: ignore[union-attr]
                if loss is not None:
                    short = effort.block.variable(effort.name, "short", a, t)
                    effort.block.at_most(short, owed)
                    shorts.append(short)
                    lost.setdefault((effort.world.activity(a).theatre, t), []).append(loss * short)
            if due and "policy" not in effort.world.relaxed:
                effort.block.at_most(total(due.values()), effort.level(b, t) + total(shorts))
    for theatre in effort.problem.theatres:
        _trust(effort, theatre.id, {t: total(points) for (h, t), points in lost.items() if h == theatre.id})


def _follow_on(effort: Effort, a: str) -> str | None:
    after = effort.world.activity(a).day_after
    return None if after is None else after.follow_on


def _due(effort: Effort, a: str, t: int) -> Sum:
    after = effort.world.activity(a).day_after
    assert after is not None
    return after.ratio * total(effort.level(a, t - k) for k in range(1, after.periods + 1) if t >= k)


def _trust(effort: Effort, h: str, lost: dict[int, Sum]) -> None:
    theatre = effort.world.theatre(h)
    trust = Sum({}, theatre.trust)
    for t in effort.world.periods:
        if theatre.footprint_cap is not None:
            here = [one for one in effort.problem.activities if one.theatre == h]
            steps = total(one.footprint * effort.level(one.id, t) for one in here)
            effort.block.at_most(steps, theatre.footprint_cap * trust)
        after = effort.block.variable(effort.name, "trust", h, t + 1)
        effort.block.at_most(after, trust - lost.get(t, Sum()))
        trust = after
