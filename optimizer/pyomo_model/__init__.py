"""The modeller's door: a problem as a Pyomo model, written from the same families as the arrays, and a plan back."""
