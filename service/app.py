"""Creates the application from its settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib.metadata import version

from fastapi import Depends, FastAPI
from fastapi.concurrency import run_in_threadpool

from service.allocations.endpoints import router as allocations
from service.allocations.event_feed import EventFeed
from service.allocations.problem_cache import ProblemCache
from service.checks.endpoints import router as checks
from service.context import Context
from service.database.engine import PROBE_TIMEOUT_MS, Database
from service.database.upgrade import upgrade
from service.docs import add_docs
from service.errors import ErrorGuard, add_error_handlers
from service.evaluations.endpoints import router as evaluations
from service.examples.endpoints import router as examples
from service.examples.service import Examples, examples_folder
from service.head_requests import HeadRequests
from service.health.endpoints import router as health
from service.keys.service import create_first_admin_key
from service.logs import configure_logs
from service.openapi import set_openapi
from service.query_parameters import refuse_unknown_parameters
from service.readers.readers import Readers
from service.request_log import RequestLog
from service.schemas.endpoints import router as schemas
from service.security import RequestGuard, require_key
from service.settings import Settings
from service.worker.dispatcher import Dispatcher


def create_app(settings: Settings) -> FastAPI:
    """Create the application. Its lifespan opens and closes the database and the worker processes."""
    configure_logs(settings)
    loaded_examples = Examples(examples_folder())
    database = Database(settings.database)
    probe = Database(settings.database, busy_timeout_ms=PROBE_TIMEOUT_MS)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(prepare_database, settings, database)
        probe.is_lost  # noqa: B018  (from now on, the file must stay)
        dispatcher, readers = Dispatcher(settings, database), Readers(settings)
        dispatcher.start()
        app.state.context = Context(
            settings=settings,
            database=database,
            probe=probe,
            dispatcher=dispatcher,
            feed=EventFeed(database, dispatcher.notifications),
            readers=readers,
            examples=loaded_examples,
            problems=ProblemCache(database),
        )
        yield
        await run_in_threadpool(dispatcher.stop)
        await run_in_threadpool(readers.stop)
        database.close()
        probe.close()

    app = FastAPI(
        title="Concord",
        version=version("concord"),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: f"{route.tags[0]}_{route.name}",
    )
    for router in (allocations, checks, evaluations, examples, schemas):
        app.include_router(router, dependencies=[Depends(require_key), Depends(refuse_unknown_parameters)])
    app.include_router(health)
    add_docs(app)
    set_openapi(app, loaded_examples, needs_key=settings.needs_key)
    add_error_handlers(app)
    app.add_middleware(HeadRequests)
    app.add_middleware(ErrorGuard)
    app.add_middleware(RequestGuard, settings=settings)
    app.add_middleware(RequestLog)
    return app


def prepare_database(settings: Settings, database: Database) -> None:
    """Migrate the database, and create the first key if the service needs one."""
    if database.is_sqlite:
        upgrade(database)
    if settings.needs_key:
        _print_first_key(database)


def _print_first_key(database: Database) -> None:
    key = create_first_admin_key(database, now=datetime.now(UTC))
    if key is not None:
        # Printed for the operator, never logged.
        print(f"Admin key, shown only once: {key}\nSend it as: Authorization: Bearer {key}", flush=True)  # noqa: T201
