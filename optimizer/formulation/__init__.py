"""The model: variables, linear expressions, one file per constraint family, one file per metric."""
