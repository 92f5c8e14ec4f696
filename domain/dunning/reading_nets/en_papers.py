"""English: papers that customers ask for."""

from __future__ import annotations

PHRASES = {
    "_we_send": (
        "(attached is|attached are|attached you|attached please|enclosed is|enclosed "
        "please|find attached|please find|here is|here's|sending you|i attach|we attach|i "
        "am sending|we are sending|we're sending|i've attached|i have attached|we have "
        r"sent|we sent|i sent|see attached|herewith); (we|i) (will|'ll|can|shall) (\w+ "
        ")?(send|forward|provide|share) (you)?"
    ),
    "doc.invoice_copy": (
        "(e-?mail|send|forward|resend) (it|this|them) (to|over|again|across|please|"
        r"through)\b; ^\W*cop(y|ies); (fresh|new|another|clean) copy; sending (it|that|"
        r"this) (over )?again; ^\W*resend; ^\W*(please )?send again; (copy|copies|pdf|pdfs|"
        r"duplicate*|scan) (of )?(\S+ ){{0,4}}(invoice*|bill*|inv*|them|it|this|that|those|"
        r"these|all|\S*\d\S*); invoice*( in)? (cop*|pdf*|attached|again|as (a )?pdf|itself|"
        "document|file|please); (send|resend|re-send|forward|email|e-mail|mail|provide|"
        "share|attach|get|need|have|receive|see|want|reissue|supply|missing|fax|without|"
        r"with|for) (\w+ ){{0,4}}(\w+ )?(invoice*|bill|bills|inv\S*) ?(\S* )?(again|in "
        "question|copy|copies|pdf|please|to|for|attached|directly|first|listed|below|above|"
        r"as|over|so|$)?; (never|not|n't) (\w+ ){{0,4}}(received|got|have|receive|get|seen|"
        r"find|see|locate|reached|arrived|in our) (\w+ ){{0,4}}(invoice*|bill|bills|inv*|it|"
        r"this|that|one|\S*\d\S*|copy|attachment|pdf); (invoice*|bill|\S*\d\S*|it|this|that|"
        r"pdf|attachment) (\w+ ){{0,2}}(was|is|were|has|have|did)? ?(never|not|n't) (\w+ "
        ")?(received|receive|arrived|arrive|on file|in our|on our|attached|there|here|"
        "reached|found|come|came|get here|made it|open|in the system|readable); (can't|"
        r"cannot|unable to|couldn't|could not|don't|do not) (\w+ )?(find|locate|see|open|"
        r"trace|have|read|download|identify) (\w+ ){{0,4}}(invoice*|bill|copy|it|this|that|"
        r"inv*|\S*\d\S*|attachment|pdf); no (record|trace|copy|sign) of (\w+ "
        r"){{0,3}}(invoice*|bill|inv*|it|this|that|\S*\d\S*|receiving); invoice details; "
        "(nothing|no attachment|no pdf|no invoice) (was )?attached; lost (the|your|this) "
        "(invoice|copy); (original|readable|legible|searchable|proper) (invoice|copy|pdf); "
        r"(resend|re-send) (it|this|that|them|please|to|the|in|by); ^\W*cop(y|ies)\W"
    ),
    "doc.statement": (
        "send (me |us |over )?(a |the )?(full |complete |updated )?(list|overview|"
        r"summary)\b; (account |customer |current |monthly |updated |latest |full |recent |"
        "open |vendor |supplier |a |an |the |up-to-date )*statement*( of (account*|all|"
        "everything|our|what))?; soa; (list|overview|summary|breakdown|schedule|listing|"
        r"report) of (\w+ ){{0,4}}(open|outstanding|unpaid|overdue|invoice*|due|what|"
        "everything|account); (open|outstanding|unpaid) (items|invoice) (list|report|"
        "overview|statement); (aging|ageing) (report|list|summary)?; account (summary|"
        r"overview|reconciliation|activity); (everything|all|what) (\w+ )?(that is |that's |"
        "is |are |currently )(open|outstanding|due|unpaid); ledger (copy|extract|printout)"
    ),
    "doc.w9": (
        r"w-?9; w ?- ?9; w-?8\w*( ?-? ?ben\w*)?; tax (form|id form); 1099; (tin|ein) (form|"
        "letter|number|certification)"
    ),
    "doc.pod": (
        "proof of (delivery|shipment|receipt|service); pods?; delivery (note*|receipt*|"
        "slip*|confirmation|proof|ticket*|docket*|document*); packing (slip*|list*); bill "
        r"of lading; bol; (signed|carrier|shipping|shipment|courier) (\w+ )?(delivery|"
        "receipt|confirmation|document*|docs|proof|tracking|note|slip); tracking (number|"
        "info*|details|id); signed for (it|the|by); who signed; (evidence|confirmation) of "
        "(delivery|receipt|shipment); job sheet|work order|service report|completion "
        "certificate|goods receipt"
    ),
    "doc.contract": (
        "(copy of |signed |our |the |master |executed |countersigned |original )*(contract|"
        "agreement|msa|sow|statement of work|order form|engagement letter|framework "
        "agreement|terms and conditions|quote|quotation|order confirmation|nda|service "
        "agreement|subscription agreement)"
    ),
    "doc.timesheet": (
        "time ?-?sheet*; (hours|time) (log*|record*|report*|breakdown|detail*|tracking|"
        r"entries|summary); (breakdown|detail*|log|list|record|summary|evidence) of (\w+ "
        ")?(hours|time|days worked|consult*); (approved|signed) (hours|time)"
    ),
    "doc.usage": (
        r"usage (\w+ )?(report*|data|detail*|log*|breakdown|record*|figures|statistic*|"
        "export|summary|numbers)*; (consumption|meter|metering|api|call|seat|user|"
        r"transaction|traffic) (\w+ )?(report*|data|detail*|log*|breakdown|record*|reading*|"
        "list|count*|logs); (breakdown|detail*|report|log*|data) (of|on|for|about|behind) "
        r"(\w+ )?(usage|consumption|api|overage*|users|seats|users|units consumed)"
    ),
    "doc.purchase_order": (
        "(copy of |signed |original |our |the )*(purchase order|po)( copy| document)?(?! "
        "(number|no|is|was|#|box|ref*|process|missing|line|matching|approval|field))"
    ),
    "doc.bank_letter": (
        "(bank|banking) (confirmation |verification |reference |account )?(letter*|"
        "confirmation|verification|certificate); letter (from|of) (your|the) bank*; "
        "voided? (check|cheque); bank letterhead; letter on (your )?(bank|company) "
        "letterhead; cancelled (check|cheque)"
    ),
    "doc.bank_details": (
        "wire instructions?; (bank|banking|wire|ach|eft|account|remittance|remit-to|"
        "payment|transfer|bacs|wiring) (account )?(detail*|info*|instruction*|coordinates|"
        r"data|number*|particulars); iban*; (routing|account|swift|sort|aba|bic) (\w+ "
        ")?(number*|code*|details?); swift|bic; (bank|which) account (to|do|should|for|we)"
    ),
    "doc.vendor_form": (
        r"(vendor|supplier|new vendor|new supplier|creditor|vendor master) (\w+ )?(form*|"
        "set-?up|registration|onboarding|questionnaire|packet|master|creation|application|"
        "information|profile|request|data|pack); (fill|filled|complete*|return|sign|"
        r"filling) (\w+ ){{0,4}}(form*|questionnaire|packet|document*); onboarding (form*|"
        "packet|documents|questionnaire); (w-?9 and|set you up as a|add you as a|register "
        r"you as a|onboard you) (vendor|supplier)?; code of conduct; ach (enrol\w*|form|"
        "authori[sz]ation)"
    ),
    "doc.tax_certificate": (
        "(tax|vat|gst|resale|exemption|residency|tax residency|registration|withholding|"
        r"tax clearance|tax compliance) (\w+ )?(certificate*|exemption form|clearance|"
        "registration (certificate|document)); certificate of (tax|residen*|registration|"
        "incorporation|good standing|exemption|fiscal); tax residency; 6166; trc; (vat|"
        "gst) registration"
    ),
    "doc.insurance_certificate": (
        r"(certificate*|proof|evidence|copy|cert) of (\w+ )?(insurance|liability|coverage|"
        "cover|workers'? comp*); coi; insurance (certificate*|document*|policy|proof|cert|"
        "coverage|papers); (liability|workers'? comp*) (insurance|certificate|cover*)"
    ),
    "request_document": (
        "email (a|the|me|us) (fresh |new |full )?(statement|invoice|copy)~; w-?9 (first|"
        r"please|before|needed|required|missing); first the w-?9; (n't|not|never) (\w+ "
        "){{0,2}}(have|receive|received|got|get|seen) (a copy of |the |this |that |your |"
        r"any |an )*(invoice|bill|inv\S*)\b; (send|provide|forward|need|share|attach|supply|"
        r"missing|require|request*|get|email|resend) (\w+ ){{0,5}}(supporting|back-?up|"
        "documentation|documents|paperwork|breakdown|receipts?|certificate|evidence|proof|"
        "supporting doc*)(?! of payment); (no|missing|without|lacks?) (supporting|back-?up|"
        "attachment*|documentation)"
    ),
    "request_document-": (
        "bank statement*; (your|the) (mail|e-?mail|reminder|letter)~; personal data; (will|"
        r"'ll|we'll|i'll|shall|going to) (\w+ )?(send|provide|forward|share) (you|it|the|"
        "over|our|proof|remittance); remittance; proof of payment; payment (confirmation|"
        "advice); (corrected|revised|amended|new|replacement|separate|single|one|"
        "electronic|e-?) invoice; {we} (have |'ve )?(sent|forwarded|provided|shared|"
        "attached)"
    ),
}
