"""Files of strangers: every line is read or told, and no file brings a traceback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.brain import RulesBrain
from evals import cases, chat, contracts, drafts, forecast, matching, replies, revenue
from evals.injections import run as injections
from evals.json_lines import MOST_CHARACTERS, UnreadableFile, lines_of

Run = Callable[[Path], int]
RUNS: dict[str, Run] = {
    "replies": lambda file: asyncio.run(replies.run(file, RulesBrain())),
    "chat": lambda file: asyncio.run(chat.run(RulesBrain(), file=file)),
    "drafts": drafts.run,
    "forecast": forecast.run,
    "injections": lambda file: injections(file, as_json=True),
    "cases": cases.run,
    "revenue": revenue.run,
    "matching": lambda file: matching.run(file, out=file.parent),
}
FILES: dict[str, bytes] = {
    "empty": b"",
    "blank": b"\n \n",
    "table": b"id,body\n1,x\n",
    "binary": b"\xff\xfe\x00\x01",
    "numbers": b"[1, 2]\n",
    "something_else": b'{"a": 1}\n',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("name", RUNS)
def test_a_file_that_cannot_be_read_is_told_and_ends_with_two(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind, content in FILES.items():
        file = tmp_path / kind
        file.write_bytes(content)
        assert RUNS[name](file) == 2, kind
        assert str(file) in capsys.readouterr().err, kind
    for nothing in (tmp_path / "none", tmp_path):
        assert RUNS[name](nothing) == 2
        told = capsys.readouterr().err
        assert str(nothing) in told
        assert "Errno" not in told


def test_contracts_that_are_not_there_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place, words in ((tmp_path, "no PDF"), (tmp_path / "none", "no such file")):
        assert asyncio.run(contracts.run(place, RulesBrain())) == 2
        assert words in capsys.readouterr().err


def test_lines_are_split_at_line_feeds_alone_and_each_keeps_its_number(tmp_path: Path) -> None:
    file = tmp_path / "lines"
    file.write_text(
        '\ufeff{"a": "x\u2028y"}\r\n\nnot json\n[1]\n' + "x" * (MOST_CHARACTERS + 1) + '\n{"b": 2}'
    )
    found = list(lines_of(file))
    assert [line.number for line in found] == [1, 3, 4, 5, 6]
    assert (found[0].value, found[4].value) == ({"a": "x\u2028y"}, {"b": 2})
    assert [bool(line.problem) for line in found] == [False, True, True, True, False]
    assert "longer than 5,000,000" in found[3].problem
    with pytest.raises(UnreadableFile, match="no such file"):
        list(lines_of(tmp_path / "none"))


def test_an_answer_file_in_no_folder_is_told_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "records", tmp_path / "none" / "out.jsonl"
    file.write_text(json.dumps({"id": "a", "channel": "api", "payload": "x"}))
    assert injections(file, as_json=True, out=out) == 2
    assert asyncio.run(replies.run(file, RulesBrain(), out=out)) == 2
    assert capsys.readouterr().err.count("there is no folder") == 2
