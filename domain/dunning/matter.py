"""What a decision about a reply is made from: the reading, the account, how we stand, the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.dunning.actions import SenderTrust
from domain.dunning.calendar import Calendar
from domain.dunning.reading import Intent, Reading
from domain.dunning.reply_policy import ReplyPolicy
from domain.dunning.standing import PromiseStatus, PromiseToPay, Standing
from domain.ledger.account import Account
from domain.ledger.invoice import Invoice


@dataclass(frozen=True, slots=True)
class Matter:
    """One reply to decide about.

    `in_process_before`: they said before that it is being processed, in this round of reminders.
    """

    reading: Reading
    account: Account
    standing: Standing
    today: date
    calendar: Calendar
    trust: SenderTrust
    policy: ReplyPolicy
    in_process_before: bool = False

    @property
    def trusted(self) -> bool:
        """Whether the sender is a known contact whose domain vouched for the mail."""
        return self.trust >= SenderTrust.CONTACT

    def quote(self, intent: Intent) -> str:
        return self.reading.span_of(intent)

    def collectable(self) -> tuple[Invoice, ...]:
        return tuple(i for i in self.account.invoices if i.collectable)

    def named(self, numbers: tuple[str, ...]) -> tuple[int, ...] | None:
        """Ids of the named collectable invoices; None when one of them is not ours to find."""
        by_number = {i.number.casefold(): i.id for i in self.collectable()}
        found = [by_number.get(number.casefold()) for number in numbers]
        known = tuple(dict.fromkeys(f for f in found if f is not None))
        return known if None not in found else None

    def known(self, numbers: tuple[str, ...]) -> tuple[int, ...]:
        """Ids of those of the named invoices that are collectable."""
        wanted = {number.casefold() for number in numbers}
        return tuple(i.id for i in self.collectable() if i.number.casefold() in wanted)

    def meant(self, numbers: tuple[str, ...]) -> tuple[int, ...]:
        """The named invoices; without a name the overdue ones, else all that is open."""
        late = tuple(i.id for i in self.account.overdue())
        return self.known(numbers) or late or tuple(i.id for i in self.collectable())

    def in_business_days(self, count: int) -> date:
        return self.calendar.add_business_days(self.today, count)

    def open_promises(self, invoice_ids: tuple[int, ...]) -> tuple[PromiseToPay, ...]:
        """Open promises about any of these invoices; about anything, if none is given."""
        return tuple(
            p
            for p in self.standing.promises
            if p.status is PromiseStatus.OPEN
            and (not invoice_ids or any(p.covers(i) for i in invoice_ids))
        )
