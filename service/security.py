"""Access control: on loopback only requests from this machine are allowed; elsewhere only requests with a key."""

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

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

DEFAULT_PORTS = {"http": 80, "https": 443}

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

        refusal = self._refusal(scope, Headers(scope=scope))
        app = self._app if refusal is None else to_response(refusal)
        await app(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope, headers: Headers) -> ApiError | None:
        if "content-length" in headers and "transfer-encoding" in headers:
            detail = "a request has Content-Length or Transfer-Encoding, not both"
            return ApiError(Code.bad_request, detail, headers={"Connection": "close"})
        host = headers.get("host", "")
        if not self._is_allowed(host, scope):
            return ApiError(
                Code.foreign_host,
                f"{host[:100]!r} is not a name of this service; CONCORD_ALLOWED_HOSTS lists more names",
            )
        if self._settings.needs_key:
            return None
        origin = headers.get("origin")
        if origin is not None and not _is_origin_of(origin, scope["scheme"], host):
            return ApiError(Code.foreign_origin, f"web pages of {origin[:100]!r} may not use this service")
        return None

    def _is_allowed(self, host: str, scope: Scope) -> bool:
        """Return whether the request addresses the service by one of its names.

        An address cannot be rebound as a name can, so the address that the connection reached is always allowed.
        """
        settings, name = self._settings, _name_in(host)
        if settings.allowed_hosts is not None:
            return "*" in settings.allowed_hosts or name in settings.allowed_hosts or _is_loopback(name)
        if settings.needs_key or _is_loopback(name) or name == settings.host.lower():
            return True
        reached = (scope.get("server") or ("", None))[0]
        return not settings.on_loopback and name is not None and name == reached and _is_address(name)


def _is_origin_of(origin: str, scheme: str, host: str) -> bool:
    """Return whether an origin is that of the request: the same scheme, name and port."""
    try:
        own, stated = urlsplit(f"{scheme}://{host}"), urlsplit(origin)
        return (stated.scheme, stated.hostname, _port(stated)) == (own.scheme, own.hostname, _port(own))
    except ValueError:
        return False


def _port(parts: SplitResult) -> int | None:
    return parts.port or DEFAULT_PORTS.get(parts.scheme)


def _name_in(host: str) -> str | None:
    """Return the name or address in a Host header, without the port; None if there is none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(name: str | None) -> bool:
    if name is None:
        return False
    return name == "localhost" or (_is_address(name) and ip_address(name).is_loopback)
