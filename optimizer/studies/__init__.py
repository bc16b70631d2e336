"""Questions answered by many solves: analyses say which points to solve, executors solve them."""
