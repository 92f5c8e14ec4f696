"""Checks of the way into the ERP, and of credits and write-offs."""

from __future__ import annotations

from erp.review.catalogue.entry import checks

SYNC = checks((
    ("SYN-001", "block on_update", "{invoice} was changed in the ERP at {at}.",
     "Look at the difference, take the ERP's copy over, and change that."),
    ("SYN-002", "block", "{field} is mandatory on the ERP's form.",
     "Fill it in, or map a default."),
    ("SYN-003", "block on_update", "The integration role may not {verb} {record}: {said}",
     "Add the permission to the role, then run `dunwell doctor netsuite`."),
    ("SYN-004", "warn fixable on_update", "The ERP's lists were last read {at}.",
     "Read them again."),
    ("SYN-005", "block on_update", "What waits for approval is not what stands here now.",
     "Submit it again, and have that approved."),
))  # fmt: skip

CREDIT = checks((
    ("CRM-001", "block credit", "The credit of {amount} exceeds {left} left on {invoice}.",
     "Reduce it."),
    ("CRM-002", "block credit", "Line {line}: {amount} exceeds {left}.", "Reduce it."),
    ("CRM-003", "block credit", "Only {left} is open on {invoice}.",
     "Apply the rest elsewhere, or leave it unapplied."),
    ("CRM-004", "block credit", "Credit and invoice differ in {field}.",
     "Make the credit from the invoice."),
    ("CRM-005", "block credit", "Only {left} of {invoice} can be refunded.",
     "Refund less, or credit the rest."),
    ("CRM-006", "warn fixable credit", "Rate {rate} instead of {reference}.",
     "Use the rate of the invoice."),
    ("CRM-007", "warn credit", "The credit names no period: revenue shrinks in proportion.",
     "Enter the period that is credited."),
    ("CRM-008", "block credit", "{date} lies in a closed period.",
     "Use the first open period."),
    ("CRM-009", "warn credit", "A credit because somebody does not pay takes back revenue.",
     "Use a write-off."),
    ("CRM-010", "block credit", "{amount} needs {role}.", "Send it for approval."),
    ("CRM-011", "warn fixable credit", "Tax credit is {amount}, expected {expected}.",
     "Work it out again."),
))  # fmt: skip

WRITE_OFF = checks((
    ("WOF-001", "block write_off", "{customer} has {amount} that is not applied.",
     "Apply it, or settle what is disputed or promised, first."),
    ("WOF-002", "block write_off", "{amount} of it is still deferred.",
     "Take the deferred part back and stop its plan."),
))  # fmt: skip
