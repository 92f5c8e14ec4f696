"""What a payer's program writes is read as meant, or refused; never as something else."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger.money import Money, exponent
from domain.matching.written import folded_number
from sources.remittance.csv import read_csv
from sources.remittance.edi820 import read_820
from sources.remittance.reading import Outcome, ReadAdvices
from sources.remittance.text import read_text
from tests.sources.remittance.test_edi820 import interchange

HEADINGS = (
    ("Invoice number", "Gross amount", "Discount", "Deduction", "Amount paid", "Total"),
    ("Rechnungsnummer", "Bruttobetrag", "Skonto", "Abzug", "Zahlbetrag", "Summe"),
    ("N° de facture", "Montant brut", "Escompte", "Retenue", "Montant payé", "Total"),
    ("Factura", "Importe bruto", "Descuento", "Deducción", "Importe pagado", "Total"),
)


@dataclass(frozen=True, slots=True)
class Meant:
    """One document as the payer means it, in minor units."""

    number: str
    gross: int
    discount: int
    deduction: int

    @property
    def paid(self) -> int:
        return self.gross - self.discount - self.deduction


NUMBER = st.from_regex(r"(?:INV-|R |S-INV|)[1-9][0-9]{3,6}", fullmatch=True)
AMOUNT = st.integers(2_000, 99_999_999) | st.sampled_from([2_000, 100_000, 123_400, 1_000_000])
TAKEN = st.sampled_from([0, 0, 0, 1, 250, 999])
MEANT = st.lists(
    st.builds(Meant, NUMBER, AMOUNT, TAKEN, TAKEN),
    min_size=1,
    max_size=4,
    unique_by=lambda one: folded_number(one.number),
)
CURRENCY = st.sampled_from(["USD", "EUR", "JPY", "KWD"])


def written(minor: int, currency: str, style: str) -> str:
    """An amount with `style` as grouping and decimal mark: ",." or ".," or " ,"."""
    digits = exponent(currency)
    whole, part = divmod(minor, 10**digits)
    text = f"{whole:,}".replace(",", style[0])
    return text + (f"{style[1]}{part:0{digits}d}" if digits else "")


def table(
    meant: list[Meant], currency: str, style: str, language: int, *, total: bool
) -> list[list[str]]:
    head = HEADINGS[language]
    rows = [list(head[:5])]
    for one in meant:
        amounts = [one.gross, one.discount, one.deduction, one.paid]
        rows.append([one.number, *(written(a, currency, style) if a else "" for a in amounts)])
    if total:
        rows.append([head[5], "", "", "", written(sum(m.paid for m in meant), currency, style)])
    return rows


def check(outcome: Outcome, meant: list[Meant], currency: str, *, must: bool) -> None:
    """Read as meant, or refused where `must` does not hold."""
    if not isinstance(outcome, ReadAdvices):
        assert not must, outcome
        return
    (advice,) = outcome.advices
    told = [
        (
            folded_number(row.reference),
            row.paid,
            (row.discount or Money.zero(currency)).minor,
            (row.deduction or Money.zero(currency)).minor,
        )
        for row in advice.rows
    ]
    expected = [
        (folded_number(m.number), Money(m.paid, currency), m.discount, m.deduction) for m in meant
    ]
    assert told == expected
    assert advice.total == Money(sum(m.paid for m in meant), currency)


STYLE = st.sampled_from([",.", ".,", " ,", "'."])


@settings(max_examples=40, deadline=None)
@given(MEANT, CURRENCY, STYLE, st.sampled_from(";\t|"), st.integers(0, 3), st.booleans())
def test_csv(
    meant: list[Meant], currency: str, style: str, separator: str, language: int, total: bool
) -> None:
    rows = table(meant, currency, style, language, total=total)
    body = "\n".join(separator.join(row) for row in rows).encode()
    check(read_csv(body, currency), meant, currency, must=currency != "KWD")


@settings(max_examples=40, deadline=None)
@given(MEANT, CURRENCY, STYLE, st.sampled_from(["\t", "|", "  ", ""]), st.integers(0, 3))
def test_tables_in_mails(
    meant: list[Meant], currency: str, style: str, separator: str, language: int
) -> None:
    rows = table(meant, currency, style, language, total=True)
    widths = [max(len(row[at]) for row in rows) for at in range(5)]
    if separator.strip(" "):
        lines = [separator.join(row) for row in rows]
    else:
        lines = [
            "   ".join(
                cell.ljust(width) if at == 0 else cell.rjust(width)
                for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            for row in rows
        ]
    text = "Hello,\nthis is what we paid:\n\n" + "\n".join(lines) + "\n\nRegards\nAnn\n"
    known = frozenset(folded_number(m.number) for m in meant)
    check(read_text(text, known, currency), meant, currency, must=currency in ("USD", "EUR"))


@settings(max_examples=40, deadline=None)
@given(MEANT, st.sampled_from(["USD", "EUR"]), st.sampled_from([",.", ".,"]), st.booleans())
def test_lists_in_mails(meant: list[Meant], currency: str, style: str, first: bool) -> None:
    lines: list[str] = []
    for one in meant:
        gross = f"{written(one.gross, currency, style)} {currency}"
        line = f"{gross} for {one.number}" if first else f"{one.number}: {gross}"
        if one.discount:
            line += f", less discount {written(one.discount, currency, style)}"
        if one.deduction:
            line += f" (less deduction {written(one.deduction, currency, style)})"
        lines.append(f"- {line}")
    lines.append(f"Total: {written(sum(m.paid for m in meant), currency, style)} {currency}")
    known = frozenset(folded_number(m.number) for m in meant)
    check(read_text("\n".join(lines), known, currency), meant, currency, must=not first)


@settings(max_examples=40, deadline=None)
@given(MEANT, CURRENCY, st.sampled_from(["~", "~\n", "\n"]))
def test_edi(meant: list[Meant], currency: str, end: str) -> None:
    def plain(minor: int) -> str:
        return Money(minor, currency).plain()

    lines = [f"BPR*C*{plain(sum(m.paid for m in meant))}*C*ACH", f"CUR*PR*{currency}"]
    for one in meant:
        discount = plain(one.discount) if one.discount else ""
        lines.append(f"RMR*IV*{one.number}**{plain(one.paid)}*{plain(one.gross)}*{discount}")
        lines += [f"ADX*{plain(-one.deduction)}*01"] if one.deduction else []
    check(read_820(interchange("\n".join(lines), end=end)), meant, currency, must=True)
