"""Builds the southern flank problem; each module covers one subject and states its rules in the docstring.

- `figures` reads the figures from public sources; `provenance` builds the `source` of a record.
- `resources`, `members`, `partners`, `theatres`, `frameworks`, `catalogue`, `activities`, `positions` and `policy`
  build the basic records.
- `cascades`, `rivalries`, `divergence`, `diplomacy`, `caveats` and `coordination` cover relations between contributors.
- `awareness`, `days_after`, `dynamics` and `spoilers` cover what happens in theatres; `futures` covers scenarios.
- `document` combines all records.
"""
