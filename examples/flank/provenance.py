"""Builds the provenance of a record: a citation, or an assumption with a confidence."""

from collections.abc import Mapping, Sequence

Record = dict[str, object]
"""A record of the document: values by field name."""
PROVENANCE = ("source", "confidence")


def cited(*citations: str) -> Record:
    """`source` of a record from public figures: each citation once, in the given order."""
    return {"source": "; ".join(dict.fromkeys(citations))}


def ruled(rule: str, *citations: str, confidence: float) -> Record:
    """`source` and `confidence` of a record that a rule derives from public figures."""
    return {**cited(f"rule: {rule}", *citations), "confidence": confidence}


def assumed(why: str, *, confidence: float) -> Record:
    """`source` and `confidence` of a record that is an assumption."""
    return {"source": f"assumption: {why}", "confidence": confidence}


def with_more(records: Sequence[Record], *more: Mapping[str, Record]) -> list[Record]:
    """Records with the fields that other subjects add by id; joins sources and keeps the lowest confidence."""
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
