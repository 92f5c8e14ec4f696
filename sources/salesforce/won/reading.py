"""Everything Salesforce says about one opportunity, read with as few requests as its parts need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sources.salesforce.config import Reading
from sources.salesforce.rest import soql
from sources.salesforce.rest.api import Api, Row
from sources.salesforce.rest.schema import Schema, named
from sources.salesforce.rest.wire import is_id
from sources.salesforce.won.records import (
    AccountRow,
    ContractRow,
    LineRow,
    OpportunityRow,
    QuoteRow,
    Record,
    RoleRow,
    ScheduleRow,
    renamed,
    standard_fields,
)

_Model = TypeVar("_Model", bound=BaseModel)
_Part = TypeVar("_Part", bound=Record)


class Misshapen(ValueError):
    """A record is not of the form Salesforce documents."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One won opportunity with its parts. `lines` are the quote's if `from_quote`.

    `quotes` are those that were accepted, `merged_ids` accounts that were merged into its account.
    `changed_at` is when any part last changed, also one that was deleted since or does not count;
    without roles, which leave nothing behind when they are removed (OpportunityContactRole in the
    object reference).
    """

    opportunity: OpportunityRow
    account: AccountRow | None
    lines: tuple[LineRow, ...]
    changed_at: datetime
    schedules: tuple[ScheduleRow, ...] = ()
    quotes: tuple[QuoteRow, ...] = ()
    from_quote: bool = False
    contract: ContractRow | None = None
    roles: tuple[RoleRow, ...] = ()
    merged_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the parts of opportunities. Each method raises an error of `errors`, or Misshapen."""

    api: Api
    schema: Schema
    reading: Reading

    async def opportunity(self, deal_id: str) -> OpportunityRow | None:
        """The opportunity, also a deleted one; None when there is none to be seen."""
        if not is_id(deal_id):
            return None
        where = f"Id = {soql.record_id(deal_id)}"
        found = await self._rows(OpportunityRow, "Opportunity", where, "opportunity", deleted=True)
        return found[0] if found else None

    async def bundle(self, won: OpportunityRow) -> Bundle:
        account = await self._account(won.account_id) if won.account_id else None
        contract = await self._contract(won.contract_id) if won.contract_id else None
        offers, roles = await self._quotes(won.id), await self._roles(won.id)
        quotes = tuple(q for q in present(offers) if _one_of(q.status, self.reading.accepted_quote))
        from_quote = len(quotes) == 1 and not quotes[0].is_syncing
        lines = await self._lines(won.id, quotes[0].id if from_quote else "")
        scheduled = any(line.has_schedule for line in lines)
        schedules = await self._schedules(won.id) if scheduled else ()
        single = tuple(part for part in (won, account, contract) if part is not None)
        parts: tuple[Record, ...] = (*single, *offers, *lines, *schedules)
        return Bundle(
            opportunity=won,
            account=account,
            lines=present(lines),
            changed_at=max(part.changed_at for part in parts),
            schedules=present(schedules),
            quotes=quotes,
            from_quote=from_quote,
            contract=contract,
            roles=tuple(r for r in present(roles) if _one_of(r.role, self.reading.billing_roles)),
            merged_ids=await self._merged(account.id) if account else (),
        )

    async def _account(self, account_id: str) -> AccountRow | None:
        where = f"Id = {soql.record_id(account_id)}"
        found = await self._rows(AccountRow, "Account", where, "account", deleted=True)
        return found[0] if found else None

    async def _merged(self, account_id: str) -> tuple[str, ...]:
        where = f"IsDeleted = true AND MasterRecordId = {soql.record_id(account_id)}"
        query = soql.select(("Id",), "Account", where, order=("Id",), limit=200)
        return tuple(str(row["Id"]) for row in await self.api.query(query, deleted=True))

    async def _quotes(self, deal_id: str) -> tuple[QuoteRow, ...]:
        if not (self.schema.has("Quote") and self.reading.accepted_quote):
            return ()
        where = f"OpportunityId = {soql.record_id(deal_id)}"
        return await self._rows(QuoteRow, "Quote", where, deleted=True)

    async def _lines(self, deal_id: str, quote_id: str) -> tuple[LineRow, ...]:
        table = "QuoteLineItem" if quote_id else "OpportunityLineItem"
        where = f"{'QuoteId' if quote_id else 'OpportunityId'} = "
        where += soql.record_id(quote_id or deal_id)
        parents = ("Product2.Name",)
        return await self._rows(LineRow, table, where, "line", parents=parents, deleted=True)

    async def _schedules(self, deal_id: str) -> tuple[ScheduleRow, ...]:
        if not self.schema.has("OpportunityLineItemSchedule"):
            return ()
        where = f"OpportunityLineItem.OpportunityId = {soql.record_id(deal_id)}"
        return await self._rows(ScheduleRow, "OpportunityLineItemSchedule", where, deleted=True)

    async def _contract(self, contract_id: str) -> ContractRow | None:
        if not self.schema.has("Contract"):
            return None
        found = await self._rows(ContractRow, "Contract", f"Id = {soql.record_id(contract_id)}")
        return found[0] if found else None

    async def _roles(self, deal_id: str) -> tuple[RoleRow, ...]:
        if not (self.schema.has("OpportunityContactRole") and self.reading.billing_roles):
            return ()
        table, where = "OpportunityContactRole", f"OpportunityId = {soql.record_id(deal_id)}"
        parents = ("Contact.Name", "Contact.Email")
        return await self._rows(RoleRow, table, where, parents=parents, deleted=True)

    async def _rows(
        self,
        model: type[_Model],
        table: str,
        where: str,
        owner: str = "",
        *,
        parents: tuple[str, ...] = (),
        deleted: bool = False,
    ) -> tuple[_Model, ...]:
        own = self._own(table, owner)
        known = (f for f in standard_fields(model) if self.schema.has(table, f))
        fields = tuple(dict.fromkeys((*known, *parents, *own.values())))
        query = soql.select(fields, table, where, order=("Id",))
        return read(model, [renamed(r, own) for r in await self.api.query(query, deleted=deleted)])

    def _own(self, table: str, owner: str) -> Mapping[str, str]:
        """Our names and theirs of an organisation's own fields that this object has."""
        prefix = f"{owner}_"
        return {
            setting.removeprefix(prefix): api_name
            for setting, api_name in named(self.reading.fields)
            if owner and setting.startswith(prefix) and self.schema.has(table, api_name)
        }


def present(parts: tuple[_Part, ...]) -> tuple[_Part, ...]:
    """Those that are not in the recycle bin."""
    return tuple(part for part in parts if not part.is_deleted)


def _one_of(text: str, names: tuple[str, ...]) -> bool:
    return text.casefold() in {name.casefold() for name in names}


def read(model: type[_Model], rows: Sequence[Row]) -> tuple[_Model, ...]:
    """The rows as values. Raises Misshapen, naming the field and never its value."""
    try:
        return tuple(model.model_validate(row) for row in rows)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Misshapen(f"{model.__name__.removesuffix('Row')}.{where}: {first['msg']}") from None
