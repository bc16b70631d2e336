"""C37: a national caveat binds when the nation is there."""

from collections.abc import Iterator

from models.ids import ContributorId
from models.problem.member import Caveat, Member
from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C37, one row per caveat and run it speaks of, and per need line if it is of scope own.

    own: Σ ρ η x of the member ≤ amount · cost multiplier · max_level  [unit of the need line]; activity: level ≤
    max_level where the member gives anything  [level]. Under a framework that the caveat does not name: no limit.
    """
    for member in facts.problem.members:
        for caveat in member.caveats:
            for running, flag in facts.flag.items():
                place = caveat.place in (running[0], facts.problem.activity[running[0]].theatre)
                if place and (caveat.frameworks is None or flag in caveat.frameworks):
                    bind = _own if caveat.scope == "own" else _whole
                    yield from bind(facts, member, caveat, running)


def _own(facts: Facts, member: Member, caveat: Caveat, running: Running) -> Iterator[Row]:
    gift = facts.givers[running][ContributorId(member.id)]
    multiplier = facts.problem.framework[facts.flag[running]].cost_multiplier
    for line in facts.problem.activity[running[0]].need_lines:
        brought = sum(rate * member.productivity * gift[resource] for resource, rate in line.from_.items())
        limit = line.amount * multiplier * caveat.max_level
        yield Row(
            key=f"{member.id}/{running[0]}/{'+'.join(line.from_)}/{facts.period(running[1])}",
            left=brought,
            sense="<=",
            right=limit,
            sentence=f"{member.id} supports {running[0]} with {brought:g}, its caveat ends at {limit:g}",
        )


def _whole(facts: Facts, member: Member, caveat: Caveat, running: Running) -> Iterator[Row]:
    if not facts.is_there(ContributorId(member.id), running):
        return
    level = facts.level[running]
    yield Row(
        key=f"{member.id}/{running[0]}/{facts.period(running[1])}",
        left=level,
        sense="<=",
        right=caveat.max_level,
        sentence=f"{running[0]} is at level {level:g}; the caveat of {member.id} ends at {caveat.max_level:g}",
    )
