"""`make fuzz`: mutated documents. What the check calls sound must be solved, and no reason may be false.

Bases are the small documents of the tests and examples. A mutation changes one to four places: numbers become other
numbers, records are repeated or removed, ids are exchanged, lists are emptied, values get another type.
"""

import argparse
import copy
import json
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from models.config import Config
from models.errors import InvalidDocument
from models.outcome import Outcome
from models.reading import read_problem
from optimizer import solve
from service.settings import Settings
from service.submissions import Submission, require_sound

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 12_000
"""Bytes of the largest base document."""
LIMIT_S = 10.0
GENTLE = 0.85
"""Share of the changes that only change a number."""
NUMBERS = (0, 1, -1, 0.5, 2, 3, 10, 100, 1e-9, 1e-6, 1e-3, 1e3, 1e6, 1e9, 1e12, 1e15, 9e15, 1e100, 1e-100, -0.0)
OTHERS: tuple[Any, ...] = (None, True, "", "x", [], {}, [1], "1", "NaN")

Place = tuple[Any, Any]
"""A list or object, and a key of it."""


def bases() -> list[dict[str, Any]]:
    folders = ("tests/golden", "tests/cases", "examples/problems")
    files = sorted(file for folder in folders for file in (ROOT / folder).glob("*.json"))
    documents = [json.loads(file.read_bytes()) for file in files if file.stat().st_size <= LARGEST]
    problems = [document.get("problem", document) for document in documents]
    return [problem for problem in problems if problem.get("schema") == "concord.problem/1"]


def places(node: Any) -> Iterator[Place]:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in list(items):
        yield node, key
        yield from places(value)


def mutated(document: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return a copy with one to four changes, of which most change numbers: other changes are mostly refused."""
    changed = copy.deepcopy(document)
    for _ in range(chance.randint(1, 4)):
        everywhere = list(places(changed))
        numbers = [(node, key) for node, key in everywhere if isinstance(node[key], int | float)]
        is_gentle = bool(numbers) and chance.random() < GENTLE
        _mutate(chance.choice(numbers if is_gentle else everywhere), everywhere, chance)
    return changed


def _mutate(place: Place, everywhere: list[Place], chance: random.Random) -> None:
    node, key = place
    value = node[key]
    kind = chance.random()
    if isinstance(value, int | float) and not isinstance(value, bool) and kind < 0.8:
        factor = chance.choice((1e-6, 1e-3, 0.1, 0.5, 2, 10, 1e3, 1e6))
        node[key] = chance.choice(NUMBERS) if kind < 0.4 else value * factor
    elif isinstance(value, list) and value and kind < 0.7:
        chance.choice((lambda: value.append(copy.deepcopy(chance.choice(value))), value.clear, value.pop))()
    elif kind < 0.3:
        node.pop(key)
    elif kind < 0.8:
        other, name = chance.choice(everywhere)
        if name in other if isinstance(other, dict) else name < len(other):
            node[key] = copy.deepcopy(other[name])
    else:
        node[key] = chance.choice(OTHERS)


def fault(document: dict[str, Any], settings: Settings, seen: Counter[str]) -> str | None:
    """Return what is wrong with the answer to a document, or None."""
    config = Config.model_validate({"solver": {"time_limit_s": LIMIT_S}})
    try:
        submission = Submission(problem=read_problem(document), config=config)
        require_sound(settings, submission)
    except InvalidDocument:
        seen["refused"] += 1
        return None
    began = time.monotonic()
    outcome: Outcome = solve(submission.problem, config)
    took_s = time.monotonic() - began
    seen[outcome.status] += 1
    if outcome.status == "solver_error":
        return f"sound by the check, but solver_error: {outcome.reason}"
    stopped_by = getattr(outcome, "stopped_by", None)
    if stopped_by == "time_limit_s" and took_s < LIMIT_S / 2:
        return f"{outcome.status} after {took_s:.2f} s of {LIMIT_S:g} s, stopped_by {stopped_by}"
    return None


def run(cases: int, seed: int, folder: Path, tell: Callable[[str], None]) -> bool:
    """Try the cases; write each document with a fault to `folder`. Return whether there was none."""
    chance = random.Random(seed)  # noqa: S311  (a seed repeats the run)
    known, settings = bases(), Settings()
    seen, faults = Counter[str](), 0
    for number in range(cases):
        document = mutated(chance.choice(known), chance)
        try:
            found = fault(document, settings, seen)
        except Exception:  # noqa: BLE001  (an exception is what the search is for)
            found = traceback.format_exc(limit=-3)
        if found is not None:
            faults += 1
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{seed}_{number}.json").write_text(json.dumps(document, indent=1), encoding="utf-8")
            tell(f"case {seed}_{number}: {found}")
        if (number + 1) % 500 == 0:
            tell(f"{number + 1} cases: {dict(seen)}, {faults} faults")
    tell(f"{cases} mutated documents of {len(known)}: {dict(seen)}, {faults} faults")
    return faults == 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--faults", type=Path, default=Path("fuzz-faults"))
    given = parser.parse_args()
    sys.exit(0 if run(given.cases, given.seed, given.faults, lambda text: print(text, flush=True)) else 1)  # noqa: T201
