"""docs/howto/salesforce.md names every setting, meaning and problem that there is, and no other."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

from app.options import OPTIONS
from sources.salesforce.config import FieldNames
from sources.salesforce.values import ProblemName

HOWTO = Path(__file__).parents[2] / "docs" / "howto" / "salesforce.md"
TEXT = HOWTO.read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z]+_[a-z_]+|shape)`", TEXT))


def test_it_names_every_setting() -> None:
    named = set(re.findall(r"SALESFORCE_[A-Z_]+", TEXT))
    assert named == {name for name in OPTIONS if name.startswith("SALESFORCE_")}


def test_it_names_every_meaning_of_a_field_and_every_problem() -> None:
    meanings = {part.name for part in fields(FieldNames)}
    assert meanings | set(get_args(ProblemName)) == NAMED
