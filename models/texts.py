"""Text types with their greatest lengths. Ids have their own."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

MOST_IN_LINE = 300
"""Characters of a text that a table shows in one line."""
MOST_IN_ADDRESS = 1_000
"""Characters of an address: ten ids."""
MOST_IN_REMARKS = 20_000
"""Characters of remarks: ten pages."""


def _without_nul(text: str) -> str:
    """Return the text; raises `PydanticCustomError` for NUL, which databases cannot store in a text."""
    if "\0" in text:
        raise PydanticCustomError("not_text", "contains the character NUL; remove it")
    return text


Line = Annotated[str, Field(max_length=MOST_IN_LINE), AfterValidator(_without_nul)]
Remarks = Annotated[str, Field(max_length=MOST_IN_REMARKS), AfterValidator(_without_nul)]
Address = Annotated[str, Field(max_length=MOST_IN_ADDRESS), AfterValidator(_without_nul)]
