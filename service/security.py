"""Access control: on loopback only requests from this machine are allowed; elsewhere only requests with a key."""

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Security
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.context import InContext
from service.errors import ApiError, Code, to_response
from service.keys.service import is_known
from service.settings import Settings

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""Default headers of every answer. An endpoint may set other values."""

_bearer = HTTPBearer(auto_error=False, description="API key; required on every address except loopback.")


async def require_key(
    context: InContext, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]
) -> None:
    """Raise `ApiError` (`key_required`, `key_unknown`) if the request needs a key and has no valid key."""
    if not context.settings.needs_key:
        return
    challenge = {"WWW-Authenticate": "Bearer"}
    if credentials is None:
        raise ApiError(Code.key_required, headers=challenge)
    if not await run_in_threadpool(is_known, context.database, credentials.credentials):
        raise ApiError(Code.key_unknown, headers=challenge)


class RequestGuard:
    """Middleware that refuses foreign hosts and origins if no key is required, and adds the security headers.

    A web page of another site can reach loopback from the same browser. Its requests carry the origin of that site. If
    the site resolves its own name to 127.0.0.1 (DNS rebinding), they carry that name as Host.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Wrap the application."""
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(Headers(scope=scope))
        app = self._app if refusal is None else to_response(refusal)
        await app(scope, receive, send_with_headers)

    def _refusal(self, headers: Headers) -> ApiError | None:
        if self._settings.needs_key:
            return None
        host = headers.get("host", "")
        if self._settings.on_loopback and not _is_loopback(host):
            return ApiError(Code.foreign_host, f"this service accepts only localhost as host, not {host[:100]!r}")
        origin = headers.get("origin")
        if origin is not None and not _has_host(origin, host):
            return ApiError(Code.foreign_origin, f"web pages of {origin[:100]!r} may not use this service")
        return None


def _has_host(origin: str, host: str) -> bool:
    try:
        return urlsplit(origin).netloc == host
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
