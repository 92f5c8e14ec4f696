"""Payments, what they are applied to, journals, deposits and refunds, each written at most once."""

from __future__ import annotations

from dataclasses import replace

from erp.netsuite.connection import RECORDS, plain_id
from erp.netsuite.writing import bodies, cash_bodies, cash_readback
from erp.netsuite.writing.writes import PATHS, Writes, outcome_of, read_as
from erp.port import (
    ApplicationsToPut,
    ApplicationsToSet,
    DepositToApply,
    JournalToPost,
    PaymentToPost,
    RefundStanding,
    RefundToPost,
    WriteOutcome,
)


class CashWrites(Writes):
    """The part of the port that writes what settles receivables."""

    async def post_payment(self, payment: PaymentToPost) -> WriteOutcome:
        config = self.client.config
        undeposited = config.conventions.undeposited
        account = payment.account_netsuite_id or config.payment_account_id
        banked = "" if account == config.undeposited_account_id else account

        def body(currency_id: str) -> bodies.Body:
            return cash_bodies.payment_body(payment, currency_id, banked, undeposited)

        return await self.created("payment", payment.amount.currency, body)

    async def read_payment(self, netsuite_id: str) -> PaymentToPost | None:
        known = await self.currencies()
        record = await self.record("payment", netsuite_id)
        config = self.client.config
        held = (config.conventions.undeposited[0], config.undeposited_account_id)
        return read_as("payment", record, lambda it: cash_readback.payment_of(it, known, held))

    async def put_applications(self, wanted: ApplicationsToPut) -> WriteOutcome:
        path = f"{RECORDS}/customerPayment/{plain_id(wanted.payment_netsuite_id)}"
        body = {"apply": cash_bodies.applied(wanted.applications, wanted.discounts)}
        return outcome_of(await self.client.change(path, {"replace": "apply"}, body))

    async def set_applications(self, wanted: ApplicationsToSet) -> WriteOutcome:
        path = f"{RECORDS}/{PATHS[wanted.kind]}/{plain_id(wanted.netsuite_id)}"
        body = {"apply": cash_bodies.applied(wanted.applications, wanted.discounts)}
        return outcome_of(await self.client.change(path, {}, body))

    async def post_journal(self, journal: JournalToPost) -> WriteOutcome:
        own = self.client.config.journal_subsidiary_id
        told = replace(journal, subsidiary_netsuite_id=journal.subsidiary_netsuite_id or own)

        def body(currency_id: str) -> bodies.Body:
            return cash_bodies.journal_body(told, currency_id)

        return await self.created("journal", journal.currency, body)

    async def read_journal(self, netsuite_id: str) -> JournalToPost | None:
        known = await self.currencies()
        record = await self.record("journal", netsuite_id)
        return read_as("journal", record, lambda it: cash_readback.journal_of(it, known))

    async def apply_deposit(self, wanted: DepositToApply) -> WriteOutcome:
        deposit = plain_id(wanted.deposit_netsuite_id)
        path = f"{RECORDS}/customerDeposit/{deposit}/!transform/depositApplication"
        return outcome_of(await self.client.create(path, cash_bodies.deposit_body(wanted)))

    async def post_refund(self, refund: RefundToPost) -> WriteOutcome:
        def body(currency_id: str) -> bodies.Body:
            return cash_bodies.refund_body(refund, currency_id)

        return await self.created("refund", refund.sources[0].amount.currency, body)

    async def read_refund(self, netsuite_id: str) -> RefundStanding | None:
        known = await self.currencies()
        record = await self.record("refund", netsuite_id)
        return read_as("refund", record, lambda it: cash_readback.refund_of(it, known))
