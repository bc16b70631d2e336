"""HiGHS: the only room that imports highspy."""
