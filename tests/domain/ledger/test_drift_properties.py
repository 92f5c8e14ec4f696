"""Drift over any document: nothing when equal, one finding a changed field, causes only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.drift import Around, DocumentState, DriftKind, compare
from domain.ledger.drift_record import payload, put_back, state_of
from domain.ledger.money import Money

KINDS = ("invoice", "payment", "credit_memo", "deposit", "refund", "journal")
ids = st.integers(1, 99_999).map(str)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
amounts = st.integers(1, 10**9)
rates = st.sampled_from(("1", "1.0835", "0.0064", "149.2"))
PLAIN = {
    "customer_netsuite_id": DriftKind.CUSTOMER_CHANGED,
    "exchange_rate": DriftKind.CURRENCY_OR_RATE_CHANGED,
    "period_netsuite_id": DriftKind.PERIOD_MOVED,
    "due_on": DriftKind.DUE_DATE_CHANGED,
}


@st.composite
def documents(draw: st.DrawFn) -> DocumentState:
    """A document that is consistent with itself."""
    kind, currency = draw(st.sampled_from(KINDS)), draw(st.sampled_from(("USD", "EUR", "JPY")))
    total = draw(amounts)
    applied = draw(st.integers(0, total))
    on = draw(days)
    invoice = kind == "invoice"
    split = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4)) if applied else []
    parts = Money(applied, currency).split(split) if split else ()
    done = "paid" if invoice else "applied"
    return DocumentState(
        kind=kind,
        netsuite_id=draw(ids),
        number=f"N-{draw(ids)}",
        customer_netsuite_id=draw(ids),
        total=Money(total, currency),
        open=Money(total - applied, currency),
        status="open" if applied < total else done,
        on=on,
        due_on=on + timedelta(days=draw(st.integers(0, 90))) if invoice else None,
        exchange_rate=draw(rates),
        period_netsuite_id=draw(ids),
        external_id=draw(st.sampled_from(("", "dw-pay-abc"))),
        applications=() if invoice else tuple((f"8{i}", part) for i, part in enumerate(parts)),
        modified_at=draw(st.sampled_from((None, datetime(2026, 3, 1, tzinfo=UTC)))),
    )


@given(documents(), st.booleans())
def test_equal_documents_have_not_drifted(state: DocumentState, ours: bool) -> None:
    assert compare(state, state, Around(posted_by_us=ours)) == ()


@given(documents(), st.sampled_from(sorted(PLAIN)), st.data())
def test_one_changed_field_is_exactly_one_finding_of_its_kind(
    state: DocumentState, name: str, data: st.DataObject
) -> None:
    source = {"exchange_rate": rates, "due_on": days}.get(name, ids)
    value: Any = data.draw(source.filter(lambda new: new != getattr(state, name)))
    if name == "due_on" and state.due_on is None:
        state = replace(state, due_on=state.on - timedelta(days=9999))
    found = compare(state, replace(state, **{name: value}))
    assert [(one.kind, one.fields) for one in found] == [(PLAIN[name], (name,))]


@given(documents(), amounts)
def test_another_total_is_exactly_one_finding(state: DocumentState, minor: int) -> None:
    after = replace(state, total=Money(minor, state.total.currency))
    expected = [] if after == state else [DriftKind.AMOUNT_CHANGED]
    assert [one.kind for one in compare(state, after)] == expected


@given(documents(), st.data())
def test_one_changed_application_is_exactly_one_finding(
    state: DocumentState, data: st.DataObject
) -> None:
    if not state.applications:
        return
    place = data.draw(st.integers(0, len(state.applications) - 1))
    left = (*state.applications[:place], *state.applications[place + 1 :])
    after = replace(state, applications=left)
    assert [one.kind for one in compare(state, after)] == [DriftKind.APPLICATION_MISMATCH]
    told = Around(explained=frozenset({state.applications[place][0]}))
    assert compare(state, after, told) == ()


@given(documents(), documents())
def test_a_void_or_a_deletion_is_the_only_finding(
    before: DocumentState, after: DocumentState
) -> None:
    void = replace(after, status="voided")
    assert [one.kind for one in compare(before, void)] == [DriftKind.VOIDED]
    assert [one.kind for one in compare(before, None)] == [DriftKind.DELETED]


@given(documents(), documents(), st.booleans())
def test_a_kind_is_found_once_and_only_with_fields_that_differ(
    before: DocumentState, after: DocumentState, ours: bool
) -> None:
    found = compare(before, after, Around(posted_by_us=ours))
    assert len({one.kind for one in found}) == len(found)
    for one in found:
        assert one.ours is not None
        assert one.theirs is not None
        assert all(getattr(one.ours, f) != getattr(one.theirs, f) for f in one.fields)


@given(documents(), documents())
def test_the_fields_of_the_findings_put_back_leave_no_such_finding(
    before: DocumentState, after: DocumentState
) -> None:
    found = compare(before, after)
    mended = after
    for one in found:
        mended = put_back(mended, before, one.fields)
    assert {one.kind for one in compare(before, mended)}.isdisjoint(one.kind for one in found)


@given(documents())
def test_a_state_survives_being_kept(state: DocumentState) -> None:
    assert state_of(payload(state)) == state
