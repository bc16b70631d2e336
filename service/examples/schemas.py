"""What the list of examples says."""

from pydantic import BaseModel


class ExampleLine(BaseModel):
    """An example, and where its body is."""

    id: str
    title: str
    notes: str
    members: int
    theatres: int
    activities: int
    link: str


class ExampleList(BaseModel):
    """All of them, by name."""

    items: list[ExampleLine]
