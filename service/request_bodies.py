"""Reads JSON bodies: checks the content type and stops at the size limit."""

from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from models.reading import parse_json
from service.context import InContext
from service.errors import ApiError, Code
from service.settings import MIB

JSON = "application/json"


async def _raw_body(request: Request, context: InContext) -> bytes:
    _require_json(request)
    return await read_body(request, context.settings.max_body_bytes)


RawBody = Annotated[bytes, Depends(_raw_body)]
"""The bytes of a JSON body, for `Readers`."""


async def _json_body(body: RawBody) -> Any:  # noqa: ANN401  (the endpoint checks it)
    return await run_in_threadpool(parse_json, body)


JsonBody = Annotated[Any, Depends(_json_body)]


def _require_json(request: Request) -> None:
    given = request.headers.get("content-type", "")
    if given.partition(";")[0].strip().lower() != JSON:
        raise ApiError(
            Code.unsupported_media_type,
            f"the body must be {JSON}, but {f'it is {given}' if given else 'it has no content type'}; "
            f"with curl use --json @FILE, or -H 'Content-Type: {JSON}' --data @FILE",
            headers={"Accept-Post": JSON},
        )


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body. Raises `ApiError` (`body_too_large`) as soon as it exceeds `limit` bytes."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > limit:
        raise _too_large(limit)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


def _too_large(limit: int) -> ApiError:
    return ApiError(Code.body_too_large, f"the body exceeds the limit of {limit / MIB:g} MiB")
