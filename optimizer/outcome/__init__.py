"""From a solution vector to a report: the extracted plan, its figures, the outcome of a solve, an evaluation."""
