"""What diplomacy can buy: political capital is one and a half points of position in all, at most one in a single case.

Enough to win over one member for three common mandates, half a point each, as France in the Sahel or Türkiye in Egypt;
or both Greece and Türkiye for one in Libya. Which is the question. The amounts are assumptions.
"""

from examples.flank.provenance import Record

CAPITAL, IN_ONE_CASE = 1.5, 1


def concessions() -> Record:
    """The political capital of the problem."""
    return {"budget": CAPITAL, "max_per_case": IN_ONE_CASE}
