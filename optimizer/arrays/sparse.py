"""What scipy's compressed matrices do not offer."""

import numpy as np
from scipy.sparse import csc_array

from optimizer.arrays.array_types import Positions


def entry_columns(matrix: csc_array) -> Positions:
    """The column of each stored entry; `matrix.indices` holds the rows."""
    return np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
