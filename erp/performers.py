"""The hands that post to the ERP. One receipt becomes at most one customer payment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import assert_never

from effects.kinds import AppliedAmount, Effect, PostCustomerPayment
from effects.outcomes import (
    Absent,
    CannotLook,
    Changed,
    Done,
    LookAgain,
    NotNow,
    Refused,
    RetryLater,
    Unchanged,
    Unknown,
)
from erp.identity import PAYMENT_PREFIX
from erp.port import (
    Erp,
    ErpInvoice,
    ErpRefused,
    ErpSettlement,
    ErpUnavailable,
    NotSent,
    PaymentToPost,
    Posted,
    Rejected,
    Unclear,
)
from store import posted
from store.engine import Session

# NetSuite may still be at work when the client has given up: some connectors wait 6 minutes.
LOOKS = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=6),
    timedelta(minutes=15),
)
_DUPLICATE = "duplicate_external_id"
_DOWN = timedelta(minutes=2)


class PostCustomerPaymentPerformer:
    """Posts, looks for and records customer payments.

    `looks` are the times after an attempt at which an unclear one is looked for; only after the
    last of them is it certainly not there.
    """

    def __init__(self, erp: Erp, *, looks: Sequence[timedelta] = LOOKS) -> None:
        self._erp = erp
        self._looks = tuple(sorted(looks))

    async def still_true(self, session: Session, effect: Effect) -> Unchanged | Changed | NotNow:
        payment = _ours(effect)
        reason = await posted.obstacle(session, payment.payment_id, payment.amount)
        if reason:
            return Changed(reason)
        try:
            return await self._preflight(payment)
        except (ErpUnavailable, ErpRefused) as error:
            return NotNow(str(error), _DOWN)

    async def act(self, effect: Effect) -> Done | RetryLater | Refused | Unknown:
        payment = _ours(effect)
        try:
            found = await self._erp.find_payment(payment.external_id)
        except (ErpUnavailable, ErpRefused) as error:
            return RetryLater(str(error))
        if found is not None:
            return await self._verified(payment, found)
        outcome = await self._erp.post_payment(_to_post(payment))
        match outcome:
            case Posted(netsuite_id=made):
                return await self._verified(payment, made)
            case Rejected(kind=kind, detail=detail):
                return await self._rejected(payment, kind, detail)
            case NotSent(reason=reason):
                return RetryLater(reason)
            case Unclear(reason=reason):
                return Unknown(reason)
            case _:
                assert_never(outcome)

    async def look(
        self, effect: Effect, since: timedelta
    ) -> Done | Absent | LookAgain | CannotLook:
        payment = _ours(effect)
        try:
            found = await self._erp.find_payment(payment.external_id)
        except (ErpUnavailable, ErpRefused):
            return LookAgain(min(_DOWN, self._looks[-1]))
        if found is None:
            later = next((at for at in self._looks if at > since), None)
            return LookAgain(later - since) if later is not None else Absent()
        seen = await self._verified(payment, found)
        match seen:
            case Done():
                return seen
            case Refused(reason=reason):
                return CannotLook(reason)
            case Unknown():
                return LookAgain(min(_DOWN, self._looks[-1]))
            case _:
                assert_never(seen)

    async def record(self, session: Session, effect: Effect, effect_id: int, done: Done) -> None:
        payment = _ours(effect)
        await posted.record(
            session,
            posted.PostedPayment(
                payment_id=payment.payment_id,
                effect_id=effect_id,
                customer_id=payment.customer_id,
                netsuite_id=str(done.evidence["netsuite_id"]),
                amount=payment.amount,
                applications=tuple((a.invoice_id, a.amount) for a in payment.applications),
                open_after=_open_after(done.evidence),
            ),
        )

    async def _preflight(self, payment: PostCustomerPayment) -> Unchanged | Changed:
        """What must hold in the ERP just before posting; a payment already there is for `act`."""
        if await self._erp.find_payment(payment.external_id) is not None:
            return Unchanged()
        reason = (
            await self._period_shut(payment.received_on)
            or await self._invoices_moved(payment)
            or await self._look_alike(payment)
        )
        return Changed(reason) if reason else Unchanged()

    async def _period_shut(self, on: date) -> str:
        periods = [p for p in await self._erp.periods() if p.starts_on <= on <= p.ends_on]
        if not periods:
            return f"NetSuite has no accounting period for {on}"
        for period in periods:
            if period.closed or period.ar_locked or period.all_locked:
                return f"the accounting period {period.name} is closed or locked"
        return ""

    async def _invoices_moved(self, payment: PostCustomerPayment) -> str:
        ids = [line.netsuite_id for line in payment.applications]
        found = {d.netsuite_id: d for d in await self._erp.documents(ids)} if ids else {}
        for line in payment.applications:
            invoice = found.get(line.netsuite_id)
            if not isinstance(invoice, ErpInvoice):
                return f"NetSuite has no readable invoice {line.number}"
            reason = _moved(payment, line, invoice)
            if reason:
                return reason
        return ""

    async def _look_alike(self, payment: PostCustomerPayment) -> str:
        """A payment somebody else entered for what may be the same receipt."""
        similar = await self._erp.similar_payments(
            payment.customer_netsuite_id, payment.amount, payment.received_on
        )
        for other in similar:
            if _may_be_same(other, payment.reference):
                return (
                    f"NetSuite payment {other.number} of {other.total} on {other.on} may be the"
                    " same receipt"
                )
        return ""

    async def _rejected(
        self, payment: PostCustomerPayment, kind: str, detail: str
    ) -> Done | Refused | Unknown:
        if kind != _DUPLICATE:
            return Refused(f"{kind}: {detail}")
        try:
            found = await self._erp.find_payment(payment.external_id)
        except (ErpUnavailable, ErpRefused) as error:
            return Unknown(f"already there, but not found yet: {error}")
        if found is None:
            return Unknown("NetSuite says it exists already, but it cannot be found")
        return await self._verified(payment, found)

    async def _verified(
        self, payment: PostCustomerPayment, netsuite_id: str
    ) -> Done | Refused | Unknown:
        """Read the record back: a differing one is shown to a person and never repaired."""
        try:
            stands = await self._erp.read_payment(netsuite_id)
            ids = [line.netsuite_id for line in payment.applications]
            invoices = await self._erp.documents(ids) if ids else ()
        except (ErpUnavailable, ErpRefused) as error:
            return Unknown(f"posted as {netsuite_id}, not read back yet: {error}")
        if stands is None:
            return Unknown(f"posted as {netsuite_id}, but NetSuite does not show it")
        differing = _differences(_to_post(payment), stands)
        if differing:
            return Refused(f"NetSuite payment {netsuite_id} differs: {'; '.join(differing)}")
        balances = {i.netsuite_id: i.open.minor for i in invoices if isinstance(i, ErpInvoice)}
        opened = {a.invoice_id: balances.get(a.netsuite_id) for a in payment.applications}
        return Done(
            {
                "netsuite_id": netsuite_id,
                "external_id": payment.external_id,
                "link": self._erp.link("payment", netsuite_id),
                "open_after": {str(key): left for key, left in opened.items() if left is not None},
            }
        )


def _ours(effect: Effect) -> PostCustomerPayment:
    if not isinstance(effect, PostCustomerPayment):
        raise TypeError(f"this performer does not carry out {effect.kind}")
    return effect


def _to_post(payment: PostCustomerPayment) -> PaymentToPost:
    return PaymentToPost(
        external_id=payment.external_id,
        customer_netsuite_id=payment.customer_netsuite_id,
        amount=payment.amount,
        received_on=payment.received_on,
        applications=tuple((line.netsuite_id, line.amount) for line in payment.applications),
        memo=payment.memo,
        check_number=payment.reference[:45],
    )


def _moved(payment: PostCustomerPayment, line: AppliedAmount, invoice: ErpInvoice) -> str:
    if invoice.customer_netsuite_id != payment.customer_netsuite_id:
        return f"{line.number} belongs to another customer now"
    if invoice.total.currency != line.amount.currency:
        return f"{line.number} is in {invoice.total.currency}"
    if invoice.status != "open":
        return f"{line.number} is {invoice.status.replace('_', ' ')} in NetSuite"
    if invoice.open < line.amount:
        return f"{line.number} has only {invoice.open} open"
    return ""


def _may_be_same(other: ErpSettlement, reference: str) -> bool:
    """Not ours, not voided, and no differing reference tells the two apart."""
    if other.voided or other.external_id.startswith(PAYMENT_PREFIX):
        return False
    told = f"{other.reference} {other.memo}".strip().lower()
    return not reference or not told or reference.lower() in told


def _differences(asked: PaymentToPost, stands: PaymentToPost) -> list[str]:
    pairs = (
        ("external id", asked.external_id, stands.external_id),
        ("customer", asked.customer_netsuite_id, stands.customer_netsuite_id),
        ("amount", asked.amount, stands.amount),
        ("date", asked.received_on, stands.received_on),
    )
    told = [f"{name} {theirs} instead of {ours}" for name, ours, theirs in pairs if ours != theirs]
    if dict(asked.applications) != dict(stands.applications):
        told.append(f"applied {_lines(stands)} instead of {_lines(asked)}")
    return told


def _lines(payment: PaymentToPost) -> str:
    return (
        ", ".join(f"{doc}: {amount}" for doc, amount in sorted(payment.applications)) or "nothing"
    )


def _open_after(evidence: Mapping[str, object]) -> dict[int, int]:
    raw = evidence.get("open_after")
    return {int(k): int(v) for k, v in raw.items()} if isinstance(raw, Mapping) else {}
