"""`concord serve`: runs the HTTP service, by default for this machine only."""

import errno
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.error_output import EXIT_OTHER_ERROR, Refused, exit_on_bad_input
from service.cli.terminal import error_console

if TYPE_CHECKING:
    from service.settings import Settings

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  (compared with, not bound to)
BACKLOG = 128
"""Connections that may wait to be accepted."""
SHUTDOWN_S = 5
"""Seconds that open requests and event streams get to finish when the service stops."""

Host = Annotated[
    str | None,
    typer.Option(
        "--host",
        metavar="ADDRESS",
        help="Address to listen on. For any address except loopback, requests need an API key.  [default: 127.0.0.1]",
        show_default=False,
    ),
]
Port = Annotated[
    int | None,
    typer.Option(
        "--port", metavar="N", help="Port to listen on; 0 picks a free port.  [default: 8000]", show_default=False
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", metavar="N", help="Number of solver processes.  [default: one per core]", show_default=False
    ),
]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="Database that stores problems and outcomes.  [default: sqlite:///concord.db]",
        show_default=False,
    ),
]


def serve(*, host: Host = None, port: Port = None, workers: Workers = None, database: Database = None) -> None:
    """Run the HTTP service until interrupted.

    Each setting can also come from an environment variable (CONCORD_HOST, CONCORD_PORT, CONCORD_WORKERS,
    CONCORD_DATABASE, …). Command-line options take precedence.
    """
    import uvicorn

    from service.app import create_app
    from service.http_protocol import TimedProtocol

    given: dict[str, Any] = {"host": host, "port": port, "workers": workers, "database": database}
    with exit_on_bad_input("the settings"):
        settings = _settings({name: value for name, value in given.items() if value is not None})
        listener = _listener(settings.host, settings.port)
        try:
            _prepare_database(settings)
        except BaseException:
            listener.close()
            raise
    config = uvicorn.Config(
        create_app(settings), log_config=None, timeout_graceful_shutdown=SHUTDOWN_S, http=TimedProtocol, ws="none"
    )
    server = uvicorn.Server(config)
    address = _address(settings.host, listener.getsockname()[1])
    console = error_console()
    console.print(f"Concord listens on {address}", style="bold", soft_wrap=True)
    console.print(f"  Interactive API documentation: {address}/docs", soft_wrap=True)
    console.print("  Press Ctrl-C to stop")
    # uvicorn has shut down before it re-raises Ctrl-C or SIGTERM
    with suppress(KeyboardInterrupt), _status_of_failed_start():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        server.run(sockets=[listener])


def _settings(given: dict[str, Any]) -> "Settings":
    """Settings from the environment, replaced by the options; on a terminal, logs are in readable form."""
    from pydantic import ValidationError

    from service.settings import Settings

    try:
        settings = Settings(**given)
    except ValidationError as error:
        wrong = "; ".join(f"{'_'.join(str(step) for step in item['loc'])}: {item['msg']}" for item in error.errors())
        raise Refused(f"invalid settings (options or CONCORD_… variables): {wrong}", "bad_settings") from error
    if sys.stderr.isatty() and "log_format" not in settings.model_fields_set:
        return settings.model_copy(update={"log_format": "console"})
    return settings


def _prepare_database(settings: "Settings") -> None:
    """Open and migrate the database; reports the reason and exits with status 1 if that fails."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    from service.cli.show.issues import show_refusal
    from service.database.engine import Database
    from service.database.upgrade import upgrade

    try:
        database = Database(settings.database)
        upgrade(database)
        database.close()
    except ModuleNotFoundError as error:
        reason = f"the driver {error.name} is not installed"
    except SQLAlchemyError as error:
        reason = str(error.orig if isinstance(error, DBAPIError) else error)
    else:
        return
    shown = make_url(settings.database).render_as_string(hide_password=True)
    show_refusal(error_console(), f"cannot use the database {shown}: {reason}", code="cannot_open_database")
    raise typer.Exit(EXIT_OTHER_ERROR)


@contextmanager
def _status_of_failed_start() -> Iterator[None]:
    """Context that ends with status 1 if the service cannot start: uvicorn's own status means something else here."""
    try:
        yield
    except SystemExit as error:
        raise typer.Exit(EXIT_OTHER_ERROR if error.code else 0) from error


def _listener(host: str, port: int) -> socket.socket:
    """A listening socket; reports the reason and exits with status 1 if there is none."""
    from service.cli.show.issues import show_refusal

    try:
        return _bound(host, port)
    except OSError as error:
        show_refusal(
            error_console(), f"cannot listen on {host}, port {port}: {_reason(error, port)}", code="cannot_listen"
        )
        raise typer.Exit(EXIT_OTHER_ERROR) from error


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(BACKLOG)  # connections made before the service is ready wait instead of failing
    except OSError:
        listener.close()
        raise
    return listener


def _reason(error: OSError, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"another program already uses this port; stop it, or choose another port, e.g. --port {port + 1}"
        case errno.EACCES:
            return "you are not allowed to use this port; choose one above 1023"
        case _:
            return str(error.strerror)


def _address(host: str, port: int) -> str:
    """URL of the service for a browser on this machine."""
    if host in EVERYWHERE:
        return f"http://localhost:{port}"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
