"""Every numerical tolerance of the optimizer, with its reason.

Relative tolerances are relative to the value that they compare, absolute ones are in the unit of that value. They fall
in four groups: of the solver, of the search, of reading a plan, and of comparing plans.
"""

# -------------------------------------------------------------------------------------------------------- the solver

FREE_FEASIBILITY = 1e-7
"""Primal feasibility of every run but those with fixed integers: HiGHS's default, absolute."""
FIXED_FEASIBILITY = 1e-9
"""Primal feasibility of linear programs with fixed integers, absolute: their amounts are reported, so none is -2e-8."""
INTEGRALITY = 1e-6
"""HiGHS's `mip_feasibility_tolerance`, absolute: an integer column this close to a whole number counts as whole."""
ABSOLUTE_GAP = 1e-6
"""HiGHS's `mip_abs_gap`: an absolute gap that counts as closed, in the unit of the objective."""

# -------------------------------------------------------------------------------------------------------- the search

ZERO_VALUE = 1e-9
"""Objective values below this count as zero: their gap is absolute instead of relative."""
BOUNDED_OBJECTIVE = 1e-5
"""Relative: the gap that may remain after the solver has closed a priority, since its bound may use the feasibility
tolerance of the rows that bound earlier objectives, at the price of those rows."""
SAME_OBJECTIVE = 1e-9
"""Relative: two runs that bound an earlier objective at values this close start from the same basis."""
TRANSFERRED_ROW = 1e-9
"""Relative, absolute below 1: rounding in sums of coefficients when a bound is carried over to another program."""
RAY_ENTRY = 1e-9
"""Absolute: entries of a combined row below this count as zero."""

# ---------------------------------------------------------------------------------------------------- reading a plan

DUST = 1e-7
"""Amounts and levels below this are rounding: a hundred times `FIXED_FEASIBILITY`."""
HALF = 0.5
"""A binary above this is 1."""
THRESHOLD_SHORTFALL = 1e-7
"""Relative to the threshold: a level this far below a threshold still reaches it."""
CONCESSION_SLACK = 1e-6
"""Points: how exactly concessions must close a political gap."""
POSITION_ROUNDING = 1e-9
"""Points: sums of positions this close are equal."""
SETTLED = 1e-9
"""Absolute: a cascade's fixpoint iteration ends once no share moves by more."""

# --------------------------------------------------------------------------------------------------- comparing plans

SAME_AMOUNT = 1e-4
"""Relative, absolute below 1: amounts of two plans closer than this are the same."""
AS_GOOD = 1e-6
"""Relative, absolute below 1: how much less an objective may reach and the plan still counts as equally good."""
DISTANCE_GAP = 1e-4
"""Relative gap to which the distance between two plans is minimised."""
FIXED_AMOUNT = 1e-6
"""Relative, absolute below 1: how far an amount may move when a given plan is completed to a solution."""
