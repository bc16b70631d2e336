"""The metrics that objectives name, one file each."""
