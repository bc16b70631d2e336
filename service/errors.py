"""Errors as `application/problem+json` (RFC 9457): a stable code and, for documents, every issue at once."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from http import HTTPStatus
from typing import Annotated

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match
from starlette.types import ASGIApp, HTTPExceptionHandler, Message, Receive, Scope, Send

from models.errors import ConcordError, InvalidDocument, Issue, NotReadable, SolverFailure, UnknownAddress

log = structlog.stdlib.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
STORAGE_RETRY_AFTER_S = "10"
"""Value of Retry-After while the database cannot be used."""
PARAMETER_CODES = {
    "int_parsing": "not_a_number",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
}
"""Issue codes of FastAPI's parameter errors; all other errors get `invalid`."""


class Code(Enum):
    """Error codes with status and title. The name is the `code` of the answer."""

    malformed_json = (400, "The body is not a JSON document.")
    bad_request = (400, "This service does not understand the request.")
    key_required = (401, "This service requires an API key: `Authorization: Bearer …`.")
    key_unknown = (401, "This service does not know the API key.")
    foreign_host = (403, "The Host header is not a name of this service.")
    foreign_origin = (403, "The request comes from a web page of another origin.")
    not_found = (404, "The resource does not exist.")
    method_not_allowed = (405, "The resource does not support this method.")
    body_timeout = (408, "The body of the request did not arrive in time.")
    in_progress = (409, "A request with the same Idempotency-Key is still in progress.")
    no_plan = (409, "The allocation has no plan, or no plan yet.")
    body_too_large = (413, "The body is larger than this service accepts.")
    unsupported_media_type = (415, "The body must be application/json, in UTF-8 and not compressed.")
    invalid_document = (
        422,
        "The document is invalid; `errors` lists every issue with its address and, if known, the fix.",
    )
    invalid_request = (422, "A parameter of the request is invalid; `errors` lists each.")
    idempotency_key_reused = (422, "The Idempotency-Key was used before with another payload.")
    program_too_large = (422, "The program of this problem exceeds the limits of this service.")
    too_complex = (422, "Reading and checking the document exceeds the limits of this service.")
    queue_full = (429, "The queue is full; try again later.")
    too_many_streams = (429, "Too many event streams are open; try again later.")
    busy = (429, "Too many documents wait to be read; try again later.")
    internal_error = (500, "An internal error of the service; the log has the details under the request id.")
    no_worker = (503, "No worker process is available; try again later.")
    storage_unavailable = (503, "The database cannot be used now: it is locked, full or missing; try again later.")

    @property
    def status(self) -> int:
        """HTTP status."""
        return self.value[0]

    @property
    def title(self) -> str:
        """Meaning of the code, the same in every answer."""
        return self.value[1]


