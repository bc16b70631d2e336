"""Schemas of the list of examples."""

from pydantic import BaseModel


class ExampleLine(BaseModel):
    """An example with its size and the path of its document."""

    id: str
    title: str
    notes: str
    members: int
    theatres: int
    activities: int
    link: str


class ExampleList(BaseModel):
    """All examples, the smallest first."""

    items: list[ExampleLine]
