"""Mails that carry remittance: their files and words become advices, apart from the reply itself.

A job of its own does it, enqueued with what the mail was found to be, so that a slow file or a
slow model holds up neither the reply nor a transaction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.dunning.reading_rules import read_rules
from domain.dunning.reply import Intent, Reading
from domain.matching.advice import Advice
from domain.matching.receipt import RemittanceRow
from domain.matching.written import amounts_in, currency_in
from effects.actor import Actor, ActorKind
from flows.desk import Desk
from flows.intake import Finished, HumanReply
from flows.remittance import (
    Origin,
    TakenAdvices,
    currency_of,
    known_numbers,
    read_file,
    take_advices,
)
from sources.arrived import RefusedFile
from sources.mail.files import MailFile, files_in, more_files
from sources.mail.message import InboundMail, SetAside
from sources.mail.trust import Trust, trust
from sources.remittance.detect import Form, Opened, open_advice
from sources.remittance.reading import ReadAdvices, advice_key, summed, total_problem
from sources.remittance.text import stated_total
from store import inbox, remittances, senders
from store.engine import Database, Session
from store.jobs import Job, enqueue
from store.worklist import WorkItemRow, open_item

TASK = "remittance.mail"
TAKER = Actor(ActorKind.SYSTEM, "remittance")
_ASKED = frozenset({Intent.ALREADY_PAID, Intent.REMITTANCE_ADVICE})
_DANGEROUS = frozenset({Intent.BANK_DETAILS_CHANGE, Intent.SUSPICIOUS_INSTRUCTION})
_WORTH_A_LOOK = frozenset({"unattached", "auto_reply"})
_NAMED = re.compile(r"remit|avis|advice|payment|zahlung|paiement|pago|pagamento|betaling", re.I)
_ALIAS = re.compile(r"(?:remit|remittance|remittances)@|[^@\s]{1,200}\+remit(?:tance|tances)?@")


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What is known of a mail when its remittance is read.

    `asked`: it speaks of a payment made, or came to the address for that. `proven`: its sender is
    a known contact and proven to be it.
    """

    event_id: int
    customer_id: int | None
    proven: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a mail, or its words, with what the rules read in it.

    `known` are the ledger's numbers that stand in `text`; both are empty for tables. `beyond`: it
    stands for files that were not looked at.
    """

    filename: str
    raw: bytes
    text: str
    known: frozenset[str]
    currency: str
    read: ReadAdvices | RefusedFile
    read_by: str = "rules"
    beyond: bool = False

    @property
    def complete(self) -> bool:
        """Whether the rules read an amount for every document."""
        if isinstance(self.read, RefusedFile):
            return False
        return all(row.paid is not None for one in self.read.advices for row in one.rows)


async def after_reply(session: Session, desk: Desk, reply: HumanReply, reading: Reading) -> None:
    """Have the remittance of a reply read, if it may have any. Never for what is dangerous.

    Readers that disagree leave little of a reading: that it speaks of a payment, the rules alone
    may say.
    """
    if reply.forged or reading.kinds() & _DANGEROUS:
        return
    case = reply.case
    by_rules = read_rules(reply.mail.new_text, case.account, reply.written_on, case.calendar)
    kinds = reading.kinds() | by_rules.kinds()
    asked = bool(kinds & _ASKED) or to_alias(reply.mail, desk)
    if asked or reply.mail.attachments:
        facts = MailFacts(reply.event_id, reply.case.customer_id, reply.trusted, asked)
        await enqueue(session, mail_job(facts))


async def after_arrival(session: Session, event_id: int, found: Finished) -> None:
    """Have a mail looked at that nobody answers to: payers' systems write from such addresses."""
    if found.what in _WORTH_A_LOOK:
        await enqueue(session, mail_job(MailFacts(event_id, None, proven=False, asked=False)))


def mail_job(facts: MailFacts) -> Job:
    """The job that reads a mail's remittance."""
    arguments = {
        "event_id": facts.event_id,
        "customer_id": facts.customer_id,
        "proven": facts.proven,
        "asked": facts.asked,
    }
    return Job(TASK, arguments, lane="remittance", once=f"remittance:{facts.event_id}")


def to_alias(mail: InboundMail, desk: Desk) -> bool:
    """Whether it was sent to our address for remittance: remittance@ or name+remittance@."""
    domain = desk.mailbox.address.rpartition("@")[2].lower()
    return any(
        address.rpartition("@")[2].lower() == domain and _ALIAS.match(address.lower())
        for address in mail.recipients
    )


async def pieces_of(
    db: Database, desk: Desk, facts: MailFacts
) -> tuple[MailFacts, tuple[Piece, ...]]:
    """What of a stored mail may be an advice, read by rules; and whose mail it is, if known.

    Files are opened before the store is asked about what they name.
    """
    async with db.read() as session:
        row = await inbox.source_event(session, facts.event_id)
        raw, arrived_at = (row.body, row.received_at) if row else (b"", None)
    mail = await desk.read_mail(raw, arrived_at, desk.authserv_id) if arrived_at else None
    if mail is None or isinstance(mail, SetAside):
        return facts, ()
    async with db.read() as session:
        facts = await _whose(session, mail, desk, facts)
    files = files_in(raw)
    opened = [(one, await open_advice(one.body, one.filename)) for one in files]
    words = mail.text if mail.forwarded else mail.new_text
    async with db.read() as session:
        found = [await _file(session, one, ready, facts) for one, ready in opened]
        found = [one for one in found if facts.asked or _speaks_of_payment(one)]
        found += _not_looked_at(raw, len(files)) if facts.asked or found else ()
        if facts.asked and words.strip():
            body = words.encode("utf-8", "replace")
            text = Opened(Form.TEXT, body)
            found.append(await _piece(session, "", body, text, facts.customer_id))
    return facts, tuple(found)


