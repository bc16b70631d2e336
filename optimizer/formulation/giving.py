"""What a contributor gives, in stakes: 1 is the least amount from which it counts in an activity (C5, C6, C9)."""

from models.ids import ContributorId, ResourceId
from optimizer.data.index_sets import Contribution
from optimizer.data.scenarios import ScenarioData
from optimizer.tolerances import TOKEN_SHARE


def stakes_per_unit(scenario: ScenarioData, contribution: Contribution) -> float:
    """Stakes per unit of a contribution: its value over the stake in M EUR, or 1 over the token if there is no stake.

    0 for a resource that counts for nothing: one without value towards a stake, or of which there is none.
    """
    c, a, r, _ = contribution
    stake = scenario.problem.contributor[c].stake(a)
    if stake > 0:
        return scenario.problem.resource[r].unit_cost / stake
    least = token(scenario, c, r)
    return 1 / least if least > 0 else 0.0


def token(scenario: ScenarioData, c: ContributorId, r: ResourceId) -> float:
    """token[c,r]: a ten-thousandth of the most that c can have of r in any period, in units of r."""
    endowments = scenario.bounds.greatest_endowments
    return TOKEN_SHARE * max(endowments.get((c, r, t), 0.0) for t in scenario.periods)
