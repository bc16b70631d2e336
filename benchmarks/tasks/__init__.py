"""Benchmark tasks, one per module, each with `measure(question) -> figures`; every run is a separate process.

Figures of a solve: `solve_cpu_s` and `solve_s`, the `value` and `bound` of risk reduction, and `reached`, which is 1 if
the requested gap was reached in time.
"""
