"""Checks of revenue recognition, of the deal behind the invoice, and of doubles."""

from __future__ import annotations

from erp.review.catalogue.entry import checks

REVENUE = checks((
    ("REV-001", "block fixable", "Line {line}: {item} needs service dates for its revenue plan.",
     "Take them from the service period of the contract."),
    ("REV-002", "block", "Line {line}: service ends {end}, before it starts {start}.",
     "Correct the dates."),
    ("REV-003", "warn contract", "Service is {ours}; the contract says {theirs}.",
     "Bring them together, or say why not."),
    ("REV-004", "warn", "Line {line}: {what} {invoice} by {days} days.",
     "Correct the dates, or say why they stand."),
    ("REV-005", "warn", "{amount} of earlier revenue will post in {period}.",
     "Accept it, or have the period opened."),
    ("REV-006", "warn contract", "A bundle discount of {percent}% is not allocated.",
     "Allocate by stand-alone prices, or confirm that these are."),
    ("REV-007", "block contract", "The bundle {item} has one price and no split.",
     "Enter the stand-alone prices; they are never guessed."),
    ("REV-008", "warn contract", "This changes {contract}, and nobody said how.",
     "Choose how the change is treated."),
    ("REV-009", "warn", "{item} is a posting discount next to lines with revenue plans.",
     "Use a discount that does not post."),
    ("REV-010", "warn", "Line {line}: payment and delivery are {months} months apart.",
     "Ask whether the price contains financing."),
    ("REV-011", "warn", "Line {line}: usage until {end} is not final on {date}.",
     "Wait, or bill it as an estimate."),
    ("REV-012", "info", "{amount} of line {line} is recognized at once, on {date}.", ""),
))  # fmt: skip

DEAL = checks((
    ("DEA-001", "block deal", "{deal} is not won.", "Wait until it is."),
    ("DEA-002", "block deal", "{billed} of {value} is billed already.",
     "Take the excess out, or record an amendment."),
    ("DEA-003", "warn deal", "Lines come to {ours}, the deal to {theirs}.",
     "Find the line that is missing or too much."),
    ("DEA-004", "warn deal", "The CRM says {ours}, the contract {theirs}.",
     "The signed contract holds; correct the CRM."),
    ("DEA-005", "warn fixable deal", "{deal} changed at {at}, after this was drafted: {changes}.",
     "Refresh the draft, or say why it stands."),
    ("DEA-006", "warn deal", "{field} was read from the contract with doubt.",
     "Compare it with the quoted text."),
    ("DEA-007", "warn deal", "The contract ends on {date}.", "Stop or shorten the billing."),
    ("DEA-008", "warn deal", "Milestone {milestone} has no evidence.",
     "Attach the acceptance."),
    ("DEA-009", "block deal", "The price is not an amount of money.", "Handle it by hand."),
))  # fmt: skip

DUPLICATE = checks((
    ("DUP-001", "block", "Line {line}: {invoice} bills {item} for the same period already.",
     "Drop it, or credit the other first."),
    ("DUP-002", "warn", "It looks like {invoice} of {date}: same customer and total.",
     "Confirm that it is another one."),
    ("DUP-003", "block fixable deal", "Instalment {number} was pushed as {invoice}.",
     "Link to it; nothing is created."),
))  # fmt: skip
