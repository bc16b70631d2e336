"""Planted faults in families of effects, costs and policy.

Effects are not decisions: the plan reports what its levels achieve. So the check rejects a program that overestimates
them by the objective value that it claims.
"""

from tests.support.planted import HALF_AS_GOOD, TWO_PERIODS, Plant, position, with_terms_twice, worth
from tests.support.problems import members

ALL_OF_THE_RISK = "risk_reduction is reported as 100; recomputed from the plan, it is 0."
"""Without the rows, no row ties the effect to the level."""

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
        says="risk_reduction is reported as 20; recomputed from the plan, it is 4.",
    ),
    "day_after": Plant(
        fields={
            "periods": TWO_PERIODS,
            "activities": [
                {"id": "operation", "day_after": {"follow_on": "rebuild", "ratio": 2, "periods": 1}},
                {"id": "rebuild", "effect": worth(0.1)},
            ],
        },
        says="rebuild runs at level 0 in p2; the operations before it require 20.",
    ),
    "cost": Plant(
        fields={"policy": {"max_total_cost": 8}},
        says="cost is reported as 0; recomputed from the plan, it is 10.",
    ),
    "burden": Plant(
        fields={
            "theatres": [{"id": "iraq", "risk": 10}],
            "members": [{"id": "a", "ability_to_pay": 3, **HALF_AS_GOOD}, *members("b", ability_to_pay=1)],
            "burden_sharing": {"type": "proportional", "tolerance": 0.1},
        },
        says="b pays 10 M EUR; its fair share of 10 M EUR is 2.5 M EUR ± 10%.",
    ),
    "prevention": Plant(
        fields={"policy": {"max_total_cost": 8}}, says="The members pay 10 M EUR; the policy allows 8 M EUR."
    ),
    "roles": Plant(
        fields={
            "resources": [{"id": "money"}, {"id": "troops", "kind": "military"}],
            "members": [{"id": "a", "resources": {"money": 10, "troops": 4}}],
            "activities": [
                {"id": "train", "task": "civil", "needs": [{"from": {"money": 1, "troops": 1}, "amount": 1}]}
            ],
            "policy": {"max_military_share_in_civil_tasks": 0.2},
        },
        says="4 of 14 M EUR in train in p1 are military; the policy allows at most 20%.",
    ),
    "floors": Plant(
        fields={
            "activities": [{"id": "train"}, {"id": "watch", "effect": worth(0.5)}],
            "policy": {"min_level": [{"activity": "watch", "level": 2}]},
        },
        says="watch runs at level 0 in p1; the policy requires at least 2.",
    ),
    "budgeted": Plant(
        fields={
            "activities": [{"id": "train", "effect": {**worth(2), "deviation": 1}}],
            "criterion": {"type": "budgeted", "gamma": 1},
        },
        says="risk_reduction is reported as 20; recomputed from the plan, it is 10.",
    ),
    "reputation": Plant(
        fields={
            "theatres": [{"id": "iraq", "footprint_cap": 4}],
            "activities": [{"id": "train", "footprint": 1}],
        },
        says="The footprint in iraq is 10 in p1; trust allows 4.",
    ),
    # The family has no rows to leave out. Without its terms the program claims less than the plan achieves. Such a plan
    # is valid but perhaps not optimal, which only the golden problems detect. So its terms are doubled.
    "risk_dynamics": Plant(
        fields={
            "periods": TWO_PERIODS,
            "theatres": [{"id": "iraq", "risk": 20, "growth": {"risk": 0.5}, "persistence": 0.5}],
        },
        says="risk_reduction is reported as 30; recomputed from the plan, it is 27.5.",
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
        says="risk_reduction is reported as 110; recomputed from the plan, it is 10.",
    ),
    "benefit": Plant(
        fields={
            "members": members("a", threat={"iraq": 0.5}),
            "positions": [position("a", 2), position("a", 2, "watch")],
            "activities": [{"id": "train", "max_level": 2, "effect": worth(3)}, {"id": "watch"}],
            "burden_sharing": {"type": "benefit", "max_ratio": 1},
        },
        says="a pays 10 M EUR; the benefit by its own threat assessment allows 7 M EUR.",
    ),
    "reserve": Plant(
        fields={"policy": {"reserve": [{"resource": "money", "contributor": "a", "amount": 3}]}},
        says="a uses 10 of 10 M EUR of money in p1; 3 must be kept in reserve.",
    ),
    "synergy": Plant(
        fields={
            "activities": [{"id": "train", "min_level": 1}, {"id": "watch", "min_level": 1, "effect": worth(0.1)}],
            "synergies": [{"activities": ["train", "watch"], "effect": 3}],
        },
        says="risk_reduction is reported as 13; recomputed from the plan, it is 10.",
    ),
    "dominance": Plant(
        fields={
            "theatres": [{"id": "iraq", "risk": 10}],
            "members": [*members("a"), {"id": "b", **HALF_AS_GOOD}],
            "policy": {"max_contributor_share": [{"contributor": "a", "share": 0.3}]},
        },
        says="a gives 10 of 10 M EUR in all theatres; its share may be at most 30%.",
    ),
}
