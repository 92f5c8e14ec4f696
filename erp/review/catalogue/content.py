"""Checks of lines, of the accounts they post to, and of tax."""

from __future__ import annotations

from erp.review.catalogue.entry import checks

LINES = checks((
    ("LIN-001", "block", "The invoice has no amount.", "Add lines, or drop it."),
    ("LIN-002", "block", "“{product}” has no item in the ERP.",
     "Map it once: product to item."),
    ("LIN-003", "block", "Item {item} cannot be sold in {subsidiary}: {why}.",
     "Choose another item."),
    ("LIN-004", "warn", "“{product}” as {item} is a guess ({score}%).",
     "Confirm the item; it is then remembered."),
    ("LIN-005", "block fixable", "Line {line}: {quantity} × {rate} is {product}, not {amount}.",
     "Work the amount out again."),
    ("LIN-006", "warn contract", "Line {line} bills {ours}; the contract says {theirs}.",
     "Correct it, or note the discount that was agreed."),
    ("LIN-007", "warn", "Line {line} is negative: {amount}.",
     "Use a discount item or a credit memo."),
    ("LIN-008", "warn contract", "Line {line}: {ours} instead of {theirs}.",
     "Look for an amendment or a usage report."),
    ("LIN-009", "block", "{field} is required in {subsidiary}: {where}.",
     "Fill it in, or map a default."),
    ("LIN-010", "warn fixable", "Line {line} does not tell its service period.",
     "Write the period into the text."),
))  # fmt: skip

ACCOUNTING = checks((
    ("GL-001", "block", "The income account of {item} cannot be used: {why}.",
     "Correct the item in the ERP."),
    ("GL-002", "block", "{item} would go straight to revenue: {why}.",
     "Set a deferral account on the item."),
    ("GL-003", "warn", "{item} usually posts to {usual} here; now to {account}.",
     "Confirm the account."),
    ("GL-004", "warn", "{item} posts to {account}, a clearing or suspense account.",
     "Choose another item or account."),
    ("GL-005", "block", "The journal is out of balance by {gap}.",
     "Do not push it; report this as an error of Dunwell."),
    ("GL-006", "warn", "{customer} belongs to the own group.",
     "Use the intercompany way of invoicing."),
))  # fmt: skip

TAX = checks((
    ("TAX-001", "block", "Line {line} has no tax code, and {place} asks for one.",
     "Set a tax code, or mark the invoice exempt and hold the certificate."),
    ("TAX-002", "block", "The exemption of {customer} has no valid certificate{since}.",
     "Enter the certificate in review.yaml, or charge tax."),
    ("TAX-003", "warn fixable", "Tax was worked out for {before}; the bill goes to {place}.",
     "Leave the tax to be worked out again."),
    ("TAX-004", "warn fixable", "Tax is {tax}; line by line it comes to {expected}.",
     "Work the tax out again."),
    ("TAX-005", "warn contract", "The contract's prices include tax, these lines do not.",
     "Change the basis of the prices."),
    ("TAX-006", "warn", "{customer} in {country} has no valid VAT number{shown}.",
     "Ask for the number, or charge VAT."),
))  # fmt: skip
