"""C39 spoilers: outsiders spoil. What they leave of effects is data, in `reach`; what they refuse is here."""

from collections.abc import Iterator

from optimizer.data.politics import kept_out_by
from optimizer.data.scenarios import Future
from optimizer.formulation.family import Family, Limit
from optimizer.formulation.variables import Decisions


def limits(future: Future, d: Decisions) -> Iterator[Limit]:
    """C39, per activity, framework, period and spoiler s active where a runs: y[a,f,t] <= consent[s,f].

    Beside the host's (C12): both must let it in. With recourse what runs is decided before the future is known: a
    refusal in one future then forbids e[a,f,t] there.
    """
    closes = d.level if future.has_recourse else d.run
    for a, frameworks in future.index.frameworks.items():
        for f in frameworks:
            for spoiler in kept_out_by(future.problem, a, f):
                says = f"{spoiler} keeps {f} out of {future.problem.activity[a].theatre}"
                for t in future.periods:
                    yield Limit(index=(a, f, t), variable=closes[a, f, t], upper=0.0, says=says)


FAMILY = Family(number="C39", name="spoilers", group="consent", says="outsiders spoil", limits=limits)
