"""Where papers ask customers to pay: the remittance blocks in force, the closest scope first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.ledger.remittance_block import RemittanceBlock
from outreach.papers.sheets import PayTo
from security.chain import digest
from store import remittance_blocks
from store.engine import Session
from store.remittance_blocks import RemittanceBlockRow
from store.review_facts import subsidiaries

Seller = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """The blocks that a paper prints and for whom: what must be true still when it leaves."""

    sellers: tuple[Seller, ...] = ()
    blocks: tuple[PayTo, ...] = ()
    fingerprints: tuple[str, ...] = ()

    def facts(self) -> dict[str, object]:
        """As a paper on file carries it."""
        return {"sellers": [list(one) for one in self.sellers], "blocks": [*self.fingerprints]}


def content_of(row: RemittanceBlockRow) -> RemittanceBlock:
    """The block of a version."""
    return RemittanceBlock(
        row.holder, row.bank, row.iban, row.bic, row.routing, row.account
    )  # fmt: skip


def fingerprint_of(
    block: RemittanceBlock, subsidiary_id: int | None, currency: str, parent_id: int | None
) -> str:
    """Of the content, of whom it is for and of what it replaces."""
    scope = {"subsidiary_id": subsidiary_id, "currency": currency, "parent_id": parent_id}
    return digest({**block.payload(), **scope})


def as_proposed(row: RemittanceBlockRow) -> bool:
    """Whether a version's content is what its fingerprint was taken of."""
    made = fingerprint_of(content_of(row), row.subsidiary_id, row.currency, row.parent_id)
    return made == row.fingerprint


async def asked_for(session: Session, invoice_ids: Collection[int]) -> Asked:
    """What a paper about these invoices prints now."""
    sellers = await remittance_blocks.sellers(session, invoice_ids)
    rows = await in_force(session)
    chosen: dict[int, list[Seller]] = {}
    known = {row.id: row for row in rows}
    for by, currency in sellers:
        row = closest(rows, by, currency)
        if row is not None and not content_of(row).empty:
            chosen.setdefault(row.id, []).append((by, currency))
    several = len({by for by, _ in sellers}) > 1
    names = {row.id: row.name for row in await subsidiaries(session)} if several else {}
    blocks = [PayTo(content_of(known[i]), _named(of, names)) for i, of in chosen.items()]
    return Asked(tuple(sellers), tuple(blocks), tuple(known[i].fingerprint for i in chosen))


async def changed(session: Session, invoice_ids: Collection[int], told: object) -> bool:
    """Whether a paper about these invoices with these facts would print other blocks by now."""
    now = (await asked_for(session, invoice_ids)).facts()
    before = told if isinstance(told, dict) else {"blocks": []}
    if now["blocks"] != before.get("blocks"):
        return True
    return len(before["blocks"]) > 1 and now != before


def closest(
    rows: Iterable[RemittanceBlockRow], subsidiary_id: int, currency: str
) -> RemittanceBlockRow | None:
    """The block of the subsidiary and currency, else of the subsidiary, the currency, or all."""
    fitting = [
        row
        for row in rows
        if row.subsidiary_id in (None, subsidiary_id) and row.currency in ("", currency)
    ]
    return max(
        fitting, key=lambda row: (row.subsidiary_id is not None, bool(row.currency)), default=None
    )


async def in_force(session: Session) -> Sequence[RemittanceBlockRow]:
    """The version of each scope; none that was changed behind the back of the two people."""
    return [row for row in await remittance_blocks.confirmed_last(session) if as_proposed(row)]


def _named(sellers: Iterable[Seller], names: Mapping[int, str]) -> tuple[str, ...]:
    """Whose invoices, where there are several sellers, in which currencies."""
    return tuple(dict.fromkeys(f"{names.get(by, '')} {code}".strip() for by, code in sellers))
