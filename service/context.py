"""Objects that all requests share, created when the application starts."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from service.allocations.event_feed import EventFeed
from service.allocations.problem_cache import ProblemCache
from service.database.engine import Database
from service.examples.service import Examples
from service.readers.readers import Readers
from service.settings import Settings
from service.worker.dispatcher import Dispatcher


@dataclass(frozen=True, kw_only=True)
class Context:
    """Settings, database, dispatcher and caches of a running service."""

    settings: Settings
    database: Database
    probe: Database
    """The same database, for readiness checks: it waits for a writer only briefly."""
    dispatcher: Dispatcher
    feed: EventFeed
    readers: Readers
    examples: Examples
    problems: ProblemCache


def _context(request: Request) -> Context:
    context = request.app.state.context
    if not isinstance(context, Context):
        raise TypeError("the application has not started")
    return context


InContext = Annotated[Context, Depends(_context)]
