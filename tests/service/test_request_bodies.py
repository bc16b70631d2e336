import asyncio
from typing import Any

import pytest
from fastapi import Request

from service.errors import ApiError, Code
from service.request_bodies import read_body


def a_request(*chunks: bytes, announced: int | None = None) -> tuple[Request, list[bytes]]:
    """Return a request whose body arrives in chunks, and the list of chunks not yet read."""
    waiting = list(chunks)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    headers = [] if announced is None else [(b"content-length", str(announced).encode())]
    return Request({"type": "http", "method": "POST", "headers": headers}, receive), waiting


def test_a_body_within_the_limit_is_read_whole() -> None:
    request, _ = a_request(b"ab", b"cd")
    assert asyncio.run(read_body(request, 4)) == b"abcd"


def test_a_body_beyond_the_limit_is_read_no_further() -> None:
    request, unread = a_request(b"ab", b"cd", b"ef", b"gh")
    with pytest.raises(ApiError) as refused:
        asyncio.run(read_body(request, 3))
    assert refused.value.code is Code.body_too_large
    assert unread == [b"ef", b"gh"]


def test_a_body_that_announces_too_much_is_not_read_at_all() -> None:
    request, unread = a_request(b"ab", announced=4)
    with pytest.raises(ApiError):
        asyncio.run(read_body(request, 3))
    assert unread == [b"ab"]
