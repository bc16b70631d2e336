"""How a plan is found: stages, diving, repair, and the priorities in their order."""
