"""C1 availability: nobody spends what it has not got."""

from optimizer.decisions import Decisions
from optimizer.expressions import linear
from optimizer.family import Family, Rows
from optimizer.future import Future


def charge(future: Future, d: Decisions) -> None:
    """Writes every contribution into use[c,r,t]."""
    for key in future.index.contributions:
        c, _, r, t = key
        d.ledgers.use[c, r, t].append((1.0, d.contribution[key]))


def rows(future: Future, d: Decisions) -> Rows:
    """C1, one row per contributor, resource and period: sum of use[c,r,t] <= cap[c,r,t]  [unit of r].

    use is what is given to activities, and what coordination (C6) and investment (C26) charge.
    """
    for (c, r, t), terms in d.ledgers.use.items():
        yield (c, r, t), linear(terms) <= future.bounds.means.get((c, r, t), 0.0)


FAMILY = Family(
    number="C1", name="availability", group=None, says="nobody spends what it has not got", terms=charge, rows=rows
)
