"""docs/howto/slack.md asks Slack for exactly what the program uses."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from app.options import OPTIONS
from app.probes.slack import SCOPES
from slack_app.receiving import arrival_of

HOWTO = Path(__file__).parents[2] / "docs" / "howto" / "slack.md"
TEXT = HOWTO.read_text(encoding="utf-8")
MANIFEST = yaml.safe_load(TEXT.partition("```yaml\n")[2].partition("```")[0])


def test_the_manifest_asks_for_the_scopes_that_the_doctor_looks_for() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == set(SCOPES)


def test_every_event_of_the_manifest_is_taken() -> None:
    for name in MANIFEST["settings"]["event_subscriptions"]["bot_events"]:
        event = {"type": name.partition(".")[0], "channel": "C1", "ts": "1.1"}
        body = {"type": "event_callback", "event_id": "Ev1", "event": event}
        assert (name, arrival_of(body) is not None) == (name, True)


def test_every_setting_it_names_is_one() -> None:
    named = set(re.findall(r"`((?:SLACK|DUNWELL)_[A-Z_]+)`", TEXT))
    assert len(named) > 5
    assert named <= OPTIONS.keys()
