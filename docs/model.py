"""Writes the model as one page, from the docstrings of the families and objectives: `model.py FOLDER`."""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = {"Constraints": "constraints", "Objectives": "objectives"}


def docstrings(path: Path) -> list[str]:
    """The docstring of a module, then those of its public functions and classes, in the order of the file."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    public = [n for n in module.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")]
    return [text for node in (module, *public) if (text := ast.get_docstring(node))]


def number(text: str) -> tuple[int, str]:
    """Sort by the number of the statement; what has none comes last, by name."""
    found = re.search(r"\bC(\d+)\b", text)
    return (int(found[1]) if found else sys.maxsize, text)


def chapter(title: str, folder: Path) -> str:
    """One section a file: its name, then what it says."""
    files = [path for path in folder.glob("*.py") if not path.stem.startswith("_")]
    sections = [f"### {path.stem.replace('_', ' ')}\n\n" + "\n\n".join(docstrings(path)) for path in files]
    ordered = sorted(sections, key=lambda section: number(section.partition("\n\n")[2]))
    return "\n\n".join([f"## {title}", *ordered])


def main(target: Path) -> None:
    """Write `model.md` into the folder."""
    target.mkdir(parents=True, exist_ok=True)
    chapters = [chapter(title, ROOT / "optimizer" / folder) for title, folder in CHAPTERS.items()]
    (target / "model.md").write_text("\n\n".join(["# The model", *chapters]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
