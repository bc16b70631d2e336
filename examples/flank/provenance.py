"""Where a record comes from: a citation, or an assumption and how sure its author is."""

Record = dict[str, object]
"""One record of the document, field by field."""


def cited(*citations: str) -> Record:
    """The `source` of a record that follows from public figures; each citation once, in the order given."""
    return {"source": "; ".join(dict.fromkeys(citations))}


def ruled(rule: str, *citations: str, confidence: float) -> Record:
    """The `source` of a record that a stated rule makes out of public figures."""
    return {**cited(f"rule: {rule}", *citations), "confidence": confidence}


def assumed(why: str, *, confidence: float) -> Record:
    """The `source` of a record that is somebody's judgement."""
    return {"source": f"assumption: {why}", "confidence": confidence}
