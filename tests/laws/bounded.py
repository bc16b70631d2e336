"""How many random problems are tried: few and always the same, unless somebody asks for more."""

import os
from collections.abc import Callable
from zlib import crc32

from hypothesis import HealthCheck, seed, settings

ASKED = int(os.environ.get("CONCORD_EXAMPLES") or "0")
"""`make laws` asks for many, drawn anew each time."""
Test = Callable[[], None]


def bounded(name: str, examples: int, parts: int) -> Callable[[Test], Test]:
    """One of `parts` equal parts of `examples` problems, or of as many as are asked for; each draws others."""

    def limited(test: Test) -> Test:
        chosen = settings(
            max_examples=-(-(ASKED or examples) // parts),
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        )
        return chosen(test) if ASKED else seed(crc32(name.encode()))(chosen(test))

    return limited
