"""C37: a national caveat binds when the nation is there."""

from collections.abc import Iterator

from models.ids import ContributorId
from models.problem.member import Caveat, Member
from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C37, one row per caveat and run to which it applies, and per need line if its scope is own.

    own: Σ ρ η x of the member ≤ amount · cost multiplier · max_level  [unit of the need line]; activity: level ≤
    max_level if the member gives anything  [level]. A framework that the caveat does not name has no limit.
    """
    for member in facts.problem.members:
        for caveat in member.caveats:
            for running, framework in facts.framework.items():
                in_place = caveat.place in (running[0], facts.problem.activity[running[0]].theatre)
                if in_place and (caveat.frameworks is None or framework in caveat.frameworks):
                    scope_rows = _own if caveat.scope == "own" else _whole
                    yield from scope_rows(facts, member, caveat, running)


def _own(facts: Facts, member: Member, caveat: Caveat, running: Running) -> Iterator[RuleRow]:
    bundle = facts.contributions_to[running][ContributorId(member.id)]
    multiplier = facts.problem.framework[facts.framework[running]].cost_multiplier
    titles, period = facts.titles, facts.period(running[1])
    activity = facts.problem.activity[running[0]]
    for line in activity.need_lines:
        supplied = sum(rate * member.productivity * bundle[resource] for resource, rate in line.from_.items())
        limit = line.amount * multiplier * caveat.max_level
        names = " or ".join(titles.resource[resource] for resource in line.from_)
        yield RuleRow(
            key=f"{member.id}/{running[0]}/{'+'.join(line.from_)}/{period}",
            left=supplied,
            sense="<=",
            right=limit,
            sentence=f"{titles.contributor[member.id]} supplies {supplied:g} of the need for {names} "
            f"of {titles.activity[running[0]]} in {period}; its caveat allows {limit:g}.",
            scale=facts.least_size.need(activity, line),
        )


def _whole(facts: Facts, member: Member, caveat: Caveat, running: Running) -> Iterator[RuleRow]:
    if not facts.participates(ContributorId(member.id), running):
        return
    level, period = facts.level[running], facts.period(running[1])
    yield RuleRow(
        key=f"{member.id}/{running[0]}/{period}",
        left=level,
        sense="<=",
        right=caveat.max_level,
        sentence=f"{facts.titles.activity[running[0]]} runs at level {level:g} in {period}; "
        f"the caveat of {facts.titles.contributor[member.id]} allows {caveat.max_level:g}.",
        scale=facts.least_size.level[running[0]],
    )
