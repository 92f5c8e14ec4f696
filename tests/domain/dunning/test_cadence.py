from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.dunning.cadence import plan
from domain.dunning.calendar import Calendar
from domain.dunning.planned import Hold, HoldReason, PlannedTouch, SendOutcome
from domain.dunning.policy import CustomerOverride, DunningPolicy, SendMode, Tone, default_policy
from domain.dunning.standing import (
    Direction,
    Dispute,
    Pause,
    PauseKind,
    PromiseStatus,
    PromiseToPay,
    Standing,
    Touch,
)
from domain.dunning.why_not import why_not
from domain.ledger.account import Account
from domain.ledger.money import Money
from domain.ledger.party import Contact, ContactRole
from tests.domain.dunning.texts import account, at

POLICY = replace(default_policy(), send_mode=SendMode.ALWAYS)
NOTHING = Standing()
EVERY_DAY: frozenset[date] = frozenset()
NOON = at("2026-03-18 12:00")
LATE = account("INV-1 100.00 USD due 2026-03-02", "INV-2 50.00 USD due 2026-03-04")


def ask(
    held: Account = LATE,
    standing: Standing = NOTHING,
    policy: DunningPolicy = POLICY,
    now: datetime = NOON,
    holidays: frozenset[date] = EVERY_DAY,
) -> PlannedTouch | Hold:
    return plan(held, standing, policy, Calendar(holidays), now)


def sent(touch: PlannedTouch, when: datetime | None = None) -> Touch:
    return Touch(
        when or touch.at, recipients=("dana@corvel.example",), step=touch.step, cycle=touch.cycle,
        invoice_ids=touch.invoice_ids,
    )  # fmt: skip


def planned(answer: PlannedTouch | Hold) -> PlannedTouch:
    assert isinstance(answer, PlannedTouch), answer
    return answer


def held(answer: PlannedTouch | Hold) -> Hold:
    assert isinstance(answer, Hold), answer
    return answer


def test_one_mail_with_every_overdue_invoice_counted_from_the_oldest() -> None:
    touch = planned(ask())
    assert touch.invoice_ids == (1, 2)
    assert (touch.step, touch.cycle) == ("overdue_3", "2026-03-02")
    assert touch.key() == "followup:1:default:overdue_3:2026-03-02"
    assert touch.contact_ids == (1,)
    assert touch.outcome is SendOutcome.AUTO


def test_the_first_mail_of_a_cycle_is_never_firm() -> None:
    old = account("INV-1 100.00 USD due 2025-10-01")
    touch = planned(ask(old))
    assert (touch.step, touch.tone) == ("overdue_4", Tone.PROFESSIONAL)


@pytest.mark.parametrize(
    ("today", "step"),
    [
        ("2026-03-09", None),
        ("2026-03-10", "overdue_1"),
        ("2026-03-13", "overdue_1"),
        ("2026-03-16", "overdue_2"),
    ],
)
def test_steps_come_due_in_business_days_after_the_due_date(today: str, step: str | None) -> None:
    answer = ask(account("INV-1 100.00 USD due 2026-03-04"), now=at(f"{today} 12:00"))
    if step is None:
        assert held(answer).reason is HoldReason.NOT_DUE
        assert held(answer).until == at("2026-03-10 08:30")
    else:
        assert planned(answer).step == step


def test_grace_can_move_the_first_step() -> None:
    patient = replace(POLICY, grace_days=10)
    answer = ask(account("INV-1 100.00 USD due 2026-03-04"), policy=patient)
    assert planned(answer).step == "overdue_2"
    early = ask(account("INV-1 1.00 USD due 2026-03-09"), policy=replace(patient, floors=()))
    assert held(early).until == at("2026-03-20 08:30")


