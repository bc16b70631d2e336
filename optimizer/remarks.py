"""What a reader of an outcome should know: warnings about the problem, and what was assumed where it was silent."""

from collections.abc import Iterator

from models.ids import ContributorId
from models.problem.burden import Proportional
from models.problem.problem import Problem
from optimizer.closure import SETTLED, largest, smallest
from optimizer.politics import beyond_horizon, is_closed
from optimizer.willing import willing


def warnings(problem: Problem) -> tuple[str, ...]:
    """What is probably not meant."""
    return (*_forced_payers(problem), *_out_of_reach(problem), *_closed(problem), *_circles(problem))


def assumptions(problem: Problem) -> tuple[str, ...]:
    """What the model assumes that the document does not say."""
    return tuple(_assumed(problem))


def _forced_payers(problem: Problem) -> Iterator[str]:
    """T3: over all members, one that pays nothing forces everybody to pay nothing at any tolerance below 1."""
    rule = problem.burden_sharing
    if not isinstance(rule, Proportional) or rule.over != "members" or rule.tolerance >= 1:
        return
    unwilling = [i for i in problem.member if i not in willing(problem)]
    if unwilling:
        yield (
            f"burden_sharing counts all members, and {', '.join(unwilling)} would pay for nothing: "
            f"at a tolerance of {rule.tolerance:g} nobody may pay anything; use over: willing"
        )


def _out_of_reach(problem: Problem) -> Iterator[str]:
    """C17: a military task does not reach structural drivers, whatever it says it reduces."""
    for activity in problem.activities:
        if activity.task != "military":
            continue
        for h in activity.theatres_served:
            named = activity.reduces or dict.fromkeys(problem.risk[h], 1.0)
            lost = [d for d in problem.theatre[h].structural if d in named or f"{h}/{d}" in named]
            if lost:
                yield f"{activity.id} is a military task and does not reduce {', '.join(lost)} in {h}, which is structural"


def _closed(problem: Problem) -> Iterator[str]:
    for activity in problem.activities:
        frameworks, after = problem.frameworks_of(activity), activity.day_after
        if after is not None and all(beyond_horizon(problem, activity.id, t) for t in problem.periods):
            yield (
                f"{activity.id} cannot run: for {after.periods} periods it would owe {after.follow_on}, and the last "
                "period comes before; add periods, or set beyond_horizon: ignore"
            )
        elif all(is_closed(problem, activity.id, f, t) for f in frameworks for t in problem.periods):
            yield f"{activity.id} cannot run: every framework it names is closed to it"


def _circles(problem: Problem) -> Iterator[str]:
    """T2: pivots that follow each other stay in the program because the others stay; alone they might not."""
    followers = {follower.member for cascade in problem.cascades for follower in cascade.followers}
    if not any(ContributorId(cascade.pivot) in followers for cascade in problem.cascades):
        return
    said: set[str] = set()
    for h in problem.theatre:
        for t in problem.periods:
            least, most = smallest(problem, h, t), largest(problem, h, t)
            apart = [p for p in most if most[p] - least[p] > SETTLED]
            if apart:
                said.add(
                    f"in {h} {' and '.join(apart)} follow each other: a plan may count on "
                    f"{', '.join(f'{most[p]:.0%} of {p}' for p in apart)}, because each stays while the others stay; "
                    f"of their own accord there would be {', '.join(f'{least[p]:.0%} of {p}' for p in apart)}"
                )
    yield from sorted(said)


def _assumed(problem: Problem) -> Iterator[str]:
    if not problem.positions and not any(member.threat for member in problem.members):
        yield f"every member stands at {problem.default_position:g} on everything: no positions given"
    if problem.scenarios and all(scenario.probability is None for scenario in problem.scenarios):
        yield "scenario probabilities equal: none given"
    if problem.burden_sharing is None:
        yield "burdens are reported against ability to pay, but nothing binds them: no burden_sharing given"
