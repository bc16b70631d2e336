"""C9: enough of the willing, a framework nation, the partners."""

from collections.abc import Iterable, Iterator

from models.ids import ContributorId
from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import EXACT, RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C9, one row per run and quorum of its framework, and per partner that its activity requires  [count]."""
    members, partners = facts.problem.member, facts.problem.partner
    for running, framework in facts.framework.items():
        rule = facts.problem.framework[framework].rule
        if rule.min_participants:
            yield _row(
                facts,
                running,
                ("min_participants", f"{rule.min_participants} of the members"),
                members,
                rule.min_participants,
            )
        if rule.lead_nations:
            yield _row(facts, running, ("lead_nations", "1 of the lead nations"), rule.lead_nations, 1)
        if rule.min_partners:
            yield _row(
                facts, running, ("min_partners", f"{rule.min_partners} of the partners"), partners, rule.min_partners
            )
        for partner in facts.problem.activity[running[0]].requires:
            words = f"the partner {facts.titles.contributor[partner]}"
            yield _row(facts, running, (f"requires/{partner}", words), (partner,), 1)


def _row(facts: Facts, running: Running, quorum: tuple[str, str], candidates: Iterable[str], least: int) -> RuleRow:
    """Return the row of a quorum, which has a key and words: `least` of the candidates must count."""
    (activity, t), (key, words), titles = running, quorum, facts.titles
    counting = [candidate for candidate in candidates if facts.counts(ContributorId(candidate), running)]
    framework = facts.framework[running]
    names = ", ".join(titles.contributor[contributor] for contributor in counting) or "none"
    return RuleRow(
        key=f"{activity}/{framework}/{key}/{facts.period(t)}",
        left=float(len(counting)),
        sense=">=",
        right=float(least),
        sentence=f"{titles.activity[activity]} under {titles.framework[framework]} needs {words} "
        f"in {facts.period(t)}; those that take part enough to count: {names}.",
        tolerance=EXACT,
    )
