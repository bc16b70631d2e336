"""What things are: the documents people send and get, checked once at the edge, and the errors that name what is wrong.

Read one with `models.reading`, change one by address with `models.address`. Nothing here solves anything: no Pyomo, no
HTTP, no SQL, no clock, no disk.
"""
