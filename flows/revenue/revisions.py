"""A line as it reads now beside the line as it is known: what follows. Values only.

What was never posted is simply read again. Of what was posted, a changed amount or service time
asks for a treatment; other accounts, customers or currencies take the old record back and begin a
new one; nothing else moves posted revenue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.revenue.events import Billed, Fact, Obligation, Voided
from domain.revenue.reading import Read
from security.chain import digest


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line as it reads now. `facts` is the digest of what the ERP says of it."""

    key: str
    billed: Billed
    read: Read
    facts: str
    about: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Noted:
    """The last revision of a record that is known."""

    event: Fact
    facts: str
    about: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a line: its records by id, and which of them are posted.

    `accepted` is the line as the change left it that somebody decided on last.
    """

    records: Mapping[str, Noted] = field(default_factory=dict)
    posted: frozenset[str] = frozenset()
    accepted: Noted | None = None

    @property
    def billed(self) -> Sequence[Noted]:
        return [one for one in self.records.values() if isinstance(one.event, Billed)]

    @property
    def live(self) -> Noted | None:
        """The record that stands: billed and not taken back."""
        return next((one for one in self.billed if not self.voided(one.event.record_id)), None)

    def standing(self, live: Noted) -> Noted:
        """The live record as it was billed, or as the last decided change of it left it."""
        last = self.accepted
        return last if last and last.event.record_id == live.event.record_id else live

    def voided(self, record_id: str) -> bool:
        void = self.records.get(f"void:{record_id}")
        return void is not None and isinstance(void.event, Voided) and void.event.of == record_id

    def revision(self, record_id: str) -> int:
        """The next revision of a record."""
        known = self.records.get(record_id)
        return known.event.revision + 1 if known else 1


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A fact to append, with the digest it was read from and what is told about it."""

    event: Fact
    facts: str
    about: Mapping[str, object]
    because: str


@dataclass(frozen=True, slots=True)
class ChangeFound:
    """A posted line has another amount or service time: somebody has to choose a treatment."""

    key: str
    before: Billed
    after: Billed
    facts: str
    about: Mapping[str, object]


def compared(wanted: Wanted | None, known: Known) -> Sequence[NewEvent] | ChangeFound:
    """What a line as it reads now adds to what is known of it; nothing, most of the time."""
    live = known.live
    if wanted is None:
        return [voided(known, live, "it is no longer in the ERP")] if live else []
    if live is None:
        return _billed_again(wanted, known)
    if not isinstance(live.event, Billed):
        raise TypeError("a live record is a billed one")
    held = bool(live.about.get("hold"))
    stands = known.standing(live)
    if wanted.facts == stands.facts and not (held and _reads_other(wanted, live)):
        return []
    after = wanted.billed if held else _kept(wanted, live.event, live)
    if live.event.record_id not in known.posted:
        return [_revised(wanted, after, live.event.record_id, known)]
    if _identity(after.obligation) != _identity(live.event.obligation):
        taken = voided(known, live, "its accounts, customer or currency changed")
        return [taken, _begun(wanted, after, known)]
    if known.accepted or (_moves(after.obligation, live.event.obligation) and not held):
        return _change(wanted, after, stands)
    return [_revised(wanted, after, live.event.record_id, known)]


def _change(wanted: Wanted, after: Billed, stands: Noted) -> ChangeFound:
    if not isinstance(stands.event, Billed):
        raise TypeError("what stands was billed")
    after = replace(after, record_id=stands.event.record_id)
    return ChangeFound(wanted.key, stands.event, after, wanted.facts, wanted.about)


def voided(known: Known, of: Noted, because: str) -> NewEvent:
    """The record is taken back as of its own day; closed periods give theirs to the next one."""
    record = f"void:{of.event.record_id}"
    event = Voided(record, known.revision(record), of.event.record_id, of.event.on)
    return NewEvent(event, digest({"void": of.event.record_id, "of": of.facts}), {}, because)


def _billed_again(wanted: Wanted, known: Known) -> Sequence[NewEvent]:
    """First billing, or a line that was taken back and is there again."""
    before = known.billed
    if not before:
        return [NewEvent(wanted.billed, wanted.facts, wanted.about, _told("billed", wanted))]
    last = before[-1]
    if last.facts != wanted.facts:
        return [_begun(wanted, wanted.billed, known)]
    record = f"void:{last.event.record_id}"
    event = Voided(record, known.revision(record), "", last.event.on)
    return [NewEvent(event, digest({"void": "", "of": last.facts}), {}, "it is there again")]


def _begun(wanted: Wanted, billed: Billed, known: Known) -> NewEvent:
    """A new record of the line beside the ones taken back."""
    record = f"{wanted.key}/{len(known.billed) + 1}"
    event = replace(billed, record_id=record, revision=1)
    return NewEvent(event, wanted.facts, wanted.about, _told("billed anew", wanted))


def _revised(wanted: Wanted, billed: Billed, record_id: str, known: Known) -> NewEvent:
    event = replace(billed, record_id=record_id, revision=known.revision(record_id))
    return NewEvent(event, wanted.facts, wanted.about, _told("read again", wanted))


def _told(what: str, wanted: Wanted) -> str:
    allocated = wanted.about.get("allocation")
    return f"{what}; {allocated}" if allocated else what


def _reads_other(wanted: Wanted, live: Noted) -> bool:
    return isinstance(live.event, Billed) and wanted.billed.obligation != live.event.obligation


def _kept(wanted: Wanted, live: Billed, noted: Noted) -> Billed:
    """A line of the same item keeps accounts, type and method: settings do not reach back."""
    if noted.about.get("item_netsuite_id") != wanted.about.get("item_netsuite_id"):
        return wanted.billed
    new, old = wanted.billed.obligation, live.obligation
    terms = new.terms
    if terms.method is not old.terms.method:
        terms = replace(old.terms, starts_on=new.terms.starts_on, ends_on=new.terms.ends_on)
    kept = replace(
        new,
        revenue_type=old.revenue_type,
        revenue_account=old.revenue_account,
        deferred_account=old.deferred_account,
        contra_account=old.contra_account,
        terms=terms,
    )
    return replace(wanted.billed, obligation=kept)


def _identity(one: Obligation) -> tuple[str, ...]:
    return (
        one.customer, one.subsidiary, one.revenue_type, one.revenue_account, one.deferred_account,
        one.contra_account, one.amount.currency, one.base,
    )  # fmt: skip


def _moves(new: Obligation, old: Obligation) -> bool:
    return (new.amount, new.terms) != (old.amount, old.terms)
