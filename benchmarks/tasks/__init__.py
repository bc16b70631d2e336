"""What is measured: a file a task, each run in a process of its own, each with `measure(question) -> figures`.

Whatever solves a problem says `solve_cpu_s` and `solve_s`, `value` and `bound` of the risk reduction, and `reached`: 1
where the gap asked for was reached in time.
"""
