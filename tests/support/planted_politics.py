"""Plants for what is decided: who has what, who lets what run, who gives, who stays away."""

from tests.support.planted import HALF_AS_GOOD, TRAIN_AND_WATCH, TWO_PERIODS, Plant, position, rule, worth
from tests.support.problems import members

CAPPED_PAIR = [{"id": "train", "max_level": 5}, {"id": "watch", "max_level": 5}]
"""The means of a member are enough for both."""

TWO_ARE_NEEDED = {
    "theatres": [{"id": "iraq", "risk": 10}],
    "members": [*members("a", min_contribution=2), {"id": "b", "min_contribution": 2, **HALF_AS_GOOD}],
    "frameworks": rule(type="participants", min_participants=2),
}
"""a alone could remove all risk, for less."""

PLANTS: dict[str, Plant] = {
    "availability": Plant(fields={"activities": TRAIN_AND_WATCH}, says="a spends 20 money and has 10"),
    "needs": Plant(fields={}, says="train at level 10 takes 10 money (need 1) and is given 0"),
    # A plan keeps no level without a run, so what is caught is what the program claims to win by it.
    "level": Plant(
        fields={"theatres": [{"id": "iraq", "risk": 3}], "activities": [{"id": "train", "min_level": 5}]},
        says="risk_reduction is reported as 3; the plan's is 0",
    ),
    "one_framework": Plant(
        fields={
            "frameworks": [{"id": "alliance"}, {"id": "coalition"}],
            "activities": [{"id": "train", "max_level": 5, "frameworks": ["alliance", "coalition"]}],
        },
        says="train at level 5 takes 5 money (need 1) and is given 10",
    ),
    "participation": Plant(fields=TWO_ARE_NEEDED, says="train under coalition needs 2 by min_participants; a counts"),
    "partner_coordination": Plant(
        fields={
            "partners": [
                {"id": "eu", "resources": {"money": 5}, "coordination_cost": {"resource": "money", "amount": 1}}
            ]
        },
        says="0 money are paid to harness eu, it takes 1",
    ),
    "concessions": Plant(
        fields={
            "members": members("a", "b"),
            "concessions": {"budget": 1},
            "positions": [position("b", -2), position("b", -2, "watch")],
            "activities": CAPPED_PAIR,
        },
        says="2 points of political capital are spent, there are 1",
    ),
    "consensus": Plant(
        fields={"members": members("a", "b"), "positions": [position("b", -2)]},
        says="b objects to train under alliance (-2 < -1)",
    ),
    "majority": Plant(
        fields={
            "members": members("a", "b"),
            "frameworks": rule(type="majority", quota=0.6),
            "positions": [position("b", -1)],
        },
        says="votes for train under coalition: 1, it takes 1.2",
    ),
    "quorum": Plant(fields=TWO_ARE_NEEDED, says="train under coalition needs 2 by min_participants; a counts"),
    "willingness": Plant(
        fields={
            "members": members("a", "b"),
            "frameworks": rule(type="participants"),
            "positions": [position("b", 0)],
        },
        says="b gives 10 money to train and is not willing to (0 < 1)",
    ),
    "cascade": Plant(
        fields={
            "theatres": [{"id": "iraq", "risk": 10}],
            "members": [{"id": "us", "min_contribution": 2, **HALF_AS_GOOD}, *members("fr")],
            "cascades": [{"pivot": "us", "followers": [{"member": "fr", "strength": 1}]}],
        },
        says="fr follows us in iraq: it gives 10 money, at most 0 with 0% of us there",
    ),
    "consent": Plant(
        fields={"theatres": [{"id": "iraq", "consent": False}]},
        says="iraq does not consent to train under alliance",
    ),
    "rivalry": Plant(
        fields={"members": members("a", "b"), "rivalries": [{"between": ["a", "b"], "activities": ["train"]}]},
        says="a and b are rivals and serve together in train",
    ),
    "divergence": Plant(
        fields={
            "members": members("a", "b"),
            "divergence": {"metric": "range", "max": 0.5},
            "positions": [position("a", 2), position("b", 1)],
        },
        says="the members in train stand 1 apart (range), at most 0.5 may be",
    ),
    "alternatives": Plant(
        fields={"activities": CAPPED_PAIR, "alternatives": [{"activities": ["train", "watch"]}]},
        says="train, watch run, at most 1 of train, watch may",
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
        says="4 M EUR are given differently, at most 2 may be",
    ),
    "locks": Plant(
        fields={
            "activities": [{"id": "train"}, {"id": "watch", "effect": worth(2)}],
            "policy": {"forbid": [{"activity": "watch"}]},
        },
        says="watch must not run in p1",
    ),
    "investment": Plant(
        fields={
            "periods": TWO_PERIODS,
            "activities": TRAIN_AND_WATCH,
            "investments": [
                {"id": "radar", "contributor": "a", "cost": {"money": 1}, "adds": {"money": 4}, "lead_time": 0}
            ],
        },
        says="2 units of radar are bought, there are 1",
    ),
    "caveat": Plant(
        fields={"members": members("a", "b", caveats=[{"activity": "train", "max_level": 3}])},
        says="a supports train with 10, its caveat ends at 3",
    ),
    "opposition": Plant(
        fields={
            "members": members("a", "b"),
            "frameworks": rule(type="participants"),
            "positions": [position("b", -1)],
            "policy": {"max_opposition": 0.25},
        },
        says="opposition to what runs is 0.5, at most 0.25 is to be lived with",
    ),
    "spoilers": Plant(
        fields={"spoilers": [{"id": "militia", "consent": False}]},
        says="iraq does not consent to train under alliance",
    ),
}
