"""Reads Stripe's objects with the official client.

The library is loaded by the reader only: pages need the values without its 14 MB.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

_EXPANDED = {"payment_intent": ["latest_charge"], "dispute": ["balance_transactions"]}
_MOST_LISTED = 10_000


class ReadStripe(Protocol):
    """Reads Stripe's objects as Stripe has them now. Both raise StripeUnavailable."""

    async def __call__(
        self, object_kind: str, object_id: str, owner: str = ""
    ) -> Mapping[str, Any]: ...

    async def every(
        self, object_kind: str, wanted: Mapping[str, Any]
    ) -> Sequence[Mapping[str, Any]]:
        """All objects of a kind with these values."""
        ...


class StripeUnavailable(Exception):
    """Stripe could not be reached or did not answer as expected."""


class StripeReader:
    """Reads from Stripe; `base` replaces Stripe's own address."""

    def __init__(self, api_key: str, *, base: str = "", timeout: int = 20) -> None:
        import stripe

        self._http = stripe.HTTPXClient(timeout=timeout)
        self._client = stripe.StripeClient(
            api_key,
            http_client=self._http,
            base_addresses={"api": base} if base else {},
            max_network_retries=2,
        )

    async def __call__(
        self, object_kind: str, object_id: str, owner: str = ""
    ) -> Mapping[str, Any]:
        """The object as Stripe has it now. Raises StripeUnavailable."""
        from stripe import StripeError

        found: Any
        expand: Any = {"expand": _EXPANDED.get(object_kind, [])}
        try:
            if owner:
                api: Any = self._client.v1.customers.cash_balance_transactions
                found = await api.retrieve_async(owner, object_id)
            else:
                found = await self._service(object_kind).retrieve_async(object_id, expand)
        except StripeError as error:
            raise StripeUnavailable(type(error).__name__) from error
        answer: Mapping[str, Any] = found.to_dict()
        return answer

    async def every(
        self, object_kind: str, wanted: Mapping[str, Any]
    ) -> Sequence[Mapping[str, Any]]:
        """All objects of a kind with these values. Raises StripeUnavailable."""
        from stripe import StripeError

        found: list[Mapping[str, Any]] = []
        try:
            pages = await self._service(object_kind).list_async({**wanted, "limit": 100})
            async for thing in pages.auto_paging_iter():
                found.append(thing.to_dict())
                if len(found) > _MOST_LISTED:
                    raise StripeUnavailable(f"more than {_MOST_LISTED} of {object_kind}")
        except StripeError as error:
            raise StripeUnavailable(type(error).__name__) from error
        return found

    def _service(self, object_kind: str) -> Any:
        v1 = self._client.v1
        services: dict[str, Any] = {
            "charge": v1.charges,
            "payment_intent": v1.payment_intents,
            "invoice": v1.invoices,
            "invoice_payment": v1.invoice_payments,
            "refund": v1.refunds,
            "dispute": v1.disputes,
            "payout": v1.payouts,
            "balance_transaction": v1.balance_transactions,
            "checkout.session": v1.checkout.sessions,
        }
        return services[object_kind]

    async def close(self) -> None:
        """Give back the connections."""
        http: Any = self._http
        await http.close_async()


def stripe_reader(api_key: str, *, base: str = "", timeout: int = 20) -> StripeReader:
    """A reader of the account that `api_key` belongs to."""
    return StripeReader(api_key, base=base, timeout=timeout)
