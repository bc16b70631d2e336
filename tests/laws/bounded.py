"""How many random problems a law is tried on: few and always the same, unless somebody asks for more."""

import os

from hypothesis import HealthCheck, settings

ASKED = int(os.environ.get("CONCORD_EXAMPLES", "0"))
"""`make laws` asks for many, drawn anew each time."""


def bounded(examples: int) -> settings:
    return settings(
        max_examples=ASKED or examples,
        derandomize=ASKED == 0,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
