"""Comparison of two plans: the closest plan of equal value, and the differences it proves forced or incidental."""
