"""Plants for what is achieved, paid and asked by policy.

What an effect is worth is not decided but follows from what is: a plan reports what the levels really achieve, so a
program that thinks too well of them is caught by the value that it claims.
"""

from tests.support.planted import HALF_AS_GOOD, TWO_PERIODS, Plant, position, with_terms_twice, worth
from tests.support.problems import members

ALL_OF_THE_RISK = "risk_reduction is reported as 100; the plan's is 0"
"""Nothing ties the effect to what is done any longer."""

PLANTS: dict[str, Plant] = {
    "effect": Plant(fields={"frameworks": [{"id": "coalition", "effect_multiplier": 0.5}]}, says=ALL_OF_THE_RISK),
    "threshold": Plant(
        fields={"activities": [{"id": "train", "effect": {"type": "threshold", "threshold": 12, "per_level": 2}}]},
        says=ALL_OF_THE_RISK,
    ),
    "s_curve": Plant(
        fields={
            "activities": [
                {"id": "train", "effect": {"type": "piecewise", "points": [[0, 0], [4, 1], [8, 9], [12, 11]]}}
            ]
        },
        says=ALL_OF_THE_RISK,
    ),
    "risk": Plant(fields={"activities": [{"id": "train", "reduces": {"risk": 0.5}}]}, says=ALL_OF_THE_RISK),
    "awareness_gate": Plant(
        fields={
            "periods": TWO_PERIODS,
            "theatres": [{"id": "iraq", "awareness": 1}],
            "activities": [
                {"id": "strike", "awareness_gate": {"factor": 2, "from": ["watch"]}},
                {"id": "watch", "effect": worth(0.1)},
            ],
        },
        says="risk_reduction is reported as 20; the plan's is 4",
    ),
    "day_after": Plant(
        fields={
            "periods": TWO_PERIODS,
            "activities": [
                {"id": "operation", "day_after": {"follow_on": "rebuild", "ratio": 2, "periods": 1}},
                {"id": "rebuild", "effect": worth(0.1)},
            ],
        },
        says="rebuild is at level 0; the operations before it take 20",
    ),
    "cost": Plant(
        fields={"policy": {"max_total_cost": 8}},
        says="cost is reported as 0; the plan's is 10",
    ),
    "burden": Plant(
        fields={
            "theatres": [{"id": "iraq", "risk": 10}],
            "members": [{"id": "a", "ability_to_pay": 3, **HALF_AS_GOOD}, *members("b", ability_to_pay=1)],
            "burden_sharing": {"type": "proportional", "tolerance": 0.1},
        },
        says="b pays 10 M EUR; its fair share of 10 is 2.5 ± 10%",
    ),
    "prevention": Plant(fields={"policy": {"max_total_cost": 8}}, says="members pay 10 M EUR, at most 8 is allowed"),
    "roles": Plant(
        fields={
            "resources": [{"id": "money"}, {"id": "troops", "kind": "military"}],
            "members": [{"id": "a", "resources": {"money": 10, "troops": 4}}],
            "activities": [
                {"id": "train", "task": "civil", "needs": [{"from": {"money": 1, "troops": 1}, "amount": 1}]}
            ],
            "policy": {"max_military_share_in_civil_tasks": 0.2},
        },
        says="4 of 14 M EUR in train are military, 20% may be",
    ),
    "floors": Plant(
        fields={
            "activities": [{"id": "train"}, {"id": "watch", "effect": worth(0.5)}],
            "policy": {"min_level": [{"activity": "watch", "level": 2}]},
        },
        says="watch is at level 0, at least 2 was decided",
    ),
    "budgeted": Plant(
        fields={
            "activities": [{"id": "train", "effect": {**worth(2), "deviation": 1}}],
            "criterion": {"type": "budgeted", "gamma": 1},
        },
        says="risk_reduction is reported as 20; the plan's is 10",
    ),
    "reputation": Plant(
        fields={
            "theatres": [{"id": "iraq", "footprint_cap": 4}],
            "activities": [{"id": "train", "footprint": 1}],
        },
        says="the footprint in iraq is 10, at most 4 is trusted",
    ),
    # It has no rows to leave out. Without its terms less is claimed than is achieved: the plan is worth what it says,
    # and there may be a better one, which no check of a plan can know (the golden problems do). So they are doubled.
    "risk_dynamics": Plant(
        fields={
            "periods": TWO_PERIODS,
            "theatres": [{"id": "iraq", "risk": 20, "growth": {"risk": 0.5}, "persistence": 0.5}],
        },
        says="risk_reduction is reported as 30; the plan's is 27.5",
        fault=with_terms_twice,
    ),
    "lead_time": Plant(
        fields={
            "periods": TWO_PERIODS,
            "activities": [
                {"id": "train", "lead_time": {"with_presence": 0, "without": 1, "presence_from": ["watch"]}},
                {"id": "watch", "min_level": 1},
            ],
        },
        says="risk_reduction is reported as 110; the plan's is 10",
    ),
    "benefit": Plant(
        fields={
            "members": members("a", threat={"iraq": 0.5}),
            "positions": [position("a", 2), position("a", 2, "watch")],
            "activities": [{"id": "train", "max_level": 2, "effect": worth(3)}, {"id": "watch"}],
            "burden_sharing": {"type": "benefit", "max_ratio": 1},
        },
        says="a pays 10 M EUR; what it gains by its own account is worth 7",
    ),
    "reserve": Plant(
        fields={"policy": {"reserve": [{"resource": "money", "contributor": "a", "amount": 3}]}},
        says="a spend 10 of 10 money, of which 3 are to be kept",
    ),
    "synergy": Plant(
        fields={
            "activities": [{"id": "train", "min_level": 1}, {"id": "watch", "min_level": 1, "effect": worth(0.1)}],
            "synergies": [{"activities": ["train", "watch"], "effect": 3}],
        },
        says="risk_reduction is reported as 13; the plan's is 10",
    ),
    "dominance": Plant(
        fields={
            "theatres": [{"id": "iraq", "risk": 10}],
            "members": [*members("a"), {"id": "b", **HALF_AS_GOOD}],
            "policy": {"max_contributor_share": [{"contributor": "a", "share": 0.3}]},
        },
        says="a gives 10 of 10 M EUR in all, it may give 30%",
    ),
}
