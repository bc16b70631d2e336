"""Suggestions for misspelt names: the known names nearest to a word."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 100
"""Longest word that is compared, in characters; no id is longer."""
MOST = 5


def nearest(word: str, known: Iterable[str], most: int = MOST) -> list[str]:
    """Return up to `most` known names similar to `word`, the nearest first; empty if none is similar."""
    if len(word) > LONGEST:
        return []
    names = {name.lower(): name for name in known}
    return [names[name] for name in get_close_matches(word.lower(), names, n=most, cutoff=0.6)]


def did_you_mean(word: object, known: Iterable[str]) -> str | None:
    """Return the known name nearest to `word`; None if none is similar."""
    found = nearest(word, known, most=1) if isinstance(word, str) else []
    return found[0] if found else None
