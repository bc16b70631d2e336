"""Reads JSON bodies: checks the content type and stops at the size limit."""

import asyncio
from email.message import Message
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from models.reading import parse_json
from service.context import Context, InContext
from service.errors import ApiError, Code
from service.settings import MIB

JSON = "application/json"
IDENTITY = "identity"
"""The content coding that changes nothing."""
MAX_CHANGE_BYTES = 256 * 1024
"""Largest body of changes, which is read in the web process. It has room for thousands of changes."""
UTF_8 = {"utf-8", "utf8", "us-ascii"}
"""Names of encodings that are UTF-8 or part of it."""


async def _raw_body(request: Request, context: InContext) -> bytes:
    _require_json(request)
    return await _body_in_time(request, context, context.settings.max_body_bytes)


async def _body_in_time(request: Request, context: Context, limit: int) -> bytes:
    try:
        async with asyncio.timeout(context.settings.body_timeout_s):
            return await read_body(request, limit)
    except TimeoutError as error:
        raise ApiError(Code.body_timeout, headers={"Connection": "close"}) from error


RawBody = Annotated[bytes, Depends(_raw_body)]
"""The bytes of a JSON body, for `Readers`."""


async def _json_body(request: Request, context: InContext) -> Any:  # noqa: ANN401  (the endpoint checks it)
    _require_json(request)
    body = await _body_in_time(request, context, min(MAX_CHANGE_BYTES, context.settings.max_body_bytes))
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
    content_type = Message()
    content_type["Content-Type"] = given
    charset = content_type.get_content_charset("utf-8")
    if charset not in UTF_8:
        detail = f"the body must be UTF-8, but its charset is {charset[:40]}"
        raise ApiError(Code.unsupported_media_type, detail, headers={"Accept-Post": JSON})
    coding = request.headers.get("content-encoding", IDENTITY).strip().lower()
    if coding != IDENTITY:
        detail = f"the body must not be compressed, but its content coding is {coding[:40]}"
        raise ApiError(Code.unsupported_media_type, detail, headers={"Accept-Encoding": IDENTITY})


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
