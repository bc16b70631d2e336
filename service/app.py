"""The application, wired. Settings come in; everything else is made here, when it starts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib.metadata import version

from fastapi import Depends, FastAPI
from fastapi.concurrency import run_in_threadpool

from service.allocations.endpoints import router as allocations
from service.allocations.problem_cache import Problems
from service.checks.endpoints import router as checks
from service.context import Context
from service.database.engine import Database
from service.database.upgrade import upgrade
from service.docs import add_docs
from service.errors import Faults, add_error_handlers
from service.evaluations.endpoints import router as evaluations
from service.examples.endpoints import router as examples
from service.examples.service import Examples, examples_folder
from service.head_requests import Heads
from service.health.endpoints import router as health
from service.keys.service import first_admin_key
from service.logs import RequestLog, configure_logs
from service.openapi import describe
from service.schemas.endpoints import router as schemas
from service.security import Guard, demand_key
from service.settings import Settings
from service.worker.dispatcher import Dispatcher


def create_app(settings: Settings) -> FastAPI:
    """Make the application; database and worker processes begin when it starts, and end with it."""
    configure_logs(settings)
    known = Examples(examples_folder())
    database = Database(settings.database)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(_prepare, settings, database)
        dispatcher = Dispatcher(settings, database)
        dispatcher.start()
        app.state.context = Context(
            settings=settings, database=database, dispatcher=dispatcher, examples=known, problems=Problems(database)
        )
        yield
        await run_in_threadpool(dispatcher.stop)
        database.close()

    app = FastAPI(
        title="Concord",
        version=version("concord"),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: f"{route.tags[0]}_{route.name}",
    )
    for router in (allocations, checks, evaluations, examples, schemas):
        app.include_router(router, dependencies=[Depends(demand_key)])
    app.include_router(health)
    add_docs(app)
    describe(app, known)
    add_error_handlers(app)
    app.add_middleware(Heads)
    app.add_middleware(Faults)
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(RequestLog)
    return app


def _prepare(settings: Settings, database: Database) -> None:
    if database.is_sqlite:
        upgrade(database)
    if settings.needs_key:
        _print_first_key(database)


def _print_first_key(database: Database) -> None:
    key = first_admin_key(database, now=datetime.now(UTC))
    if key is not None:
        # For whoever started it, and not for a log.
        print(f"Admin key, shown this once: {key}\nSend it as: Authorization: Bearer {key}", flush=True)  # noqa: T201
