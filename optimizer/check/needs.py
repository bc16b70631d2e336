"""C2: effort takes a bundle of real means."""

from collections.abc import Iterator

from models.problem.activity import Activity
from optimizer.check.facts import Facts
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C2, one row per need line of an activity and period that runs or is given to, and one per useless gift.

    Σ ρ η x = amount · cost multiplier · level: not less, and not more either  [unit of the need line].
    """
    for activity in facts.problem.activities:
        for t in facts.periods:
            if (activity.id, t) in facts.flag or (activity.id, t) in facts.givers:
                yield from _lines(facts, activity, t)
                yield from _useless(facts, activity, t)


def _lines(facts: Facts, activity: Activity, t: int) -> Iterator[Row]:
    running = activity.id, t
    flag = facts.flag.get(running)
    level = facts.level[running]
    contributor = facts.problem.contributor
    effort = 0.0 if flag is None else facts.problem.framework[flag].cost_multiplier * level
    for number, line in enumerate(activity.need_lines, start=1):
        brought = sum(
            rate * contributor[giver].productivity * gift.get(resource, 0.0)
            for giver, gift in facts.givers[running].items()
            for resource, rate in line.from_.items()
        )
        name, takes = "+".join(line.from_), line.amount * effort
        yield Row(
            key=f"{activity.id}/{name}/{facts.period(t)}",
            left=brought,
            sense="=",
            right=takes,
            sentence=f"{activity.id} at level {level:g} takes {takes:g} {name} (need {number}) "
            f"and is given {brought:g}",
        )


def _useless(facts: Facts, activity: Activity, t: int) -> Iterator[Row]:
    needed = {resource for line in activity.need_lines for resource in line.from_}
    for contributor, gift in facts.givers[activity.id, t].items():
        for resource, amount in gift.items():
            if resource not in needed:
                yield Row(
                    key=f"{contributor}/{activity.id}/{resource}/{facts.period(t)}",
                    left=amount,
                    sense="<=",
                    right=0.0,
                    sentence=f"{contributor} gives {amount:g} {resource} to {activity.id}, which does not need it",
                    scale=facts.endowment(contributor, resource)[t],
                )