def test_a_run_without_answers_walks_the_ladder_and_ends() -> None:
    invoice = account("INV-1 100.00 USD due 2026-03-02")
    standing, steps = Standing(), []
    for day in range(120):
        now = at("2026-03-03 10:00") + timedelta(days=day)
        answer = ask(invoice, standing, now=now)
        if isinstance(answer, PlannedTouch):
            steps.append((answer.step, answer.cycle, now.date().isoformat()))
            standing = replace(standing, touches=(*standing.touches, sent(answer)))
    assert [s[:2] for s in steps] == [
        ("overdue_1", "2026-03-02"),
        ("overdue_2", "2026-03-02"),
        ("overdue_3", "2026-03-02"),
        ("overdue_4", "2026-03-02"),
        ("overdue_4", "2026-03-02+1"),
        ("overdue_4", "2026-03-02+2"),
        ("overdue_4", "2026-03-02+3"),
    ]
    assert [s[2] for s in steps[:5]] == [
        "2026-03-06", "2026-03-12", "2026-03-18", "2026-03-24", "2026-04-07",
    ]  # fmt: skip
    assert held(answer).reason is HoldReason.EXHAUSTED


def test_after_downtime_only_the_newest_due_step_is_sent() -> None:
    first = planned(ask(now=at("2026-03-09 12:00")))
    assert first.step == "overdue_1"
    standing = Standing(touches=(sent(first),))
    back = at("2026-04-20 12:00")
    touch = planned(ask(standing=standing, now=back))
    assert touch.step == "overdue_4"
    again = ask(standing=Standing(touches=(sent(first), sent(touch))), now=back)
    assert held(again).reason is HoldReason.NOT_DUE


def test_planning_twice_names_the_same_mail() -> None:
    assert planned(ask()).key() == planned(ask(now=NOON + timedelta(hours=2))).key()


def test_early_notes_go_once_per_invoice() -> None:
    coming = account("INV-1 100.00 USD due 2026-03-23", "INV-2 90.00 USD due 2026-04-30")
    touch = planned(ask(coming))
    assert (touch.step, touch.cycle, touch.invoice_ids) == ("heads_up", "2026-03-23", (1,))
    told = Standing(touches=(sent(touch),))
    assert held(ask(coming, told, now=at("2026-03-20 12:00"))).reason is HoldReason.NOT_DUE
    due = ask(coming, told, now=at("2026-03-23 12:00"))
    assert held(due).reason is HoldReason.GAP


def test_the_due_date_note_goes_on_the_next_business_day() -> None:
    saturday = account("INV-1 100.00 USD due 2026-03-21")
    assert held(ask(saturday, now=at("2026-03-22 12:00")))
    touch = planned(ask(saturday, now=at("2026-03-23 12:00")))
    assert touch.step == "due_today"
    assert held(ask(saturday, now=at("2026-03-24 12:00"))).reason is HoldReason.NOT_DUE


def test_a_policy_of_early_notes_never_chases() -> None:
    only_due = replace(POLICY, steps=tuple(s for s in POLICY.steps if s.key == "due_today"))
    assert held(ask(policy=only_due)).reason is HoldReason.NOT_DUE
    today = account("INV-1 100.00 USD due 2026-03-18")
    assert planned(ask(today, policy=only_due)).step == "due_today"


def test_nothing_is_due_long_before() -> None:
    answer = held(ask(account("INV-1 100.00 USD due 2026-06-18")))
    assert (answer.reason, answer.until) == (HoldReason.NOT_DUE, at("2026-06-11 08:30"))


HOLDS: list[tuple[Standing, HoldReason]] = [
    (Standing(disputes=(Dispute(),)), HoldReason.DISPUTED),
    (Standing(disputes=(Dispute((1, 2), "pricing"),)), HoldReason.DISPUTED),
    (Standing(promises=(PromiseToPay(date(2026, 3, 16)),)), HoldReason.PROMISED),
    (Standing(pauses=(Pause(),)), HoldReason.PAUSED),
    (Standing(pauses=(Pause(until_on=date(2026, 3, 18)),)), HoldReason.PAUSED),
    (Standing(pauses=(Pause(PauseKind.PAYMENT_SEARCH),)), HoldReason.PAUSED),
    (Standing(pauses=(Pause(PauseKind.LEGAL, 1),)), HoldReason.LEGAL),
    (Standing(pauses=(Pause(PauseKind.INSOLVENCY),)), HoldReason.INSOLVENCY),
    (Standing(pauses=(Pause(PauseKind.CREDIT_HOLD),)), HoldReason.CREDIT_HOLD),
    (Standing(pauses=(Pause(PauseKind.RESOLVED),)), HoldReason.RESOLVED),
    (Standing(unanswered_reply=True), HoldReason.REPLIED),
    (Standing(awaiting_decision=True), HoldReason.AWAITING_DECISION),
    (
        Standing(touches=(Touch(at("2026-03-18 09:00"), Direction.IN, automatic=False),)),
        HoldReason.REPLIED,
    ),
    (Standing(touches=(Touch(at("2026-03-17 09:00"), automatic=False),)), HoldReason.GAP),
]


