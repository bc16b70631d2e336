"""The program of a problem for other solvers and for reading: LP, MPS, LaTeX."""
