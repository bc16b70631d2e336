"""How the southern flank problem is built, one subject a module.

`figures` reads what is carried over from public sources; `provenance` says how a record names where it comes from.
`resources`, `members`, `partners`, `theatres`, `frameworks`, `catalogue`, `activities`, `positions` and `policy` each
hold one set of rules, stated in words, in the docstrings, where they can be disputed. `document` puts their records
together.
"""
