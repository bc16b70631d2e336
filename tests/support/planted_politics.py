"""Planted faults in families of decisions: endowments, consent, contributions and participation."""

from tests.support.planted import HALF_AS_GOOD, TRAIN_AND_WATCH, TWO_PERIODS, Plant, position, rule, worth
from tests.support.problems import members

CAPPED_PAIR = [{"id": "train", "max_level": 5}, {"id": "watch", "max_level": 5}]
"""Two activities that the endowment of a member suffices for."""

TWO_ARE_NEEDED = {
    "theatres": [{"id": "iraq", "risk": 10}],
    "members": [*members("a", min_contribution=2), {"id": "b", "min_contribution": 2, **HALF_AS_GOOD}],
    "frameworks": rule(type="participants", min_participants=2),
}
"""a alone could remove all risk at a lower cost."""

NEEDS_TWO_MEMBERS = "train under coalition needs 2 of the members in p1; those that take part enough to count: a."

PLANTS: dict[str, Plant] = {
    "availability": Plant(fields={"activities": TRAIN_AND_WATCH}, says="a uses 20 M EUR of money in p1; it has 10."),
    "needs": Plant(fields={}, says="train at level 10 in p1 requires 10 of money (need 1); it receives 0."),
    # A plan has no level without a run, so the check rejects the objective value that the program claims.
    "level": Plant(
        fields={"theatres": [{"id": "iraq", "risk": 3}], "activities": [{"id": "train", "min_level": 5}]},
        says="risk_reduction is reported as 3; recomputed from the plan, it is 0.",
    ),
    "one_framework": Plant(
        fields={
            "frameworks": [{"id": "alliance"}, {"id": "coalition"}],
            "activities": [{"id": "train", "max_level": 5, "frameworks": ["alliance", "coalition"]}],
        },
        says="train at level 5 in p1 requires 5 of money (need 1); it receives 10.",
    ),
    "participation": Plant(fields=TWO_ARE_NEEDED, says=NEEDS_TWO_MEMBERS),
    "partner_coordination": Plant(
        fields={
            "partners": [
                {"id": "eu", "resources": {"money": 5}, "coordination_cost": {"resource": "money", "amount": 1}}
            ]
        },
        says="Members pay 0 M EUR of money to harness eu in p1; the price is 1.",
    ),
    "concessions": Plant(
        fields={
            "members": members("a", "b"),
            "concessions": {"budget": 1},
            "positions": [position("b", -2), position("b", -2, "watch")],
            "activities": CAPPED_PAIR,
        },
        says="2 points of political capital are spent; the budget is 1.",
    ),
    "consensus": Plant(
        fields={"members": members("a", "b"), "positions": [position("b", -2)]},
        says="b objects to train under alliance: its position is -2, it objects below -1, and 0 points are conceded.",
    ),
    "majority": Plant(
        fields={
            "members": members("a", "b"),
            "frameworks": rule(type="majority", quota=0.6),
            "positions": [position("b", -1)],
        },
        says="Votes in favour of train under coalition in p1: 1 of the 1.2 required.",
    ),
    "quorum": Plant(fields=TWO_ARE_NEEDED, says=NEEDS_TWO_MEMBERS),
    "willingness": Plant(
        fields={
            "members": members("a", "b"),
            "frameworks": rule(type="participants"),
            "positions": [position("b", 0)],
        },
        says="b gives 10 M EUR of money to train in p1, but is not willing: its position is 0, it contributes from 1.",
    ),
    "cascade": Plant(
        fields={
            "theatres": [{"id": "iraq", "risk": 10}],
            "members": [{"id": "us", "min_contribution": 2, **HALF_AS_GOOD}, *members("fr")],
            "cascades": [{"pivot": "us", "followers": [{"member": "fr", "strength": 1}]}],
        },
        says="fr gives 10 M EUR of money in iraq in p1; it follows us, whose presence of 0% allows 0.",
    ),
    "consent": Plant(
        fields={"theatres": [{"id": "iraq", "consent": False}]},
        says="The host of iraq does not consent to train under alliance, but it runs in p1.",
    ),
    "rivalry": Plant(
        fields={"members": members("a", "b"), "rivalries": [{"between": ["a", "b"], "activities": ["train"]}]},
        says="a and b are rivals, but both contribute to train in p1.",
    ),
    "divergence": Plant(
        fields={
            "members": members("a", "b"),
            "divergence": {"metric": "range", "max": 0.5},
            "positions": [position("a", 2), position("b", 1)],
        },
        says="The positions of the members in train diverge by 1 (range) in p1; at most 0.5 is allowed.",
    ),
    "alternatives": Plant(
        fields={"activities": CAPPED_PAIR, "alternatives": [{"activities": ["train", "watch"]}]},
        says="2 of the alternatives train, watch run (train, watch); at most 1 may run.",
    ),
    "baseline": Plant(
        fields={
            "baseline": {
                "plan": {
                    "allocations": [
                        {"contributor": "a", "activity": "train", "resource": "money", "period": "p1", "amount": 6}
                    ],
                    **{name: [] for name in ("activities", "coverage", "burden", "divergence")},
                    **{name: [] for name in ("scenarios", "coordination", "concessions", "investments")},
                },
                "max_change": 2,
            }
        },
        says="The plan changes contributions of 4 M EUR against the baseline; at most 2 M EUR may change.",
    ),
    "locks": Plant(
        fields={
            "activities": [{"id": "train"}, {"id": "watch", "effect": worth(2)}],
            "policy": {"forbid": [{"activity": "watch"}]},
        },
        says="watch must not run in p1.",
    ),
    "investment": Plant(
        fields={
            "periods": TWO_PERIODS,
            "activities": TRAIN_AND_WATCH,
            "investments": [
                {"id": "radar", "contributor": "a", "cost": {"money": 1}, "adds": {"money": 4}, "lead_time": 0}
            ],
        },
        says="2 units of radar are bought; at most 1 can be bought.",
    ),
    "caveat": Plant(
        fields={"members": members("a", "b", caveats=[{"activity": "train", "max_level": 3}])},
        says="a supplies 10 of the need for money of train in p1; its caveat allows 3.",
    ),
    "opposition": Plant(
        fields={
            "members": members("a", "b"),
            "frameworks": rule(type="participants"),
            "positions": [position("b", -1)],
            "policy": {"max_opposition": 0.25},
        },
        says="Opposition to the running activities is 0.5 in p1; the policy allows 0.25.",
    ),
    "spoilers": Plant(
        fields={"spoilers": [{"id": "militia", "consent": False}]},
        says="An active spoiler in iraq does not consent to train under alliance, but it runs in p1.",
    ),
}
