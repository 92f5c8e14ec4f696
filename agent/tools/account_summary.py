"""Read: what one customer owes and how things stand with them."""

from __future__ import annotations

from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.outcome import About, Outcome
from agent.tools.phrasing import (
    clipped,
    counted,
    customer_link,
    day,
    days_late,
    effect_link,
    invoice_link,
    listed,
    table,
)
from agent.tools.pointing import customer_meant
from domain.dunning.standing import ConversationState
from domain.ledger.money import Money
from flows.questions.accounts import AccountAnswer, Owed, account_of
from store.standing import PromiseRow


class OfCustomer(Arguments):
    """A customer; empty: the one the conversation is about."""

    customer: str = text("The customer's name or number, as the person wrote it.", Origin.NAME)


async def run(asking: Asking, wanted: OfCustomer) -> Outcome:
    """Balance by currency, overdue invoices, promises, disputes and what waits."""
    row = await customer_meant(asking, wanted.customer)
    if isinstance(row, Outcome):
        return row
    answer = await account_of(asking.session, row.id, asking.today, asking.now)
    if answer is None:
        raise RuntimeError(f"customer {row.id} vanished")
    late_first = sorted(answer.invoices, key=lambda i: (i.due_on, i.number))
    rows = [(i.number, day(i.due_on), days_late(i, answer.today), str(i.open)) for i in late_first]
    links = [invoice_link(i.number, i.id, row.id) for i in late_first[:5]]
    effects = [effect_link(e.id, e.title) for e in answer.waiting[:3]]
    return Outcome(
        text=" ".join(_sentences(answer)),
        tables=(table(("Invoice", "Due", "Days", "Open"), rows),) if rows else (),
        cited=(customer_link(row), *links, *effects),
        suggestions=(f"what did {row.name} say", f"why did nobody write to {row.name}"),
        about=About(row.id, late_first[0].id if len(late_first) == 1 else 0),
    )


def _sentences(answer: AccountAnswer) -> list[str]:
    name = answer.customer.name
    said = [_owes(name, owed, answer) for owed in answer.owed if owed.open]
    said = said or [f"{name} owes nothing."]
    said += [f"{o.loose} of {name} is not applied yet." for o in answer.owed if o.loose]
    said += [promise_words(p, name) for p in answer.promises]
    if answer.disputes:
        said.append(f"{counted(len(answer.disputes), 'dispute')} is open.".replace("s is", "s are"))
    for hold in answer.holds[:3]:
        until = f" until {day(hold.until_on)}" if hold.until_on else ""
        said.append(f"Reminders rest{until}: {clipped(hold.reason.replace('_', ' '), 60)}.")
    if answer.waiting:
        waits = counted(len(answer.waiting), "proposal")
        said.append(f"{waits} for {name} wait{'s' * (len(answer.waiting) == 1)} for a decision.")
    if answer.conversation.state is ConversationState.ESCALATED:
        said.append(f"A person has the conversation: {answer.conversation.reason}.")
    if answer.assignee:
        said.append(f"{answer.assignee} looks after it.")
    said += [f"{n.noted_by} noted: {clipped(n.words, 160)}" for n in answer.notes]
    if not answer.customer.auto_followup:
        said.append("Collections are off for this customer.")
    return said


def _owes(name: str, owed: Owed, answer: AccountAnswer) -> str:
    on = f"{name} owes {owed.open} on {counted(owed.open_count, 'invoice')}"
    if not owed.overdue:
        return f"{on}, nothing of it overdue."
    oldest = answer.oldest
    told = f"{on}; {owed.overdue} is overdue on {owed.overdue_count} of them"
    if oldest is not None and oldest.open.currency == owed.open.currency:
        told += f", the oldest {oldest.number}, due {day(oldest.due_on)}, "
        told += days_late(oldest, answer.today)
    return f"{told}."


def promise_words(row: PromiseRow, name: str) -> str:
    """A promise in one sentence."""
    amount = "the whole balance"
    if row.amount_minor is not None and row.currency is not None:
        amount = str(Money(row.amount_minor, row.currency))
    return f"{name} promised {amount} by {day(row.promised_on)}."


ACCOUNT_SUMMARY = Tool(
    name="account_summary",
    description=listed(
        [
            "What one customer owes by currency",
            "what is overdue",
            "promises, disputes, pauses and proposals that wait",
        ]
    ),
    arguments=OfCustomer,
    run=run,
    example="what does Acme owe",
)
