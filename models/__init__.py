"""The documents that people send and receive, and the errors that say what is wrong with them.

`models.reading` validates documents, `models.address` changes a problem by address. This package solves nothing: it
uses no Pyomo, HTTP, SQL, clock or disk.
"""
