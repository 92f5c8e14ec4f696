"""NetSuite's payments, journals and refunds as the port's values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.ledger.money import Money
from erp.netsuite.writing.readback import Currencies, Record, currency_of, id_in, number_in
from erp.port import JournalLineToPost, JournalToPost, PaymentToPost, RefundStanding


def payment_of(
    record: Record, currencies: Currencies, undeposited: tuple[str, str] = ("T", "")
) -> PaymentToPost:
    """A customer payment read back. Raises ValueError or a LedgerError if it is not one.

    The `apply` sublist of a read shows every open invoice of the customer; only applied ones count.
    `undeposited` is what `undepFunds` says where the money is not deposited, and that account.
    """
    try:
        currency = currency_of(record, currencies)
        lines: Sequence[Record] = record.get("apply", {}).get("items", [])
        applied = [line for line in lines if line.get("apply") is True]
        return PaymentToPost(
            external_id=str(record.get("externalId", "")),
            customer_netsuite_id=str(record["customer"]["id"]),
            amount=Money.parse(record["payment"], currency),
            received_on=date.fromisoformat(record["tranDate"]),
            applications=tuple(
                (str(line["doc"]["id"]), Money.parse(line["amount"], currency)) for line in applied
            ),
            memo=str(record.get("memo", "")),
            check_number=str(record.get("checkNumber", "")),
            discounts=tuple(
                (str(line["doc"]["id"]), taken)
                for line in applied
                if (taken := Money.parse(str(line.get("disc") or "0"), currency))
            ),
            account_netsuite_id=(
                undeposited[1]
                if id_in(record, "undepFunds") == undeposited[0]
                else id_in(record, "account")
            ),
            ar_account_netsuite_id=id_in(record, "arAcct"),
            exchange_rate=number_in(record, "exchangeRate"),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a customer payment: {type(error).__name__}") from error


def journal_of(record: Record, currencies: Currencies) -> JournalToPost:
    """A journal entry read back. Raises ValueError or a LedgerError if it is not one."""
    try:
        currency = currency_of(record, currencies)
        lines: Sequence[Record] = record.get("line", {}).get("items", [])
        return JournalToPost(
            external_id=str(record.get("externalId", "")),
            currency=currency,
            posted_on=date.fromisoformat(record["tranDate"]),
            lines=tuple(_journal_line(line, currency) for line in lines),
            subsidiary_netsuite_id=id_in(record, "subsidiary"),
            exchange_rate=number_in(record, "exchangeRate"),
            memo=str(record.get("memo", "")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a journal entry: {type(error).__name__}") from error


def _journal_line(line: Record, currency: str) -> JournalLineToPost:
    debit, credit = line.get("debit"), line.get("credit")
    zero = Money.zero(currency)
    amount = (Money.parse(debit, currency) if debit is not None else zero) - (
        Money.parse(credit, currency) if credit is not None else zero
    )
    return JournalLineToPost(
        id_in(line, "account"), amount, id_in(line, "entity"), str(line.get("memo", ""))
    )


def refund_of(record: Record, currencies: Currencies) -> RefundStanding:
    """A customer refund read back. Raises ValueError or a LedgerError if it is not one."""
    try:
        return RefundStanding(
            external_id=str(record.get("externalId", "")),
            customer_netsuite_id=str(record["customer"]["id"]),
            amount=Money.parse(record["total"], currency_of(record, currencies)),
            refunded_on=date.fromisoformat(record["tranDate"]),
            account_netsuite_id=id_in(record, "account"),
            memo=str(record.get("memo", "")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a customer refund: {type(error).__name__}") from error
