"""Creating a customer: once for whoever names it, and never next to one that looks the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from effects.kinds import CreateCustomer
from effects.outcomes import Done
from erp.performers.facts import unequal, unequal_if_asked
from erp.performers.hands import Hands
from erp.performers.once import LOOKS, Clock, Differs, Stands, Unseen
from erp.port import CustomerToCreate, Erp, WriteOutcome
from store import drafts, pushed
from store.engine import Session
from store.outgoing import emit
from store.parties import CustomerRow


@dataclass(frozen=True, slots=True)
class _Wanted:
    erp: Erp
    customer: CreateCustomer
    noun: str = "customer"

    async def find(self) -> str | None:
        return await self.erp.find_record("customer", self.customer.external_id)

    async def write(self) -> WriteOutcome:
        return await self.erp.create_customer(_to_create(self.customer))

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        stands = await self.erp.read_customer(netsuite_id)
        seen = await self.erp.customers_by_id([netsuite_id])
        if stands is None or not seen:
            return Unseen()
        ways = _differences(_to_create(self.customer), stands)
        if ways:
            return Differs(ways)
        return Stands(
            {
                "external_id": self.customer.external_id,
                "link": self.erp.link("customer", netsuite_id),
                "name": seen[0].name,
                "entity_number": seen[0].entity_number,
                "subsidiary": seen[0].subsidiary_netsuite_id or "",
            }
        )


class CreateCustomerPerformer(Hands[CreateCustomer]):
    """Creates, looks for and records customers."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(CreateCustomer, erp, clock, looks)

    def wanted(self, effect: CreateCustomer) -> _Wanted:
        return _Wanted(self.erp, effect)

    async def own_obstacle(self, session: Session, effect: CreateCustomer) -> str:
        return await pushed.draft_obstacle(session, effect.draft_id)

    async def erp_obstacle(self, effect: CreateCustomer) -> str:
        similar = await self.erp.similar_customers(effect.name, effect.email)
        alike = [one for one in similar if one.netsuite_id not in effect.distinct_from]
        if not alike:
            return ""
        names = ", ".join(f"{one.name} ({one.entity_number})" for one in alike[:3])
        return f"it may be a customer that NetSuite has already: {names}"

    async def put(
        self, session: Session, effect: CreateCustomer, effect_id: int, done: Done
    ) -> None:
        now = self.clock()
        netsuite_id = str(done.evidence["netsuite_id"])
        subsidiary = str(done.evidence.get("subsidiary") or effect.subsidiary_netsuite_id)
        row = CustomerRow(
            netsuite_id=netsuite_id,
            entity_number=str(done.evidence.get("entity_number") or ""),
            name=str(done.evidence.get("name") or effect.name),
            legal_name=effect.legal_name,
            currency=effect.currency,
            email=effect.email,
            phone=effect.phone,
            terms_netsuite_id=effect.terms_netsuite_id,
            external_id=effect.external_id,
        )
        customer_id = await pushed.record_customer(session, row, subsidiary, now)
        if effect.draft_id:
            await drafts.customer_created(session, effect.draft_id, customer_id, now)
        told = {"effect_id": effect_id, "customer_id": customer_id, "netsuite_id": netsuite_id}
        subject = f"customer:{customer_id}"
        await emit(session, "customer.created", subject, told | effect.payload(), now)


def _to_create(customer: CreateCustomer) -> CustomerToCreate:
    return CustomerToCreate(
        external_id=customer.external_id,
        name=customer.name,
        currency=customer.currency,
        legal_name=customer.legal_name,
        email=customer.email,
        phone=customer.phone,
        subsidiary_netsuite_id=customer.subsidiary_netsuite_id,
        terms_netsuite_id=customer.terms_netsuite_id,
    )


def _differences(asked: CustomerToCreate, stands: CustomerToCreate) -> list[str]:
    """An ERP that numbers its customers keeps one name: the legal one, where there is one."""
    named = asked.name in (stands.name, stands.legal_name)
    legal = asked.legal_name and asked.legal_name in (stands.name, stands.legal_name)
    told = unequal(("external id", asked.external_id, stands.external_id))
    if not named and not legal:
        told += unequal(("name", asked.name, stands.name))
    if asked.legal_name and not legal:
        told += unequal(("legal name", asked.legal_name, stands.legal_name))
    return told + unequal_if_asked(
        ("currency", asked.currency, stands.currency),
        ("e-mail address", asked.email.lower(), stands.email.lower()),
        ("phone", _digits(asked.phone), _digits(stands.phone)),
        ("subsidiary", asked.subsidiary_netsuite_id, stands.subsidiary_netsuite_id),
        ("terms", asked.terms_netsuite_id, stands.terms_netsuite_id),
    )


def _digits(phone: str) -> str:
    """A phone number as dialled: an ERP writes it in its own format."""
    return "".join(character for character in phone if character.isdecimal())
