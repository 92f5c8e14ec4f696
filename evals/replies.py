"""How well are replies read, and what would follow from them without a person?

Reads a file with one JSON record a line: `{id, subject, body, language, today, from, headers,
attachments[{filename, content_type}], open_invoices[{number, amount, currency, due}], labels,
reply_text}`. Labels and `reply_text` are optional: without them there is only output. Intents in
`optional_intents` count neither way; days in `promise_date_accept` are right as well.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agent.brain import Brain
from evals import reply_score
from evals.json_lines import UnreadableFile, lines_of
from evals.reply_prediction import Prediction, predict
from evals.reply_record import BadRecord, ReplyRecord, read_record

LEAST_MICRO_F1 = 850
MOST_FALSE_FIRM_PER_MILLE = 10
LEAST_RIGHT_DATES_PER_MILLE = 950
LEAST_EXACT_PER_MILLE = 980


@dataclass(slots=True)
class Outcome:
    """Everything one run found."""

    predictions: list[Prediction] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    score: reply_score.Score = field(default_factory=reply_score.Score)


async def run(
    path: str | Path, brain: Brain, *, out: Path | None = None, as_json: bool = False
) -> int:
    """Read every reply of a file, print what is said about each and the sums.

    Returns 0 when the goals are met (or nothing is labelled), 1 when not, 2 when the file or a
    line of it cannot be read; the other lines are judged all the same.
    """
    outcome = Outcome()
    if out is not None and not out.parent.is_dir():
        sys.stderr.write(f"{out}: there is no folder {out.parent}\n")
        return 2
    for record in _records(path, outcome):
        said = await predict(record, brain)
        outcome.predictions.append(said)
        if record.labels is not None:
            reply_score.add(outcome.score, record, said)
    _write(outcome, out)
    _report(outcome, as_json=as_json)
    for problem in outcome.unread:
        sys.stderr.write(f"{path}: {problem}\n")
    return 2 if outcome.unread else int(bool(failed_goals(outcome.score)))


def _write(outcome: Outcome, out: Path | None) -> None:
    if out is not None:
        lines = [_json(said.as_record()) for said in outcome.predictions]
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _records(path: str | Path, outcome: Outcome) -> Iterator[ReplyRecord]:
    try:
        for line in lines_of(path):
            try:
                yield read_record(line)
            except BadRecord as error:
                outcome.unread.append(f"line {line.number}: {error}")
    except UnreadableFile as error:
        outcome.unread.append(str(error))


def failed_goals(score: reply_score.Score) -> list[str]:
    """The goals that a labelled file misses, in words."""
    if not score.records:
        return []
    firm, exact = (
        score.ratio("firm promise date, of those read as firm"),
        score.ratio("strip exactness"),
    )
    checks = (
        (bool(score.critical_missed), "a critical class was missed"),
        (
            len(score.false_firm) * 1000 > MOST_FALSE_FIRM_PER_MILLE * score.records,
            "false firm promises",
        ),
        (firm.hit * 1000 < LEAST_RIGHT_DATES_PER_MILLE * firm.of, "firm promise dates"),
        (exact.hit * 1000 < LEAST_EXACT_PER_MILLE * exact.of, "quote stripping"),
        (score.micro < LEAST_MICRO_F1, "micro F1"),
    )
    return [words for failed, words in checks if failed]


def summary(score: reply_score.Score) -> dict[str, Any]:
    """The sums as one JSON object; shares and F1 are in thousandths."""
    return {
        "records": score.records,
        "micro_f1": score.micro,
        "macro_f1": score.macro,
        "classes": {name: c.as_record() for name, c in reply_score.per_class(score)},
        "critical_misses": score.critical_missed,
        "critical_misses_not_escalated": score.critical_acted_on,
        "false_firm_promises": score.false_firm,
        "false_promises_recorded": score.false_recorded,
        "shares": {name: {"hit": r.hit, "of": r.of} for name, r in score.ratios.items()},
        "fields": {name: c.as_record() for name, c in score.fields.items()},
        "goals_missed": failed_goals(score),
    }


def _report(outcome: Outcome, *, as_json: bool) -> None:
    score = outcome.score
    if as_json:
        records = [p.as_record() for p in outcome.predictions]
        sys.stdout.write(_json({"records": records, "summary": summary(score)}) + "\n")
        return
    for said in outcome.predictions:
        sys.stdout.write(_line(said) + "\n")
    if score.records:
        sys.stdout.write("\n" + "\n".join(_sums(score)) + "\n")


def _sums(score: reply_score.Score) -> Iterator[str]:
    yield f"replies: {score.records}"
    yield f"micro F1: {_share(score.micro)}   macro F1: {_share(score.macro)}"
    yield f"{'class':<24} {'F1':>6} {'right':>6} {'extra':>6} {'missed':>6}"
    for name, counts in (*reply_score.per_class(score), *score.fields.items()):
        row = f"{counts.right:>6} {counts.extra:>6} {counts.missed:>6}"
        yield f"{name:<24} {_share(counts.f1_per_mille):>6} {row}"
    yield f"critical misses: {_listed(score.critical_missed)}"
    yield f"critical misses that no person would see: {_listed(score.critical_acted_on)}"
    yield f"false firm promises: {_listed(score.false_firm)}"
    yield f"false promises recorded: {_listed(score.false_recorded)}"
    for name, ratio in score.ratios.items():
        yield f"{name}: {ratio}"
    for miss in score.misses:
        yield f"  {miss}"
    missed = failed_goals(score)
    yield f"goals: {'all met' if not missed else 'missed: ' + ', '.join(missed)}"


def _listed(names: list[str]) -> str:
    return f"{len(names)}{': ' if names else ''}{', '.join(names)}"


def _line(said: Prediction) -> str:
    days = ", ".join(str(p.when.dates[0]) for p in said.promises if p.when.dates)
    parts = [", ".join(said.intents), said.promise_kind or "", days]
    acts = ", ".join(said.automatic) or "-"
    person = "a person reads it" if said.escalated else "by itself"
    return f"{said.id:<8} {'; '.join(filter(None, parts))} | {acts} | {person}"


def _share(per_mille: int) -> str:
    return f"{per_mille // 1000}.{per_mille % 1000:03}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
