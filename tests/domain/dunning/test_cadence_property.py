"""Over any calendar, holidays, debts and replies: what the cadence never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dunning.cadence import plan
from domain.dunning.calendar import Calendar, ClosedSpan
from domain.dunning.effective import effective
from domain.dunning.planned import Hold, HoldReason, PlannedTouch, SendOutcome
from domain.dunning.policy import Caps, DunningPolicy, SendMode, Tone, default_policy
from domain.dunning.segments import Band, Changes, Match, Segment
from domain.dunning.standing import (
    Direction,
    Dispute,
    Pause,
    PromiseToPay,
    Standing,
    Touch,
)
from domain.dunning.why_not import next_touches, why_not
from domain.ledger.account import Account
from domain.ledger.invoice import Invoice, InvoiceStatus
from domain.ledger.money import Money
from domain.ledger.party import Contact, ContactRole
from tests.domain.dunning.texts import account

START = date(2026, 3, 2)
DAYS = st.integers(-40, 60).map(lambda n: START + timedelta(days=n))
ZONES = st.sampled_from(["UTC", "America/New_York", "Asia/Tokyo", "Pacific/Auckland"])
INVOICE = st.tuples(DAYS, st.integers(0, 90_000))
EVENT = st.sampled_from(
    ["reply", "auto_reply", "pay", "dispute", "promise", "pause", "manual", "slack", "resume"]
)
SPANS: tuple[tuple[ClosedSpan, ...], ...] = ((), (ClosedSpan((3, 20), (3, 27)),))
OLD = Segment("old", Match(oldest_days=Band(least=20)), Changes(cadence=2, caps=Caps(2, 3, 4)))
LARGE = Segment("large", Match(balance_at_least=(Money(50_000, "USD"),)), Changes(cc_default=False))
POLICIES = st.builds(
    lambda cadence, contact, week, month, mode, closed, segments: replace(
        default_policy(),
        cadence=cadence,
        caps=Caps(contact, week, month),
        send_mode=mode,
        closed_days=closed,
        segments=segments,
        cc_default=True,
    ),
    st.integers(1, 6),
    st.integers(0, 5),
    st.integers(1, 3),
    st.integers(1, 6),
    st.sampled_from(list(SendMode)),
    st.sampled_from(SPANS),
    st.sampled_from([(), (OLD,), (LARGE, OLD)]),
)
DANA = Contact(1, "Dana Whitlock", "dana@corvel.example")
KIM = Contact(7, "Kim Ode", "kim@corvel.example", ContactRole.OTHER)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Account, DunningPolicy, Calendar, dict[int, str]]:
    debts = draw(st.lists(INVOICE, min_size=1, max_size=4))
    invoices = tuple(
        Invoice(n, f"INV-{n}", 1, Money(90_000, "USD"), Money(minor, "USD"), START, due)
        for n, (due, minor) in enumerate(debts, 1)
    )
    held = replace(account(timezone=draw(ZONES), contacts=(DANA, KIM)), invoices=invoices)
    person = draw(st.booleans())
    held = replace(held, customer=replace(held.customer, natural_person=person, region="CA"))
    calendar = Calendar(frozenset(draw(st.lists(DAYS, max_size=15))))
    events = draw(st.dictionaries(st.integers(0, 60), EVENT, max_size=6))
    return held, draw(POLICIES), calendar, events


def _after(
    event: str, held: Account, standing: Standing, now: datetime
) -> tuple[Account, Standing]:
    today = now.date()
    match event:
        case "pay":
            paid = [
                replace(i, open=Money.zero("USD"), status=InvoiceStatus.PAID)
                for i in held.invoices[:1]
            ]
            return replace(held, invoices=(*paid, *held.invoices[1:])), standing
        case "dispute":
            return held, replace(standing, disputes=(Dispute((1,)),))
        case "promise":
            promise = PromiseToPay(today + timedelta(days=6), invoice_ids=(1,))
            return held, replace(standing, promises=(*standing.promises, promise))
        case "pause":
            pause = Pause(until_on=today + timedelta(days=5))
            return held, replace(standing, pauses=(*standing.pauses, pause))
        case "resume":
            begun = {**standing.restarted_at, None: now}
            return held, replace(standing, pauses=(), restarted_at=begun)
    inbound = event in ("reply", "auto_reply")
    touch = Touch(
        now,
        Direction.IN if inbound else Direction.OUT,
        ("dana@corvel.example",),
        automatic=event in ("auto_reply", "slack"),
    )
    return held, replace(standing, touches=(*standing.touches, touch))


def _check(
    touch: PlannedTouch,
    held: Account,
    standing: Standing,
    policy: DunningPolicy,
    calendar: Calendar,
    keys: set[str],
) -> None:
    zone = ZoneInfo(held.customer.timezone)
    today = touch.at.astimezone(zone).date()
    assert calendar.is_open(touch.at, zone)
    assert touch.key() not in keys
    sent = standing.sent()
    if sent:
        last = sent[-1].at.astimezone(zone).date()
        assert calendar.business_days_between(last, today) >= policy.cadence
    automatic = [t for t in sent if t.automatic]
    for contact in (c for c in (DANA, KIM) if c.id in (*touch.contact_ids, *touch.cc_contact_ids)):
        for before in (t for t in automatic if contact.email in t.recipients):
            day = before.at.astimezone(zone).date()
            gone = calendar.business_days_between(day, today)
            assert gone >= policy.caps.contact_business_days
    if held.customer.natural_person:
        assert touch.outcome is SendOutcome.REVIEW
        assert touch.tone is not Tone.FIRM
    for days, most in ((7, policy.caps.per_7_days), (30, policy.caps.per_30_days)):
        recent = [t for t in automatic if t.at > touch.at - timedelta(days=days)]
        assert len(recent) < most
    replies = standing.replies()
    if replies:
        assert replies[-1].at.astimezone(zone).date() < today
    assert not any(p.invoice_id is None and p.holds(today) for p in standing.pauses)
    for invoice in held.invoices:
        if invoice.id in touch.invoice_ids:
            assert invoice.open.minor > 0
            assert invoice.status is InvoiceStatus.OPEN
            assert not any(d.covers(invoice.id) for d in standing.disputes)
            assert not any(
                p.covers(invoice.id) and today <= p.promised_on for p in standing.promises
            )


@given(worlds(), st.lists(st.integers(0, 23), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_history_of_any_customer(
    world: tuple[Account, DunningPolicy, Calendar, dict[int, str]], hours: list[int]
) -> None:
    held, policy, calendar, events = world
    standing, keys = Standing(), set[str]()
    for day in range(70):
        hour = hours[day % len(hours)]
        now = datetime(START.year, START.month, START.day, hour, 5, tzinfo=UTC)
        now += timedelta(days=day)
        if day in events:
            held, standing = _after(events[day], held, standing, now - timedelta(minutes=5))
        seen = replace(held, today=now.astimezone(ZoneInfo(held.customer.timezone)).date())
        rules = effective(policy, seen)
        open_then = rules.calendar(calendar.holidays)
        answer = plan(held, standing, rules, open_then, now)
        assert answer == plan(held, standing, rules, open_then, now)
        if isinstance(answer, Hold):
            assert answer.until is None or answer.until > now
            continue
        _check(answer, held, standing, rules, open_then, keys)
        keys.add(answer.key())
        emails = {1: DANA.email, 7: KIM.email}
        to = tuple(emails[i] for i in (*answer.contact_ids, *answer.cc_contact_ids))
        mail = Touch(
            now, recipients=to, step=answer.step, cycle=answer.cycle,
            invoice_ids=answer.invoice_ids,
        )  # fmt: skip
        standing = replace(standing, touches=(*standing.touches, mail))


@given(worlds(), st.integers(0, 60), st.integers(0, 23))
@settings(max_examples=25, deadline=None)
def test_every_invoice_has_exactly_one_answer_and_paid_ones_end(
    world: tuple[Account, DunningPolicy, Calendar, dict[int, str]], day: int, hour: int
) -> None:
    held, policy, calendar, _ = world
    now = datetime(2026, 3, 2, hour, tzinfo=UTC) + timedelta(days=day)
    answers = why_not(held, Standing(), policy, calendar, now)
    assert set(answers) == {i.id for i in held.invoices}
    for invoice in held.invoices:
        answer = answers[invoice.id].first
        if not invoice.open.minor:
            assert isinstance(answer, Hold)
            assert answer.reason is HoldReason.PAID
        elif isinstance(answer, PlannedTouch):
            assert invoice.id in answer.invoice_ids


@given(worlds(), st.integers(0, 40))
@settings(max_examples=15, deadline=None)
def test_the_next_message_comes_when_it_was_foretold(
    world: tuple[Account, DunningPolicy, Calendar, dict[int, str]], day: int
) -> None:
    """What is shown for an invoice is what an hourly look at the customer later does."""
    held, policy, calendar, _ = world
    zone = ZoneInfo(held.customer.timezone)
    now = datetime(2026, 3, 2, 3, 30, tzinfo=UTC) + timedelta(days=day)
    foretold = next_touches(held, Standing(), policy, calendar, now)
    standing, came = Standing(), dict[int, datetime]()
    for hour in range(24 * 30):
        at = now + timedelta(hours=hour / 2)
        if not calendar.is_open(at, zone):
            continue
        answer = plan(held, standing, policy, calendar, at)
        if isinstance(answer, PlannedTouch):
            for invoice_id in answer.invoice_ids:
                came.setdefault(invoice_id, at)
            mail = Touch(at, recipients=(DANA.email, KIM.email), step=answer.step,
                         cycle=answer.cycle, invoice_ids=answer.invoice_ids)  # fmt: skip
            standing = replace(standing, touches=(*standing.touches, mail))
    for invoice_id, at in came.items():
        assert timedelta(0) <= at - foretold[invoice_id] < timedelta(minutes=31)
