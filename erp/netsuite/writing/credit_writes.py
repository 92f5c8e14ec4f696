"""Credit memos: made out of an invoice or on their own, each at most once, and read back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.ledger.money import Money
from erp.netsuite.config import Conventions
from erp.netsuite.connection import RECORDS, plain_id
from erp.netsuite.wire import Number, reference
from erp.netsuite.writing import readback
from erp.netsuite.writing.bodies import Body, currency_part, given, line_body, some_reference
from erp.netsuite.writing.cash_bodies import applied
from erp.netsuite.writing.cash_writes import CashWrites
from erp.netsuite.writing.line_dates import no_place
from erp.netsuite.writing.readback import Currencies, Record, currency_of, id_in, number_in
from erp.netsuite.writing.writes import outcome_of, read_as
from erp.port import CreditMemoToPost, WriteOutcome


class CreditWrites(CashWrites):
    """The part of the port that writes credit memos."""

    async def post_credit_memo(self, memo: CreditMemoToPost) -> WriteOutcome:
        """Only an invoice that is transformed makes NetSuite know what was credited.

        Lines are replaced: those of a transform's body come on top of the copied ones otherwise.
        """
        known = self.client.config.conventions
        refused = await no_place(self, "creditMemo", memo.lines)
        if refused is not None:
            return refused
        if not memo.invoice_netsuite_id:

            def body(currency_id: str) -> Body:
                return _alone(memo, currency_id, known)

            return await self.created("credit_memo", memo.currency, body)
        invoice = plain_id(memo.invoice_netsuite_id)
        path = f"{RECORDS}/invoice/{invoice}/!transform/creditMemo"
        sent = await self.client.create(path, memo_body(memo, known), {"replace": "item"})
        return outcome_of(sent)

    async def read_credit_memo(self, netsuite_id: str) -> CreditMemoToPost | None:
        currencies, known = await self.currencies(), self.client.config.conventions
        record = await self.record("credit_memo", netsuite_id)
        return read_as("credit memo", record, lambda it: memo_of(it, currencies, known))


def memo_body(memo: CreditMemoToPost, known: Conventions) -> Body:
    """What a credit memo says beyond what an invoice gives it; nothing is applied by itself."""
    body: Body = {
        "externalId": memo.external_id,
        "tranDate": memo.issued_on.isoformat(),
        "toBeEmailed": False,
        "autoApply": False,
        "item": {"items": [line_body(line, known) for line in memo.lines]},
        "apply": applied(_settled(memo)),
    }
    return body | given(
        account=some_reference(memo.ar_account_netsuite_id),
        exchangeRate=memo.exchange_rate and Number(memo.exchange_rate),
        memo=memo.memo,
    )


def _settled(memo: CreditMemoToPost) -> Sequence[tuple[str, Money]]:
    """What it settles; a transform would settle its invoice unless that is named with nothing."""
    source = memo.invoice_netsuite_id
    named = {doc for doc, _ in memo.applications}
    rest = [(source, Money.zero(memo.currency))] if source and source not in named else []
    return (*memo.applications, *rest)


def _alone(memo: CreditMemoToPost, currency_id: str, known: Conventions) -> Body:
    who: Body = {"entity": reference(memo.customer_netsuite_id), **currency_part(currency_id)}
    subsidiary = given(subsidiary=some_reference(memo.subsidiary_netsuite_id))
    return who | memo_body(memo, known) | subsidiary


def memo_of(record: Record, currencies: Currencies, known: Conventions) -> CreditMemoToPost:
    """A credit memo read back. Raises ValueError or a LedgerError if it is not one.

    Its `apply` sublist shows every open invoice of the customer; only applied ones count.
    """
    try:
        currency = currency_of(record, currencies)
        lines: Sequence[Record] = record.get("item", {}).get("items", [])
        settled: Sequence[Record] = record.get("apply", {}).get("items", [])
        return CreditMemoToPost(
            external_id=str(record.get("externalId", "")),
            customer_netsuite_id=str(record["entity"]["id"]),
            currency=currency,
            issued_on=date.fromisoformat(record["tranDate"]),
            lines=tuple(readback.line_of(line, currency, known) for line in lines),
            applications=tuple(
                (str(one["doc"]["id"]), Money.parse(one["amount"], currency))
                for one in settled
                if one.get("apply") is True
            ),
            invoice_netsuite_id=id_in(record, "createdFrom"),
            subsidiary_netsuite_id=id_in(record, "subsidiary"),
            ar_account_netsuite_id=id_in(record, "account"),
            exchange_rate=number_in(record, "exchangeRate"),
            memo=str(record.get("memo", "")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a credit memo: {type(error).__name__}") from error
