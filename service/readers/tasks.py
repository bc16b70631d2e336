"""Tasks on bodies, which a thread or the reading process runs."""

from models.outcome import OUTCOME
from models.reading import parse_json
from optimizer.outcome.evaluation import evaluate_plan
from service.allocations.start import KEY, read_start
from service.checks.service import check_document
from service.database.hashing import document_hash
from service.evaluations.service import read_evaluation
from service.prepared import PreparedSubmission, prepared
from service.readers.readers import NotSmall
from service.settings import Settings
from service.submissions import KEYS, Submission, read_submission, require_sound, smallest_columns


def prepare_problem(body: bytes, settings: Settings, most_columns: int | None) -> PreparedSubmission:
    """Return a sound submission, ready to store. Raises `ConcordError` or `ApiError`."""
    document = parse_json(body)
    submission = read_submission(document, keys=(*KEYS, KEY))
    start = read_start(document, submission.problem.periods)
    _require_small(submission, most_columns)
    require_sound(settings, submission)
    return prepared(submission, payload_hash=document_hash(document), start=start)


def check(body: bytes, settings: Settings, most_columns: int | None) -> str:
    """Return the issues and warnings of a problem, as the JSON text of a `Check`."""
    found = check_document(parse_json(body), settings, lambda submission: _require_small(submission, most_columns))
    return found.model_dump_json()


def prepare_evaluation(body: bytes, settings: Settings, most_columns: int | None) -> PreparedSubmission:
    """Return the sound submission of an evaluation, whose plan can be read. Raises `ConcordError` or `ApiError`."""
    document = parse_json(body)
    submission, _ = read_evaluation(document)
    _require_small(submission, most_columns)
    require_sound(settings, submission)
    return prepared(submission, payload_hash=document_hash(document))


def evaluate(body: bytes, _: Settings, most_columns: int | None, outcome: str | None, failure: str | None) -> str:
    """Return the evaluation of the plan as JSON text, with the bounds of a stored outcome if there is one.

    `failure` is the message of a solve that failed, which adds a warning.
    """
    submission, plan = read_evaluation(parse_json(body))
    _require_small(submission, most_columns)
    solved = None if outcome is None else OUTCOME.validate_json(outcome)
    evaluation = evaluate_plan(submission.problem, plan, submission.config, solved)
    if failure is not None:
        warning = f"the solve for the bound failed: {failure}"
        evaluation = evaluation.model_copy(update={"warnings": (*evaluation.warnings, warning)})
    return evaluation.model_dump_json(by_alias=True)


def _require_small(submission: Submission, most_columns: int | None) -> None:
    if most_columns is not None and smallest_columns(submission) > most_columns:
        raise NotSmall
