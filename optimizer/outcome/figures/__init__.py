"""The figures of a plan, recomputed from its decisions: effects, risk removed, burdens, divergence, metrics."""
