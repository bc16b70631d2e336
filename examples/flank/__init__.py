"""How the southern flank problem is built, one subject a module.

`figures` reads what is carried over from public sources; `provenance` says how a record names where it comes from.
`resources`, `members`, `partners`, `theatres`, `frameworks`, `catalogue`, `activities`, `positions` and `policy` each
hold one set of rules, stated in words, in the docstrings, where they can be disputed. So do those that say how they act
on each other: `cascades`, `rivalries`, `divergence`, `diplomacy`, `caveats` and `coordination` among those who
contribute; `awareness`, `days_after`, `dynamics` and `spoilers` where they work; `futures` for what may come.
`document` puts their records together.
"""
