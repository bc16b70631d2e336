"""National caveats: limits that a parliament sets on its soldiers.

German soldiers go abroad under a mandate with a ceiling. For the training mission in Mali it was 350 soldiers in 2019,
protection and support included. Here Germany supports at most one team of trainers at a time in the Sahel. The mandate
is a fact; the number of teams it would allow is an assumption.
"""

from collections.abc import Mapping

from examples.flank.provenance import Record, assumed

TEAMS = 1


def caveats() -> Mapping[str, Record]:
    """Field `caveats` by member."""
    why = (
        "one team at a time under a mandate of parliament; German Bundestag, printed paper 19/8971: at most 350"
        " soldiers for the training mission in Mali, https://www.bundestag.de/dokumente/textarchiv/2019/"
        "kw19-de-bundeswehr-mali-eutm-635434"
    )
    caveat = {"activity": "force_training_sahel", "max_level": TEAMS, "scope": "own"}
    return {"deu": {"caveats": [{**caveat, **assumed(why, confidence=0.3)}]}}
