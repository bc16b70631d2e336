"""Plants for what families write into ledgers that others close.

A family that takes too much (spends twice, owes twice) leads to a plan that keeps every rule and reports itself
truly, only not the best one: no check of a plan can know. So each plant errs to the other side: what is spent, owed or
lost is left out, what is won is doubled.
"""

from tests.support.planted import TWO_PERIODS, Plant, with_terms_twice, without_terms, worth
from tests.support.planted_effects import PLANTS as EFFECTS
from tests.support.planted_politics import PLANTS as POLITICS
from tests.support.problems import members

PLANTS: dict[str, Plant] = {
    "availability": Plant(
        fields=POLITICS["availability"].fields, says="a spends 20 money and has 10", fault=without_terms
    ),
    "partner_coordination": Plant(
        fields=POLITICS["partner_coordination"].fields, says="a spends 11 money and has 10", fault=without_terms
    ),
    "rivalry": Plant(
        fields={
            "members": members("a", "b"),
            "rivalries": [{"between": ["a", "b"], "activities": ["train"], "hard": False, "friction": 3}],
        },
        says="risk_reduction is reported as 20; the plan's is 17",
        fault=without_terms,
    ),
    "risk": Plant(
        fields=EFFECTS["risk"].fields,
        says="risk_reduction is reported as 20; the plan's is 5",
        fault=with_terms_twice,
    ),
    "day_after": Plant(
        fields=EFFECTS["day_after"].fields,
        says="the operations before it take 20",
        fault=without_terms,
    ),
    "cost": Plant(fields=EFFECTS["cost"].fields, says="cost is reported as 0; the plan's is 10", fault=without_terms),
    "budgeted": Plant(
        fields=EFFECTS["budgeted"].fields,
        says="risk_reduction is reported as 20; the plan's is 10",
        fault=without_terms,
    ),
    # Doubled, the cost is too; what is added weighs more.
    "investment": Plant(
        fields=POLITICS["investment"].fields, says="a spends 18 money and has 14", fault=with_terms_twice
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
        says="trust in iraq falls to -0.9",
        fault=with_terms_twice,
    ),
    "risk_dynamics": EFFECTS["risk_dynamics"],
    "lead_time": Plant(
        fields=EFFECTS["lead_time"].fields,
        says="risk_reduction is reported as 39; the plan's is 20",
        fault=with_terms_twice,
    ),
    "synergy": Plant(
        fields=EFFECTS["synergy"].fields,
        says="risk_reduction is reported as 15.1; the plan's is 12.1",
        fault=with_terms_twice,
    ),
}
