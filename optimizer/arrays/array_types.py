"""Types of arrays and names that programs are made of."""

import numpy as np
from numpy.typing import NDArray

from optimizer.formulation.family import Index

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]
Positions = NDArray[np.int64]
AnyIntegers = Integers | Positions
Mask = NDArray[np.bool_]
Name = tuple[str, Index]
"""Name of a row or column: its family (or variable) and the index within it."""
INFINITY = float("inf")
