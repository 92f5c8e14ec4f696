"""Creating a customer in the ERP, as an effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from security.chain import digest


@dataclass(frozen=True, slots=True)
class CreateCustomer:
    """One customer in the ERP for one that a draft names; `draft_id` is 0 without a draft.

    `distinct_from` are the ERP's ids of customers that look alike and that a person said are
    others: any other look-alike stops it.
    """

    kind: ClassVar[str] = "create_customer"
    channel: ClassVar[str] = "erp"
    customer_id: ClassVar[int | None] = None

    source: str
    source_id: str
    name: str
    currency: str
    external_id: str
    draft_id: int = 0
    legal_name: str = ""
    email: str = ""
    phone: str = ""
    subsidiary_netsuite_id: str = ""
    terms_netsuite_id: str = ""
    distinct_from: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("a customer has a name")

    def key(self) -> str:
        """Stable identity: what names the customer creates it once."""
        return f"customer:{self.source}:{self.source_id}"

    def title(self) -> str:
        return f"New customer {self.name}"

    def payload(self) -> dict[str, object]:
        return {
            "source": self.source,
            "source_id": self.source_id,
            "name": self.name,
            "currency": self.currency,
            "external_id": self.external_id,
            "draft_id": self.draft_id,
            "legal_name": self.legal_name,
            "email": self.email,
            "phone": self.phone,
            "subsidiary_netsuite_id": self.subsidiary_netsuite_id,
            "terms_netsuite_id": self.terms_netsuite_id,
            "distinct_from": list(self.distinct_from),
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> CreateCustomer:
        return cls(**{**raw, "distinct_from": tuple(raw["distinct_from"])})
