"""Resources: what can be contributed, the unit, and the cost of a unit in M EUR.

Partners' money that their rules reserve for civil programmes is a separate resource: it cannot pay for soldiers.
"""

from examples.flank.figures import figure
from examples.flank.provenance import Record, assumed, cited, ruled


def resources() -> list[Record]:
    """Records of the resources."""
    return [
        {
            "id": "money",
            "title": "Money",
            "unit": "M EUR",
            "unit_cost": 1,
            "kind": "neutral",
            **cited("definition: costs are counted in M EUR"),
        },
        {
            "id": "trainers",
            "title": "Military trainers",
            "unit": "trainers",
            "unit_cost": 0.1,
            "kind": "military",
            **assumed("pay, travel and protection for a year, less than for a civilian adviser", confidence=0.5),
        },
        {
            "id": "flight_hours",
            "title": "Surveillance flight hours",
            "unit": "flight hours",
            "unit_cost": 0.03,
            "kind": "military",
            **assumed("crew, fuel and upkeep of a large surveillance aircraft for an hour", confidence=0.4),
        },
        {
            "id": "advisers",
            "title": "Civilian advisers",
            "unit": "advisers",
            "unit_cost": _adviser_meur(),
            "kind": "civilian",
            **ruled(
                "first-year budget of a civilian mission divided by its international staff",
                figure("eu", "first_year_budget", about="ner").source,
                figure("eu", "international_staff", about="ner").source,
                confidence=0.7,
            ),
        },
        {
            "id": "civil_funds",
            "title": "Funds for civil programmes",
            "unit": "M EUR",
            "unit_cost": 1,
            "kind": "civilian",
            **cited("definition: money of partners that their rules reserve for civil tasks"),
        },
    ]


def _adviser_meur() -> float:
    """Cost of a civilian adviser for a year, in M EUR."""
    budget, staff = figure("eu", "first_year_budget", about="ner"), figure("eu", "international_staff", about="ner")
    return round(budget.value / staff.value, 3)
