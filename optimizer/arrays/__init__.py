"""Programs as named arrays: written incrementally, compared, and ready for the solver."""
