"""Learns the weights of the second reader of replies from labelled mails.

`python -m evals.learning FILE...` writes them; it needs the group "learning" of pyproject.toml. The
weights in use were learned from every evals/data/replies_*.jsonl. `--without NAME` leaves out the
files with NAME in their names, to measure on them what was learned from the others. Records are
those of `dunwell eval replies`, or short: {"t": text, "i": intents, "r": reasons of a dispute}.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from agent.second_reader import INTENTS, REASONS
from domain.dunning.learned import parts
from evals.reply_record import known_intent

Example = tuple[str, frozenset[str]]
_STRENGTH, _SMALL = 20.0, 0.12
# In how many texts a part occurs to be learned: there are fewer disputes than mails.
_RARE_INTENT, _RARE_REASON = 3, 2


def examples(paths: Iterable[Path]) -> list[Example]:
    """Texts with their intents, each text once."""
    found: dict[str, frozenset[str]] = {}
    for raw in _records(paths):
        intents = raw["i"] if "i" in raw else raw["labels"]["intents"]
        found.setdefault(_text(raw), frozenset(known_intent(intent) for intent in intents))
    return list(found.items())


def disputes(paths: Iterable[Path]) -> list[Example]:
    """Texts that contest an invoice with the reasons they give."""
    found: dict[str, frozenset[str]] = {}
    for raw in _records(paths):
        why = raw.get("r", ()) if "t" in raw else raw["labels"]["dispute_reason"]
        if why:
            found.setdefault(_text(raw), frozenset(why))
    return list(found.items())


def _records(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _text(raw: dict[str, Any]) -> str:
    return str(raw["t"] if "t" in raw else raw["reply_text"])


def learned(given: Sequence[Example], rare: int) -> str:
    """The weights as text: a line of names, one of biases, then one for each part.

    A part is learned when at least `rare` texts have it.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    names = sorted({name for _, known in given for name in known})
    counted = TfidfVectorizer(analyzer=_parts, sublinear_tf=True, min_df=rare)
    seen = counted.fit_transform([text for text, _ in given])
    rows: list[Any] = []
    biases: list[float] = []
    for name in names:
        model = LogisticRegression(
            C=_STRENGTH, solver="liblinear", class_weight="balanced", random_state=1
        )
        model.fit(seen, [name in known for _, known in given])
        rows.append(model.coef_[0])
        biases.append(float(model.intercept_[0]))
    lines = ["\t".join(names), "\t".join(f"{b:.3f}" for b in biases)]
    for part, at in sorted(counted.vocabulary_.items()):
        told = [f"{n}:{row[at]:.2f}" for n, row in enumerate(rows) if abs(row[at]) >= _SMALL]
        if told:
            lines.append("\t".join((part, f"{counted.idf_[at]:.2f}", *told)))
    return "\n".join(lines) + "\n"


def _parts(text: str) -> list[str]:
    return list(parts(text))


def main(arguments: Sequence[str]) -> None:
    """Learn from the files named and write the weights in use."""
    without = [arguments[n + 1] for n, word in enumerate(arguments[:-1]) if word == "--without"]
    named = [word for word in arguments if word != "--without" and word not in without]
    paths = [Path(name) for name in named if not any(left in name for left in without)]
    for file, text in (
        (INTENTS, learned(examples(paths), _RARE_INTENT)),
        (REASONS, learned(disputes(paths), _RARE_REASON)),
    ):
        file.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(sys.argv[1:])
