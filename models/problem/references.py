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
from models.problem import consistency, drivers, duplicates, locks, periods
from models.problem import override_addresses as addressed
from models.problem.common_findings import unknown
from models.problem.id_references import mentions, new_mentions
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

NUMBERS = (periods.findings, drivers.findings)
BETWEEN_FIELDS = (consistency.findings, locks.findings, addressed.findings)
"""What is looked for only where the checks before found nothing."""


def findings(problem: "Problem") -> Iterator[Finding]:
    """Everything about the problem that its records contradict among themselves.

    Later checks rely on what earlier ones found to hold: with an id that refers to nothing, or a number for a period
    that there is not, nothing more is looked for.
    """
    found = False
    for check in (_references, duplicates.findings, *NUMBERS):
        for finding in check(problem):
            found = True
            yield finding
    if not found:
        yield from chain.from_iterable(check(problem) for check in BETWEEN_FIELDS)


def still_sound(problem: "Problem", before: "Problem") -> bool:
    """Whether nothing contradicts itself, given that nothing did in `before`: what is the same is not asked again.

    That what is the same refers to still exists follows from every id being there that was there. What depends on more
    than references and names is looked at as a whole: it takes a moment.
    """
    known, was = _known(problem), _known(before)
    if any(was[kind].keys() - known[kind].keys() for kind in known):
        return not any(findings(problem))
    unheard_of = (one.is_repeated or one.id not in known[one.kind] for one in new_mentions(problem, before))
    return not (
        any(unheard_of)
        or duplicates.is_anything_new_said_twice(problem, before)
        or any(any(check(problem)) for check in (_consents, duplicates.across_lists, *NUMBERS, *BETWEEN_FIELDS))
    )


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
