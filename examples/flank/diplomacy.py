"""What diplomacy can buy: political capital is two points of position in all, at most one in a single case.

Enough to win over the objections of one member to two or three common mandates, not all of them; which ones is the
question. An assumption.
"""

from examples.flank.provenance import Record

CAPITAL, IN_ONE_CASE = 2, 1


def concessions() -> Record:
    """The political capital of the problem."""
    return {"budget": CAPITAL, "max_per_case": IN_ONE_CASE}
