"""Lanes: one process each, and what belongs to one root allocation goes to the lane that had it last (ADR 0012).

There the program of the root is still loaded, so that the next change of it is answered at once.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from multiprocessing.connection import Connection, wait
from threading import Thread
from time import sleep

import structlog
from pebble import ProcessFuture

from service.settings import Settings
from service.worker.claims import Claim
from service.worker.pool import Pool, PoolState, Result

log = structlog.stdlib.get_logger(__name__)

MOST_REMEMBERED = 500
"""Roots whose lane is remembered; a process keeps the programs of fewer."""
LISTEN_S = 0.5
"""How long it listens before it looks whether it should go on."""


class Lane:
    """One process, and whether it has something to do."""

    def __init__(self, settings: Settings, number: int) -> None:
        """Start nothing yet."""
        self.pool, self.number = Pool(settings), number
        self.job: ProcessFuture[None] | None = None
        self.errands = 0

    @property
    def is_free(self) -> bool:
        """Whether a job handed to it begins at once."""
        return self.pool.state in {PoolState.READY, PoolState.STARTING} and (self.job is None or self.job.done())


class Lanes:
    """Every lane of this service. Used by one thread, but for `lend`."""

    def __init__(self, settings: Settings, on_news: Callable[[str], None]) -> None:
        """Start nothing yet; `on_news` is told of every job about which a process wrote something."""
        self._lanes = [Lane(settings, number) for number in range(settings.workers)]
        self._last: OrderedDict[str, Lane] = OrderedDict()
        self._on_news = on_news
        self._is_closed = False
        self._listener = Thread(target=self._listen, name="news", daemon=True)

    @property
    def state(self) -> PoolState:
        """Whether somebody is there to solve: as good as the best lane is."""
        states = {lane.pool.state for lane in self._lanes}
        if not states:
            return PoolState.NONE
        return next(state for state in (PoolState.READY, PoolState.STARTING, PoolState.DOWN) if state in states)

    def start(self) -> None:
        """Begin to listen."""
        if self._lanes:
            self._listener.start()

    def tend(self) -> None:
        """Start what is not there, and look how the others are."""
        for lane in self._lanes:
            lane.pool.tend()

    @property
    def free(self) -> Sequence[Lane]:
        """Those that would begin with a job at once."""
        return [lane for lane in self._lanes if lane.is_free]

    def roots_of(self, lanes: Collection[Lane]) -> list[str]:
        """The roots that some lanes had last."""
        return [root_id for root_id, lane in self._last.items() if lane in lanes]

    def assign(self, claims: Sequence[Claim]) -> list[tuple[Claim, Lane]]:
        """A free lane for each claim, of which there are no more than those: its root's own if that is free."""
        free = list(self.free)
        own = {claim.job_id: lane for claim in claims if (lane := self._last.get(claim.root_id)) in free}
        assigned: list[tuple[Claim, Lane]] = []
        for claim in sorted(claims, key=lambda one: one.job_id not in own):
            lane = own.get(claim.job_id)
            if lane is None or lane not in free:
                lane = _emptiest(free, self._last.values())
            free.remove(lane)
            assigned.append((claim, lane))
        return assigned

    def submit(self, claim: Claim, lane: Lane) -> ProcessFuture[None]:
        """Hand a claimed job to a lane; raises `RuntimeError` when it has no process."""
        future = lane.pool.submit(claim)
        lane.job = future
        self._last[claim.root_id] = lane
        self._last.move_to_end(claim.root_id)
        if len(self._last) > MOST_REMEMBERED:
            self._last.popitem(last=False)
        return future

    def lend(self, errand: Callable[..., Result], *args: object, limit_s: float) -> "ProcessFuture[Result]":
        """Have a process do something small that is no job, one without a job if there is any. From any thread.

        Raises `RuntimeError` when there are no processes.
        """
        if not self._lanes:
            raise RuntimeError("no worker process")
        lane = min(self._lanes, key=lambda one: (one.pool.state is not PoolState.READY, not one.is_free, one.errands))
        future = lane.pool.lend(errand, *args, limit_s=limit_s)
        lane.errands += 1
        future.add_done_callback(lambda _: _came_back(lane))
        return future

    def stop(self) -> None:
        """End all processes now."""
        self._is_closed = True
        for lane in self._lanes:
            lane.pool.stop()
        if self._listener.is_alive():
            self._listener.join()

    def _listen(self) -> None:
        lines = [lane.pool.line for lane in self._lanes]
        while not self._is_closed:
            try:
                for line in wait(lines, LISTEN_S):
                    if isinstance(line, Connection):
                        self._on_news(line.recv())
            except Exception:
                # News that arrive in pieces, since their sender was killed: whoever waits looks by itself.
                log.exception("news_lost")
                sleep(LISTEN_S)


def _emptiest(free: Collection[Lane], kept: Collection[Lane]) -> Lane:
    """The lane that fewest roots would go back to."""
    return min(free, key=lambda lane: (sum(one is lane for one in kept), lane.number))


def _came_back(lane: Lane) -> None:
    lane.errands -= 1
