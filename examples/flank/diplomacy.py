"""Political capital for concessions: one and a half points of position in total, at most one point per case.

That is enough to win over one member for three common mandates at half a point each, for example France in the Sahel or
Türkiye in Egypt. Or it wins over both Greece and Türkiye for one mandate in Libya. The amounts are assumptions.
"""

from examples.flank.provenance import Record

CAPITAL, IN_ONE_CASE = 1.5, 1


def concessions() -> Record:
    """Field `concessions` of the problem."""
    return {"budget": CAPITAL, "max_per_case": IN_ONE_CASE}
