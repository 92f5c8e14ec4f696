"""Learns the weights of the second reader of replies from labelled mails.

`python -m evals.learning FILE...` writes them; it needs the group "learning" of pyproject.toml. The
weights in use were learned from every evals/data/replies_*.jsonl but author4, which measures them.
Records are those of `dunwell eval replies`, or short: {"t": text, "i": intents}.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from agent.second_reader import FILE
from domain.dunning.learned import parts
from domain.dunning.reading import Intent
from evals.reply_record import known_intent

Example = tuple[str, frozenset[str]]
_STRENGTH, _RARE, _SMALL = 20.0, 3, 0.12


def examples(paths: Iterable[Path]) -> list[Example]:
    """Texts with their intents, each text once."""
    found: dict[str, frozenset[str]] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            raw = json.loads(line)
            text = raw["t"] if "t" in raw else raw["reply_text"]
            intents = raw["i"] if "i" in raw else raw["labels"]["intents"]
            found.setdefault(text, frozenset(known_intent(intent) for intent in intents))
    return list(found.items())


def learned(given: Sequence[Example]) -> str:
    """The weights as text: a line of intents, one of biases, then one for each part."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    intents = sorted({intent for _, known in given for intent in known})
    counted = TfidfVectorizer(analyzer=_parts, sublinear_tf=True, min_df=_RARE)
    seen = counted.fit_transform([text for text, _ in given])
    rows: list[Any] = []
    biases: list[float] = []
    for intent in intents:
        model = LogisticRegression(
            C=_STRENGTH, solver="liblinear", class_weight="balanced", random_state=1
        )
        model.fit(seen, [intent in known for _, known in given])
        rows.append(model.coef_[0])
        biases.append(float(model.intercept_[0]))
    lines = ["\t".join(str(Intent(i)) for i in intents), "\t".join(f"{b:.3f}" for b in biases)]
    for part, at in sorted(counted.vocabulary_.items()):
        told = [f"{n}:{row[at]:.2f}" for n, row in enumerate(rows) if abs(row[at]) >= _SMALL]
        if told:
            lines.append("\t".join((part, f"{counted.idf_[at]:.2f}", *told)))
    return "\n".join(lines) + "\n"


def _parts(text: str) -> list[str]:
    return list(parts(text))


if __name__ == "__main__":
    text = learned(examples(map(Path, sys.argv[1:])))
    FILE.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