@pytest.mark.parametrize(("standing", "reason"), HOLDS)
def test_named_holds(standing: Standing, reason: HoldReason) -> None:
    assert held(ask(standing=standing)).reason is reason


ENDED: list[Standing] = [
    Standing(disputes=(Dispute(open=False),)),
    Standing(promises=(PromiseToPay(date(2026, 3, 15)),)),
    Standing(promises=(PromiseToPay(date(2026, 3, 13), status=PromiseStatus.BROKEN),)),
    Standing(pauses=(Pause(until_on=date(2026, 3, 17)),)),
    Standing(touches=(Touch(at("2026-03-18 09:00"), Direction.IN, automatic=True),)),
    Standing(
        touches=(Touch(at("2026-03-17 09:00"), Direction.IN, automatic=False),),
        conversation_since=at("2026-03-18 00:00"),
    ),
]


@pytest.mark.parametrize("standing", ENDED)
def test_ended_holds_do_not_hold(standing: Standing) -> None:
    assert planned(ask(standing=standing)).invoice_ids == (1, 2)


@pytest.mark.parametrize(
    "standing",
    [
        Standing(disputes=(Dispute((1,)),)),
        Standing(promises=(PromiseToPay(date(2026, 3, 18), invoice_ids=(1,)),)),
        Standing(pauses=(Pause(invoice_id=1, until_on=date(2026, 4, 1)),)),
    ],
)
def test_a_hold_of_one_invoice_leaves_the_others(standing: Standing) -> None:
    touch = planned(ask(standing=standing))
    assert (touch.invoice_ids, touch.cycle) == ((2,), "2026-03-04")
    answers = why_not(LATE, standing, POLICY, Calendar(), NOON)
    assert isinstance(answers[1].first, Hold)
    assert answers[2].first == touch


@pytest.mark.parametrize(
    ("invoice", "reason"),
    [
        ("INV-1 100.00/0.00 USD due 2026-03-02 is paid", HoldReason.PAID),
        ("INV-1 100.00/0.00 USD due 2026-03-02", HoldReason.PAID),
        ("INV-1 100.00 USD due 2026-03-02 is voided", HoldReason.NOT_COLLECTABLE),
        ("INV-1 100.00 USD due 2026-03-02 is pending_approval", HoldReason.NOT_COLLECTABLE),
        ("INV-1 24.99 USD due 2026-03-02", HoldReason.SMALL_BALANCE),
    ],
)
def test_claims_that_are_not_chased(invoice: str, reason: HoldReason) -> None:
    assert held(ask(account(invoice))).reason is reason


def test_an_account_without_invoices_is_paid() -> None:
    assert held(ask(account())).reason is HoldReason.PAID


def test_a_customer_may_be_switched_off_or_unreachable() -> None:
    off = account("INV-1 100.00 USD due 2026-03-02", auto_followup=False)
    assert held(ask(off)).reason is HoldReason.AUTO_FOLLOWUP_OFF
    nobody = account("INV-1 100.00 USD due 2026-03-02", contacts=())
    assert held(ask(nobody)).reason is HoldReason.NO_RECIPIENT
    gone = (Contact(1, "D", "d@x.example", ContactRole.BILLING, suppressed=True),)
    stopped = account("INV-1 100.00 USD due 2026-03-02", contacts=gone)
    assert held(ask(stopped)).reason is HoldReason.SUPPRESSED
    lost = account("INV-1 100.00 USD due 2026-03-02", timezone="Moon/Base")
    assert held(ask(lost)).reason is HoldReason.UNKNOWN_TIMEZONE
    assert why_not(lost, Standing(), POLICY, Calendar(), NOON)[1].reasons == (ask(lost),)


