"""Where a record comes from: a citation, or an assumption and how sure its author is."""

from collections.abc import Mapping, Sequence

Record = dict[str, object]
"""One record of the document, field by field."""
PROVENANCE = ("source", "confidence")


def cited(*citations: str) -> Record:
    """The `source` of a record that follows from public figures; each citation once, in the order given."""
    return {"source": "; ".join(dict.fromkeys(citations))}


def ruled(rule: str, *citations: str, confidence: float) -> Record:
    """The `source` of a record that a stated rule makes out of public figures."""
    return {**cited(f"rule: {rule}", *citations), "confidence": confidence}


def assumed(why: str, *, confidence: float) -> Record:
    """The `source` of a record that is somebody's judgement."""
    return {"source": f"assumption: {why}", "confidence": confidence}


def with_more(records: Sequence[Record], *more: Mapping[str, Record]) -> list[Record]:
    """Records with the fields that other subjects add to them, by id; sources add up, the least confidence counts."""
    return [
        _joined([record, *(fields[str(record["id"])] for fields in more if record["id"] in fields)])
        for record in records
    ]


def _joined(parts: Sequence[Record]) -> Record:
    record: Record = {name: value for part in parts for name, value in part.items() if name not in PROVENANCE}
    sources = [str(part["source"]) for part in parts if "source" in part]
    sure = [part["confidence"] for part in parts if "confidence" in part]
    least = {"confidence": min(map(float, sure))} if sure else {}  # type: ignore[arg-type]
    return {**record, **cited(*sources), **least}
