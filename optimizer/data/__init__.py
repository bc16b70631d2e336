"""What follows from the document alone: index sets, bounds, endowments, impact, politics, payers, scenarios."""
