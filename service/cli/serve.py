"""`concord serve`: the service, on this machine unless told otherwise."""

import errno
import signal
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.error_output import ANYTHING_ELSE, Refused, refusals
from service.cli.terminal import remarks

if TYPE_CHECKING:
    from service.settings import Settings

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  (told apart, not bound to)
BACKLOG = 128
"""Connections that may wait to be accepted."""
PATIENCE_S = 5
"""How long open requests and event streams may end by themselves when the service stops."""

Host = Annotated[
    str | None,
    typer.Option(
        "--host",
        metavar="ADDRESS",
        help="Address to listen on; on another than loopback, requests need a key.  [default: 127.0.0.1]",
        show_default=False,
    ),
]
Port = Annotated[
    int | None,
    typer.Option(
        "--port", metavar="N", help="Port to listen on; 0 takes a free one.  [default: 8000]", show_default=False
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", metavar="N", help="Processes that solve.  [default: one for each core]", show_default=False
    ),
]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="Where problems and outcomes are kept.  [default: sqlite:///concord.db]",
        show_default=False,
    ),
]


def serve(*, host: Host = None, port: Port = None, workers: Workers = None, database: Database = None) -> None:
    """Run the service over HTTP until interrupted.

    Every setting is also a variable of the environment (CONCORD_HOST, CONCORD_PORT, CONCORD_WORKERS, CONCORD_DATABASE,
    …); options given here win.
    """
    import uvicorn

    from service.app import create_app

    given: dict[str, Any] = {"host": host, "port": port, "workers": workers, "database": database}
    with refusals("the settings"):
        settings = _settings({name: value for name, value in given.items() if value is not None})
        listener = _listener(settings.host, settings.port)
    config = uvicorn.Config(create_app(settings), log_config=None, timeout_graceful_shutdown=PATIENCE_S)
    server = uvicorn.Server(config)
    address = _address(settings.host, listener.getsockname()[1])
    console = remarks()
    console.print(f"Concord listens on {address}", style="bold", soft_wrap=True)
    console.print(f"  try it out: {address}/docs", soft_wrap=True)
    console.print("  stop it with Ctrl-C")
    with suppress(KeyboardInterrupt):  # uvicorn has closed everything when it passes Ctrl-C, or SIGTERM, on
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        server.run(sockets=[listener])


def _settings(given: dict[str, Any]) -> "Settings":
    """The settings of the environment with the options over them; on a terminal, logs that a person can read."""
    from pydantic import ValidationError

    from service.settings import Settings

    try:
        settings = Settings(**given)
    except ValidationError as error:
        wrong = "; ".join(f"{'_'.join(str(step) for step in one['loc'])}: {one['msg']}" for one in error.errors())
        raise Refused(f"the settings (options, or variables CONCORD_…) are wrong: {wrong}", "bad_settings") from error
    if sys.stderr.isatty() and "log_format" not in settings.model_fields_set:
        return settings.model_copy(update={"log_format": "console"})
    return settings


def _listener(host: str, port: int) -> socket.socket:
    """A socket that is ours; told in a sentence where that cannot be."""
    from service.cli.show.issues import show_refusal

    try:
        return _bound(host, port)
    except OSError as error:
        show_refusal(remarks(), f"cannot listen on {host}, port {port}: {_reason(error, port)}", code="cannot_listen")
        raise typer.Exit(ANYTHING_ELSE) from error


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(BACKLOG)  # whoever comes before the service is ready waits, and is not turned away
    except OSError:
        listener.close()
        raise
    return listener


def _reason(error: OSError, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"something else listens there already; stop it, or choose another with --port {port + 1}"
        case errno.EACCES:
            return "this user may not use that port; choose one above 1023"
        case _:
            return str(error.strerror)


def _address(host: str, port: int) -> str:
    """Where a person on this machine goes."""
    if host in EVERYWHERE:
        return f"http://localhost:{port}"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
