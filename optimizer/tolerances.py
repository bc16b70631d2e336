"""Every numerical tolerance of the optimizer, with its reason.

A relative tolerance is relative to the value that it compares, an absolute one is in the unit of that value. Check,
figures and comparison have no absolute tolerance on amounts, levels, money or risk points: a problem written in another
unit is judged alike. The independent check shares these numbers with the program, and no code.
"""

# ---------------------------------------------------------------------------------------------------- numbers compared

POSITION_ROUNDING = 1e-9
"""Relative rounding error of document numbers that are subtracted or multiplied before they are compared."""
TOKEN_SHARE = 1e-4
"""Share of its means from which a partner without a stake counts: of the most that it can have of a resource in any
period, summed over resources. A share has no unit. Members need a stake above 0: otherwise counting would cost nothing
and every quorum would be met for free (trap T1)."""
SETTLED = 1e-9
"""Share of a pivot: a cascade's iteration stops after a round in which no presence changes by more."""
NOTABLE_SHARE = 0.001
"""Share of a pivot: smaller differences in presence give no warning."""
IMPLAUSIBLE_SHARE = 0.001
"""Share of the greatest level of an activity: if it removes all risk of a theatre, some unit is probably wrong."""

# ---------------------------------------------------------------------------------------------------------- the solver

FREE_FEASIBILITY = 1e-7
"""Primal feasibility of every run without fixed integers: HiGHS's default, in the units of the scaled program."""
FIXED_FEASIBILITY = 1e-9
"""Primal feasibility of linear programs with fixed integers, scaled: their amounts are reported, so none is -2e-8."""
INTEGRALITY = 1e-6
"""HiGHS's `mip_feasibility_tolerance`, absolute: an integer column this close to a whole number counts as whole."""
ABSOLUTE_GAP = 1e-6
"""HiGHS's `mip_abs_gap`: a gap that counts as closed, in the unit of the scaled objective."""

FURTHEST_NUMBER = 25
"""Orders of magnitude by which a number of a document may differ from the median of all: units may differ by nine in
both directions, and numbers within a unit by seven."""
GREATEST_SPAN = 1e8
"""Greatest ratio between the terms of one row; HiGHS drops coefficients from 1e-9 of the greatest down."""
LOOSEST_SWITCH = 1e7
"""Greatest ratio between the coefficient of an integer column and the other terms of its row, either way. A switch that
is off only within `INTEGRALITY` then leaves ten units of the row open; beyond it HiGHS may end without a proof."""

GREATEST_REACH = 1e8
"""Greatest ratio of the reach of a column to its useful value. Beyond it rounding of an amount, which is relative to
the means, has an effect of its own."""

# ---------------------------------------------------------------------------------------------------------- the search

ZERO_VALUE = 1e-9
"""Relative to the bound: objective values below this count as zero, and differences below this share of the unit of
the scaled objective as rounding."""
BOUNDED_OBJECTIVE = 1e-5
"""Relative: the gap that may remain after the solver has closed a priority, since its bound may use the feasibility
tolerance of the rows that bound earlier objectives, at the price of those rows."""
SAME_OBJECTIVE = 1e-9
"""Relative: two runs that bound an earlier objective at values this close start from the same basis."""
TRANSFERRED_ROW = 1e-9
"""Relative: rounding in sums of coefficients when a bound is carried over to another program."""
HELD_AMOUNT, HELD_DUST = 1e-3, 1e-4
"""How far an amount may move while a known plan is completed: relative to the amount, and at least this in the units of
the scaled program. It only keeps the program small: amounts are computed anew afterwards. Narrower, and presolve finds
contradictions in the rounding of the amounts."""
SAME_VALUE = 1e-6
"""Relative: values of the first objective closer than this count as equal, as reported values are exact to about this
(`AS_GOOD`)."""
RAY_ENTRY = 1e-9
"""Absolute: entries of a combined row below this count as zero."""

# --------------------------------------------------------------------------------------------------------- tightening

