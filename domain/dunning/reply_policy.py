"""The rules by which replies are acted on: windows, limits, triggers and who hears of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.dunning.actions import Trigger
from domain.dunning.reading import DocumentKind

ALWAYS_ON_FILE = frozenset({DocumentKind.INVOICE_COPY, DocumentKind.STATEMENT})


@dataclass(frozen=True, slots=True)
class ReplyPolicy:
    """Days are calendar days unless they say business days.

    `triggers`: what hands a conversation to a person. Legal, insolvency, data subject, bank
    details, suspicious and forged ones do so whatever stands here. `routes` names who hears of a
    trigger; `notice`: whether anybody is told beside the worklist. `on_file`: papers that can be
    sent; `pause_on_new_contact`: a contact nobody confirmed yet stops automatic mail.
    """

    longest_promise_days: int = 30
    broken_promises_allowed: int = 2
    promises_per_invoice: int = 4
    unclear_business_days: int = 2
    in_process_business_days: int = 3
    search_business_days: int = 5
    longest_absence_days: int = 10
    dispute_business_days: int = 5
    triggers: frozenset[Trigger] = frozenset(Trigger)
    routes: Mapping[Trigger, str] = field(default_factory=dict)
    notice: bool = True
    pause_on_new_contact: bool = True
    on_file: frozenset[DocumentKind] = ALWAYS_ON_FILE

    def route(self, trigger: Trigger) -> str:
        """Who hears of a trigger."""
        return self.routes.get(trigger, "default")
