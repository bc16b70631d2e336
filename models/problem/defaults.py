"""Values for every record that does not say otherwise."""

from typing import Any


def fill_defaults(document: dict[str, Any]) -> dict[str, Any]:
    """The document with each of `defaults` filled into the records that lack the field; a default fills a whole field.

    What has not the shape of a problem is left as it is: validation will say so.
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