NOTABLE_BOUND = 1e-3
"""Relative: a bound of a column that follows from rows counts if it is narrower by at least this."""
NOTABLE_COEFFICIENT = 1e-3
"""Share of a switch's coefficient by which it must fall to be changed, and below which it never falls."""

IMPLIED_ROOM = 1e-4
"""Relative: room that a bound or coefficient leaves that follows from rows: a hundred times `INTEGRALITY`. With none, a
plan within the tolerances of the rows may be outside the bound by many times that; with room of just `INTEGRALITY`,
HiGHS 1.15 has called a program infeasible whose plan of zeros holds (golden case G24)."""

# -------------------------------------------------------------------------------------------------------- safe bounds

UNIT_ROUNDOFF = 2.0**-53
"""Relative: greatest error of one operation of floating point that neither overflows nor underflows."""
DOCUMENT_ROUNDING = 2.0**-50
"""Relative: how far a coefficient, side or bound of the program may be from the number of the document, which is a
decimal and may be the result of up to eight operations. A safe bound holds for all numbers that close."""
SMALLEST_PRODUCT = 1e-290
"""Absolute: multipliers whose product with a coefficient may be smaller count as 0, so that no product underflows."""
UNDERFLOW = 1e-300
"""Absolute: more than all products that underflow add up to, since each is wrong by at most 2.5e-324."""

# ------------------------------------------------------------------------------------------------------ reading a plan

DUST = 1e-8
"""Amounts and levels below this, in the units of the scaled program, count as zero: ten times `FIXED_FEASIBILITY`."""
HALF = 0.5
"""Rounding threshold of binaries, which the solver leaves within `INTEGRALITY`."""
THRESHOLD_SHORTFALL = 1e-6
"""Share of a threshold by which it may be missed and still counts as met: ten times `FREE_FEASIBILITY`, as for a row.
Figures and check use the same, so they never differ on whether an activity has an effect."""
CONCESSION_SLACK = 1e-6
"""Points of position, which have no unit: a gap counts as covered if it is missed by at most this (`INTEGRALITY`)."""

# ----------------------------------------------------------------------------------------------- the independent check

ZERO_SHARE = 1e-9
"""Share of a bound below which the value of a given plan counts as zero: its gap is then relative to the bound."""
ROW_FEASIBILITY = 1e-6
"""Tolerance of a row, relative to its sides and its size: ten times `FREE_FEASIBILITY`."""
SIZE_FLOOR = 1e-3
"""Least size of a row, as a share of the greatest amount of its kind in the problem: the solver's rounding is relative
to that amount. `ROW_FEASIBILITY` times this is `FIXED_FEASIBILITY`, with which the amounts of a plan are computed."""
FIGURE_AGREEMENT = 1e-5
"""Tolerance of a reported figure, relative to the figure and its size. It exceeds `ROW_FEASIBILITY` because the
tolerances of the rows behind a figure add up."""
PIVOT_ZERO = 1e-12
"""A pivot or a reduced cost below this is rounding, in a program whose amounts and rows are about 1."""

# ----------------------------------------------------------------------------------------------------- comparing plans

SAME_AMOUNT = 1e-4
"""Relative: amounts closer than this are equal."""
PLAN_ROUNDING = 1e-6
"""Share of the greatest amount of a kind in the problem: amounts of plans are exact to about this, so that amounts
below it count as zero and smaller differences as none."""
AS_GOOD = 1e-6
"""Amount by which an objective may get worse beyond its own tolerance, relative to its value, which is at least
`SIZE_FLOOR` of its greatest possible value. Reported values are exact to about this."""
DISTANCE_GAP = 1e-4
"""Relative gap at which the distance between two plans counts as minimal."""
FIXED_AMOUNT = 1e-6
"""How far a contribution may move while the other columns of a plan are completed: relative to the contribution, which
counts at least as `SIZE_FLOOR` of the greatest amount of its resource."""
EQUAL_RUN_SHARE = 0.01
"""Share of the other plan's level from which a run counts fully as the same run."""
