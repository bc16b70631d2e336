"""The number of random problems: few and always the same by default, more on request."""

import os
from collections.abc import Callable
from zlib import crc32

from hypothesis import HealthCheck, seed, settings

REQUESTED = int(os.environ.get("CONCORD_EXAMPLES") or "0")
"""Number of examples requested by `make laws`, drawn anew each time; 0 for the default."""
Test = Callable[[], None]


def bounded(name: str, examples: int, parts: int) -> Callable[[Test], Test]:
    """Return a decorator that runs a test on 1/`parts` of `examples` problems, or of the requested number.

    Each `name` seeds different problems.
    """

    def limited(test: Test) -> Test:
        chosen = settings(
            max_examples=-(-(REQUESTED or examples) // parts),
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        )
        return chosen(test) if REQUESTED else seed(crc32(name.encode()))(chosen(test))

    return limited
