"""Why a conversation went to a person, and what they might do, in words."""

from __future__ import annotations

TRIGGERS = {
    "legal": "They mention lawyers, a court or a formal complaint",
    "insolvency": "They report an insolvency",
    "data_subject": "They ask about their personal data, which has a clock of one month",
    "bank_details": "The mail is about bank details",
    "suspicious": "The mail gives instructions that look like fraud",
    "forged": "The sender is not who they say they are",
    "payment_dispute": "They contest what they owe",
    "contract_discrepancy": "They say that the invoice is not what the contract says",
    "payment_confusion": "They say it is paid, and it is open in the books",
    "technical_problem": "They cannot pay for technical reasons",
    "document_request": "They ask for a paper that cannot be sent by itself",
    "tax_form_request": "They ask for the tax form, and none is on file",
    "product_question": "They ask about products, not about an invoice",
    "broken_promise": "A promise was not kept",
}
TRIGGER_ADVICE = {
    "legal": "Hand it to whoever handles legal matters. Nothing more is sent by itself.",
    "insolvency": "Stop collecting, and file the claim before its deadline.",
    "data_subject": "Hand it to whoever handles data protection; the answer is due in a month.",
    "bank_details": "Do not answer the mail. Call a number you already know.",
    "suspicious": "Do not answer the mail. Call a number you already know.",
    "forged": "Do not answer the mail. Call a number you already know.",
    "payment_dispute": "Settle the case on the disputes page; the invoice rests until then.",
    "contract_discrepancy": "Compare the invoice with the contract, then settle the case.",
    "payment_confusion": "See what was found below, or ask the bank; then give it back.",
    "technical_problem": "Try the way of paying yourself, then tell them another.",
    "document_request": "Send the paper yourself, or put it on file.",
    "tax_form_request": "Put the tax form on file; such requests are answered from then on.",
    "product_question": "Hand it to whoever looks after this customer.",
    "contact": "Confirm the address with somebody you know there, or refuse it.",
    "dispute": "Settle the case on the disputes page; the invoice rests until then.",
}
DID = {
    "Escalate": "handed the conversation to a person",
    "WithdrawPromises": "took an earlier promise back",
    "SendDocuments": "drafted an answer with papers on file",
    "Delay": "waits until they are back",
    "StopAutomation": "stopped writing to this customer",
    "RetireContact": "stopped writing to this address",
    "ProposeContact": "put a new contact before a person",
    "RecordNote": "kept what they stated",
    "Note": "kept it on the timeline",
}
