"""Hash of a document, used as its key in the database."""

import json
from hashlib import sha256
from typing import Any


def document_hash(document: Any) -> str:  # noqa: ANN401  (any JSON)
    """Return SHA-256 over a document, independent of the order of its keys."""
    return sha256(json.dumps(document, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
