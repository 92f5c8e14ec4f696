"""The arguments of each tool, read out of a sentence: words as they were typed."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.spoken.amounts import CURRENCY, currency_named
from agent.spoken.phrases import QUOTED, name_in
from agent.spoken.slots import Slots, slots_of

_TONES = {
    "firm": r"\b(?:final|firm|stern|strong|hard|tough|serious)\w*",
    "friendly": r"\b(?:friendl|gentl|soft|kind|nice|polite)\w*",
    "professional": r"\b(?:professional|neutral|formal)\w*",
}
_EVERYBODY = re.compile(
    r"\b(?:total|totals|overall|altogether|in all|receivables?|ar|we|us|our|everybody|everyone|"
    r"all customers|company)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\b(?:they|them|it|he|she|this customer)\b", re.IGNORECASE)
_BROAD = re.compile(
    r"(?:and |so )?(?:who|which|any|list|top|all|customers|invoices|<)", re.IGNORECASE
)
_LATE = re.compile(r"\b(?:overdue|late|past due)\b", re.IGNORECASE)
_NOT_LIST = re.compile(
    r"\b(?:they|them|it|he|she|this customer|those|these|total|how much|overall|altogether|our"
    r"|we)\b",
    re.I,
)
_OF = re.compile(r"\b(?:of|for|at|does|by|from|with)\s(?!<)")
_NOTE = re.compile(
    r"^(?:please )?(?:add |make |take |leave |log |record )?(?:an? |the )?"
    r"(?:(?:phone )?call with|note|remember|jot down|write down)"
    r"(?: that)?\s*",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"\b(?:because|since|as they|due to)\b", re.IGNORECASE)
_SPAN = re.compile(r"\b\d{1,3} (?:business |working )?(?:days?|weeks?|months?)\b", re.IGNORECASE)
_REVENUE = re.compile(
    r"\b(?:recogni[sz]\w*|revenues?|deferred|did|do|does|have|has|we|us|our|was|is|what|how much|"
    r"show|me|the|net|total)\b",
    re.IGNORECASE,
)
_TAKE = re.compile(r"^i(?:'ll| will) take\b", re.IGNORECASE)
Built = tuple[str, dict[str, object]]


def built(tool: str, part: str, slots: Slots) -> Built:
    """The call that a sentence asks for, its values taken out before."""
    return _BUILDERS.get(tool, _of_customer)(tool, part, slots)


def _clean(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value}


def _currency(part: str) -> str:
    found = CURRENCY.search(part)
    return currency_named(found[0]) if found else ""


def _of_customer(tool: str, _part: str, slots: Slots) -> Built:
    if slots.invoices and not name_in(slots.text):
        return "invoice_lookup", {"invoice": slots.invoices[0]}
    return tool, _clean(customer=name_in(slots.text))


def _summary(tool: str, part: str, slots: Slots) -> Built:
    name = name_in(slots.text)
    if not name and _LATE.search(slots.text) and not _NOT_LIST.search(part):
        return "list_overdue", _clean(currency=_currency(part))
    if not name and _EVERYBODY.search(slots.text) and not _SOMEBODY.search(part):
        return "totals", _clean(currency=_currency(part))
    return tool, _clean(customer=name)


def _list(tool: str, part: str, slots: Slots) -> Built:
    name = name_in(slots.text)
    named = _OF.search(slots.text) or not _BROAD.match(slots.text)
    if tool == "list_overdue" and name and named:
        return "account_summary", {"customer": name}
    return tool, _clean(
        over_days=int(slots.over_days) if slots.over_days else 0,
        to_days=int(slots.to_days) if slots.to_days else 0,
        least=slots.least,
        age=slots.age,
        currency="" if slots.least and _currency(slots.least) else _currency(part),
        top=int(slots.top) if slots.top else 0,
    )


def _unpaid(tool: str, part: str, slots: Slots) -> Built:
    """ "Who hasn't paid their October invoices" asks for the open invoices of that period."""
    if slots.periods and not slots.least and not slots.over_days:
        args = _clean(issued=slots.periods[0], state="open", currency=_currency(part))
        return "list_invoices", args
    return _list(tool, part, slots)


def _aged(tool: str, part: str, slots: Slots) -> Built:
    return tool, _clean(customer=name_in(slots.text), currency=_currency(part))


def _invoice(tool: str, _part: str, slots: Slots) -> Built:
    return tool, _clean(invoice=slots.invoices[0] if slots.invoices else "")


def _why(tool: str, _part: str, slots: Slots) -> Built:
    if slots.invoices:
        return tool, {"invoice": slots.invoices[0]}
    return tool, _clean(customer=name_in(slots.text))


def _promises(tool: str, part: str, slots: Slots) -> Built:
    states = {"broken": r"\bbr[eo]ke", "kept": r"\bkept\b|\bheld\b"}
    state = next((s for s, form in states.items() if re.search(form, part, re.I)), "")
    due = slots.days[0] if slots.days else slots.periods[0] if slots.periods else ""
    return tool, _clean(customer=name_in(slots.text), state=state, due=due)


def _payments(tool: str, part: str, slots: Slots) -> Built:
    state = (
        "unmatched"
        if re.search(
            r"\bun(?:matched|applied|allocated|placed)\b|\bnot match|\bto (?:match|apply)\b",
            part,
            re.I,
        )
        else ""
    )
    when = slots.days[0] if slots.days else slots.periods[0] if slots.periods else ""
    return tool, _clean(
        customer=name_in(slots.text),
        amount=slots.amounts[0] if slots.amounts else "",
        least=slots.least,
        reference=slots.reference,
        when=when,
        state=state,
    )


def _period(tool: str, _part: str, slots: Slots) -> Built:
    return tool, _clean(period=slots.periods[0] if slots.periods else "")


def _recognized(tool: str, _part: str, slots: Slots) -> Built:
    period = slots.periods[0] if slots.periods else ""
    head = _REVENUE.sub(" ", slots.text)
    return tool, _clean(period=period, customer=name_in(head))


def _listed(tool: str, part: str, slots: Slots) -> Built:
    """Invoices by a day: of issue when the sentence says so, else of the due date."""
    when = slots.periods[0] if slots.periods else slots.days[0] if slots.days else ""
    issued = re.search(
        r"\b(?:issued|created|raised|billed|invoiced?|sent|new|booked)\b", part, re.I
    )
    is_issued = issued is not None and not re.search(r"\bdue\b", part, re.I)
    newest = re.search(r"\b(?:new|newest|latest|recent)\b", part, re.I)
    largest = re.search(r"\b(?:largest|biggest|highest)\b", part, re.I)
    return tool, _clean(
        customer=name_in(slots.text),
        due="" if is_issued else when,
        issued=when if is_issued else "",
        currency=_currency(part),
        least=slots.least,
        order="largest" if largest else "newest" if newest else "",
    )


def _mails(tool: str, part: str, slots: Slots) -> Built:
    when = slots.periods[0] if slots.periods else slots.days[0] if slots.days else ""
    bounced = tool == "who_replied" and re.search(r"\bbounc|came back", part, re.I)
    sent_to = name_in(slots.text) if tool == "what_was_sent" else ""
    return tool, _clean(customer=sent_to, when=when, kind="bounce" if bounced else "")


def _of_currency(tool: str, part: str, _slots: Slots) -> Built:
    return tool, _clean(currency=_currency(part))


def _nothing(tool: str, _part: str, _slots: Slots) -> Built:
    return tool, {}


def _reminder(tool: str, part: str, slots: Slots) -> Built:
    tone = next((t for t, form in _TONES.items() if re.search(form, part, re.I)), "")
    invoice = slots.invoices[0] if slots.invoices else ""
    named = re.sub("|".join(_TONES.values()), "", slots.text, flags=re.I)
    return tool, _clean(customer="" if invoice else name_in(named), invoice=invoice, tone=tone)


def _paid(tool: str, part: str, slots: Slots) -> Built:
    return tool, _clean(
        customer=name_in(slots.text),
        amount=slots.amounts[0] if slots.amounts else "",
        received=slots.days[0] if slots.days else "",
        reference=slots.reference,
        invoice=slots.invoices[0] if slots.invoices else "",
        currency="" if not slots.amounts or _currency(slots.amounts[0]) else _currency(part),
    )


def _promised(tool: str, part: str, slots: Slots) -> Built:
    head = re.split(r"\b(?:promis|commit|said|says|confirmed|will)\w*\b", slots.text, maxsplit=1)[0]
    return tool, _clean(
        customer=name_in(head) or name_in(slots.text),
        by=slots.days[-1] if slots.days else "",
        amount=slots.amounts[0] if slots.amounts else "",
        currency="" if not slots.amounts or _currency(slots.amounts[0]) else _currency(part),
        invoice=" ".join(slots.invoices),
    )


def _pause(tool: str, part: str, slots: Slots) -> Built:
    head, _, why = _BECAUSE.sub("\0", slots.text).partition("\0")
    invoice = slots.invoices[0] if slots.invoices else ""
    span = _SPAN.search(part)
    until = slots.days[0] if slots.days else f"for {span[0]}" if span else ""
    return tool, _clean(
        customer="" if invoice else name_in(head.partition("<day>")[0]) or name_in(head),
        invoice=invoice,
        until=until,
        reason=why.strip() if "<" not in why else "",
    )


def _assign(tool: str, part: str, slots: Slots) -> Built:
    head, _, person = slots.text.rpartition(" to ")
    if not head or _TAKE.match(part):
        return tool, _clean(customer=name_in(_TAKE.sub("", slots.text)), person="me")
    person = person.strip(" .")
    return tool, _clean(
        customer=name_in(head), person="me" if person in ("me", "myself") else person
    )


def _note(tool: str, part: str, _slots: Slots) -> Built:
    head, colon, words = part.partition(":")
    if not colon:
        head, words = "", _NOTE.sub("", part)
    on = slots_of(head or words)
    if not on.invoices and not name_in(on.text):
        on = slots_of(" ".join(m[0] for m in QUOTED.finditer(words)))
    return tool, _clean(
        customer="" if on.invoices else name_in(on.text),
        invoice=on.invoices[0] if on.invoices else "",
        note=words.strip(),
    )


def _credit(tool: str, part: str, slots: Slots) -> Built:
    why = re.search(r"\b(?:because of|for|due to)\s(?!<|\d|inv)(.+)$", part, re.I)
    return tool, _clean(
        invoice=slots.invoices[0] if slots.invoices else "",
        amount=slots.amounts[0] if slots.amounts else "",
        reason=why[1].strip(" .") if why else "",
    )


def _write_off(tool: str, part: str, slots: Slots) -> Built:
    why = re.search(r"\b(?:because|as|since|for|due to|they|,)\s+(?!<|\d|inv)(.+)$", part, re.I)
    return tool, _clean(
        invoice=slots.invoices[0] if slots.invoices else "",
        amount=slots.amounts[0] if slots.amounts else "",
        reason=why[1].strip(" .") if why else "",
    )


_BILL = re.compile(
    r"^(?:please )?(?:(?:draft|create|make|prepare|raise|issue|write)\b[^<]*?\b)?"
    r"(?:an? )?(?:new )?(?:invoice|bill)\b(?: (?:to|for|of))?",
    re.IGNORECASE,
)
_FOR = " for "


def _bill(tool: str, part: str, slots: Slots) -> Built:
    """ "invoice Acme 500 for training": whom before the amount or after it, what it is for last."""
    rest = _BILL.sub("", slots.text, count=1).strip()
    before, _, after = re.sub("<least>", "<amt>", rest).partition("<amt>")
    amount = slots.amounts[0] if slots.amounts else slots.least
    what = part[part.rindex(_FOR) + len(_FOR) :] if _FOR in part else ""
    said_last = bool(amount) and _FOR in part and part.find(amount) < part.rindex(_FOR)
    head = after.rpartition(_FOR)[0] if said_last else after
    return tool, _clean(
        customer=name_in(before) or name_in(head),
        amount=amount,
        product=what.strip(" .") if said_last else "",
        currency="" if not amount or _currency(amount) else _currency(part),
    )


_BUILDERS: dict[str, Callable[[str, str, Slots], Built]] = {
    "account_summary": _summary,
    "list_overdue": _unpaid,
    "aging": _aged,
    "who_owes": _list,
    "invoice_lookup": _invoice,
    "why_not": _why,
    "promises": _promises,
    "find_payments": _payments,
    "close_readiness": _period,
    "recognized_revenue": _recognized,
    "waiting": _nothing,
    "whats_new": _nothing,
    "who_is_paused": _nothing,
    "cash_expected": _of_currency,
    "whom_first": _of_currency,
    "totals": _of_currency,
    "list_invoices": _listed,
    "who_replied": _mails,
    "what_was_sent": _mails,
    "propose_reminder": _reminder,
    "record_payment": _paid,
    "record_promise": _promised,
    "pause": _pause,
    "resume": _why,
    "assign": _assign,
    "record_note": _note,
    "propose_credit": _credit,
    "draft_invoice": _bill,
    "propose_write_off": _write_off,
}
