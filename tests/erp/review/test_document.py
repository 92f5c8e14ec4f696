"""docs/howto/invoices.md says what is checked, and its file is one that can be uploaded."""

from __future__ import annotations

import re
from dataclasses import fields

from erp.review.catalogue import by_id
from erp.review.check import ASKED
from erp.review.draft import BillTo
from flows.drafts.entry import DraftInput, LineInput, read_draft
from flows.drafts.files import drafts_in
from tests.rules.tree import ROOT

TEXT = (ROOT / "docs" / "howto" / "invoices.md").read_text(encoding="utf-8")


def test_every_check_that_is_asked_stands_there_in_its_words() -> None:
    for name in ASKED:
        check = by_id(name)
        severity = f"{check.severity}{' *' if check.fixable else ''}"
        assert f"| {name} | {severity} | {check.message} | {check.fix} |" in TEXT
    assert f"has {91 - len(ASKED)} more" in TEXT


def test_the_file_in_it_is_two_lines_of_one_invoice() -> None:
    example = TEXT.split("```csv\n")[1].split("```")[0]
    (found,) = drafts_in("example.csv", example.encode())
    draft = read_draft(found.wanted)
    assert not isinstance(draft, dict)
    assert (len(draft.lines), draft.total.plain()) == (2, "1800.00")


def test_every_column_it_names_is_known_and_none_is_missing() -> None:
    told = set(re.findall(r"`([a-z_.]+)`", TEXT.split("Further columns")[1].split("JSON is")[0]))
    told |= set(TEXT.split("```csv\n")[1].split("\n")[0].split(","))
    known = {one.name for one in (*fields(DraftInput), *fields(LineInput))}
    known = known - {"lines", "bill_to", "source"} | {f"bill_to.{f.name}" for f in fields(BillTo)}
    assert told == known
