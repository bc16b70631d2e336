"""What an early answer says about itself: how its plan was found, and why its gap is open."""

from models.outcome import CheckReport
from optimizer.search.stages import Stage

REMARKS: dict[Stage, str] = {
    "uniform": "early answer: found as if contributions were equal in every scenario",
    "fixed": "first answer: from the best plan known before, repaired if it no longer holds",
    "rounded": "early answer: rounded from the relaxation",
    "restricted": "early answer: only choices that the relaxation uses were considered",
    "touched": "early answer: only the theatres that the change touches were planned anew",
    "first_priority": "early answer: the first objective is done; for later objectives only amounts were optimised",
    "whole": "warm answer: found from the plan before; a cold solve may find another plan of the same value",
}
"""The warning that each stage adds to the outcome; `whole` only if the search started from a plan before."""

UNCHANGED = "no difference: nothing in this question changes what may be planned or how it is valued"
"""The warning of an answer to a change that leaves the program as it was; it begins with the plan before."""

UNFINISHED: dict[Stage, str | None] = {
    "uniform": "early answer; the search continues",
    "fixed": "first answer from the plan before; the search continues",
    "rounded": "early answer; the search continues",
    "restricted": "early answer; the search continues",
    "touched": "early answer from the plan before; the search continues",
    "first_priority": "the first objective is done; the search for later objectives continues",
    "whole": None,
}
"""The reason for an open gap at each stage; None if the search itself gives the reason."""


def broken_start(report: CheckReport) -> tuple[str, ...]:
    """The warning that a given plan breaks rules, unless it holds."""
    if report.passed:
        return ()
    count, worst = len(report.violations), max(report.violations, key=lambda violation: violation.amount)
    rules = "a rule" if count == 1 else f"{count} rules"
    return (f"the plan to start from breaks {rules} and was only a hint: {worst.sentence}",)
