"""Process slots, each with one worker process; all jobs of a root allocation go to the same slot (ADR 0012).

The process there still has the program of the root loaded, so the next what-if is answered at once.
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

MAX_ROOTS = 500
"""Roots whose slot is remembered; the processes keep fewer programs loaded."""
LISTEN_S = 0.5
"""Seconds that the listener waits for a message before it checks whether it should end."""


class ProcessSlot:
    """One worker process and its current job."""

    def __init__(self, settings: Settings, number: int) -> None:
        """Create an empty slot."""
        self.pool, self.number = Pool(settings), number
        self.job: ProcessFuture[None] | None = None
        self.side_tasks = 0
        """Number of side tasks that wait or run."""

    @property
    def is_free(self) -> bool:
        """Whether a submitted job would start at once."""
        return self.pool.state in {PoolState.READY, PoolState.STARTING} and (self.job is None or self.job.done())


class StickyProcesses:
    """All process slots of this service.

    All methods belong to the dispatcher thread, except `run_side_task`, which any thread may call.
    """

    def __init__(self, settings: Settings, on_notification: Callable[[str], None]) -> None:
        """Create the slots. `on_notification` gets the id of every job that a process wrote about."""
        self._slots = [ProcessSlot(settings, number) for number in range(settings.workers)]
        self._slot_of_root: OrderedDict[str, ProcessSlot] = OrderedDict()
        self._on_notification = on_notification
        self._is_closed = False
        self._listener = Thread(target=self._listen, name="notifications", daemon=True)

    @property
    def state(self) -> PoolState:
        """The best state of any slot, in the order ready, starting, down; none without slots."""
        states = {slot.pool.state for slot in self._slots}
        if not states:
            return PoolState.NONE
        return next(state for state in (PoolState.READY, PoolState.STARTING, PoolState.DOWN) if state in states)

    def start(self) -> None:
        """Start the listener thread."""
        if self._slots:
            self._listener.start()

    def maintain(self) -> None:
        """Start missing processes and update the state of the others."""
        for slot in self._slots:
            slot.pool.maintain()

    @property
    def free_slots(self) -> Sequence[ProcessSlot]:
        """Slots in which a job would start at once."""
        return [slot for slot in self._slots if slot.is_free]

    def roots_of(self, slots: Collection[ProcessSlot]) -> list[str]:
        """Return the root allocations whose latest job ran in these slots."""
        return [root_id for root_id, slot in self._slot_of_root.items() if slot in slots]

    def assign(self, claims: Sequence[Claim]) -> list[tuple[Claim, ProcessSlot]]:
        """Assign a free slot to each claim: the slot of its root if that is free, else the slot of fewest roots.

        There must be at least as many free slots as claims.
        """
        free = list(self.free_slots)
        preferred = {claim.job_id: slot for claim in claims if (slot := self._slot_of_root.get(claim.root_id)) in free}
        assigned: list[tuple[Claim, ProcessSlot]] = []
        for claim in sorted(claims, key=lambda claim: claim.job_id not in preferred):
            slot = preferred.get(claim.job_id)
            if slot is None or slot not in free:
                slot = _slot_of_fewest_roots(free, self._slot_of_root.values())
            free.remove(slot)
            assigned.append((claim, slot))
        return assigned

    def submit(self, claim: Claim, slot: ProcessSlot) -> ProcessFuture[None]:
        """Run a claimed job in a slot. Raises `RuntimeError` if the slot has no process."""
        future = slot.pool.submit(claim)
        slot.job = future
        self._slot_of_root[claim.root_id] = slot
        self._slot_of_root.move_to_end(claim.root_id)
        if len(self._slot_of_root) > MAX_ROOTS:
            self._slot_of_root.popitem(last=False)
        return future

    def run_side_task(self, task: Callable[..., Result], *args: object, limit_s: float) -> "ProcessFuture[Result]":
        """Run a short task without a claim, in a process without a job if there is one.

        Safe to call from any thread. Raises `RuntimeError` if there are no processes.
        """
        if not self._slots:
            raise RuntimeError("no worker process")
        slot = min(
            self._slots,
            key=lambda slot: (slot.pool.state is not PoolState.READY, not slot.is_free, slot.side_tasks),
        )
        future = slot.pool.run_side_task(task, *args, limit_s=limit_s)
        slot.side_tasks += 1
        future.add_done_callback(lambda _: _end_side_task(slot))
        return future

    def stop(self) -> None:
        """Kill all processes and end the listener thread."""
        self._is_closed = True
        for slot in self._slots:
            slot.pool.stop()
        if self._listener.is_alive():
            self._listener.join()

    def _listen(self) -> None:
        connections = [slot.pool.connection for slot in self._slots]
        while not self._is_closed:
            try:
                for connection in wait(connections, LISTEN_S):
                    if isinstance(connection, Connection):
                        self._on_notification(connection.recv())
            except Exception:
                # A killed process can leave an incomplete message. Waiting requests also poll the database.
                log.exception("notification_lost")
                sleep(LISTEN_S)


def _slot_of_fewest_roots(free: Collection[ProcessSlot], assigned: Collection[ProcessSlot]) -> ProcessSlot:
    return min(free, key=lambda slot: (sum(other is slot for other in assigned), slot.number))


def _end_side_task(slot: ProcessSlot) -> None:
    slot.side_tasks -= 1
