"""Fills `defaults` of a document into its records."""

from typing import Any


def fill_defaults(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with each of `defaults` filled into the records that lack the field, as a whole field.

    Values of another shape than a problem's stay unchanged: validation reports them.
    """
    defaults = document.get("defaults")
    if not isinstance(defaults, dict):
        return document
    filled = dict(document)
    for name in ("members", "activities"):
        records, values = document.get(name), defaults.get(name)
        if isinstance(records, list | tuple) and isinstance(values, dict):
            filled[name] = [{**values, **record} if isinstance(record, dict) else record for record in records]
    return filled
