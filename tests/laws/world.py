"""A problem read for the oracle: positions, closed frameworks and endowments. Written from the text of the model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations

from models.problem.activity import Activity
from models.problem.framework import Framework
from models.problem.member import Member
from models.problem.problem import Problem
from models.problem.theatre import Theatre
from models.quantities import by_period

Running = tuple[str, int]
"""An activity in a period, counted from 0."""
EXACT = 1e-9
"""Tolerance for products of document numbers that should meet a limit exactly."""


@dataclass(frozen=True)
class ScenarioRules:
    """A problem and its relaxed groups."""

    problem: Problem
    relaxed: frozenset[str]

    @property
    def periods(self) -> range:
        return range(len(self.problem.periods))

    @cached_property
    def frameworks_by_activity(self) -> dict[str, tuple[str, ...]]:
        return {one.id: self.problem.frameworks_of(one) for one in self.problem.activities}

    def activity(self, a: str) -> Activity:
        return self.problem.activity[a]  # type: ignore[index]

    def framework(self, f: str) -> Framework:
        return self.problem.framework[f]  # type: ignore[index]

    def theatre(self, h: str) -> Theatre:
        return self.problem.theatre[h]  # type: ignore[index]

    def member(self, i: str) -> Member:
        return self.problem.member[i]  # type: ignore[index]

    def productivity(self, c: str) -> float:
        return self.problem.contributor[c].productivity  # type: ignore[index]

    def stake(self, c: str, a: str) -> float:
        return self.problem.contributor[c].stake(a)  # type: ignore[index,arg-type]

    def position(self, i: str, a: str, f: str) -> float:
        return self.problem.position(i, a, f)  # type: ignore[arg-type]

    def is_member(self, c: str) -> bool:
        return c in {one.id for one in self.problem.members}

    def supports(self, i: str, a: str, f: str) -> bool:
        return self.position(i, a, f) >= self.member(i).contributes_from

    def is_reachable(self, c: str, a: str, t: int) -> bool:
        """Return whether a contributor has access to the theatre of an activity and has not withdrawn from it."""
        place = self.activity(a).theatre
        access = self.problem.theatre[place].access
        gone = any(
            one.member == c
            and one.theatre in (None, place)
            and (one.from_period is None or self.problem.periods.index(one.from_period) <= t)
            for one in self.problem.withdrawn
        )
        return (access is None or c in access) and not gone

    def may_give(self, c: str, a: str, f: str, t: int) -> bool:
        stands = not self.is_member(c) or "participation" in self.relaxed or self.supports(c, a, f)
        return stands and self.is_reachable(c, a, t)

    def endowment(self, c: str, r: str, t: int) -> float:
        given = self.problem.contributor[c].resources.get(r, 0)  # type: ignore[index,call-overload]
        return by_period(given, self.problem.periods)[t]

    def greatest_endowments(self, c: str, r: str, t: int) -> float:
        bought = sum(
            one.max * one.adds.get(r, 0)  # type: ignore[call-overload]
            for one in self.problem.investments
            if one.contributor == c and t >= one.lead_time
        )
        return self.endowment(c, r, t) + bought

    @property
    def contributors(self) -> list[str]:
        return [one.id for one in self.problem.members] + [one.id for one in self.problem.partners]

    def could_give(self, c: str, a: str, f: str, t: int) -> bool:
        """Return whether a contributor may give, and could have any resource that is needed."""
        return self.may_give(c, a, f, t) and self.has_anything_for(c, a, t)

    def has_anything_for(self, c: str, a: str, t: int) -> bool:
        return any(self.greatest_endowments(c, r, t) > 0 for line in self.activity(a).need_lines for r in line.from_)

    def consents(self, a: str, f: str) -> bool:
        place = self.activity(a).theatre
        consents = [self.problem.theatre[place].consent]
        consents += [one.consent for one in self.problem.spoilers if self.spoils(one.id, place)]
        return all(one if isinstance(one, bool) else one.get(f, one.get("*", True)) for one in consents)

    def spoils(self, spoiler: str, place: str) -> bool:
        one = next(one for one in self.problem.spoilers if one.id == spoiler)
        return one.active and (one.theatres is None or place in one.theatres)

    def is_open(self, a: str, f: str, t: int, relaxed: frozenset[str], capital: float) -> bool:
        """Return whether no single fact or rule closes a framework, with `capital` to spend on concessions."""
        policy = self.problem.policy
        forbidden = any(
            lock.activity == a and lock.framework in (None, f) and lock.period in (None, self.problem.periods[t])
            for lock in policy.forbid
        )
        if forbidden or not self.framework(f).enabled:
            return False
        if "consent" not in relaxed and not self.consents(a, f):
            return False
        if "policy" not in relaxed and (self._leads_against_policy(a, f) or self._owes_beyond(a, t)):
            return False
        return "decision" in relaxed or self.price_of(a, f, capital) is not None

    def _leads_against_policy(self, a: str, f: str) -> bool:
        return a in self.problem.policy.no_lead_role and self.framework(f).role == "lead"

    def _owes_beyond(self, a: str, t: int) -> bool:
        owed = self.activity(a).day_after
        return owed is not None and owed.beyond_horizon == "forbid" and t + owed.periods >= len(self.periods)

    def price_of(self, a: str, f: str, capital: float) -> float | None:
        """Return the least political capital for a decision in favour of a under f, or None if it exceeds `capital`."""
        rule, offered = self.framework(f).rule, self.problem.concessions
        most = min(capital, offered.max_per_case) if offered is not None else 0.0
        members = {one.id: one for one in self.problem.members}
        if rule.type == "consensus":
            gaps = [one.objects_below - self.position(i, a, f) for i, one in members.items()]
            prices = [[gap for gap in gaps if gap > 0]]
        elif rule.type == "majority":
            in_favour: list[str] = [i for i in members if self.position(i, a, f) >= 0]
            buyable: list[str] = [i for i in members if i not in in_favour]
            prices = [
                [-self.position(i, a, f) for i in bought]
                for bought in subsets(buyable)
                if self._carries(f, [*in_favour, *bought])
            ]
        else:
            return 0.0
        affordable = [
            sum(gaps) for gaps in prices if max(gaps, default=0) <= most + EXACT and sum(gaps) <= capital + EXACT
        ]
        return min(affordable, default=None)

    def _carries(self, f: str, favour: list[str]) -> bool:
        rule = self.framework(f).rule
        assert rule.type == "majority"
        votes: dict[str, float] = {one.id: one.votes for one in self.problem.members}
        by_votes = bool(sum(votes[i] for i in favour) >= rule.quota * sum(votes.values()) - EXACT)
        heads = rule.quota_members
        return by_votes and (heads is None or len(favour) >= heads * len(votes) - EXACT)

    def willing(self, relaxed: frozenset[str], capital: float) -> list[str]:
        """Return the members that would give in some open activity, framework and period."""
        free = "participation" in relaxed
        return [
            one.id
            for one in self.problem.members
            if any(
                (free or self.supports(one.id, a, f)) and self.is_reachable(one.id, a, t)
                for a, f, t in self._every_run()
                if self.is_open(a, f, t, relaxed, capital)
            )
        ]

    def _every_run(self) -> Iterator[tuple[str, str, int]]:
        return (
            (a, f, t) for a, frameworks in self.frameworks_by_activity.items() for f in frameworks for t in self.periods
        )

    @property
    def capital(self) -> float:
        return 0.0 if self.problem.concessions is None else self.problem.concessions.budget

    def sharing(self) -> list[str]:
        """C20: return the members that compare burdens, before relaxation and without concessions."""
        rule = self.problem.burden_sharing
        if rule is not None and rule.over == "members":
            return [one.id for one in self.problem.members]
        return self.willing(frozenset(), 0.0)

    def payers(self) -> list[str]:
        """C6: return the members that may pay for partners, after relaxation and concessions."""
        return self.willing(self.relaxed, self.capital)


def subsets(items: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))