class ApiError(Exception):
    """An error that becomes a problem-details answer."""

    def __init__(
        self,
        code: Code,
        detail: str | None = None,
        *,
        errors: Sequence[Issue] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Store the parts of the answer. `detail` describes this request; its default is the title of the code."""
        super().__init__(detail or code.title)
        self.code, self.detail, self.errors, self.headers = code, detail or code.title, tuple(errors), headers

    def __reduce__(self) -> tuple[Callable[..., "ApiError"], tuple[object, ...]]:
        """Pickle with all parts, so that the error can pass between processes."""
        return _api_error, (self.code, self.detail, self.errors, self.headers)


def _api_error(code: Code, detail: str, errors: Sequence[Issue], headers: Mapping[str, str] | None) -> ApiError:
    return ApiError(code, detail, errors=errors, headers=headers)


class ProblemDetails(BaseModel):
    """Error of a request (RFC 9457)."""

    type: Annotated[str, Field(examples=["urn:concord:error:invalid_document"])]
    title: str
    status: int
    detail: str
    code: Annotated[str, Field(description="Stable code for programs.", examples=["invalid_document"])]
    errors: Annotated[tuple[Issue, ...], Field(description="Issues of the document or the parameters.")]


def to_response(error: ApiError) -> Response:
    """Return the answer for an error, in the form of RFC 9457."""
    details = ProblemDetails(
        type=f"urn:concord:error:{error.code.name}",
        title=error.code.title,
        status=error.code.status,
        detail=error.detail,
        code=error.code.name,
        errors=error.errors,
    )
    return Response(details.model_dump_json(), error.code.status, error.headers, MEDIA_TYPE)


def translate(error: ConcordError) -> ApiError:
    """Convert an error of the library to an error with a code and status."""
    match error:
        case NotReadable():
            return ApiError(Code.malformed_json, str(error))
        case InvalidDocument(issues=issues):
            count = "one error" if len(issues) == 1 else f"{len(issues)} errors"
            return ApiError(Code.invalid_document, f"{count}; the first: {issues[0].message}", errors=issues)
        case UnknownAddress(address=address, known=known, pointer=pointer, suggestion=suggestion):
            issue = Issue(
                address=address,
                pointer=pointer,
                code="unknown_address",
                message=str(error),
                given=address,
                allowed=known,
                suggestion=suggestion,
            )
            return ApiError(Code.invalid_document, str(error), errors=(issue,))
        case SolverFailure() | _:
            return ApiError(Code.internal_error)


def add_error_handlers(app: FastAPI) -> None:
    """Answer every error of the application and of FastAPI as problem details."""
    handlers: dict[type[Exception], HTTPExceptionHandler] = {
        ApiError: _on_api_error,
        ConcordError: _on_concord_error,
        HTTPException: _on_http_exception,
        RequestValidationError: _on_invalid_parameters,
        OperationalError: _on_storage_error,
        InterfaceError: _on_storage_error,
        PoolTimeout: _on_storage_error,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _on_api_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)  # noqa: S101  (registered for this type only, also below)
    return to_response(error)


async def _on_concord_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ConcordError)  # noqa: S101
    return to_response(translate(error))


async def _on_storage_error(_: Request, error: Exception) -> Response:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode == sqlite3.SQLITE_ERROR:
        raise error  # a wrong statement, which no waiting mends
    reason = str(cause)
    log.error("storage_unavailable", error=reason)
    return to_response(ApiError(Code.storage_unavailable, headers={"Retry-After": STORAGE_RETRY_AFTER_S}))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    if error.status_code < HTTPStatus.BAD_REQUEST:
        return Response(status_code=error.status_code, headers=error.headers)
    by_status = (code for code in Code if code.status == error.status_code and code is not Code.malformed_json)
    code = next(by_status, Code.bad_request)
    detail = {
        Code.not_found: f"{request.url.path} does not exist",
        Code.method_not_allowed: f"{request.url.path} does not support {request.method}",
    }
    headers = dict(error.headers or {})
    if code is Code.method_not_allowed:
        headers["Allow"] = ", ".join(_allowed_methods(request))
    return to_response(ApiError(code, detail.get(code), headers=headers))


def _allowed_methods(request: Request) -> Sequence[str]:
    """Return every method of the resource: FastAPI itself names those of one endpoint only (RFC 9110, 15.5.6)."""
    methods: set[str] = set()
    for method in METHODS:
        scope = {**request.scope, "method": method}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes):
            methods.add(method)
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


async def _on_invalid_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    first = error.errors()[0]
    if first["loc"][0] == "path":  # an invalid path parameter names no resource
        return to_response(ApiError(Code.not_found, f"{request.url.path[:200]} does not exist: {first['msg']}"))
    issues = [
        Issue(
            address="/".join(str(step) for step in found["loc"]),
            pointer="",
            code=PARAMETER_CODES.get(found["type"], "invalid"),
            message=found["msg"],
            given=found.get("input"),
        )
        for found in error.errors()
    ]
    return to_response(ApiError(Code.invalid_request, issues[0].message, errors=issues))


class ErrorGuard:
    """Middleware that logs unexpected exceptions and answers them with `internal_error`.

    It runs inside the middleware that adds the request id and the security headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        has_started = False

        async def send_and_note(message: Message) -> None:
            nonlocal has_started
            has_started = has_started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except ClientDisconnect:
            log.info("client_gone")  # the client disconnected while it sent the body: no answer is possible
        except Exception:
            log.exception("internal_error")
            if has_started or scope["type"] != "http":
                raise
            await to_response(ApiError(Code.internal_error))(scope, receive, send)
