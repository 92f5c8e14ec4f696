"""Statutory interest in a letter: only where it is enabled, proven like everything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.dunning.guard import check
from domain.dunning.interest import InterestPolicy, interest_on
from effects.actor import Actor, ActorKind
from effects.kinds import SendEmail
from effects.propose import Because, Proposed
from flows.facts import Case
from flows.followups import Ready, offer, prepare
from flows.letters import violations
from outreach.interest_note import interest_note
from outreach.wording import LANGUAGES
from sources.policy_file import load_dunning
from store.effects import effect
from store.engine import Database
from store.parties import CustomerRow
from tests.domain.dunning.texts import facts, inv, mail
from tests.flows.scene import NOW, Scene, desk

SHIPPED = load_dunning(Path(__file__).parents[2] / "app" / "defaults" / "dunning.yaml")
GERMANY = next(t for t in SHIPPED.interest.tables if "DE" in t.countries)
ENABLED = replace(SHIPPED, interest=InterestPolicy((replace(GERMANY, enabled=True),)))
BY = Actor(ActorKind.AGENT, "followup")


async def _letter(db: Database, customer_id: int, enabled: bool) -> tuple[SendEmail, Case]:
    office = replace(desk(), dunning=ENABLED if enabled else SHIPPED)
    async with db.begin() as session:
        ready = await prepare(session, office, customer_id, NOW)
        assert isinstance(ready, Ready), ready
        done = await offer(session, office, ready, body=None, by=BY, because=Because("x", {}))
        assert isinstance(done, Proposed), done
        row = await effect(session, done.effect_id)
        assert row is not None
        return SendEmail.from_payload(row.payload), ready.case


@pytest.mark.parametrize("enabled", [True, False])
async def test_a_letter_claims_interest_only_where_it_is_enabled(
    db: Database, scene: Scene, *, enabled: bool
) -> None:
    acme = await scene.customer(currency="EUR")
    await scene.invoice(acme, "INV-1001 1000.00 EUR due 2026-02-09")
    async with db.begin() as session:
        row = await session.get(CustomerRow, acme)
        assert row is not None
        row.country, row.timezone, row.language = "DE", "Europe/Berlin", "de"
    letter, case = await _letter(db, acme, enabled)
    said = "a fixed sum of 40.00 EUR" in letter.text
    assert said is enabled
    assert ("8.16 EUR of interest (10.27 % a year)" in letter.html) is enabled
    assert violations(letter, case, desk()) == ()
    raised = replace(letter, text=letter.text.replace("8.16", "9.16"))
    assert bool(violations(raised, case, desk())) is enabled


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_is_one_sentence_of_ours_in_every_language(language: str) -> None:
    claim = interest_on(GERMANY, inv("INV-1001 1000.00 EUR due 2026-02-09"), date(2026, 3, 18))
    assert claim is not None
    note = interest_note(claim, language, "DE", date(2026, 3, 18))
    assert "INV-1001" in note
    assert note.count("EUR") == 2
    known = facts("INV-1001 1000.00 EUR due 2026-02-09")
    told = replace(known, own=replace(known.own, text=(note,)))
    body = f"Hello Dana,\n\nINV-1001 is open.\n\n{note}\n"
    assert check(mail(body), told) == ()
    assert check(mail(body), known) != ()
