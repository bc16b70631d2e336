"""Builds `examples/problems/southern_flank_2019.json` from public figures: `python examples/southern_flank.py [FILE]`.

The same figures and rules give the same bytes. The rules are in `examples/flank/`, a subject a module, and in words in
`examples/README.md`.
"""

import sys
from pathlib import Path

from examples.flank.document import as_text, southern_flank

PROBLEM = Path(__file__).resolve().parent / "problems" / "southern_flank_2019.json"


def main(arguments: list[str]) -> None:
    """Write the document to the file named, by default where the other problems are."""
    target = Path(arguments[0]) if arguments else PROBLEM
    target.write_text(as_text(southern_flank()), encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main(sys.argv[1:])