def test_hours_and_holidays_are_the_customers_own() -> None:
    tokyo = account("INV-1 100.00 USD due 2026-03-02", timezone="Asia/Tokyo")
    answer = held(ask(tokyo))
    assert (answer.reason, answer.until) == (HoldReason.OUTSIDE_WINDOW, at("2026-03-18 23:30"))
    holiday = held(ask(holidays=frozenset({date(2026, 3, 18)})))
    assert holiday.until == at("2026-03-19 08:30")


def test_caps_on_automatic_mail() -> None:
    quick = replace(POLICY, cadence=1)
    two = tuple(Touch(at(f"2026-03-{d} 12:00"), recipients=("x@y.example",)) for d in (12, 16))
    answer = held(ask(standing=Standing(touches=two), policy=quick))
    assert (answer.reason, answer.until) == (HoldReason.CAP_REACHED, at("2026-03-19 12:00"))
    many = tuple(Touch(at(f"2026-02-{d} 12:00")) for d in (19, 20, 23, 24, 25, 26))
    answer = held(ask(standing=Standing(touches=many), policy=quick))
    assert (answer.reason, answer.until) == (HoldReason.CAP_REACHED, at("2026-03-23 08:30"))
    same = (Touch(at("2026-03-16 12:00"), recipients=("DANA@corvel.example",)),)
    answer = held(ask(standing=Standing(touches=same), policy=quick))
    assert (answer.reason, answer.until) == (HoldReason.CAP_REACHED, at("2026-03-19 08:30"))


def test_caps_count_only_automatic_mail() -> None:
    quick = replace(POLICY, cadence=1)
    own = tuple(
        Touch(at(f"2026-03-{d} 12:00"), recipients=("dana@corvel.example",), automatic=False)
        for d in (12, 16, 17)
    )
    assert planned(ask(standing=Standing(touches=own), policy=quick))


REPLIED = Standing(touches=(Touch(at("2026-03-10 09:00"), Direction.IN, automatic=False),))


@pytest.mark.parametrize(
    ("mode", "standing", "outcome"),
    [
        (SendMode.ALWAYS, Standing(), SendOutcome.AUTO),
        (SendMode.ALWAYS, REPLIED, SendOutcome.AUTO),
        (SendMode.UNTIL_SOMEONE_REPLIES, Standing(), SendOutcome.AUTO),
        (SendMode.UNTIL_SOMEONE_REPLIES, REPLIED, SendOutcome.REVIEW),
        (SendMode.NEVER, Standing(), SendOutcome.REVIEW),
        (SendMode.NEVER, REPLIED, SendOutcome.REVIEW),
    ],
)
def test_send_modes(mode: SendMode, standing: Standing, outcome: SendOutcome) -> None:
    touch = planned(ask(standing=standing, policy=replace(POLICY, send_mode=mode)))
    assert touch.outcome is outcome
    assert bool(touch.because) is (outcome is SendOutcome.REVIEW)


def test_a_large_total_goes_to_a_person() -> None:
    careful = replace(POLICY, review_above=(Money(14999, "USD"),))
    assert planned(ask(policy=careful)).outcome is SendOutcome.REVIEW


def test_an_override_makes_one_customer_stricter_and_milder() -> None:
    override = CustomerOverride("901", SendMode.NEVER, Tone.FRIENDLY)
    touch = planned(ask(policy=replace(POLICY, overrides=(override,))))
    assert (touch.outcome, touch.tone) == (SendOutcome.REVIEW, Tone.FRIENDLY)


def test_why_not_answers_for_invoices_that_are_not_asked_for_yet() -> None:
    mixed = account("INV-1 100.00 USD due 2026-03-02", "INV-2 50.00 USD due 2026-09-04")
    answers = why_not(mixed, Standing(), POLICY, Calendar(), NOON)
    later = answers[2].first
    assert isinstance(later, Hold)
    assert later.reason is HoldReason.NOT_DUE
    assert isinstance(answers[1].touch, PlannedTouch)
