"""HEAD requests: answers as for GET, without the body (RFC 9110)."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

STREAM_SUFFIX = "/events"
"""End of the path of event streams. Their GET lasts as long as the job, so they have their own HEAD endpoint."""


class HeadRequests:
    """Middleware that passes a HEAD request on as GET and drops the body of the answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"].endswith(STREAM_SUFFIX):
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, without_body)
