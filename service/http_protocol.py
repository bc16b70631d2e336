"""HTTP/1.1 connections that end if a request head does not arrive in time."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_TIMEOUT_S = 10.0
"""Seconds from the connection, or from the first byte of a later request, to the end of the request head."""


class TimedProtocol(H11Protocol):
    """uvicorn's protocol. It limits how long a connection is idle, but not how long a head is incomplete."""

    head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Start to wait for the first head."""
        super().connection_made(transport)
        self._start_timer()

    def data_received(self, data: bytes) -> None:
        """Stop to wait if a head is complete; else wait for the rest of it."""
        super().data_received(data)
        if str(self.conn.their_state) != "IDLE":
            self._stop_timer()
        elif self.head_timer is None and self.conn.trailing_data[0]:
            self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop to wait."""
        self._stop_timer()
        super().connection_lost(exc)

    def _start_timer(self) -> None:
        self.head_timer = self.loop.call_later(HEAD_TIMEOUT_S, self._end)

    def _stop_timer(self) -> None:
        if self.head_timer is not None:
            self.head_timer.cancel()
            self.head_timer = None

    def _end(self) -> None:
        self.head_timer = None
        self.transport.close()
