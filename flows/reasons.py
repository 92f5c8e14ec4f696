"""Why something is proposed, in words: the rule behind it and its evidence."""

from __future__ import annotations

from collections.abc import Mapping

STEPS = {
    "heads_up": "Notice before the due date",
    "due_today": "Notice on the due date",
}
RULES = {
    "cadence": "The reminder is due by the follow-up policy",
    "chat": "A colleague asked for it in a conversation with the agent",
    "reply:thanks_for_promise": "They promised to pay: a word of thanks that names the date",
    "reply:ask_remittance": "They say it is paid: asks for the date and the reference",
    "reply:send_documents": "They asked for papers that are on file: sends them",
    "reply:ask_date": "They will pay but named no firm day: asks for one",
    "reply:dispute_received": "They contest something: says that it is looked into, no more",
    "reply:plan_received": "They ask for time: says that a colleague will answer",
    "reply:invoice_facts": "They asked what the books can answer: due date, amount, number",
    "reply:handover": "A colleague has to answer: says so",
    "matching:object_link": "The source itself links the money to the invoice",
    "matching:remittance": "A remittance advice names the invoices and adds up to the payment",
    "matching:reference_exact": "The payment names the invoices and has exactly their balance",
    "matching:reference_adjusted": "The payment names the invoices; a discount, a fee or a credit"
    " explains the rest",
    "matching:reference_partial": "The payment names the invoice and pays a part of it",
    "matching:amount": "Only one set of open invoices has exactly this amount",
    "matching:rule": "A rule of matching says so",
    "matching:person": "A person chose what the payment is for",
    "cash:unapply": "A person wants the payment off these invoices",
    "cash:reversal": "The bank or the payment service took the money back",
    "cash:won": "Money that was taken back is ours again",
    "payout:explained": "The payout of the payment service explains the money",
    "cash:refund": "A person wants the money paid back",
}


def rule(code: str) -> str:
    """Why something is proposed."""
    return RULES.get(code, plain(code))


def step(code: str) -> str:
    """A step of the follow-up policy: "Overdue reminder 4"."""
    if code.startswith("playbook_"):
        return "Step of a playbook"
    name, _, number = code.rpartition("_")
    if name == "overdue" and number.isdigit():
        return f"Overdue reminder {number}"
    return STEPS.get(code, plain(code))


def why_now(evidence: Mapping[str, object]) -> dict[str, object]:
    """The evidence of a proposal without internal numbers, and with its codes in words."""
    told: dict[str, object] = {}
    for name, value in evidence.items():
        match name, value:
            case ("invoices" | "touchpoint_id" | "model" | "prompt_hash" | "finding_id", _):
                continue
            case ("content" | "version" | "journal" | "phase" | "ordinal", _):
                continue
            case "step", str(code):
                told["reminder"] = step(code)
            case "cycle", str(since):
                told["oldest_due_date"] = since
            case "runner_up", Mapping():
                told["second_best"] = _runner_up(value)
            case "runner_up", None:
                told["second_best"] = "none"
            case "confidence", int(points):
                told["confidence"] = f"{points} of 100"
            case "reasons", [*parts]:
                told["because"] = "; ".join(str(part) for part in parts)
            case _:
                told[name] = value
    return told


def _runner_up(found: Mapping[str, object]) -> str:
    def listed(name: str) -> str:
        part = found.get(name)
        return ", ".join(str(item) for item in part) if isinstance(part, list) else ""

    return f"{listed('numbers') or 'another customer'}, but only because {listed('reasons')}"


def plain(code: str) -> str:
    """A code as words, for one this page does not know yet."""
    words = code.replace("_", " ").replace(".", " ").replace(":", ": ").strip()
    return words[:1].upper() + words[1:]
