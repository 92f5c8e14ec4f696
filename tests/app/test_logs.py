"""Logs are JSON lines without secrets, those of libraries included."""

from __future__ import annotations

import json
import subprocess
import sys

SCRIPT = """
import logging, structlog
from app.logs import configure
configure("INFO")
structlog.get_logger("ours").info("token=abc123", url="postgresql://me:hidden@db/x")
logging.getLogger("theirs").warning("Bearer %s", "abcdefgh12345678")
logging.getLogger("httpx").info("GET https://x.example/?secret=1")
logging.getLogger("ours").debug("too quiet")
try:
    raise ValueError("password=opensesame")
except ValueError:
    logging.getLogger("ours").exception("it broke")
"""


def test_lines_are_json_without_secrets() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=15, check=True
    )
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["level"] for line in lines] == ["info", "warning", "error"]
    assert lines[0]["event"] == "token=[redacted]"
    assert lines[2]["event"] == "it broke"
    for secret in ("abc123", "hidden", "abcdefgh12345678", "opensesame"):
        assert secret not in done.stderr
