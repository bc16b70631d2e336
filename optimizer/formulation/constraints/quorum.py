"""C9 quorum: a framework needs enough participants, a lead nation and the partners that it asks for."""

from collections.abc import Iterable, Iterator

from models.ids import ActivityId, ContributorId, PeriodId
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import Term, linear, minus
from optimizer.formulation.variables import DecisionVariables


def counts(scenario: ScenarioData) -> Iterator[tuple[ContributorId, ActivityId]]:
    """Each contributor and activity to count.

    These are lead nations and required partners, and all members or partners where a rule sets a number of them.
    """
    problem = scenario.problem
    for a, frameworks in scenario.index.frameworks.items():
        yield from ((ContributorId(k), a) for k in problem.activity[a].requires)
        for f in frameworks:
            rule = problem.framework[f].rule
            if rule.min_participants > 0:
                yield from ((ContributorId(i), a) for i in problem.member)
            if rule.min_partners > 0:
                yield from ((ContributorId(k), a) for k in problem.partner)
            yield from ((ContributorId(i), a) for i in rule.lead_nations)


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C9, rows per activity, framework and period; i are members, k partners.

    participants: sum over i of counts[i,a,t] >= min_participants * y[a,f,t]  [members].
    lead: sum over lead nations i of counts[i,a,t] >= y[a,f,t]  [members].
    partners: sum over k of counts[k,a,t] >= min_partners * y[a,f,t]  [partners].
    requires, one row per required partner, activity and period: counts[k,a,t] >= sum over f of y[a,f,t].
    """
    problem = scenario.problem
    for a, f, t in scenario.index.runs:
        rule, run = problem.framework[f].rule, d.run[a, f, t]
        if rule.min_participants > 0:
            members = _counted(problem.member, a, t, d)
            yield ("participants", a, f, t), linear([*members, (-rule.min_participants, run)]) >= 0
        if rule.lead_nations:
            yield ("lead", a, f, t), linear([*_counted(rule.lead_nations, a, t, d), (-1.0, run)]) >= 0
        if rule.min_partners > 0:
            partners = _counted(problem.partner, a, t, d)
            yield ("partners", a, f, t), linear([*partners, (-rule.min_partners, run)]) >= 0
    for a, t in scenario.index.activity_periods:
        runs = [(1.0, d.run[a, f, t]) for f in scenario.index.frameworks[a]]
        for k in problem.activity[a].requires:
            yield ("requires", k, a, t), linear([*_counted((k,), a, t, d), *minus(runs)]) >= 0


def _counted(contributors: Iterable[str], a: ActivityId, t: PeriodId, d: DecisionVariables) -> list[Term]:
    keys = ((ContributorId(c), a, t) for c in contributors)
    return [(1.0, d.counts[key]) for key in keys if key in d.counts]


FAMILY = Family(
    number="C9",
    name="quorum",
    group="decision",
    says="a framework needs enough participants, a lead nation and the partners that it asks for",
    counts=counts,
    rows=rows,
)
