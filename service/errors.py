"""Every error as `application/problem+json` (RFC 9457), with a stable code and, for documents, every issue at once."""

from collections.abc import Mapping, Sequence
from enum import Enum
from http import HTTPStatus
from typing import Annotated

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, HTTPExceptionHandler, Message, Receive, Scope, Send

from models.errors import ConcordError, InvalidDocument, Issue, NotReadable, SolverFailure, UnknownAddress

log = structlog.stdlib.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
PARAMETER_CODES = {
    "int_parsing": "not_a_number",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
}
"""The documented code of what FastAPI finds wrong with a parameter; `invalid` for the rest."""


class Code(Enum):
    """What went wrong with a request: its status, and what it means. The name is the `code` of the answer."""

    malformed_json = (400, "The body is not a JSON document.")
    bad_request = (400, "The request is not one this service understands.")
    key_required = (401, "This service asks for an API key: `Authorization: Bearer …`.")
    key_unknown = (401, "The API key is not one of this service's.")
    foreign_host = (403, "The Host header is not one of this machine's own names.")
    foreign_origin = (403, "The request comes from a page of another origin.")
    not_found = (404, "There is nothing here.")
    method_not_allowed = (405, "The resource does not answer this method.")
    in_progress = (409, "A request with the same Idempotency-Key is still in progress.")
    no_plan = (409, "The allocation has no plan, or none yet.")
    body_too_large = (413, "The body is larger than this service takes.")
    unsupported_media_type = (415, "The body must be application/json.")
    invalid_document = (422, "The document is wrong; `errors` says where and what would be right.")
    invalid_request = (422, "A parameter of the request is wrong; `errors` says which.")
    idempotency_key_reused = (422, "The Idempotency-Key came with another payload before.")
    program_too_large = (422, "The program of this problem is larger than this service solves.")
    queue_full = (429, "Too many jobs are waiting; try again later.")
    internal_error = (500, "A fault of the service; it is logged under the request id.")
    no_worker = (503, "No process is there to solve; try again later.")

    @property
    def status(self) -> int:
        """The HTTP status that goes with it."""
        return self.value[0]

    @property
    def title(self) -> str:
        """What it means, the same in every answer."""
        return self.value[1]


class ApiError(Exception):
    """A request that cannot be served, and why."""

    def __init__(
        self,
        code: Code,
        detail: str | None = None,
        *,
        errors: Sequence[Issue] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what the answer will say; `detail` is about this request, the title about its kind."""
        super().__init__(detail or code.title)
        self.code, self.detail, self.errors, self.headers = code, detail or code.title, tuple(errors), headers


class ProblemDetails(BaseModel):
    """What is wrong with a request (RFC 9457)."""

    type: Annotated[str, Field(examples=["urn:concord:error:invalid_document"])]
    title: str
    status: int
    detail: str
    code: Annotated[str, Field(description="Stable, for programs to act on.", examples=["invalid_document"])]
    errors: Annotated[tuple[Issue, ...], Field(description="Every issue of a document or of parameters.")]


def answer(error: ApiError) -> Response:
    """Put an error into the form of RFC 9457."""
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
    """Give an error of the library its status."""
    match error:
        case NotReadable():
            return ApiError(Code.malformed_json, str(error))
        case InvalidDocument(issues=issues):
            count = "one error" if len(issues) == 1 else f"{len(issues)} errors"
            return ApiError(Code.invalid_document, f"{count}; first: {issues[0].message}", errors=issues)
        case UnknownAddress(address=address, known=known, pointer=pointer):
            issue = Issue(
                address=address,
                pointer=pointer,
                code="unknown_address",
                message=str(error),
                given=address,
                allowed=known,
                suggestion=f"use one of: {', '.join(known)}" if known else None,
            )
            return ApiError(Code.invalid_document, str(error), errors=(issue,))
        case SolverFailure() | _:
            return ApiError(Code.internal_error)


def add_error_handlers(app: FastAPI) -> None:
    """Make every error of the application, its framework's included, answer in one form."""
    handlers: dict[type[Exception], HTTPExceptionHandler] = {
        ApiError: _on_api_error,
        ConcordError: _on_concord_error,
        HTTPException: _on_http_exception,
        RequestValidationError: _on_invalid_parameters,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _on_api_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)  # noqa: S101  (registered for this type only; so below)
    return answer(error)


async def _on_concord_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ConcordError)  # noqa: S101
    return answer(translate(error))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    if error.status_code < HTTPStatus.BAD_REQUEST:
        return Response(status_code=error.status_code, headers=error.headers)
    by_status = (code for code in Code if code.status == error.status_code and code is not Code.malformed_json)
    code = next(by_status, Code.bad_request)
    detail = {
        Code.not_found: f"there is nothing at {request.url.path}",
        Code.method_not_allowed: f"{request.url.path} does not answer {request.method}",
    }
    return answer(ApiError(code, detail.get(code), headers=error.headers))


async def _on_invalid_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    first = error.errors()[0]
    if first["loc"][0] == "path":  # what no resource can be called is the address of none
        return answer(ApiError(Code.not_found, f"there is nothing at {request.url.path[:200]}: {first['msg']}"))
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
    return answer(ApiError(Code.invalid_request, issues[0].message, errors=issues))


class Faults:
    """Answers what nobody foresaw, inside of what adds request id and security headers, and logs it."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        has_begun = False

        async def noting_send(message: Message) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting_send)
        except ClientDisconnect:
            log.info("client_gone")  # in the middle of its body: no fault, and nobody to answer
        except Exception:
            log.exception("fault")
            if has_begun or scope["type"] != "http":
                raise
            await answer(ApiError(Code.internal_error))(scope, receive, send)
