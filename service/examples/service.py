"""Example problems, read once from the files of the package."""

import json
from pathlib import Path
from typing import Any

from service.errors import ApiError, Code
from service.examples.schemas import ExampleLine, ExampleList

PACKAGED = Path(__file__).parent / "problems"
IN_A_CHECKOUT = Path(__file__).parents[2] / "examples" / "problems"
PATH = "/v1/examples"
FIRST = "smallest"
"""Id of the example that comes first."""

Document = dict[str, Any]


class Examples:
    """The examples of a folder. The id of an example is its file name without the extension."""

    def __init__(self, folder: Path) -> None:
        """Read every file: first the smallest example, then the others by file size."""
        files = sorted(folder.glob("*.json"), key=lambda file: (file.stem != FIRST, file.stat().st_size, file.name))
        self._documents: dict[str, Document] = {file.stem: json.loads(file.read_bytes()) for file in files}

    def all(self) -> dict[str, Document]:
        """Return every example by id."""
        return self._documents

    def list(self) -> ExampleList:
        """Return the list of examples."""
        return ExampleList(items=[_line(name, document) for name, document in self._documents.items()])

    def get(self, name: str) -> Document:
        """Return an example. Raises `ApiError` (`not_found`) if there is none with this id."""
        if name not in self._documents:
            known = ", ".join(self._documents) or "none"
            raise ApiError(Code.not_found, f"there is no example {name[:100]!r}; the examples are: {known}")
        return self._documents[name]


def examples_folder() -> Path:
    """Return the folder of the examples: in the installed package, else in the checkout."""
    return PACKAGED if PACKAGED.is_dir() else IN_A_CHECKOUT


def _line(name: str, document: Document) -> ExampleLine:
    return ExampleLine(
        id=name,
        title=document.get("title", ""),
        notes=document.get("notes", ""),
        members=len(document["members"]),
        theatres=len(document["theatres"]),
        activities=len(document["activities"]),
        link=f"{PATH}/{name}",
    )
