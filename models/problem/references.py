"""Entry point of all checks between the records of a problem: references first, then contradictions."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from models.errors import Finding
from models.ids import (
    ActivityId,
    ContributorId,
    FrameworkId,
    MemberId,
    PartnerId,
    PeriodId,
    ResourceId,
    Tag,
    TheatreId,
)
from models.problem import consistency, drivers, duplicates, locks, override_addresses, periods
from models.problem.common_findings import unknown
from models.problem.id_references import mentions, new_mentions
from models.problem.theatre import ANY_FRAMEWORK

if TYPE_CHECKING:
    from models.problem.problem import Problem

KIND_NAMES = {
    MemberId: "member",
    PartnerId: "partner",
    ContributorId: "member or partner",
    TheatreId: "theatre",
    ActivityId: "activity",
    FrameworkId: "framework",
    ResourceId: "resource",
    PeriodId: "period",
    Tag: "activity with the tag",
}

NUMBERS = (periods.findings, drivers.findings)
BETWEEN_FIELDS = (consistency.findings, locks.findings, override_addresses.findings)
"""Checks that run only if all earlier checks find nothing."""


def findings(problem: "Problem") -> Iterator[Finding]:
    """Yield all contradictions between the records of a problem.

    Later checks rely on earlier ones: if an id refers to nothing, or a value names an unknown period, the checks
    between fields do not run.
    """
    has_findings = False
    for check in (_references, duplicates.findings, *NUMBERS):
        for finding in check(problem):
            has_findings = True
            yield finding
    if not has_findings:
        yield from chain.from_iterable(check(problem) for check in BETWEEN_FIELDS)


def is_still_consistent(problem: "Problem", before: "Problem") -> bool:
    """Whether `problem` has no findings, given that `before` has none; only new references and names are checked.

    If every id of `before` still exists, the references of unchanged parts are still valid. Checks of numbers run over
    the whole problem, because they take half a millisecond.
    """
    known, previous = _known(problem), _known(before)
    if any(previous[kind].keys() - known[kind].keys() for kind in known):
        return not any(findings(problem))
    mentions_to_check = new_mentions(problem, before)
    return not (
        any(mention.is_repeated or mention.id not in known[mention.kind] for mention in mentions_to_check)
        or duplicates.has_new_duplicates(problem, before)
        or any(any(check(problem)) for check in (_consents, duplicates.across_lists, *NUMBERS, *BETWEEN_FIELDS))
    )


def _references(problem: "Problem") -> Iterator[Finding]:
    known = _known(problem)
    for mention in mentions(problem):
        if mention.id not in known[mention.kind]:
            yield unknown(mention.loc, KIND_NAMES[mention.kind], mention.id, list(known[mention.kind]))
        elif mention.is_repeated:
            yield Finding(
                loc=mention.loc,
                code="repeated_reference",
                message=f"the list contains {mention.id} twice: remove one",
                given=mention.id,
            )
    yield from _consents(problem)


def _known(problem: "Problem") -> dict[Any, dict[str, None]]:
    """Return the ids of each kind, in the order of the document."""
    ids: dict[Any, Any] = {
        MemberId: problem.member,
        PartnerId: problem.partner,
        ContributorId: problem.contributor,
        TheatreId: problem.theatre,
        ActivityId: problem.activity,
        FrameworkId: problem.framework,
        ResourceId: problem.resource,
        PeriodId: problem.periods,
        Tag: (tag for activity in problem.activities for tag in activity.tags),
    }
    return {kind: dict.fromkeys(known) for kind, known in ids.items()}


def _consents(problem: "Problem") -> Iterator[Finding]:
    known = (*problem.framework, ANY_FRAMEWORK)
    consents = [
        *((("theatres", number, "consent"), theatre.consent) for number, theatre in enumerate(problem.theatres)),
        *((("spoilers", number, "consent"), spoiler.consent) for number, spoiler in enumerate(problem.spoilers)),
    ]
    for loc, consent in consents:
        for key in consent if isinstance(consent, dict) else ():
            if key not in known:
                yield unknown((*loc, key), "framework", key, known)
