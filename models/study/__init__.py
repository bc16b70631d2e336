"""Studies: questions whose answer takes many solves."""