def _not_looked_at(raw: bytes, known: int) -> tuple[Piece, ...]:
    """A piece that tells of the files beyond what is read of one mail, if there are any."""
    more = more_files(raw, known)
    if not more:
        return ()
    named = f"{more} more file" + ("s" if more > 1 else "")
    why = RefusedFile(0, f"of one mail {known} were read")
    return (Piece(named, b"", "", frozenset(), "", why, beyond=True),)


async def _whose(session: Session, mail: InboundMail, desk: Desk, facts: MailFacts) -> MailFacts:
    """A mail that no person wrote still comes from a contact we know, or from nobody."""
    facts = replace(facts, asked=facts.asked or to_alias(mail, desk))
    if facts.customer_id is not None:
        return facts
    near = await senders.contacts_near(session, mail.sender)
    theirs = {c.customer_id for c in near if c.email.lower() == mail.sender}
    if len(theirs) != 1:
        return facts
    proven = trust(mail, [mail.sender]) >= Trust.KNOWN_CONTACT
    return replace(facts, customer_id=theirs.pop() if proven else None, proven=proven)


async def _file(
    session: Session, file: MailFile, ready: Opened | RefusedFile, facts: MailFacts
) -> Piece:
    if isinstance(ready, RefusedFile):
        return Piece(file.filename, file.body, "", frozenset(), "", ready)
    return await _piece(session, file.filename, file.body, ready, facts.customer_id)


async def _piece(
    session: Session, filename: str, raw: bytes, opened: Opened, customer_id: int | None
) -> Piece:
    text = opened.text
    known = await known_numbers(session, text, customer_id) if text else frozenset()
    currency = ""
    if known:
        expected = await currency_of(session, sorted(known), customer_id)
        currency = currency_in((a.text for a in amounts_in(text)), expected)
    read = await read_file(session, opened, customer_id)
    return Piece(filename, raw, text, known, currency, read)


def _speaks_of_payment(piece: Piece) -> bool:
    """Whether a file that nobody asked for is an advice by itself, not somebody's statement."""
    if isinstance(piece.read, RefusedFile):
        return False
    names_it = any(a.payment_references or a.paid_on for a in piece.read.advices)
    return names_it or bool(_NAMED.search(piece.filename))


def told_by_model(piece: Piece, rows: tuple[RemittanceRow, ...], read_by: str) -> Piece:
    """The piece with rows that a model pointed at and the text bears out, if they add up."""
    if not rows:
        return piece
    total = stated_total(piece.text, piece.known, piece.currency)
    if total_problem(rows, total):
        return piece
    advice = Advice(
        key=advice_key("model", piece.text.encode("utf-8", "replace")),
        rows=rows,
        currency=piece.currency,
        total=summed(rows, piece.currency) if total is None else total,
        source="model",
    )
    return replace(piece, read=ReadAdvices("model", (advice,)), read_by=read_by)


async def take_pieces(
    session: Session, pieces: Sequence[Piece], facts: MailFacts, now: datetime
) -> TakenAdvices:
    """Keep what was read. What says the same in a file and in the words is one advice."""
    touchpoint_id = await remittances.touchpoint_of_event(session, facts.event_id)
    new: list[int] = []
    known: list[int] = []
    linked: set[int] = set()
    for piece in pieces:
        if isinstance(piece.read, RefusedFile):
            continue
        origin = Origin(
            "mail",
            piece.raw,
            TAKER,
            filename=piece.filename,
            read_by=piece.read_by,
            touchpoint_id=touchpoint_id,
            customer_id=facts.customer_id,
            proven=facts.proven,
        )
        taken = await take_advices(session, piece.read.advices, origin, now)
        new += taken.advice_ids
        known += taken.known_ids
        linked.update(taken.payment_ids)
    beyond = [piece for piece in pieces if piece.beyond]
    if beyond or (facts.asked and pieces and not new and not known):
        await _ask(session, beyond or pieces, facts, now)
    return TakenAdvices(tuple(new), tuple(known), tuple(sorted(linked)))


async def _ask(session: Session, pieces: Sequence[Piece], facts: MailFacts, now: datetime) -> None:
    """Tell people about files that may be advices and could not be read."""
    refused = [(p.filename, p.read) for p in pieces if p.filename]
    problems = [f"{name}: {read.reason}" for name, read in refused if isinstance(read, RefusedFile)]
    if not problems:
        return
    await open_item(
        session,
        WorkItemRow(
            key=f"event:{facts.event_id}:remittance",
            kind="source_event",
            customer_id=facts.customer_id,
            title=f"A remittance advice could not be read: {problems[0]}"[:300],
            detail={"reason": "; ".join(problems)[:500], "source_event_id": facts.event_id},
            opened_at=now,
        ),
    )
