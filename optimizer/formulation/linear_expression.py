"""Linear expressions and relations: what the rows of a constraint family are made of.

A variable is a `LinearExpression` of one term. Comparing two expressions gives a `Relation`. An expression knows its
columns by number only, so the same families serve the arrays that are solved and the Pyomo model.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

Term = tuple[float, "LinearExpression"]
"""A coefficient and a variable."""


class LinearExpression:
    """coefficients @ columns + constant; a column is given by its number and may occur more than once."""

    __slots__ = ("coefficients", "columns", "constant")
    __hash__ = object.__hash__

    def __init__(self, coefficients: Sequence[float], columns: Sequence[int], constant: float = 0.0) -> None:
        """Keeps both sequences without copying: do not change them afterwards."""
        self.coefficients, self.columns, self.constant = coefficients, columns, constant

    def __add__(self, other: "LinearExpression | float") -> "LinearExpression":
        if isinstance(other, LinearExpression):
            return LinearExpression(
                (*self.coefficients, *other.coefficients),
                (*self.columns, *other.columns),
                self.constant + other.constant,
            )
        return LinearExpression(self.coefficients, self.columns, self.constant + other)

    __radd__ = __add__

    def __mul__(self, factor: float) -> "LinearExpression":
        return LinearExpression([factor * value for value in self.coefficients], self.columns, factor * self.constant)

    __rmul__ = __mul__

    def __truediv__(self, divisor: float) -> "LinearExpression":
        return LinearExpression([value / divisor for value in self.coefficients], self.columns, self.constant / divisor)

    def __neg__(self) -> "LinearExpression":
        return self * -1.0

    def __sub__(self, other: "LinearExpression | float") -> "LinearExpression":
        if isinstance(other, LinearExpression):
            negated = [-value for value in other.coefficients]
            return LinearExpression(
                (*self.coefficients, *negated), (*self.columns, *other.columns), self.constant - other.constant
            )
        return LinearExpression(self.coefficients, self.columns, self.constant - other)

    def __rsub__(self, other: float) -> "LinearExpression":
        return -self + other

    def __le__(self, other: "LinearExpression | float") -> "Relation":
        return Relation(self, other)

    def __ge__(self, other: "LinearExpression | float") -> "Relation":
        return Relation(other, self)

    def __eq__(self, other: object) -> "Relation":  # type: ignore[override]  # comparing builds a row, as in Pyomo
        if isinstance(other, LinearExpression | int | float):
            return Relation(self, other, is_equality=True)
        return NotImplemented


Variable = LinearExpression
"""One decision variable: a linear expression with one term, coefficient 1 and constant 0."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A row: `left` <= `right`, or `left` = `right`. At least one side is an expression."""

    left: LinearExpression | float
    right: LinearExpression | float
    is_equality: bool = False

    @property
    def body(self) -> LinearExpression:
        """The expression between `lower` and `upper`: the side that is no number, or left - right."""
        if not isinstance(self.right, LinearExpression):
            return self.left if isinstance(self.left, LinearExpression) else LinearExpression((), (), self.left)
        return self.left - self.right if isinstance(self.left, LinearExpression) else self.right

    @property
    def sides(self) -> tuple[float, float]:
        """The lower and upper bound of `body`; infinite where there is none."""
        if not isinstance(self.right, LinearExpression):
            return (self.right if self.is_equality else -inf), self.right
        if isinstance(self.left, LinearExpression):
            return (0.0 if self.is_equality else -inf), 0.0
        return self.left, (self.left if self.is_equality else inf)


def variable(column: int) -> Variable:
    """The variable of a column, given its number."""
    return LinearExpression((1.0,), (column,))


def linear(terms: Iterable[Term]) -> LinearExpression:
    """The sum of coefficient * variable over `terms`, built at once; the constant 0 without terms."""
    pairs = list(terms)
    if not pairs:
        return LinearExpression((), ())
    coefficients, variables = zip(*pairs, strict=True)
    return LinearExpression(coefficients, [variable.columns[0] for variable in variables])


def total(variables: Iterable[Variable]) -> LinearExpression:
    """The sum of `variables`; the constant 0 without variables."""
    return linear((1.0, variable) for variable in variables)


def minus(terms: Iterable[Term]) -> list[Term]:
    """The same terms with the opposite sign."""
    return [(-coefficient, variable) for coefficient, variable in terms]
