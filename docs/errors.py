"""Writes `docs/errors.md`, every code of an error and what it means: `python docs/errors.py FOLDER`."""

import sys
from pathlib import Path

from models.errors import CODES
from service.errors import Code

PAGE = """# Codes of errors

Written by `make docs` from the code. Codes are stable: programs may act on them.

## Issues of a document

What is wrong with a problem, a plan or a config, each with `address`, `pointer`, `code`, `message` and, where they are
known, `given`, `allowed` and `suggestion`. The command line shows the same.

| code | means |
| --- | --- |
{issues}

## Answers over HTTP

The `code` of an answer that is an error (`application/problem+json`, RFC 9457).

| status | code | means |
| --- | --- | --- |
{answers}
"""


def main(folder: Path) -> None:
    """Write the page."""
    issues = "\n".join(f"| `{code}` | {meaning} |" for code, meaning in sorted(CODES.items()))
    answers = "\n".join(f"| {code.status} | `{code.name}` | {code.title} |" for code in Code)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "errors.md").write_text(PAGE.format(issues=issues, answers=answers), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
