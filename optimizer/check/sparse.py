"""Mappings of what a plan states: what it does not state is nothing."""

from collections.abc import Hashable
from typing import TypeVar

from models.ids import ContributorId, ResourceId

Key = TypeVar("Key", bound=Hashable)


class Amounts(dict[Key, float]):
    """Amounts by key; 0 where none is stated."""

    def __missing__(self, key: Key) -> float:
        """Nothing, and nothing is remembered of having asked."""
        return 0.0


Gift = Amounts[ResourceId]
"""Units of each resource."""


class Gifts(dict[Key, Gift]):
    """Gifts by key; empty where none is stated."""

    def __missing__(self, key: Key) -> Gift:
        """Nothing, and nothing is remembered of having asked."""
        return Amounts()


class Givers(dict[Key, Gifts[ContributorId]]):
    """Gifts by key and contributor; nobody's where none is stated."""

    def __missing__(self, key: Key) -> Gifts[ContributorId]:
        """Nobody's, and nothing is remembered of having asked."""
        return Gifts()
