"""What requests share: made once when the application starts, and passed in."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from service.allocations.problem_cache import Problems
from service.database.engine import Database
from service.examples.service import Examples
from service.settings import Settings
from service.worker.dispatcher import Dispatcher


@dataclass(frozen=True, kw_only=True)
class Context:
    """The parts of a running service."""

    settings: Settings
    database: Database
    dispatcher: Dispatcher
    examples: Examples
    problems: Problems


def _context(request: Request) -> Context:
    context = request.app.state.context
    if not isinstance(context, Context):
        raise TypeError("the application has not been started")
    return context


InContext = Annotated[Context, Depends(_context)]
