"""C2: effort takes a bundle of real means."""

from collections.abc import Iterator

from models.problem.activity import Activity
from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C2, one row per need line of an activity and period that runs or receives something, and per useless gift.

    Σ ρ η x = amount · cost multiplier · level: neither less nor more  [unit of the need line].
    """
    for activity in facts.problem.activities:
        for t in facts.periods:
            if (activity.id, t) in facts.framework or (activity.id, t) in facts.contributions_to:
                yield from _lines(facts, activity, t)
                yield from _useless(facts, activity, t)


def _lines(facts: Facts, activity: Activity, t: int) -> Iterator[RuleRow]:
    running, period, titles = (activity.id, t), facts.period(t), facts.titles
    framework = facts.framework.get(running)
    level = facts.level[running]
    contributor = facts.problem.contributor
    effort = 0.0 if framework is None else facts.problem.framework[framework].cost_multiplier * level
    for number, line in enumerate(activity.need_lines, start=1):
        supplied = sum(
            rate * contributor[giver].productivity * bundle.get(resource, 0.0)
            for giver, bundle in facts.contributions_to[running].items()
            for resource, rate in line.from_.items()
        )
        required = line.amount * effort
        names = " or ".join(titles.resource[resource] for resource in line.from_)
        yield RuleRow(
            key=f"{activity.id}/{'+'.join(line.from_)}/{period}",
            left=supplied,
            sense="=",
            right=required,
            sentence=f"{titles.activity[activity.id]} at level {level:g} in {period} requires {required:g} "
            f"of {names} (need {number}); it receives {supplied:g}.",
            scale=facts.least_size.need(activity, line),
        )


def _useless(facts: Facts, activity: Activity, t: int) -> Iterator[RuleRow]:
    needed = {resource for line in activity.need_lines for resource in line.from_}
    titles = facts.titles
    for contributor, bundle in facts.contributions_to[activity.id, t].items():
        for resource, amount in bundle.items():
            if resource not in needed:
                yield RuleRow(
                    key=f"{contributor}/{activity.id}/{resource}/{facts.period(t)}",
                    left=amount,
                    sense="<=",
                    right=0.0,
                    sentence=f"{titles.contributor[contributor]} gives {titles.amount(resource, amount)} "
                    f"to {titles.activity[activity.id]} in {facts.period(t)}, which does not need it.",
                    scale=facts.least_size.own(contributor, resource),
                )
