"""What a running solve says of itself: written down at least twice a second, in as few rows as tell the story."""

from datetime import UTC, datetime
from threading import Condition, Thread
from time import monotonic
from types import TracebackType
from typing import Self

import structlog
from sqlalchemy.exc import OperationalError

from models.outcome import Outcome, Progress
from models.problem.objective import Metric
from service.database.engine import Database
from service.worker import publish
from service.worker.claims import Claim
from service.worker.pipe import Line

log = structlog.stdlib.get_logger(__name__)

NEWS_EVERY_S, SIGN_OF_LIFE_EVERY_S = 0.25, 0.45
"""News are told at most so often, so that a lively solve does not become a queue of writes; where there are none, the
last figures are told again so often: at least twice a second, whatever the solver keeps to itself."""


class Telling:
    """While it is open, what it is told of a solve is written by a thread of its own: the solver waits for nobody."""

    def __init__(self, database: Database, claim: Claim, line: Line, metric: Metric) -> None:
        """Nothing is written until it is entered; `metric` is what is optimised first."""
        self._database, self._claim, self._line = database, claim, line
        self._changed = Condition()
        self._latest = Progress(metric=metric, incumbent=None, bound=None, gap=None, nodes=0, elapsed_s=0)
        self._heard_at = self._told_at = monotonic()
        self._told: Progress | None = None
        self._event_id: int | None = None
        self._is_over = False
        self._thread = Thread(target=self._work, name="telling", daemon=True)

    def tell(self, progress: Progress) -> None:
        """A moment of the solve."""
        with self._changed:
            self._latest, self._heard_at = progress, monotonic()
            self._changed.notify()

    def early(self, outcome: Outcome) -> None:
        """A plan that may be looked at while the solve goes on; written before this returns."""
        with self._changed:
            self._latest = progress_of(outcome, self._now())
            self._heard_at = monotonic()
            self._event_id = None
            publish.early(self._database, self._claim, outcome, self._latest, now=datetime.now(UTC))
            self._told, self._told_at = self._latest, monotonic()
        self._line.tell(self._claim.job_id)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify()
        self._thread.join()

    def _now(self) -> Progress:
        """The latest figures with the time that has gone by since."""
        elapsed_s = self._latest.elapsed_s + monotonic() - self._heard_at
        return self._latest.model_copy(update={"elapsed_s": elapsed_s})

    def _work(self) -> None:
        with self._changed:
            while not self._is_over:
                wait_s = self._told_at + self._pause_s() - monotonic()
                if wait_s > 0:
                    self._changed.wait(wait_s)
                else:
                    self._write()

    def _pause_s(self) -> float:
        return NEWS_EVERY_S if is_news(self._latest, self._told) else SIGN_OF_LIFE_EVERY_S

    def _write(self) -> None:
        progress = self._now()
        is_same_plan = self._told is not None and figures(progress)[:2] == figures(self._told)[:2]
        try:
            replaced = self._event_id if is_same_plan else None
            now = datetime.now(UTC)
            self._event_id = publish.incumbent(self._database, self._claim, progress, replaced, now=now)
        except OperationalError:
            log.warning("progress_not_told")
        self._told, self._told_at = progress, monotonic()
        self._line.tell(self._claim.job_id)


def is_news(progress: Progress, last: Progress | None) -> bool:
    """Whether there is a better plan or a better bound, or another objective."""
    return last is not None and figures(progress) != figures(last)


def figures(progress: Progress) -> tuple[Metric, float | None, float | None]:
    """What there is to tell."""
    return progress.metric, progress.incumbent, progress.bound


def progress_of(outcome: Outcome, now: Progress) -> Progress:
    """The moment at which an outcome was there."""
    if not outcome.objectives:
        return now
    first = outcome.objectives[0]
    return Progress(
        metric=first.metric,
        incumbent=first.value,
        bound=first.bound,
        gap=first.gap,
        nodes=now.nodes,
        elapsed_s=now.elapsed_s,
    )
