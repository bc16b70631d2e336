"""Sums of many terms, built at once: term-by-term addition of Pyomo variables is several times slower."""

from collections.abc import Iterable
from typing import Any

from pyomo.core.expr.numeric_expr import LinearExpression

from optimizer.formulation.affine import Affine

Variable = Any
"""A Pyomo variable, or a column as plain numbers (see `affine`); Pyomo carries no types."""
Expression = Any
Term = tuple[float, Variable]


def linear(terms: Iterable[Term]) -> Expression:
    """The sum of coefficient * variable over `terms`; 0 if there are none."""
    pairs = list(terms)
    if not pairs:
        return 0
    coefficients, variables = zip(*pairs, strict=True)
    if isinstance(variables[0], Affine):
        return Affine(coefficients, [variable.places[0] for variable in variables])
    return LinearExpression(linear_coefs=coefficients, linear_vars=variables)


def total(variables: Iterable[Variable]) -> Expression:
    """The sum of `variables`; 0 if there are none."""
    return linear((1.0, variable) for variable in variables)


def minus(terms: Iterable[Term]) -> list[Term]:
    """The same terms with the opposite sign: for the other side of a relation."""
    return [(-coefficient, variable) for coefficient, variable in terms]
