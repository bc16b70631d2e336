"""Per family of the model: the fields of a problem that switch it on, and a small problem that shows its rows.

A path names a field of the problem, for example `members[].caveats`. Words in brackets after it name the values that
switch the family on.
"""

from typing import Any

PAIR = [{"id": "train"}, {"id": "watch"}]
TWO_PERIODS = ["p1", "p2"]


def members(*ids: str, **fields: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Members with 10 M EUR each, and what `fields` add."""
    return [{"id": i, "resources": {"money": 10}, **fields} for i in ids]


def rule(**fields: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """One framework with this rule of decision."""
    return [{"id": "coalition", "rule": fields}]


def position(member: str, value: float, **where: str) -> dict[str, Any]:
    """The position of a member on `train`, optionally under one framework."""
    return {"member": member, "activity": "train", "value": value, **where}


BASE: dict[str, Any] = {
    "schema": "concord.problem/1",
    "members": members("a"),
    "theatres": [{"id": "iraq", "risk": 100}],
    "activities": [{"id": "train", "theatre": "iraq", "pillar": "other"}],
}
"""Defaults of every example. Its theatres and activities also take required fields that they leave out from here."""

FIELDS: dict[str, tuple[str, ...]] = {
    "availability": ("members[].resources", "partners[].resources"),
    "needs": ("activities[].needs", "members[].productivity", "frameworks[].cost_multiplier"),
    "level": ("activities[].min_level", "activities[].max_level"),
    "one_framework": ("activities[].frameworks (several)",),
    "participation": ("members[].min_contribution", "theatres[].access"),
    "partner_coordination": ("partners[].coordination_cost",),
    "concessions": ("concessions.budget", "concessions.max_per_case"),
    "consensus": ("frameworks[].rule (consensus)", "positions", "default_position", "members[].objects_below"),
    "majority": ("frameworks[].rule (majority: quota, quota_members)", "members[].votes", "positions"),
    "quorum": (
        "frameworks[].rule (min_participants, lead_nations, min_partners)",
        "activities[].requires",
        "members[].min_contribution",
    ),
    "willingness": ("positions", "default_position", "members[].contributes_from", "members[].threat"),
    "cascade": ("cascades", "members[].min_contribution"),
    "consent": ("theatres[].consent",),
    "rivalry": ("rivalries",),
    "divergence": ("divergence",),
    "effect": ("activities[].effect (linear, concave piecewise)", "frameworks[].effect_multiplier"),
    "threshold": ("activities[].effect (threshold)",),
    "s_curve": ("activities[].effect (piecewise, with rising slope)",),
    "risk": (
        "theatres[].risk",
        "theatres[].structural",
        "theatres[].persistence",
        "activities[].reduces",
        "activities[].serves",
        "activities[].lag",
        "activities[].task",
    ),
    "awareness_gate": ("activities[].awareness_gate", "theatres[].awareness"),
    "day_after": ("activities[].day_after",),
    "cost": ("resources[].unit_cost",),
    "burden": ("burden_sharing (proportional, gini, minimax, lexicographic_minimax)", "members[].ability_to_pay"),
    "prevention": (
        "policy.min_pre_conflict_share",
        "policy.max_total_cost",
        "policy.pillar_share",
        "policy.tag_share",
        "activities[].phase",
        "activities[].tags",
    ),
    "roles": ("policy.max_military_share_in_civil_tasks", "policy.no_lead_role", "resources[].kind"),
    "floors": ("policy.min_spend", "policy.min_level", "policy.min_coverage"),
    "budgeted": ("criterion (budgeted)", "activities[].effect (linear: deviation)"),
    "investment": ("investments",),
    "reputation": (
        "activities[].day_after (trust_loss)",
        "activities[].footprint",
        "theatres[].footprint_cap",
        "theatres[].trust",
    ),
    "risk_dynamics": ("theatres[].growth", "theatres[].spillover", "theatres[].persistence"),
    "lead_time": ("activities[].lead_time",),
    "benefit": ("burden_sharing (benefit)", "members[].threat"),
    "reserve": ("policy.reserve",),
    "alternatives": ("alternatives",),
    "baseline": ("baseline.plan", "baseline.max_change", "objectives (change_from_baseline)"),
    "locks": ("policy.run", "policy.forbid", "withdrawn", "frameworks[].enabled"),
    "synergy": ("synergies",),
    "dominance": ("policy.max_contributor_share",),
    "caveat": ("members[].caveats",),
    "opposition": ("policy.max_opposition", "positions"),
    "spoilers": ("spoilers",),
}

PLAN: dict[str, list[Any]] = {
    "allocations": [
        {"contributor": "a", "activity": "train", "resource": "money", "period": "p1", "amount": 6},
    ],
    **{name: [] for name in ("activities", "coverage", "burden", "divergence", "scenarios")},
    **{name: [] for name in ("coordination", "concessions", "investments")},
}

EXAMPLES: dict[str, dict[str, Any]] = {
    "availability": {"members": members("a", "b"), "activities": PAIR},
    "needs": {
        "resources": [{"id": "money"}, {"id": "troops"}],
        "members": [{"id": "a", "resources": {"money": 10, "troops": 4}}],
        "activities": [{"id": "train", "needs": {"money": 2, "troops": 1}}],
    },
    "level": {"activities": [{"id": "train", "min_level": 2, "max_level": 8}]},
    "one_framework": {
        "frameworks": [{"id": "alliance"}, {"id": "coalition"}],
        "activities": [{"id": "train", "frameworks": ["alliance", "coalition"]}],
    },
    "participation": {
        "members": members("a", "b", min_contribution=2),
        "frameworks": rule(type="participants", min_participants=2),
    },
    "partner_coordination": {
        "partners": [
            {"id": "eu", "resources": {"money": 5}, "coordination_cost": {"resource": "money", "amount": 1}},
        ],
    },
    "concessions": {"concessions": {"budget": 1}, "members": members("a", "b"), "positions": [position("b", -2)]},
    "consensus": {"concessions": {"budget": 1}, "members": members("a", "b"), "positions": [position("b", -2)]},
    "majority": {
        "concessions": {"budget": 1},
        "members": members("a", "b"),
        "frameworks": rule(type="majority", quota=0.6),
        "positions": [position("b", -1)],
    },
    "quorum": {
        "members": members("a", "b", "c", min_contribution=2),
        "frameworks": rule(type="participants", min_participants=2, lead_nations=["a"]),
    },
    "willingness": {
        "members": members("a", "b"),
        "frameworks": [{"id": "alliance"}, {"id": "coalition", "rule": {"type": "participants"}}],
        "activities": [{"id": "train", "frameworks": ["alliance", "coalition"]}],
        "positions": [position("b", 0, framework="alliance")],
    },
    "cascade": {
        "members": members("us", "fr", min_contribution=1),
        "cascades": [{"pivot": "us", "followers": [{"member": "fr", "strength": 0.5}]}],
    },
    "consent": {"theatres": [{"id": "iraq", "consent": False}]},
    "rivalry": {"members": members("a", "b"), "rivalries": [{"between": ["a", "b"], "activities": ["train"]}]},
    "divergence": {
        "members": members("a", "b"),
        "divergence": {"metric": "range", "max": 0.5},
        "positions": [position("a", 2), position("b", 1)],
    },
    "effect": {
        "frameworks": [{"id": "coalition", "effect_multiplier": 0.8}],
        "activities": [{"id": "train", "effect": {"type": "linear", "per_level": 2}}],
    },
    "threshold": {"activities": [{"id": "train", "effect": {"type": "threshold", "threshold": 8, "per_level": 2}}]},
    "s_curve": {
        "activities": [{"id": "train", "effect": {"type": "piecewise", "points": [[0, 0], [4, 1], [8, 9], [10, 10]]}}],
    },
    "risk": {"activities": [{"id": "train"}, {"id": "watch", "reduces": {"risk": 0.5}}]},
    "awareness_gate": {
        "periods": TWO_PERIODS,
        "theatres": [{"id": "iraq", "awareness": 1}],
        "activities": [{"id": "strike", "awareness_gate": {"factor": 2, "from": ["watch"]}}, {"id": "watch"}],
    },
    "day_after": {
        "periods": TWO_PERIODS,
        "activities": [
            {"id": "operation", "day_after": {"follow_on": "rebuild", "ratio": 2, "periods": 1}},
            {"id": "rebuild"},
        ],
    },
    "cost": {"members": members("a", "b"), "activities": PAIR},
    "burden": {
        "members": [{**members("a")[0], "ability_to_pay": 3}, {**members("b")[0], "ability_to_pay": 1}],
        "burden_sharing": {"type": "proportional", "tolerance": 0.1},
    },
    "prevention": {
        "activities": [{"id": "train"}, {"id": "rebuild", "phase": "post_conflict"}],
        "policy": {"min_pre_conflict_share": 0.75, "max_total_cost": 8},
    },
    "roles": {
        "resources": [{"id": "money"}, {"id": "troops", "kind": "military"}],
        "members": [{"id": "a", "resources": {"money": 10, "troops": 4}}],
        "activities": [{"id": "train", "task": "civil", "needs": [{"from": {"money": 1, "troops": 1}, "amount": 1}]}],
        "policy": {"max_military_share_in_civil_tasks": 0.2},
    },
    "floors": {
        "policy": {
            "min_spend": [{"theatre": "iraq", "amount": 4}],
            "min_level": [{"activity": "train", "level": 2}],
            "min_coverage": [{"theatre": "iraq", "share": 0.05}],
        },
    },
    "budgeted": {
        "activities": [{"id": "train", "effect": {"type": "linear", "per_level": 2, "deviation": 1}}],
        "criterion": {"type": "budgeted", "gamma": 1},
    },
    "investment": {
        "periods": TWO_PERIODS,
        "investments": [
            {"id": "radar", "contributor": "a", "cost": {"money": 2}, "adds": {"money": 1}, "lead_time": 1, "max": 3},
        ],
    },
    "reputation": {
        "periods": TWO_PERIODS,
        "theatres": [{"id": "iraq", "footprint_cap": 9}],
        "activities": [
            {
                "id": "operation",
                "footprint": 1,
                "day_after": {
                    "follow_on": "rebuild",
                    "ratio": 2,
                    "periods": 1,
                    "beyond_horizon": "ignore",
                    "trust_loss": 0.1,
                },
            },
            {"id": "rebuild"},
        ],
    },
    "risk_dynamics": {
        "periods": TWO_PERIODS,
        "theatres": [{"id": "iraq", "risk": {"violence": 20}, "persistence": 0.5}],
    },
    "lead_time": {
        "periods": TWO_PERIODS,
        "activities": [
            {"id": "train", "lead_time": {"with_presence": 0, "without": 1, "presence_from": ["watch"]}},
            {"id": "watch", "min_level": 1},
        ],
    },
    "benefit": {
        "members": members("a", threat={"iraq": 0.5}),
        "burden_sharing": {"type": "benefit", "max_ratio": 2},
    },
    "reserve": {"policy": {"reserve": [{"resource": "money", "contributor": "a", "amount": 3}]}},
    "alternatives": {"activities": PAIR, "alternatives": [{"activities": ["train", "watch"]}]},
    "baseline": {"baseline": {"plan": PLAN, "max_change": 2}, "objectives": [{"metric": "change_from_baseline"}]},
    "locks": {
        "activities": [{"id": "train", "min_level": 1}, {"id": "watch"}],
        "policy": {"run": [{"activity": "train"}], "forbid": [{"activity": "watch"}]},
    },
    "synergy": {
        "activities": [{"id": "train", "min_level": 1}, {"id": "watch", "min_level": 1}],
        "synergies": [{"activities": ["train", "watch"], "effect": 3}],
    },
    "dominance": {
        "members": members("a", "b"),
        "policy": {"max_contributor_share": [{"contributor": "a", "share": 0.6}]},
    },
    "caveat": {"members": members("a", "b", caveats=[{"activity": "train", "max_level": 3}])},
    "opposition": {
        "members": members("a", "b"),
        "frameworks": rule(type="participants"),
        "positions": [position("b", -1)],
        "policy": {"max_opposition": 0.25},
    },
    "spoilers": {"spoilers": [{"id": "militia", "effect_multiplier": 0.5, "consent": False}]},
}

ROWS_OF = {"risk_dynamics": "risk"}
"""Per family without rows: the family whose rows it writes terms into."""
