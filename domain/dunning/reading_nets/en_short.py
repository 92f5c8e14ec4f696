"""English in a hurry: clipped answers, and what people say instead of the word for a matter."""

from __future__ import annotations

PHRASES = {
    "_if": (
        r"no \w+,? no (pay|payment|money|cash)\b; (after|once|when|as soon as) you (confirm|"
        "send|fix|sign|correct|credit|deliver|provide|return|approve|agree)~; get (the|that|"
        "your|this)~(fixed|sorted|corrected|signed|done) and (i|we|i'll|we'll)~"
    ),
    "_perhaps": (
        "don't quote me~; as soon as (funds|cash ?flow|things|money|we|i) (allow|allows|permit|"
        "permits|improve|improves|pick up|can)~; (do|doing|try|trying) (my|our) (best|utmost|"
        "damnedest)~; before (too )?long; (plan|idea|goal|aim) is to~; bear with"
    ),
    "_courtesy": (
        r"as soon as (funds|cash ?flow|things|money) (allow|permit|improve|pick up)\w*; the "
        r"moment (it|funds) (come|land)\w*"
    ),
    "promise": (
        "(money|cash|payment|cheque|check|it)('s| is) (on its way|on the way|coming|underway|"
        r"en route)\b; (anything|everything|invoices?)( \w+){{0,3}} (pays|pay|goes out|settles) "
        "on~; (direct )?(deposit|debit|pay|payment|payout|transfer|settlement|release) "
        r"date:?~\d\S*~; (ap|finance|accounting|accounts|treasury|they|she|he|my \w+|our \w+) "
        "(says?|said|confirms?|confirmed|tells me|has it down for|have it down for) (it's |it "
        r"will be |it's going |for )?(\d+|the \d+|monday|tuesday|wednesday|thursday|friday|next|"
        "tomorrow|end of)~; (we|i) (can|could|will|'ll) release (it|this|that|payment|the "
        r"\w+)~; (get|have|push) (it|this|that) (out|over|across|paid|done|sent) (to you "
        ")?(this|next|by|before|within|asap|soon)~; (hoping|hope|want|aiming|aim) to (clear|"
        "settle|pay|sort|send|get)~; don't quote me~"
    ),
    "_flows": "(goes|go|going|pays|released|release|settles) (out|on|in|with|by)?; deposit date",
    "already_paid": (
        r"(sent|wired|paid|transferred|gave|handed) (you|u) (that|the|this|it|our|your)( \w+)? "
        "?(money|payment|funds|cash|cheque|check|amount)?~(ago|already|last|yesterday|weeks|"
        r"days|months|on)~; (it|this|that|payment|money|cheque|check|wire|transfer) (\w+ "
        r")?(cleared|left|hit|debited|went through|posted)( \w+){{0,2}} (bank|account)~; (sum|"
        r"amount|money|funds|payment|balance) (was|were|has been|have been)( \w+)? (credited|"
        "debited|deposited|booked|wired|sent|transferred|remitted)~; (we've|we have|i've|i "
        r"have|i|we|they|already)( \w+)? (transferred|wired|remitted|settled|paid|sent)( "
        r"\w+){{0,3}} (already|both|ages ago|weeks ago|days ago|long ago)~; (been|it's|has "
        r"been) (taken care of|dealt with|sorted|squared away)\b~; paid (on )?(\d+ \w+|\w+ \d+|"
        r"the \d+)~"
    ),
    "already_paid-": (
        "(not|n't|never|yet to|to be|will be|won't be|before it('s| is)) ~(cleared|credited|"
        "transferred|taken care)~; (your|the) (support|driver|engineer|technician)~; taken "
        "care of (by|next|tomorrow|on|this|shortly)~; credited (us|our)~; credit us~"
    ),
    "remittance_advice": (
        r"(payment|remit|remittance|wire|transfer|ach) (details|info\w*|breakdown|data|"
        r"summary):?~\d\S*~inv\S*\d\S*~; (allocation|breakdown|split|details|list) (for|of) "
        r"(the|our|this|that|yesterday's|today's|last|\w+'s) (\w+ )?(transfer|payment|wire|ach|"
        "deposit|cheque|check|remittance)~"
    ),
    "dispute": (
        r"(amount|sum|figure|balance|total|what) (you|you're) (claim\w*|ask\w*|want|show|state|"
        r"list|bill\w*|chas\w*)( \w+)? (is|are|isn't|doesn't)~(not|wrong|n't)~; (refuse|"
        r"refusing|decline) to pay~; (won't|will not|not going to) pay (it|that|this)\b"
    ),
    "dispute-": (
        "both invoices~approved~; (send|email|resend) the original invoice~; corrupt~; never "
        "saw~copy; as not matching~"
    ),
    "why.pricing": (
        r"why (did|has|have|is|are) (the|your) (\w+ )?(price|rate|cost|fee|charge|premium)s? "
        r"(\w+ )?(go|gone|went|up|higher|increase\w*|doubl\w*|ris\w*|so)~; (fixed|flat|agreed|"
        "locked|guaranteed)[- ](price|rate|fee)~(until|agreement|contract|for|deal)~; "
        r"\d[\d.,]*\S* (over|above|more than|higher than) (the |our |your )?(po|quote|order|"
        r"estimate|budget|agreed|contract)( \w+)?~; discount \w+ promised~; (reduction|discount|"
        r"rebate)( \w+){{0,3}} (isn't|not|n't|missing|nowhere)~"
    ),
    "why.pricing-": "amount you claim~",
    "why.quantity": (
        r"there (were|was) (only )?\d+( \w+){{0,4}}\W~not \d+~; (only|just) (used|had|needed|"
        r"took|got|received|kept) ~(weeks?|days?|hours?|half|\d+)~; (charged|billed|invoiced) "
        r"for (a|the) (full|whole|entire) (month|day|week|year|set|load)~; \d+,? not \d+\b"
    ),
    "why.quantity-": (
        r"\d+ ?%,? not \d+~; [$€£]\d\S*,? not~; (quoted|agreed|price|rate|amount|"
        r"said)~\d[\d.,]*,? not \d~; due~not \d~; invoices? \S+,? not~; short (on|of) (staff|"
        "people|hands|cash|money|time|funds|personnel)~"
    ),
    "why.quality": (
        "(full of|riddled with|lots of|so many) (errors|mistakes|bugs|holes|defects|typos|"
        "faults)~; (broke|died|failed|snapped|blew|burst|burned out|burnt out|packed in|"
        r"stopped) (on|after|within|in|during) (day|the|week|two|three|a|one|its|first|\d)~; "
        "(machine|unit|device|system|robot|pump|printer|engine|product|kit|thing) that "
        "(doesn't|won't|never|does not|can't|didn't)~; (can't|cannot|couldn't|unable to) use "
        r"(it|them|this|the)\b~"
    ),
    "why.cancelled-": "can't use it; report you delivered~",
    "why.duplicate": (
        "(copy|repeat|rerun|duplicate|carbon copy) of (last|the (last|previous|may|june|april|"
        "other|earlier|first)|your (last|previous|other))~; same (hours|amount|items|dates|"
        "services|goods),? same~; (already|previously) (invoiced|billed|charged) (under|on|in|"
        "with|as)~"
    ),
    "why.duplicate-": (
        "original invoice again~; invoices? (are|is|and)~approved~; both invoices~; (answered|"
        r"explained|told you|replied)( \w+){{0,4}} twice~"
    ),
    "why.po_missing": (
        "(po|purchase order|po number|order number|order reference) (is |was )?(missing|absent|"
        r"blank|wrong|invalid|omitted)\b~; no (po|purchase order|order number)\b~"
    ),
    "why.wrong_entity": (
        "(should|must|needs to|has to|ought to) (go|be sent|be billed|be addressed|be issued|"
        r"be invoiced)( \w+)? to [\w&.' ]{{2,40}},? (we're|we are|not)~; (we're|we are) [\w&.' "
        r"]{{2,40}},? not [\w&.' ]{{2,40}}"
    ),
    "why.wrong_entity-": (
        r"(should|must|needs to|has to) (go|be sent|be billed|be addressed)( \w+)? to (\S+@\S+|"
        "ap|accounts|finance|our (ap|accounts|finance|mailbox|portal)|the portal)~; (we're|we "
        "are) (happy|late|paying|sorry|done|customers|on)~"
    ),
    "why.credit_not_applied": (
        "(what happened to|where (is|are)|what about|still no sign of|haven't seen) (the|that|"
        r"our|my) [$€£]?\S+( \w+){{0,4}} (credit|refund|deduct|take off|knock off|return)~; "
        "(going|supposed|meant|promised|agreed) to (credit|refund|deduct|take off|reimburse)~"
    ),
    "why.terms": (
        "(you're|you are|that's|this is|bit|a little|way|far) (too |a bit |a little |very |"
        r"much )?(early|premature|ahead of time)\b~; it's due (on |in |by )?(\w+ \d+|\d+ \w+|"
        "next|the|end|july|august|september|october|november|december)~; (only|not) (invoice|"
        "bill|charge|claim|payable|due) (us )?(after|upon|on|once|following) (acceptance|"
        "completion|delivery|sign-?off|approval|commissioning|handover)~; (invoice|bill) (only "
        ")?(after|upon|once) acceptance~"
    ),
    "why.terms-": (
        "early next~; early (in|july|august|november|may|june|september|payment)~; "
        "sorry~early~; early (yesterday|today|this morning)~"
    ),
    "why.late_fee": (
        r"(what's|what is|why) (this|the|that|there|is there|these) ([$€£]?\d\S* )?(\w+ )?(fee|"
        r"penalty|surcharge|interest|late charge)\b~; \d+ (euro|dollar|pound|eur|usd|gbp)s? "
        r"(fee|penalty|surcharge|charge)\b~(won't|not|never|refuse|why)?"
    ),
    "request_document": (
        r"(saw|seen|got|received|had|have) (this|that) one\W+copy; \W(copy|pdf|invoice|"
        r"statement|pod|w-?9)\?\W*$; (provide|send|share|need|prepare|do) (a |an |the |us "
        ")*(reconciliation|recon|overview|summary|listing) (of|for|on)~; (original|actual) "
        "invoice~again~"
    ),
    "request_document-": (
        "(nothing|anything) to do with (the )?(invoices|bills|payments)~; (don't|do not|never|"
        "stop) ~(e-?mail|mail|send|write to) (me|us)~(again|ever|any)~; one we have on file~; "
        "refunds use~; (your )?(latest )?(catalogue|catalog|brochure|price list)~"
    ),
    "_please": r"\Wcopy\?; copy\?",
    "doc.statement": (
        "(reconciliation|recon) (of|for) (our|the|my) account~; (overview|summary|listing) of "
        r"(our|the|my) account~; what's open\b"
    ),
    "doc.invoice_copy": r"(this|that) one\W+copy; original invoice~; \Wcopy\?",
    "doc.bank_details-": "(doesn't|don't|not|n't) match~; which one('s| is) right~",
    "submission_requirement": (
        r"invoices? (must|should|have to|has to|need to|needs to|shall)( \w+)? (reference|quote|"
        "show|bear|carry|state|include|contain|list|cite)~"
    ),
    "submission_requirement-": r"^\W*(payment|remittance) (details|info)~",
    "why.po_missing-": (
        "invoices? (must|should|have to|need to) (reference|quote|show|bear|carry|state|"
        "include|contain)~"
    ),
    "wrong_person": (
        "(nothing|anything) to do with (the |your |any )?(invoices|bills|payments|accounts|"
        r"this|that company|it|them|purchasing)\b~; (?!who|what|nobody|no one|our system|it|"
        r"this|that|which|finance)\w+ (handles|does|looks after|takes care of|deals with|"
        "manages|is responsible for) (this|that|it|these|them|invoices|payments|the (books|"
        r"accounts|bills|payments|invoices))( now| these days)?\W*$; you('ve| have) reached "
        r"(?!the (end|limit))\w+~; (quit|left|resigned from) (that|the|this) (company|place|"
        "firm|job|outfit)~"
    ),
    "stop_contact": (
        "(don't|do not|never) (you )?(ever )?(e-?mail|mail|write|write to|contact|call|text|"
        r"phone|message|bother) (me|us)( \w+)? (again|ever|any ?more)\b; opt[- ]?out\b; (want|"
        "wish) (no|zero) (further|more|other)? ?(contact|e-?mails?|mail|calls|correspondence|"
        "messages)~; (stop|quit) sending (me |us )?(these|this|those|them|mails?|e-?mails?|"
        r"reminders|letters|messages|that)\b~; (take|get|leave) (us|me) off (your|the|this|"
        r"that) (\w+ )?(list|mailing|reminder\w*)~; (do not|don't) (call|ring|text) this "
        "(number|phone|line)~"
    ),
    "stop_contact-": r"stop sending (to|invoices to|these to)~\S+@\S+~",
    "hardship": (
        r"(let|letting) (half|most|some|all|several|\d+|our|people|staff|everyone)( \w+){{0,3}} "
        r"go\b~; (keeping|keep) (the lights|our head|our heads|the doors|afloat)~; (barely|"
        "hardly|just about|scarcely) (surviving|making|keeping|coping|holding|afloat|hanging|"
        "breaking)~; (no|zero|without|lost (all|our|my|most of our)) (income|revenue|orders|"
        r"work|customers|business|bookings)\b~; (terrible|awful|dreadful|bad|horrible|dismal|"
        "disastrous) (season|year|quarter|month|winter|summer|harvest)~; (account|accounts)( "
        r"\w+){{0,3}} (frozen|blocked|seized|garnished) by~"
    ),
    "hardship-": "broke on (day|the)~; broke (after|within|down)~; it broke~",
    "bank_details_change": (
        "(is|are) (the|this|that|these) (new |other |different |second )?(account|bank details|"
        r"iban|bank)( \w+){{0,5}} (really |actually |truly )?(yours|correct|legit|legitimate|"
        r"genuine|real|right|valid|from you)\b~; (bank|payment|banking)( \w+)? (flag\w*|warn\w*|"
        r"alert\w*|reject\w*|block\w*|stopp\w*|question\w*)( \w+){{0,3}} (account|payee|"
        r"beneficiary|iban|name|details)~; (account|payee|beneficiary) name( \w+){{0,3}} (not "
        r"match\w*|mismatch|doesn't match|differ\w*|wrong|not matching)~; (for|send|make|pay) "
        "(all |any |the )?refunds? (to |into )?(use |to )?(our|the|my|this) (new |other |"
        "updated )?(account|bank)~"
    ),
    "credit_request-": "for refunds? use~; credited to your account~; staff go~",
    "credit_request": (
        r"(discount|reduction|compensation|allowance|something off|credit|rebate)( \w+){{0,2}} "
        "(for|because of|given|considering|due to|in view of) (the|your|all|this|that|our)( "
        r"\w+)? (late|delay\w*|downtime|outage|wait|trouble|inconvenience|damage\w*|broken|"
        "missing|mess|hassle|interruption)~; (reverse|undo|cancel|void) (the|that|this|your) "
        r"(double|duplicate|extra|second|wrong)( \w+)? ?(charge|payment|debit|billing)?~; "
        r"refund us\b"
    ),
    "acknowledgement": (
        r"(we'll|we will|i'll|i will|will|let me|lemme) (take|have) a (look|gander|peek)\W*$; "
        r"we'll (look|check|see)\W*$"
    ),
    "in_process-": (
        r"(we'll|we will|i'll|i will) (take|have) a look\W*$; hiring~; (see|meet) you then~"
    ),
    "in_process": (
        "(ap|finance|accounts|accounting|they|treasury|purchasing|procurement|the team) (has|"
        "have|got|is|are) (got )?(it|this|coding|working|reviewing|checking|processing|"
        r"matching|looking)\b~; awaiting the next~; (pinged|nudged|chased|prodded|reminded) "
        "(the|our|my) (approver|boss|manager|director|cfo|team|controller)~"
    ),
    "payment_method_request": (
        "(which|what|any other) (payment|pay) (method|option|way|form|mean|channel)s?~; "
        r"(website|site|page|portal|system|form|link)( \w+)? (won't|doesn't|does not|will not|"
        r"isn't|refuses to|keeps)( \w+){{0,2}} (take|accept\w*|card|declin\w*|reject\w*|work\w*|"
        r"load\w*|open\w*)~; (like|want|prefer|wish|happy) to pay (\w+ )?(by|with|via|through|"
        "using|online)~"
    ),
    "payment_method_request-": r"payment details:?~\d~",
    "payment_plan_request": (
        r"(\d+ ?%|half|a third|a quarter|part|some|most) now (if|and)~(forget|drop|waive|rest|"
        "later|write|remainder|balance)~; (payment|repayment) (arrangement|plan|schedule|"
        r"agreement|deal)\b~; (if you|and you) (forget|drop|waive|write off|let go of) the "
        "(rest|remainder|balance|interest)~"
    ),
    "payment_plan_request-": "staff go~; half the staff~; copy of last month~; late delivery~",
    "suspicious_instruction-": "check your bank~; don't you people~",
    "invoice_question-": (
        r"(do|will|can|could) you (ship|deliver|send|export|sell|supply|service) to [a-z]+\W*$; "
        "know anyone~; which payment methods?~; what happened to~; how about~; don't you "
        "(people|guys|lot)~; why did the price~; what about the~could you~"
    ),
    "other": (
        "(do|will|can) you (ship|deliver|export|sell|supply) (to|in|into|outside)~; (sent|"
        "meant) (to you )?(by mistake|for someone else|in error|accidentally)~; (we're|we are|"
        r"i'm|i am) hiring\b~; thanks? (you )?for (dinner|lunch|coffee|the (wine|cake|gift|"
        "chocolates|calendar|party|drinks|flowers|invite|invitation))~; (latest|new|current|"
        r"your) (catalogue|catalog|brochure|price list|newsletter)\b~"
    ),
    "out_of_office-": "get it out~; out this month~",
    "complaint": (
        r"(how many|how often) (more )?(times|e-?mails|reminders)( \w+){{0,4}}~; insult\w*; "
        "don't you (people|guys|lot)~(check|read|look|talk)~; (answered|explained|told you|"
        r"replied to|dealt with)( \w+){{0,4}} (twice|three times|several times|many times|"
        "already|repeatedly|before)~"
    ),
    "bank_details_change!": (
        r"(our|the|my) bank( \w+)? (flag\w*|warn\w*|alert\w*|question\w*)( \w+){{0,3}} (account|"
        "payee|beneficiary|iban|name|details)~"
    ),
}
