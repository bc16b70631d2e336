"""What every door calls: solve a problem, solve it again after a change, evaluate a plan."""
