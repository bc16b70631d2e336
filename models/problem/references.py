"""What the records of a problem contradict among themselves, checked in one place: first of all, references."""

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
from models.problem import addressed, consistency, drivers, duplicates, locks, periods
from models.problem.faults import unknown
from models.problem.mentions import mentions
from models.problem.theatre import ANY_FRAMEWORK

if TYPE_CHECKING:
    from models.problem.problem import Problem

WORDS = {
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


def findings(problem: "Problem") -> Iterator[Finding]:
    """Everything about the problem that its records contradict among themselves.

    Later checks rely on what earlier ones found to hold: with an id that refers to nothing, or a number for a period
    that there is not, nothing more is looked for.
    """
    found = False
    for check in (_references, duplicates.findings, periods.findings, drivers.findings):
        for finding in check(problem):
            found = True
            yield finding
    if not found:
        yield from chain(consistency.findings(problem), locks.findings(problem), addressed.findings(problem))


def _references(problem: "Problem") -> Iterator[Finding]:
    known = _known(problem)
    for mention in mentions(problem):
        if mention.id not in known[mention.kind]:
            yield unknown(mention.loc, WORDS[mention.kind], mention.id, list(known[mention.kind]))
        elif mention.is_repeated:
            yield Finding(
                loc=mention.loc, code="repeated_reference", message=f"{mention.id} is named twice", given=mention.id
            )
    yield from _consents(problem)


def _known(problem: "Problem") -> dict[Any, dict[str, None]]:
    """The ids of each kind, in the order of the document."""
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
