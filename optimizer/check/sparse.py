"""Sparse mappings of the amounts that a plan states: a missing key counts as zero or empty."""

from collections.abc import Hashable
from typing import TypeVar

from models.ids import ContributorId, ResourceId

Key = TypeVar("Key", bound=Hashable)


class Amounts(dict[Key, float]):
    """Amounts by key; a missing key reads as 0."""

    def __missing__(self, key: Key) -> float:
        """Return 0 without storing the key."""
        return 0.0


Bundle = Amounts[ResourceId]
"""Units of each resource."""


class Bundles(dict[Key, Bundle]):
    """Bundles of resources by key; a missing key reads as an empty bundle."""

    def __missing__(self, key: Key) -> Bundle:
        """Return an empty bundle without storing the key."""
        return Amounts()


class ContributorBundles(dict[Key, Bundles[ContributorId]]):
    """Bundles by key and contributor; a missing key reads as no contributor."""

    def __missing__(self, key: Key) -> Bundles[ContributorId]:
        """Return an empty mapping without storing the key."""
        return Bundles()
