"""Planted faults in the terms that families add to ledgers, which other families turn into rows.

A family that adds too much cost or debt leads to a valid plan with correct figures that is not optimal. No check of a
plan can detect this. So each fault has the opposite sign: costs, debts and losses are left out, gains are doubled.
"""

from tests.support.planted import TWO_PERIODS, Plant, with_terms_twice, without_terms, worth
from tests.support.planted_effects import PLANTS as EFFECTS
from tests.support.planted_politics import PLANTS as POLITICS
from tests.support.problems import members

PLANTS: dict[str, Plant] = {
    "availability": Plant(
        fields=POLITICS["availability"].fields, says="a uses 20 M EUR of money in p1; it has 10.", fault=without_terms
    ),
    "partner_coordination": Plant(
        fields=POLITICS["partner_coordination"].fields,
        says="a uses 11 M EUR of money in p1; it has 10.",
        fault=without_terms,
    ),
    "rivalry": Plant(
        fields={
            "members": members("a", "b"),
            "rivalries": [{"between": ["a", "b"], "activities": ["train"], "hard": False, "friction": 3}],
        },
        says="risk_reduction is reported as 20; recomputed from the plan, it is 17.",
        fault=without_terms,
    ),
    "risk": Plant(
        fields=EFFECTS["risk"].fields,
        says="risk_reduction is reported as 20; recomputed from the plan, it is 5.",
        fault=with_terms_twice,
    ),
    "day_after": Plant(
        fields=EFFECTS["day_after"].fields,
        says="the operations before it require 20.",
        fault=without_terms,
    ),
    "cost": Plant(
        fields=EFFECTS["cost"].fields,
        says="cost is reported as 0; recomputed from the plan, it is 10.",
        fault=without_terms,
    ),
    "budgeted": Plant(
        fields=EFFECTS["budgeted"].fields,
        says="risk_reduction is reported as 20; recomputed from the plan, it is 10.",
        fault=without_terms,
    ),
    # Doubling also doubles the cost, but the added capability outweighs it.
    "investment": Plant(
        fields=POLITICS["investment"].fields, says="a uses 18 M EUR of money in p2; it has 14.", fault=with_terms_twice
    ),
    "reputation": Plant(
        fields={
            "periods": TWO_PERIODS,
            "activities": [
                {
                    "id": "operation",
                    "day_after": {
                        "follow_on": "rebuild",
                        "ratio": 2,
                        "periods": 1,
                        "beyond_horizon": "ignore",
                        "trust_loss": 0.1,
                    },
                },
                {"id": "rebuild", "effect": worth(0.1)},
            ],
        },
        says="Trust in iraq is -0.999001 after the last period; it must not fall below 0.",
        fault=with_terms_twice,
    ),
    "risk_dynamics": EFFECTS["risk_dynamics"],
    "lead_time": Plant(
        fields=EFFECTS["lead_time"].fields,
        says="risk_reduction is reported as 39; recomputed from the plan, it is 20.",
        fault=with_terms_twice,
    ),
    "synergy": Plant(
        fields=EFFECTS["synergy"].fields,
        says="risk_reduction is reported as 15.1; recomputed from the plan, it is 12.1.",
        fault=with_terms_twice,
    ),
}
