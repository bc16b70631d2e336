"""`python -m benchmarks.guard [FACTOR]`: compares the ratios with those of the last commit.

Prints every ratio in benchmarks/results.json that is worse by more than FACTOR (default 1.25), and then exits with 1.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.claims import Claim, claims
from benchmarks.results import FILE, parse

FACTOR = 1.25
"""By how much a busy machine can change a ratio of two measurements made one after the other."""


def worse(old: Sequence[Claim], new: Sequence[Claim], factor: float) -> Iterator[str]:
    """A sentence for every ratio in both lists that got worse by more than `factor`."""
    before = {(claim.name, claim.size): claim for claim in old if claim.is_ratio}
    for claim in new:
        was = before.get((claim.name, claim.size))
        if was is None or not claim.is_ratio:
            continue
        by = was.value / claim.value if claim.is_least else claim.value / was.value
        if by > factor:
            yield f"{claim.name}, {claim.size}: {claim.value:.3g}, was {was.value:.3g}"


def committed() -> list[Claim]:
    """The claims of the last commit; empty if it has no results."""
    done = subprocess.run(
        ["git", "show", f"HEAD:./{FILE.name}"],  # noqa: S607
        cwd=FILE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return claims(parse(done.stdout)) if done.returncode == 0 else []


def main(file: Path = FILE) -> None:
    """Compare, print warnings and exit."""
    factor = float(sys.argv[1]) if len(sys.argv) > 1 else FACTOR
    found = list(worse(committed(), claims(parse(file.read_text(encoding="utf-8"))), factor))
    for ratio in found:
        print(f"worse: {ratio}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
