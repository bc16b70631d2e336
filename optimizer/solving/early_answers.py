"""What an early answer says about itself: how its plan was found, and why its gap is open."""

from optimizer.search.stages import Stage

REMARKS: dict[Stage, str] = {
    "uniform": "early answer: found as if contributions were equal in every scenario",
    "fixed": "first answer: the choices of the plan before, repaired if they no longer fit",
    "rounded": "early answer: rounded from the relaxation",
    "restricted": "early answer: only choices that the relaxation uses were considered",
    "touched": "early answer: only the theatres that the change touches were planned anew",
    "first_priority": "early answer: the first objective is done; for later objectives only amounts were optimised",
    "whole": "warm answer: found from the plan before; a cold solve may find another plan of the same value",
}
"""The warning that each stage adds to the outcome; `whole` only if the search started from a plan before."""

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
