"""The `Prefer` header (RFC 7240): how long the caller waits for an answer."""

import re
from dataclasses import dataclass

WAIT_S = 10.0
"""Default wait in seconds."""
MAX_WAIT_S = 30.0
"""Longest wait in seconds; proxies cut longer requests off."""
_SEPARATOR = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')


@dataclass(frozen=True, kw_only=True)
class Preference:
    """Seconds to wait, and the preferences that were applied, for the `Preference-Applied` header."""

    wait_s: float
    applied: str | None


def read_preference(header: str | None) -> Preference:
    """Parse `wait=N` and `respond-async`; ignore unknown and malformed preferences, as RFC 7240 requires.

    `respond-async` with `wait=N` means: wait N seconds, then answer 202.
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
