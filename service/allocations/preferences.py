"""The `Prefer` header (RFC 7240): how long a caller wants to wait for an answer."""

import re
from dataclasses import dataclass

WAIT_S = 10.0
"""How long an answer is waited for when nothing is said."""
MAX_WAIT_S = 30.0
"""The longest wait: proxies cut longer ones off."""
_SEPARATOR = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')


@dataclass(frozen=True, kw_only=True)
class Preference:
    """How long to wait, and what of the header was heeded."""

    wait_s: float
    applied: str | None


def read_preference(header: str | None) -> Preference:
    """Heed `wait=N` and `respond-async`; as RFC 7240 asks, what is unknown or malformed is ignored.

    `respond-async` with `wait=N` means: wait that long, then answer that it goes on.
    """
    stated: dict[str, str] = {}
    for part in _SEPARATOR.split(header or ""):
        name, _, value = part.partition(";")[0].partition("=")
        stated.setdefault(name.strip().lower(), value.strip().strip('"'))
    applied = ["respond-async"] if "respond-async" in stated else []
    if stated.get("wait", "").isdecimal():
        wait_s = min(float(stated["wait"]), MAX_WAIT_S)
        applied.append(f"wait={wait_s:.0f}")
    else:
        wait_s = 0.0 if applied else WAIT_S
    return Preference(wait_s=wait_s, applied=", ".join(applied) or None)
