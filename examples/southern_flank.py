"""Builds the southern flank from public figures: `python examples/southern_flank.py [FOLDER]`.

`southern_flank_2019.json` is planned with the figures of 2019, `southern_flank_2019_futures.json` for four futures. The
same figures and rules give the same bytes. The rules are in `examples/flank/`, a subject a module, and in words in
`examples/README.md`.
"""

import sys
from pathlib import Path

from examples.flank.document import as_text, southern_flank, southern_flank_futures

FOLDER = Path(__file__).resolve().parent / "problems"
PROBLEM = FOLDER / "southern_flank_2019.json"
FUTURES = FOLDER / "southern_flank_2019_futures.json"


def main(arguments: list[str]) -> None:
    """Write the documents to the folder named, by default where the other problems are."""
    folder = Path(arguments[0]) if arguments else FOLDER
    for path, build in ((PROBLEM, southern_flank), (FUTURES, southern_flank_futures)):
        target = folder / path.name
        target.write_text(as_text(build()), encoding="utf-8")
        print(target)


if __name__ == "__main__":
    main(sys.argv[1:])
