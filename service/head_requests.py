"""HEAD: what GET would answer, without its body (RFC 9110)."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

STREAMED = "/events"
"""How the path of what is told as it happens ends: its GET lasts as long as its job, and it answers HEAD by itself."""


class Heads:
    """Asks the application for GET where a request says HEAD, and keeps the body back."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"].endswith(STREAMED):
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, without_body)
