"""The log line of each request, apart from `service.logs`: worker processes need no web framework."""

import secrets
from time import perf_counter
from urllib.parse import quote

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.stdlib.get_logger(__name__)


class RequestLog:
    """Middleware that gives every request an id (`X-Request-ID`) and logs one line after the answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, started_at, status = secrets.token_hex(8), perf_counter(), 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                seconds = round(perf_counter() - started_at, 4)
                path = quote(scope["path"])  # a path may contain control sequences of a terminal
                log.info("request", method=scope["method"], path=path, status=status, seconds=seconds)
