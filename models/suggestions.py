"""Did you mean: the known name nearest to what somebody wrote."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 100
"""Characters past which nothing is compared: no id is longer."""
MOST = 5


def nearest(word: str, known: Iterable[str], most: int = MOST) -> list[str]:
    """Known names like `word`, the nearest first; empty if none is like it."""
    if len(word) > LONGEST:
        return []
    names = {name.lower(): name for name in known}
    return [names[name] for name in get_close_matches(word.lower(), names, n=most, cutoff=0.6)]


def did_you_mean(word: object, known: Iterable[str]) -> str | None:
    """The known name nearest to `word`; None if none is like it."""
    found = nearest(word, known, most=1) if isinstance(word, str) else []
    return found[0] if found else None
