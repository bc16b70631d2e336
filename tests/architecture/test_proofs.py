"""A bound that counts as proven comes from one module."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKER = Path("optimizer/arrays/safe_bound.py")
PROVEN = "SafeBound"
MAKERS = {"_made", "__new__", "__setattr__"}
"""What could make or change a safe bound without the prover."""


def intrusions(source: str) -> Iterator[str]:
    """Yield what makes or changes a safe bound, or could: calls, subclasses, aliases and private imports."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name == PROVEN:
                yield f"line {node.lineno}: {PROVEN} is constructed"
            case ast.Call(func=ast.Attribute(attr=name), args=[ast.Name(id=first), *_]) if (
                name in MAKERS and first == PROVEN
            ):
                yield f"line {node.lineno}: {PROVEN} is made by {name}"
            case ast.ClassDef(bases=bases) if any(PROVEN in ast.unparse(base) for base in bases):
                yield f"line {node.lineno}: {node.name} derives from {PROVEN}"
            case ast.ImportFrom(module=str(module), names=names) if module.endswith(MAKER.stem):
                for one in names:
                    if one.name.startswith("_") or (one.name == PROVEN and one.asname):
                        yield f"line {node.lineno}: imports {one.name} as {one.asname or one.name}"
            case ast.Attribute(attr=name) if name == "_made":
                yield f"line {node.lineno}: uses {name}"
            case _:
                pass


def sources() -> list[Path]:
    found = [path for room in ("models", "optimizer", "service") for path in (ROOT / room).rglob("*.py")]
    return [path for path in found if path != ROOT / MAKER]


def test_only_one_module_makes_a_safe_bound() -> None:
    found = [
        f"{path.relative_to(ROOT)}, {intrusion}"
        for path in sources()
        for intrusion in intrusions(path.read_text(encoding="utf-8"))
    ]
    assert not found, f"a proven bound comes from `BoundProver` in {MAKER} only"


def test_the_module_that_makes_a_safe_bound_does_so_in_one_place() -> None:
    assert len(list(intrusions((ROOT / MAKER).read_text(encoding="utf-8")))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "bound = SafeBound(3.0)",
        "bound = safe_bound.SafeBound(value=3.0)",
        "bound = object.__new__(SafeBound)",
        "from optimizer.arrays.safe_bound import SafeBound as Bound",
        "from optimizer.arrays.safe_bound import _made",
        "from optimizer.arrays import safe_bound\nbound = safe_bound._made(3.0)",
        "class Better(SafeBound):\n    pass",
    ],
)
def test_every_way_around_is_seen(source: str) -> None:
    assert list(intrusions(source))


def test_use_of_a_safe_bound_is_no_intrusion() -> None:
    source = (
        "from optimizer.arrays.safe_bound import BoundProver, SafeBound\ndef f(b: SafeBound) -> float: return b.value"
    )
    assert not list(intrusions(source))
