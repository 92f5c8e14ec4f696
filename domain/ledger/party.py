"""Customers and the people at them we may write to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ContactRole(StrEnum):
    """What a contact is for; collection mail goes to billing contacts, else to primary ones."""

    PRIMARY = "primary"
    BILLING = "billing"
    SIGNATORY = "signatory"
    OTHER = "other"


class CcMode(StrEnum):
    """Whether contacts of role OTHER get copies of reminders; default is as the seller does it."""

    DEFAULT = "default"
    ENABLED = "enabled"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at a customer. A suppressed contact is never written to; `away` ones come last."""

    id: int
    name: str
    email: str
    role: ContactRole = ContactRole.BILLING
    language: str = "en"
    suppressed: bool = False
    away: bool = False


@dataclass(frozen=True, slots=True)
class Customer:
    """Who owes. `timezone` is an IANA name; `country` ISO 3166-1; `region` a subdivision code.

    From `tags` on it is how this seller treats them: `natural_person` is one, or a person
    guarantees the debt; a `vip` is written to by people only; `send_mode` "" is as the policy
    says; `slack_channel` is the id of the channel shared with them; `inactive` in the ERP.
    `zone_west`: by how many minutes their clocks may be behind `timezone`, where only the place
    they are in is known.
    """

    id: int
    netsuite_id: str
    name: str
    currency: str
    subsidiary_id: int = 0
    parent_id: int | None = None
    legal_name: str = ""
    country: str = "US"
    region: str = ""
    timezone: str = "UTC"
    language: str = "en"
    auto_followup: bool = True
    tags: tuple[str, ...] = ()
    terms_days: int | None = None
    natural_person: bool = False
    vip: bool = False
    cc_mode: CcMode = CcMode.DEFAULT
    send_mode: str = ""
    slack_channel: str = ""
    inactive: bool = False
    zone_west: int = 0


def dunning_recipients(contacts: tuple[Contact, ...]) -> tuple[Contact, ...]:
    """Billing contacts that are not suppressed; if there is no billing contact, the primary ones.

    A customer whose billing contacts are all suppressed gets nobody: a person must choose. While
    one is away, the others of that role are written to, else primary ones who are there.
    """
    roles = (ContactRole.BILLING, ContactRole.PRIMARY)
    known = [[c for c in contacts if c.role is role] for role in roles]
    first = next((found for found in known if found), [])
    reached = [c for c in first if not c.suppressed and c.email]
    there = [c for c in reached if not c.away]
    if reached and not there:
        there = [c for c in known[-1] if not c.suppressed and c.email and not c.away]
    return tuple(there or reached)


def copied_contacts(contacts: tuple[Contact, ...]) -> tuple[Contact, ...]:
    """Contacts in Cc when copies are sent: role OTHER, with an address, not suppressed."""
    return tuple(
        c for c in contacts if c.role is ContactRole.OTHER and not c.suppressed and c.email
    )
