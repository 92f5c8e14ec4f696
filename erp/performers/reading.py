"""An invoice as it was reviewed against the invoice as the ERP has it."""

from __future__ import annotations

from domain.ledger.money import Money
from effects.kinds import CreateInvoice, InvoiceLineContent
from erp.performers.facts import same_number, unequal, unequal_if_asked
from erp.port import InvoiceToPost, LineToPost


def to_post(invoice: CreateInvoice) -> InvoiceToPost:
    """What the ERP is asked for."""
    return InvoiceToPost(
        external_id=invoice.external_id,
        customer_netsuite_id=invoice.customer_netsuite_id,
        currency=invoice.currency,
        issued_on=invoice.issued_on,
        lines=tuple(_line(line) for line in invoice.lines),
        number=invoice.number,
        due_on=invoice.due_on,
        terms_netsuite_id=invoice.terms_netsuite_id,
        subsidiary_netsuite_id=invoice.subsidiary_netsuite_id,
        ar_account_netsuite_id=invoice.ar_account_netsuite_id,
        department_netsuite_id=invoice.department_netsuite_id,
        class_netsuite_id=invoice.class_netsuite_id,
        location_netsuite_id=invoice.location_netsuite_id,
        exchange_rate=invoice.exchange_rate,
        po_number=invoice.po_number,
        memo=invoice.memo,
        fields=invoice.fields,
    )


def differences(invoice: CreateInvoice, stands: InvoiceToPost, total: Money) -> list[str]:
    """Every part in which the ERP's invoice is not the reviewed one, in words.

    `total` is the ERP's own, tax included: a tax that nobody reviewed shows here.
    """
    asked = to_post(invoice)
    told = unequal(
        ("external id", asked.external_id, stands.external_id),
        ("customer", asked.customer_netsuite_id, stands.customer_netsuite_id),
        ("currency", asked.currency, stands.currency),
        ("date", asked.issued_on, stands.issued_on),
        ("total", invoice.total, total),
    )
    told += unequal_if_asked(
        ("number", asked.number, stands.number),
        ("due date", asked.due_on, stands.due_on),
        ("terms", asked.terms_netsuite_id, stands.terms_netsuite_id),
        ("subsidiary", asked.subsidiary_netsuite_id, stands.subsidiary_netsuite_id),
        ("receivable account", asked.ar_account_netsuite_id, stands.ar_account_netsuite_id),
        ("department", asked.department_netsuite_id, stands.department_netsuite_id),
        ("class", asked.class_netsuite_id, stands.class_netsuite_id),
        ("location", asked.location_netsuite_id, stands.location_netsuite_id),
        ("purchase order", asked.po_number, stands.po_number),
        ("memo", asked.memo, stands.memo),
    )
    if asked.exchange_rate and not same_number(asked.exchange_rate, stands.exchange_rate):
        told.append(f"exchange rate {stands.exchange_rate} instead of {asked.exchange_rate}")
    told += _fields(asked.fields, stands.fields)
    return told + _lines(asked.lines, stands.lines)


def _lines(asked: tuple[LineToPost, ...], stand: tuple[LineToPost, ...]) -> list[str]:
    if len(asked) != len(stand):
        return [f"{len(stand)} lines instead of {len(asked)}"]
    return [
        f"line {place}: {way}"
        for place, (wanted, found) in enumerate(zip(asked, stand, strict=True), start=1)
        for way in _line_ways(wanted, found)
    ]


def _line_ways(asked: LineToPost, stands: LineToPost) -> list[str]:
    told = unequal(
        ("item", asked.item_netsuite_id, stands.item_netsuite_id),
        ("amount", asked.amount, stands.amount),
    )
    told += unequal_if_asked(
        ("description", asked.description, stands.description),
        ("department", asked.department_netsuite_id, stands.department_netsuite_id),
        ("class", asked.class_netsuite_id, stands.class_netsuite_id),
        ("location", asked.location_netsuite_id, stands.location_netsuite_id),
        ("service from", asked.service_starts_on, stands.service_starts_on),
        ("service to", asked.service_ends_on, stands.service_ends_on),
    )
    for name, wanted, found in (
        ("quantity", asked.quantity, stands.quantity),
        ("rate", asked.rate, stands.rate),
    ):
        if wanted and not same_number(wanted, found):
            told.append(f"{name} {found or 'nothing'} instead of {wanted}")
    return told + _fields(asked.fields, stands.fields)


def _fields(asked: tuple[tuple[str, str], ...], stand: tuple[tuple[str, str], ...]) -> list[str]:
    found = dict(stand)
    return unequal(*((name, value, found.get(name, "")) for name, value in asked))


def _line(line: InvoiceLineContent) -> LineToPost:
    return LineToPost(
        item_netsuite_id=line.item_netsuite_id,
        amount=line.amount,
        quantity=line.quantity,
        rate=line.rate,
        description=line.description,
        department_netsuite_id=line.department_netsuite_id,
        class_netsuite_id=line.class_netsuite_id,
        location_netsuite_id=line.location_netsuite_id,
        service_starts_on=line.service_starts_on,
        service_ends_on=line.service_ends_on,
        fields=line.fields,
    )
