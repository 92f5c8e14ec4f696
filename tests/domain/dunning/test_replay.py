"""What-if: two policies over one history, judged by what really happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dunning.cadence import plan
from domain.dunning.harm import HarmKind, harms
from domain.dunning.ladder import DunningPolicy
from domain.dunning.past import Claim, History, PastCustomer, Reduction, Spell
from domain.dunning.planned import PlannedTouch, SendOutcome
from domain.dunning.policy import Caps, SendMode, Tone, default_policy
from domain.dunning.replay import Replay, replay, touches_under
from domain.dunning.standing import Direction, Dispute, Pause, PromiseStatus, PromiseToPay, Touch
from domain.ledger.party import Contact
from tests.domain.dunning.texts import account, at, inv

OLD = replace(default_policy(), send_mode=SendMode.ALWAYS, closed_days=())
DANA = Contact(1, "Dana Whitlock", "dana@corvel.example")
ACME = PastCustomer(account().customer, (DANA,))
SINCE, UNTIL = date(2026, 1, 1), date(2026, 6, 30)
UTC_ZONE = ZoneInfo("UTC")


def claim(text: str, *paid: str, known: str = "") -> Claim:
    """ "INV-1 100.00 USD due 2026-03-01", paid as "60.00 2026-03-20"."""
    invoice = inv(text)
    reductions = tuple(
        Reduction(
            round(float(p.split()[0]) * 100),
            date.fromisoformat(p.split()[1]),
            date.fromisoformat(known or p.split()[1]),
        )
        for p in paid
    )
    return Claim(invoice, reductions)


def past(*claims: Claim) -> PastCustomer:
    return replace(ACME, claims=claims)


def compared(customer: PastCustomer, new: DunningPolicy, old: DunningPolicy = OLD) -> Replay:
    return replay(History(SINCE, UNTIL, (customer,)), old, new)


LATE = claim("INV-1 100.00 USD due 2026-03-02", "100.00 2026-04-01")


def test_the_same_policy_changes_nothing() -> None:
    found = compared(past(LATE), OLD)
    assert found.differences == ()
    assert found.old == found.new
    assert (found.old.messages, found.old.customers) == (6, 1)


def test_a_wider_cadence_is_shown_day_by_day() -> None:
    found = compared(past(LATE), replace(OLD, cadence=8, steps=OLD.steps[2:4]))
    assert found.new.messages < found.old.messages
    removed = [d for d in found.differences if d.new is None and d.old is not None]
    assert [d.old.step for d in removed if d.old][:2] == ["heads_up", "due_today"]


def test_approvals_differ_where_the_send_mode_does() -> None:
    reply = Touch(at("2026-03-09 12:00"), Direction.IN, automatic=False)
    careful = replace(OLD, send_mode=SendMode.UNTIL_SOMEONE_REPLIES)
    found = compared(replace(past(LATE), touches=(reply,)), careful)
    assert (found.old.reviewed, found.new.reviewed) == (0, 3)
    assert all(d.old and d.new and d.new.outcome is SendOutcome.REVIEW for d in found.differences)
    assert compared(past(LATE), replace(OLD, tone_cap=Tone.FRIENDLY)).differences
    one = History(SINCE, UNTIL, (past(LATE),))
    later = replay(one, OLD, OLD, lambda _touch, before: before >= 2)
    assert (later.new.reviewed, later.new.automatic) == (2, 4)


def test_the_past_is_what_was_known_then() -> None:
    half = claim("INV-1 100.00 USD due 2026-03-02", "60.00 2026-03-05", known="2026-03-09")
    for day, left in (("2026-03-06", 10000), ("2026-03-10", 4000)):
        (invoice,) = past(half).account(at(f"{day} 12:00"), UTC_ZONE).invoices
        assert invoice.open.minor == left
    assert past(half).account(at("2026-01-01 12:00"), UTC_ZONE).invoices == ()
    voided = replace(half, void_on=date(2026, 3, 8))
    assert past(voided).account(at("2026-03-08 12:00"), UTC_ZONE).invoices == ()


def test_whoever_had_paid_or_was_about_to_is_named() -> None:
    eager = replace(OLD, grace_days=0, steps=(replace(OLD.steps[2], offset=1),))
    booked_late = claim("INV-1 100.00 USD due 2026-03-02", "100.00 2026-03-02", known="2026-03-05")
    found = compared(past(booked_late), eager, replace(OLD, steps=OLD.steps[2:]))
    assert [h.kind for h in found.violations] == [HarmKind.PAID]
    crossed = compared(past(claim("INV-1 100.00 USD due 2026-03-02", "100.00 2026-03-05")), eager)
    assert [h.kind for h in crossed.violations] == [HarmKind.CROSSED]
    assert crossed.new.count(HarmKind.CROSSED) == 1
    later = compared(past(booked_late), replace(eager, opens=time(9)), eager)
    assert (later.new.count(HarmKind.PAID), later.violations) == (1, ())


def test_too_many_messages_are_named_whatever_the_policy_allows() -> None:
    hasty = replace(
        OLD, cadence=1, grace_days=0, caps=Caps(0, 7, 30), repeat_every=1, max_repeats=50,
    )  # fmt: skip
    found = compared(past(LATE), hasty)
    assert {h.kind for h in found.violations} == {HarmKind.TOO_OFTEN, HarmKind.CROSSED}
    assert found.old.harms == ()


def test_every_harm_is_recognized_on_a_message_that_ignores_it() -> None:
    (touch, *_) = touches_under(past(LATE), UTC_ZONE, OLD, date(2026, 3, 5), UNTIL)
    day, whole = touch.at.date(), Spell(at("2026-01-01 00:00"))
    customer = replace(ACME.customer, vip=True, natural_person=True)
    worst = replace(
        past(LATE),
        customer=customer,
        silenced=((1, at("2026-02-01 00:00")),),
        disputes=((Dispute((1,)), whole),),
        promises=((PromiseToPay(day + timedelta(days=2)), whole),),
        pauses=((Pause(), whole), (Pause(until_on=day - timedelta(days=1)), whole)),
        holidays=frozenset({day}),
    )
    found = [h.kind for h in harms(worst, touch, (), UTC_ZONE)]
    assert found == [
        HarmKind.DISPUTED, HarmKind.PROMISED, HarmKind.STOPPED, HarmKind.SUPPRESSED,
        HarmKind.BY_HAND, HarmKind.PERSON, HarmKind.CLOSED,
    ]  # fmt: skip


SPELLS = st.tuples(st.integers(0, 90), st.integers(1, 30)).map(
    lambda s: Spell(at("2026-01-01 08:00") + timedelta(days=s[0]),
                    at("2026-01-01 08:00") + timedelta(days=s[0] + s[1]))
)  # fmt: skip
DAYS = st.integers(-10, 90).map(lambda n: date(2026, 1, 10) + timedelta(days=n))
POLICIES = st.builds(
    lambda cadence, grace, week, month, mode: replace(
        OLD, cadence=cadence, grace_days=grace, caps=Caps(0, week, month), send_mode=mode
    ),
    st.integers(1, 8),
    st.integers(0, 10),
    st.integers(1, 7),
    st.integers(1, 30),
    st.sampled_from(list(SendMode)),
)


@given(
    POLICIES,
    st.lists(st.tuples(DAYS, st.none() | st.integers(0, 40)), min_size=1, max_size=3),
    st.lists(SPELLS, max_size=2),
    st.lists(SPELLS, max_size=2),
    st.lists(st.tuples(DAYS, SPELLS), max_size=2),
    st.sampled_from(["UTC", "Asia/Tokyo", "America/Los_Angeles"]),
)
@settings(max_examples=30, deadline=None)
def test_no_policy_chases_the_paid_the_disputed_the_stopped_or_the_promised(
    policy: DunningPolicy,
    debts: list[tuple[date, int | None]],
    disputed: list[Spell],
    paused: list[Spell],
    promised: list[tuple[date, Spell]],
    zone: str,
) -> None:
    """Over any policy and history, seen by a judge who does not know the cadence."""
    claims = tuple(
        claim(
            f"INV-{n} 900.00 USD due {due}",
            *([f"900.00 {due + timedelta(days=paid)}"] if paid is not None else []),
        )
        for n, (due, paid) in enumerate(debts, 1)
    )
    customer = replace(
        past(*claims),
        customer=replace(ACME.customer, timezone=zone),
        disputes=tuple((Dispute((1,)), spell) for spell in disputed),
        pauses=tuple((Pause(), spell) for spell in paused),
        promises=tuple(
            (PromiseToPay(on, status=PromiseStatus.BROKEN), spell) for on, spell in promised
        ),
    )
    found = compared(customer, policy)
    never = {
        HarmKind.PAID, HarmKind.DISPUTED, HarmKind.STOPPED, HarmKind.PROMISED, HarmKind.SUPPRESSED,
    }  # fmt: skip
    assert not {h.kind for h in found.new.harms} & never
    assert found.new.automatic + found.new.reviewed == found.new.messages
    if (
        policy.caps.tighter(Caps()) == policy.caps
        and policy.cadence >= Caps().contact_business_days
    ):
        assert not found.new.count(HarmKind.TOO_OFTEN)


@given(POLICIES, st.lists(st.tuples(DAYS, st.none() | st.integers(0, 40)), min_size=1, max_size=4))
@settings(max_examples=20, deadline=None)
def test_days_that_are_passed_over_would_have_been_silent(
    policy: DunningPolicy, debts: list[tuple[date, int | None]]
) -> None:
    """The same messages as when every business day is looked at."""
    customer = past(
        *(
            claim(
                f"INV-{n} 90.00 USD due {due}",
                *([f"90.00 {due + timedelta(days=paid)}"] if paid is not None else []),
            )
            for n, (due, paid) in enumerate(debts, 1)
        )
    )
    since, until = date(2026, 1, 1), date(2026, 5, 1)
    calendar = policy.calendar()
    found = list(touches_under(customer, UTC_ZONE, policy, since, until))
    daily: list[PlannedTouch] = []
    for n in range((until - since).days + 1):
        now = calendar.opening(since + timedelta(days=n), UTC_ZONE)
        said = tuple(
            Touch(
                t.at,
                recipients=(DANA.email,),
                step=t.step,
                cycle=t.cycle,
                invoice_ids=t.invoice_ids,
            )
            for t in daily
        )
        answer = plan(
            customer.account(now, UTC_ZONE), customer.standing(now, UTC_ZONE, said), policy,
            calendar, now,
        )  # fmt: skip
        if isinstance(answer, PlannedTouch):
            daily.append(answer)
    assert found == daily
