"""Builds the southern flank documents from public figures: `python examples/southern_flank.py [FOLDER]`.

`southern_flank_2019.json` uses the figures of 2019; `southern_flank_2019_futures.json` adds four scenarios. The same
figures and rules give the same bytes. The rules are in `examples/flank/`, one subject per module, and described in
`examples/README.md`.
"""

import sys
from pathlib import Path

from examples.flank.document import as_text, southern_flank, southern_flank_futures

FOLDER = Path(__file__).resolve().parent / "problems"
PROBLEM = FOLDER / "southern_flank_2019.json"
FUTURES = FOLDER / "southern_flank_2019_futures.json"


def main(arguments: list[str]) -> None:
    """Write both documents to the given folder, by default `examples/problems`."""
    folder = Path(arguments[0]) if arguments else FOLDER
    for path, build in ((PROBLEM, southern_flank), (FUTURES, southern_flank_futures)):
        target = folder / path.name
        target.write_text(as_text(build()), encoding="utf-8")
        print(target)


if __name__ == "__main__":
    main(sys.argv[1:])
