"""Segments, restraints and the customer's own settings: which policy holds for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dunning.cadence import plan
from domain.dunning.calendar import Calendar, zone_named
from domain.dunning.effective import effective
from domain.dunning.ladder import DunningPolicy
from domain.dunning.planned import Hold, HoldReason, PlannedTouch, SendOutcome
from domain.dunning.policy import PolicyError, from_mapping
from domain.dunning.policy_values import Caps, Channel, Phase, SendMode, Tone
from domain.dunning.reading import DocumentKind
from domain.dunning.segments import Beside
from domain.dunning.standing import Direction, Standing, Touch
from domain.ledger.account import Account
from domain.ledger.party import CcMode, Contact, ContactRole
from domain.ledger.zones import PLACES, zone_of_place
from tests.domain.dunning.texts import account, at

STEPS = [{"key": "one"}, {"key": "two", "tone": "firm"}]
NOON = at("2026-03-18 12:00")
SILENT = Standing()
LATE = account("INV-1 100.00 USD due 2026-03-02")


def policy(**more: Any) -> DunningPolicy:
    return from_mapping({"steps": STEPS, "send_mode": "always", **more})


def segmented(when: dict[str, Any], **then: Any) -> DunningPolicy:
    entry = {"name": "here", "when": when, "then": then or {"cadence": 9}}
    return policy(segments=[entry])


def of(held: Account, **changes: Any) -> Account:
    return replace(held, customer=replace(held.customer, **changes))


def touched(held: Account, rules: DunningPolicy, standing: Standing = SILENT) -> PlannedTouch:
    answer = plan(held, standing, effective(rules, held), Calendar(), NOON)
    assert isinstance(answer, PlannedTouch), answer
    return answer


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        ({"balance_at_least": {"USD": "100.00"}}, True),
        ({"balance_at_least": {"USD": "100.01"}}, False),
        ({"balance_at_least": {"EUR": "1.00"}}, False),
        ({"balance_below": {"USD": "100.01"}}, True),
        ({"balance_below": {"USD": "100.00"}}, False),
        ({"balance_below": {"EUR": "900.00"}}, False),
        ({"oldest_days_at_least": 16, "oldest_days_at_most": 16}, True),
        ({"oldest_days_at_least": 17}, False),
        ({"terms_days_at_most": 30}, True),
        ({"terms_days_at_most": 29}, False),
        ({"score_at_least": 700}, True),
        ({"score_at_least": 701}, False),
        ({"tags": ["Gold", "vip"]}, True),
        ({"tags": ["silver"]}, False),
        ({"places": ["US"]}, True),
        ({"places": ["DE", "US-CA"]}, True),
        ({"places": ["US-NY"]}, False),
        ({"subsidiaries": ["3"]}, True),
        ({"subsidiaries": [4]}, False),
        ({"vip": False}, True),
        ({"natural_person": True}, False),
        ({"tags": ["gold"], "places": ["DE"]}, False),
    ],
)
def test_a_segment_fits_when_every_condition_holds(when: dict[str, Any], fits: bool) -> None:
    held = of(LATE, tags=("gold",), country="US", region="CA")
    found = effective(segmented(when), held, Beside(score=700, subsidiary="3"))
    assert (found.segment, found.cadence) == (("here", 9) if fits else ("", 4))


def test_what_is_not_known_fits_no_condition_about_it() -> None:
    assert effective(segmented({"score_at_most": 1000}), LATE).segment == ""
    assert effective(segmented({"oldest_days_at_most": 900}), account()).segment == ""


def test_the_first_segment_that_fits_holds_alone() -> None:
    first = {"name": "first", "when": {"places": ["US"]}, "then": {"tone_cap": "friendly"}}
    second = {"name": "second", "when": {"places": ["US"]}, "then": {"cadence": 9}}
    found = effective(policy(segments=[first, second]), LATE)
    assert (found.segment, found.cadence, found.tone_cap) == ("first", 4, Tone.FRIENDLY)


def test_the_planned_days_follow_the_age_of_the_debt() -> None:
    old = {"name": "old", "when": {"oldest_days_at_least": 61}, "then": {"cadence": 2}}
    rules = policy(segments=[old])
    young, aged = LATE, account("INV-1 100.00 USD due 2026-01-05")
    assert [s.offset for s in effective(rules, young).phase(Phase.OVERDUE)] == [4, 8]
    assert [s.offset for s in effective(rules, aged).phase(Phase.OVERDUE)] == [2, 4]
    said = Standing(touches=(Touch(at("2026-03-16 12:00")),))
    assert plan(aged, said, effective(rules, aged), Calendar(), NOON) != plan(
        aged, said, rules, Calendar(), NOON
    )


def test_a_segment_has_its_own_ladder_thresholds_and_channel() -> None:
    rules = segmented(
        {"places": ["US"]},
        steps=[{"key": "soft", "attachments": ["invoice", "tax_form"], "copies": "enabled"}],
        channel="both",
        floors={"USD": "1.00"},
        review_above={"USD": "99.00"},
        caps={"per_30_days": 1},
    )
    other = Contact(7, "Kim", "kim@corvel.example", ContactRole.OTHER)
    held = of(replace(LATE, contacts=(*LATE.contacts, other)), slack_channel="C1")
    touch = touched(held, rules)
    assert (touch.step, touch.segment, touch.ordinal) == ("soft", "here", 1)
    assert touch.channel is Channel.BOTH
    assert touch.attachments == (DocumentKind.INVOICE_COPY, DocumentKind.TAX_FORM)
    assert (touch.contact_ids, touch.cc_contact_ids) == ((1,), (7,))
    assert touch.outcome is SendOutcome.REVIEW
    assert touched(of(held, slack_channel=""), rules).channel is Channel.EMAIL
    assert effective(rules, held).caps == Caps(3, 2, 1)


@pytest.mark.parametrize("ours", [True, False])
@pytest.mark.parametrize("theirs", list(CcMode))
def test_copies_follow_the_customers_word_and_else_ours(*, ours: bool, theirs: CcMode) -> None:
    other = Contact(7, "Kim", "kim@corvel.example", ContactRole.OTHER)
    held = of(replace(LATE, contacts=(*LATE.contacts, other)), cc_mode=theirs)
    expected = {CcMode.DEFAULT: ours, CcMode.ENABLED: True, CcMode.DISABLED: False}[theirs]
    assert touched(held, policy(copies=ours)).cc_contact_ids == ((7,) if expected else ())


def test_nobody_gets_a_copy_who_asked_for_none_or_had_one_too_lately() -> None:
    rules = policy(copies=True, cadence=1, caps={"contact_business_days": 5})
    kim = Contact(7, "Kim", "kim@corvel.example", ContactRole.OTHER)
    silent = replace(LATE, contacts=(*LATE.contacts, replace(kim, suppressed=True)))
    assert touched(silent, rules).cc_contact_ids == ()
    lately = Touch(at("2026-03-16 12:00"), recipients=("KIM@corvel.example",))
    held = replace(LATE, contacts=(*LATE.contacts, kim))
    assert touched(held, rules, Standing(touches=(lately,))).cc_contact_ids == ()


MODES = list(SendMode)


@pytest.mark.parametrize("replied", [True, False])
@pytest.mark.parametrize("customers", ["", *MODES])
@pytest.mark.parametrize("steps", MODES)
@pytest.mark.parametrize("ours", MODES)
def test_a_message_leaves_by_itself_only_if_every_mode_allows_it(
    ours: SendMode, steps: SendMode, customers: str, *, replied: bool
) -> None:
    rules = policy(steps=[{"key": "one", "send_mode": steps.value}], send_mode=ours.value)
    touches = (Touch(at("2026-03-10 12:00"), Direction.IN, automatic=False),) if replied else ()
    touch = touched(of(LATE, send_mode=customers), rules, Standing(touches=touches))
    modes = {ours, steps, SendMode(customers or "always")}
    waits = SendMode.NEVER in modes or (replied and SendMode.UNTIL_SOMEONE_REPLIES in modes)
    assert touch.outcome is (SendOutcome.REVIEW if waits else SendOutcome.AUTO)
    assert bool(touch.because) is waits


def test_a_draft_step_is_never_sent_by_itself() -> None:
    touch = touched(LATE, policy(steps=[{"key": "one", "draft_only": True}]))
    assert (touch.outcome, touch.because) == (
        SendOutcome.REVIEW, "this step is always sent by a person",
    )  # fmt: skip


def test_the_first_message_is_drafted_sent_or_left_to_a_person() -> None:
    read = policy(first_message={"auto_send": False})
    assert touched(LATE, read).because == "the first message is read before it leaves"
    off = effective(policy(first_message={"auto_draft": False}), LATE)
    answer = plan(LATE, Standing(), off, Calendar(), NOON)
    assert isinstance(answer, Hold)
    assert answer.reason is HoldReason.FIRST_MESSAGE_OFF
    said = Standing(touches=(Touch(at("2026-03-09 12:00"), invoice_ids=(1,)),))
    assert isinstance(plan(LATE, said, off, Calendar(), NOON), PlannedTouch)
    assert touched(LATE, read, said).outcome is SendOutcome.AUTO


@pytest.mark.parametrize(
    ("rules", "held"),
    [
        (policy(), of(LATE, vip=True)),
        (segmented({"tags": ["x"]}, manual_only=True), of(LATE, tags=("X",))),
        (policy(overrides=[{"customer": "901", "manual_only": True}]), LATE),
    ],
)
def test_some_customers_are_written_to_by_people_only(rules: DunningPolicy, held: Account) -> None:
    answer = plan(held, Standing(), effective(rules, held), Calendar(), NOON)
    assert isinstance(answer, Hold)
    assert answer.reason is HoldReason.MANUAL_ONLY


def test_people_as_debtors_are_treated_more_gently_and_in_some_places_more_so() -> None:
    person = of(LATE, natural_person=True, country="US", region="NY")
    found = effective(policy(), person)
    assert (found.send_mode, found.tone_cap) == (SendMode.NEVER, Tone.PROFESSIONAL)
    assert (found.opens, found.closes, found.cadence) == (time(9), time(17), 5)
    strict = effective(policy(), of(person, region="CA"))
    assert (strict.tone_cap, strict.caps, strict.cadence) == (Tone.FRIENDLY, Caps(7, 1, 3), 7)
    treated = segmented({"places": ["US"]}, as_natural_persons=True)
    assert effective(treated, LATE).send_mode is SendMode.NEVER


ORDER = {mode: n for n, mode in enumerate(SendMode)}
TONES = {tone: n for n, tone in enumerate(Tone)}


@given(
    st.sampled_from(MODES),
    st.sampled_from(["", *MODES]),
    st.booleans(),
    st.booleans(),
    st.sampled_from(list(Tone)),
    st.sampled_from(list(Tone)),
    st.integers(1, 20),
)
@settings(max_examples=40, deadline=None)
def test_what_is_said_of_one_customer_only_makes_it_stricter(
    ours: SendMode, theirs: str, vip: bool, person: bool, cap: Tone, own_cap: Tone, cadence: int
) -> None:
    override = {"customer": "901", "tone_cap": own_cap.value}
    rules = policy(
        send_mode=ours.value, tone_cap=cap.value, cadence=cadence, overrides=[override],
        steps=[{"key": "one"}],
    )  # fmt: skip
    held = of(LATE, send_mode=theirs, vip=vip, natural_person=person)
    found = effective(rules, held)
    assert ORDER[found.send_mode] >= ORDER[rules.send_mode]
    assert TONES[found.tone_cap] <= min(TONES[rules.tone_cap], TONES[own_cap])
    assert found.caps.tighter(rules.caps) == found.caps
    assert found.cadence >= rules.cadence
    assert (found.opens >= rules.opens, found.closes <= rules.closes) == (True, True)
    assert found.manual_only is vip
    assert effective(found, held) == found


def test_days_of_the_year_when_nobody_is_written_to_run_over_new_year() -> None:
    calendar = policy(closed_days=["12-24 to 01-01", "05-01"]).calendar()
    assert not calendar.is_business_day(date(2026, 12, 24))
    assert not calendar.is_business_day(date(2027, 1, 1))
    assert not calendar.is_business_day(date(2026, 5, 1))
    assert calendar.is_business_day(date(2026, 12, 23))
    assert calendar.add_business_days(date(2026, 12, 23), 1) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"segments": [{"name": "a", "when": {}, "then": {"cadence": 5}}]},
         ("segments", 0, "when")),
        ({"segments": [{"name": "a", "when": {"vip": True}}]}, ("segments", 0, "then")),
        ({"segments": [{"name": "a", "when": {"colour": 1}, "then": {"cadence": 5}}]},
         ("segments", 0, "when", "colour")),
        ({"segments": [{"name": "a", "when": {"places": ["usa"]}, "then": {"cadence": 5}}]},
         ("segments", 0, "when", "places", 0)),
        ({"segments": [{"name": "a", "when": {"score_at_least": 5, "score_at_most": 4},
                        "then": {"cadence": 5}}]}, ("segments", 0, "when", "score_at_most")),
        ({"segments": [{"name": "a", "when": {"vip": True}, "then": {"send_mode": "loud"}}]},
         ("segments", 0, "then", "send_mode")),
        ({"segments": [{"name": "a", "when": {"vip": True}, "then": {"steps": []}}]},
         ("segments", 0, "then", "steps")),
        ({"segments": [{"name": "a", "when": {"balance_below": {"USD": 0.5}},
                        "then": {"cadence": 5}}]}, ("segments", 0, "when", "balance_below", "USD")),
        ({"segments": [{"name": "a", "when": {"vip": True}, "then": {"cadence": 5}}] * 2},
         ("segments", 1, "name")),
        ({"steps": [{"key": "a", "attachments": ["passport"]}]}, ("steps", 0, "attachments", 0)),
        ({"steps": [{"key": "a", "channel": "fax"}]}, ("steps", 0, "channel")),
        ({"steps": [{"key": "a", "copies": "maybe"}]}, ("steps", 0, "copies")),
        ({"steps": [{"key": "a", "draft_only": "x"}]}, ("steps", 0, "draft_only")),
        ({"first_message": {"auto_draft": False, "auto_send": True}},
         ("first_message", "auto_send")),
        ({"closed_days": ["13-01"]}, ("closed_days", 0)),
        ({"closed_days": ["01-01 to 12-31"]}, ("closed_days",)),
        ({"natural_persons": {"everywhere": {"opens": "18:00", "closes": "19:00"}}},
         ("natural_persons",)),
        ({"natural_persons": {"strict_regions": ["California"]}},
         ("natural_persons", "strict_regions", 0)),
        ({"escalation": {"routes": {"Legal!": "x"}}}, ("escalation", "routes", "Legal!")),
        ({"signature": "two\nlines"}, ("signature",)),
        ({"mask_names": "perhaps"}, ("mask_names",)),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_place_and_fix(change: dict[str, Any], path: object) -> None:
    with pytest.raises(PolicyError) as caught:
        policy(**change)
    assert caught.value.path == path
    assert caught.value.fix.endswith(".")


def test_escalations_go_by_their_route_or_the_usual_one() -> None:
    rules = policy(escalation={"routes": {"legal": "legal"}, "default": "desk"})
    assert rules.escalation.route_of("legal") == "legal"
    assert rules.escalation.route_of("payment_dispute") == "desk"


def test_a_segment_changes_the_limits_of_the_currencies_it_names() -> None:
    rules = policy(
        review_above={"USD": "50.00", "EUR": "90.00"},
        floors={"EUR": "5.00"},
        segments=[
            {
                "name": "here",
                "when": {"places": ["US"]},
                "then": {"review_above": {"USD": "20.00"}, "floors": {"USD": "0.00"}},
            }
        ],
    )
    held = effective(rules, LATE)
    assert sorted(map(str, held.review_above)) == ["20.00 USD", "90.00 EUR"]
    assert sorted(map(str, held.floors)) == ["0.00 USD", "5.00 EUR"]


@pytest.mark.parametrize(
    ("place", "zone", "opens"),
    [
        (("US", "CA"), "America/Los_Angeles", time(8, 30)),
        (("US", "TX"), "America/Chicago", time(9, 30)),
        (("US", ""), "America/New_York", time(14, 30)),
        (("US", "Ontario"), "America/New_York", time(14, 30)),
        (("DE", "BY"), "Europe/Berlin", time(8, 30)),
        (("RU", ""), "Asia/Kamchatka", time(16, 30)),
    ],
)
def test_without_a_zone_on_file_the_hours_are_those_of_the_place(
    place: tuple[str, str], zone: str, opens: time
) -> None:
    """Where clocks differ within the place, the hours that are open on all of them."""
    found = zone_of_place(*place)
    assert found is not None
    assert found.name == zone
    held = of(LATE, country=place[0], timezone=found.name, zone_west=found.west)
    once = effective(policy(), held)
    assert (once.opens, once.closes) == (opens, time(17, 30))
    assert effective(once, held) == once


def test_every_zone_of_a_place_exists() -> None:
    assert zone_of_place("", "") is None
    for name in PLACES:
        found = zone_of_place(*name.partition("-")[::2])
        assert found is not None
        assert zone_named(found.name) is not None
