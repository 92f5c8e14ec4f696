"""English in short plain words: what is asked for, who writes, and what must stop everything."""

from __future__ import annotations

PHRASES = {
    "request_document": (
        "(resend|re-send|send|email|e-mail|mail|forward|fwd) (it|that|this|them|one|the (bill|"
        "invoice|thing|attachment|file)) (again|over|across|to me|to us|once more|please|pls|"
        r"asap)~; (bill|invoice|attachment|pdf|copy|one|it)( \w+){{0,2}} (can't|cannot|can not|"
        r"cant|couldn't|don't) (find|locate|open|see)~; (would|will|could) help\W*$; (nothing|"
        "no invoice|no bill|not|n't)~(on file|under that|in our (system|files|inbox|"
        "records))~; (fresh|new|updated|another|full|complete) (account )?(statement|copy|"
        r"list)\b~; (may|can|could) (we|i) (have|see|get|please have) (the|a|an|your|that|"
        "those)~(report|log|list|statement|copy|certificate|sheet|breakdown|contract|form|"
        "invoice|note|docket)~; (let|get) (us|me) (have|the|a)~(docket|statement|copy|"
        r"certificate|note|report|form|list|pdf|invoice)~; trouble you for~; soa\b; who signed "
        "for~"
    ),
    "request_document-": (
        r"^\W*(could|can|would) you (please )?(quote|price|offer)~; quote us for~; (grace|grant|"
        "allow|give) (us|me) (a |an )?(grace|extension|delay|time)~; cost cent(er|re)~(resend|"
        "send) to~; lawyer'?s? (office )?moved~; (invoices?) (as|in) (a )?(single )?(pdf|xml|"
        "word|paper)( format)? only~; (need|want|require) the invoice (addressed|made out|"
        r"issued|re-?issued)~; not to me\W*$"
    ),
    "_please": (
        "would help; (bill|invoice|copy) .{0,30}can'?t find; pls; (let|get) (us|me) (have|"
        "the); trouble you for; wants? to see; (mind|would you mind) (e-?mailing|mailing|"
        "sending); (may|can|could) (we|i); fwd; email it; (net|apply) ~ and (email|send); "
        "(share|send) soa; send; (ask|asks|asked|asking) for~"
    ),
    "doc.statement": (
        r"soa\b; (list|overview|summary) of (everything|all|what) (we|i|that|is|you)~; full "
        r"(account )?statement; account statement; fresh statement; statement of account\w*"
    ),
    "doc.usage": (
        r"(api|call|usage|event|transaction|access|traffic) (call )?logs?\b; usage (report|data|"
        r"figures|stat\w*)"
    ),
    "doc.timesheet": (
        r"(signed |approved )?time ?sheets?\b; (approved|signed|logged|booked) hours\b; hours "
        "(log|sheet|report|list)"
    ),
    "doc.tax_certificate": (
        r"(tax|fiscal|vat) (residen\w+|clearance|exemption|status) (cert\w*|form|letter|proof)"
    ),
    "doc.bank_details": (
        r"(iban|swift|bic|sort code|routing)( number)?\b; (your |the )?(bank|wire|remittance|"
        r"ach) (details|instructions|info\w*|coordinates)"
    ),
    "doc.pod": (
        r"who signed for (it|this|them|the)~; pod\b; (signed )?(delivery|goods|shipping) "
        "(docket|note|receipt|slip)"
    ),
    "doc.vendor_form": r"(new )?(supplier|vendor|creditor) (set-?up |registration |master )?form\b",
    "doc.invoice_copy": (
        "(resend|re-send|send|email|forward|fwd|pls forward) (me |us )?(it|that|this|the (bill|"
        r"invoice)|one|again|over)?\b ?(again|to me|over|across|please)?; (missing|no|without|"
        "forgot the) attachment; attachment (was |is )?(missing|empty|broken|corrupt)~; pls "
        "forward; in pdf"
    ),
    "doc.invoice_copy-": (
        "(email|send|mail) (a|the|me a|us a) (fresh |full |new )?(statement|soa|list)~; (tax|"
        "insurance|residency|certificate|form|statement|usage|timesheet|hours|contract|"
        "agreement|w-?9|pod|docket) ~; grant us~; to the central~; (form|it) and (return|send) "
        r"it~; copy of (the |our |your |a |this )?(\w+ )?(agreement|contract|sow|msa|order|po|"
        "certificate|w-?9|pod|timesheets?|report|statement)~; (invoices?) (as|in) (a )?(single "
        ")?(pdf|xml|word|paper)( format)? only~; (need|want|require) the invoice (addressed|"
        "made out|issued|re-?issued)~"
    ),
    "submission_requirement": (
        "(put|pop|drop|stick|enter|key|post|load) (it|this|that|them|the invoice) (on|in|into|"
        "through|via) (our|the|your|coupa|ariba|tungsten|basware|jaggaer|workday|oracle|sap)~; "
        "(isn't|not|aren't|n't) (yet )?(set up|registered|approved|onboarded|in) (as a |in |on "
        ")?(our|the)? ?(vendor|supplier|system|master|portal)~; (complete|fill|finish|use|"
        r"follow) (the|our|your|this) (\w+ )?(registration|onboarding|questionnaire|set-?up)~; "
        "(must|has to|have to|needs? to|should) be (uploaded|submitted|lodged|filed|keyed|"
        "entered|sent) (to|via|through|in|into|by|on|with)~; (invoices|bills) (need|have|"
        "should|must|are|only) (to )?(go|be sent|come|be mailed|be emailed) (to|via|through) "
        r"\S+@\S+~; e-?invoic\w+ (format|only|since|from)~; (only|just) (accept|process|take|"
        "handle|book|pay) (invoices|bills|e-?invoices)? ?(that|with|which|through|via|quoting|"
        "showing|carrying)~; system (kicked|bounced|rejected|threw|spat|refused) (it|this|the "
        "invoice) (out|back)?~; (then|and) (you )?(submit|upload|resubmit) (it )?(there|again|"
        "on|to|via|in)~; can't be (booked|processed|posted|paid) without (a|an|the|our) (po|"
        r"purchase order|order number|cost cent\w+)~; (send|submit|e-?mail|mail|issue) (all |"
        "your |the |us )?(invoices?|bills?) (as|in) (a )?(single )?(pdf|xml|word|paper|"
        r"electronic)( \w+)? (only|,)~; (need|want|require) (the|your|all|this) invoices? (to "
        "be )?(addressed|made out|issued|sent|re-?issued) (to|with|in|for)~; one (invoice "
        ")?per (e-?mail|mail|pdf|file)~"
    ),
    "submission_requirement-": (
        r"(reference|ref|case|ticket) (no\.? |number |# ?)?\d+\W*$; has reached~; has to "
        r"go\W*$; (card|payment|pay) page~; loaded (at|with) (the|our) bank~; your own portal; "
        "file a (complaint|claim|suit|report|proof)~; (delivery|shipping|mailing|postal) "
        r"address\W*$"
    ),
    "wrong_person": (
        "(don't|do not|doesn't) do (the |our )?(bills|invoices|payments|accounts|payables|"
        r"books|paying)~; (that's|thats|that is|it's|its|this is) (janet|\w+),? not me~; "
        "(that's|that is|that'd be) (?!what|why|how|not|all|it|fine|ok|okay|right|wrong|"
        "correct|true|great|good|a|the|our|when|where|because|just|still|when|happening|false|"
        "nonsense|odd|strange|his|her|for|in|on|you|your|my|an|too|very|absurd|already|done|"
        r"paid|ridiculous|unacceptable|what's)\w+\W*$; (not|isn't|n't) my (department|job|area|"
        "desk|problem|thing|role|responsibility|bag|remit|pigeon); (handle|do|look after|"
        "responsible for) (payroll|hr|sales|marketing|it|operations|purchasing|logistics) "
        "only; (only|just) (handle|do|deal with|look after) (payroll|hr|sales|marketing|it|"
        "operations|purchasing|logistics)~; (try|ask|email|write to|write|speak to|get hold of|"
        r"use) (?!again|to|it|that|this|our|the|your|us|me)\w+( \w+)?,? \S+@\S+; (sold|closed|"
        "handed over|gave up) the (shop|business|company|store|restaurant|practice|"
        "firm)~(owner|last|in|to)~; new owner~(handles|deals|pays|now|is|took)~; wrong (person|"
        r"guy|man|woman|company|contact|lady|desk)\W*$; (changed|left) (jobs|companies|"
        r"employer\w*)~; address (this|these|it|them|all|any) to (our|the|my) (\w+ )?(finance|"
        r"accounts|ap|accounting|payables|treasury|billing|colleague)~; not (to )?me\W*$; "
        "(mailbox|address|inbox|e-?mail|number|line) (isn't|is not|not|was never) (for|meant "
        "for|used for)~; (you have|you've got|you've reached|got) the wrong (number|company|"
        r"firm|person|guy|address|e-?mail|department|office)\b~"
    ),
    "wrong_person-": (
        r"^\W*(wrong|different) (e-?mail|mail|thread|window|chat|attachment|button)\b~; wrong "
        "(thread|window|chat|button)~; sent by mistake~; new (delivery|postal|street|office|"
        r"shipping) address~; new address for (deliver|ship|post|goods)\w*~; (we|we have|we've) "
        "moved (office|offices|premises|building)~; moved offices~; (mailbox|inbox|address) is "
        "not monitored~; (not|un)monitored (mailbox|inbox)~; wrong (colou?r|size|product|item|"
        "part|model|amount|price|rate|invoice|number|po|figure|quantity|total|vat|account|tax|"
        r"goods|currency|one)\b~; that's (happening|final|firm)~; congrat\w*~new office~"
    ),
    "stop_contact": (
        "(do not|don't|dont|never|please don't) (phone|ring|call|text|fax|mail|e-?mail|write|"
        r"message|contact|bother|disturb|visit) (to )?(our|my|me|us|this|the)( \w+){{0,2}} "
        "?(again|any ?more|any longer|in future|office|number|cell|phone|home|mobile|at all|"
        "ever)?~; (stop|quit|cease|no more) (calling|phoning|ringing|texting|mailing|"
        "e-?mailing|writing|messaging|contacting|bugging|pestering|chasing|bothering|hassling|"
        r"spamming)\b~; lose (my|this|our) (number|e-?mail|address); (no|zero) (further|more) "
        "(e-?mails?|mails?|calls?|contact|letters?|messages?|reminders?|texts?)( please|, "
        r"please)?\b; (take|get|strike|scratch|leave) (me|us|this address|my (name|address|"
        r"e-?mail)|our (name|address)) (off|out of|from)~(list|mail\w*|database|records|system|"
        "it)~; leave (me|us) (alone|be|in peace); (don't|do not) want (to hear|any more|your "
        "(mails|e-?mails|messages|calls|reminders)|to be contacted)~"
    ),
    "stop_contact!": (
        "(stop|quit|cease) (calling|phoning|ringing|texting) (me|us|my|our|this) ?(cell|phone|"
        r"mobile|home|number|office|house|line)?\b; (do not|don't) (phone|call|ring) (our "
        "office|my cell|my mobile|my phone|this number|me) ~"
    ),
    "stop_contact-": (
        r"unsubscribe~(newsletter|marketing|promo\w*)~; (don't|do not|no need to) (pay "
        "attention|worry|bother|write it off|change)~; (please )?(don't|do not) (hesitate|"
        "change the subject)~; (stop|quit) (charging|billing|invoicing)~; reminders are fine"
    ),
    "payment_plan_request": (
        "(pay|paying|clear|settle|do) (it|this|that|you) (off )?(bit by bit|little by little|"
        "in bits|in parts|piecemeal|gradually|over time|monthly|weekly|slowly)~; (spread|break|"
        "split|stretch|stagger|divide|space|chop) (it|this|that|these|them|the (balance|"
        "payment|bill|amount|debt|total)) ?(out|up|over|across|into|down)?~; (half|part|some|"
        r"\S*\d\S*) now (and|,|&)~(half|rest|later|july|next|remainder|in)~; (full and final|"
        "full & final|final settlement|settle for|knock down|lump sum)~; (could|can) (i|we) "
        r"(do|pay|manage)~(a|per|each|every) (month|week|fortnight)~; over (\d+|two|three|four|"
        r"five|six|twelve|several|a few|the next) (months|weeks|payments|instal\w+)\W*; (all at "
        "once|in one go|the lot|the whole lot|everything at once) (kills|is too much|would|"
        "won't|breaks|ruins|sinks)~"
    ),
    "payment_plan_request-": (
        r"(always|usually) (do|pay) ~ (last|first|end)~; (six|two|\d+) (boxes|pallets|cases)~; "
        "(remainder|rest) to inv~; discount for early~; (banked|cashed) ~ last month~; (last|"
        r"next|this|every) month\W*; end of the month~; half (finished|of the panels|the panels|"
        r"done)~; two halves:~\d\S*"
    ),
    "extension_request": (
        r"(could|can|may|might) (we|i|you) (\w+ )?(have|get|take|give us|give me|allow|wait|"
        "hold off)~(until|till|til|another|more time|extra|longer)~; (ok|okay|alright|all "
        r"right|fine|acceptable|possible) if (this|it|we|that|payment|i)( \w+){{0,4}} (late|"
        "later|after|delayed|slips?|until|till|next)~; (move|push|shift|extend|bump|change|put|"
        "set|stretch) (the|our|this|that|your|its) (due date|deadline|date|payment date|term|"
        r"due)( \w+){{0,2}} (to|back|out|by|until|till)~; (need|want|like|require|request) "
        r"(another|an extra|an additional|some more|more|a few more|\d+ more|a couple more|"
        r"until|till|til)~(days?|weeks?|months?|time|until|till)?\b~; (breathing (space|room)|"
        r"some slack|a bit of leeway|leeway|grace period|grace)\b; (can|could|will) (it|this|"
        r"that) wait\b~; grant (us|me)~(period|until|till|up to|extension|time|delay)~; (any|"
        r"some|bit of|little) (flexibility|leeway|wiggle room|slack|give)( \w+)? (on|with|in|"
        "around) (the |this |that )?(deadline|date|due date|terms|timing)~; any flexibility"
    ),
    "extension_request-": (
        r"extra day\b~(never|not|signed)~; push it to the ~ in your~; (trying|pushing|hoping) "
        "(to get|for) ~; next run~; (have|get) the~(log|report|copy)~; (isn't|not|n't|won't be|"
        "aren't|wasn't) due~; before (we|i) can check~; need the time ?sheets?~; everything is "
        r"delayed; for another ~according to~; another \w+ (weeks|days) (according|per|by)~"
    ),
    "hardship": (
        r"(don't|do not|haven't|have not) (\w+ )?(have|got|have got) (the |any |enough )?(cash|"
        r"money|funds|liquidity|means)\b~; (no|zero|without|out of|short of|low on|run out of) "
        r"(cash|money|funds|liquidity|cash ?flow)\b~; (business|sales|trade|trading|revenue|"
        r"turnover|orders|takings) (has been|have been|is|are|was|were) (\w+ )?(awful|terrible|"
        "dead|slow|down|poor|bad|dreadful|collapsed|quiet|at a standstill|non-?existent)~; "
        "(lost|losing) (my|our|the|his|her) (job|jobs|business|biggest|main|largest|major|key|"
        "contract|funding|lender|investor|client|shop)~; (went|gone) under and (took|left|"
        "owes)~; (rough|hard|bad|tough|lean|difficult) (patch|time|times|spell|year|quarter|"
        r"season|stretch)\b~; (on fumes|on our knees|on the ropes|stretched thin|strapped|skint|"
        r"broke|penniless|barely (surviving|afloat|hanging))\b; (laid|lay|laying) off~; (flood|"
        "fire|storm|hurricane|earthquake|theft|burglary|break-?in) (took|destroyed|hit|wiped|"
        "closed|ruined|gutted|cleaned)~; (insurance|insurer) (hasn't|has not|won't|still "
        "hasn't) paid~"
    ),
    "hardship-": (
        "surgery~; (my|the) (sister|brother|wife|husband|colleague)('s| is) (doing|handling|"
        "covering)~; (no|without) money (moves|leaves|changes)~; sort out the (invoice|bill)~"
    ),
    "legal_threat": (
        "(our|my) (counsel|lawyer|attorney|solicitor)s? (will|shall|is going to|has|have|"
        r"advis\w+|told|to)~; (take|taking|taken) (this|it|you|the matter) to (\w+ )?(court|"
        r"tribunal|judge|arbitration|small claims)~; (see|meet) you in (\w+ )?(court|small "
        r"claims)~; (all|any) (the )?data (you|that you) (have|hold|keep|store)~(delet\w+|"
        "erased?|removed?|on me|about)~; (further|continued|more) (harassment|contact|"
        r"threats)~(report\w*|authorit\w+|police|law\w*)~"
    ),
    "legal_threat-": (
        "lawyer'?s'? office moved~; our lawyer ~ (copy|contract|signed)~; assignee for the "
        r"benefit~; exhibit\w*"
    ),
    "insolvency_notice": (
        r"(we|company|business|firm|shop)( \w+){{0,2}} (closed down|shut down|folded|wound up|"
        r"went bust|gone bust|is bust|went under|gone under)\b~; bankrupt\w*; nothing "
        "left~(creditors|pay|you|company|bankrupt)~; moratorium~; trustee (has been|was|is|"
        "appointed)~; creditors (may|can|must|shall|are)( not)?~(enforce|claim|file|lodge|act)~"
    ),
    "bank_details_change": (
        r"(which|what|whose) (acct|account|bank|bank acct|a/c)\b~(wire|pay|send|transfer|use|"
        "remit|to|should|do|is)~; (acct|a/c|account|iban|sort code|routing|bank|details)( "
        r"\w+){{0,6}} (is|are|was|looks|look|seems|seem)? ?(different|not the same|changed|"
        r"differs?|another one|unlike|new)( \w+)? (than|from|to|as|then|on|since|last|before|"
        r"account|compared)~; (moved|changed|switched|swapped) banks?\b~; (two|2|several|three|"
        "conflicting|different) (different )?(accounts|accts|ibans|bank details|sets of)~(from "
        "you|on|which|got|invoice)~; (where|which)~(wire|send|pay|transfer)~(these days|now|"
        r"to)\?~; (your|the) (account|bank|iban|acct)( number| details)? (\w+ )?(changed|change|"
        r"moved|switched|different)\b~; (claim\w*|pretend\w*|say\w*|said)~(from|at|to be|for) "
        "your (company|firm|office|team|finance|accounts)~(account|bank|pay)~; (pay|wire|send|"
        r"transfer)( \w+){{0,4}} (in)?to a (new|different|other) (account|bank|iban)~; (confirm|"
        "verify|check) (your|the|these|those) (bank|account|iban|wire|payment) (details|number|"
        r"info\w*|data)~; (account|iban|bank details|acct)( on| in)( \w+){{0,3}} (is|are|looks) "
        "(different|new|changed|not)~; bank (letter|mail|notice)~(new|changed|move)~; (now|"
        "currently) bank(ing)? with~; (bank|account) (below|attached|as follows)~; (pay|paying|"
        r"payment|payments|wire|transfer|money)( \w+)? (in)?to (another|a different|a new|other|"
        "some other) (bank )?account~; into another account~"
    ),
    "bank_details_change-": (
        "what account did you check~; (customer|client|vendor|supplier|your|our|user|my) "
        r"account (number|id|no|with you)?\b~(is|:|#)? ?\d*$; (loaded|set up|instructed|"
        "submitted) (at|with|to) (the|our) bank~; on account of~"
    ),
    "suspicious_instruction": (
        r"(forward|send|bcc|copy|export|mail|email|share|relay|route) (\S+ ){{0,10}}(ledger|"
        "customer list|thread|conversation|inbox|history|data|accounts|aging|contacts|invoices "
        r"of|files|database|report) (\S+ ){{0,6}}to \S+@~; ^\W*(assistant|ai|bot|agent|model|"
        r"llm|admin|root)\W{{0,3}}: ~; (ai|assistant|bot|agent|model)( \w+){{0,3}} (reading|"
        "processing|handling|parsing|seeing|receiving) this~; (set|reset|reduce|change|adjust|"
        r"bring) (the|our|my|this|all) (\w+ )?(balance|amount|debt|invoice|total|account) (\w+ "
        ")?(to|=) (0|zero|nil|nothing)~; (close|clear|mark|settle|cancel|void|delete|wipe|"
        r"zero) (out )?(inv\S*\d\S*|\S*\d\S*|all|every|the (invoice|account|balance)) (as |to |"
        "out )?(settled|paid|zero|done|resolved|closed)?,?~no (confirmation|approval|review|"
        r"check|need|questions?)~; approve (the|this|my|a|our|all)( \w+){{0,2}} (write-?off|"
        "credit|refund|discount|waiver|change|payment plan)s?~(and|without|now|immediately|"
        "forward|thread|then)~; (verify|confirm|validate|unlock|restore) your (mailbox|"
        "password|login|identity)~; (mailbox|account|storage|password)~(suspended|deactivated|"
        "expires?|locked)~; (full )?list of~(every|all|other) (client|customer|debtor|"
        r"account)s?~; (print|dump|reveal|show|list)~(prompt|discount limits?|secret|config\w*|"
        "rules|tools)~; maintenance mode~; (list|details|invoices|balances|data) of (every|all|"
        "each|your other) (client|customer|account|debtor|company)s?~"
    ),
    "suspicious_instruction-": (
        "(disregard|ignore|forget) (my|the|our|that|any) (last|previous|earlier|prior|other|"
        "first) (mail|e-?mail|message|note|instructions? (i|we) gave|reminder|thread|one)~; "
        "(previous|earlier) instructions (i|we) (gave|sent|left|wrote)~; (system|erp|portal|"
        "software|server) prompt-?ed~; (ignore|disregard) (the|your) (earlier|previous|last) "
        "(reminder|mail|statement|invoice)~; (issue|raise|create|send|provide) (a|an|the) "
        "(credit note|credit memo|credit|refund) (for|on|against|to cover)~(and|then) "
        "(re-?bill|re-?invoice|re-?issue|send|correct|new)~; (being |getting |be |was |am |are "
        ")?(threatened|chased|contacted|mailed|answered|reminded|treated|written to) by (a|an|"
        "your) (robot|bot|machine|computer|ai|system|algorithm)~; chatbot demo~; (may|can|"
        "could) (we|i) have the (api|call)~; for urgent matters ~"
    ),
    "acknowledgement": (
        "(let|lem) ?me (see|look|check|have a look|take a look|find out|look into)( "
        r"\w+){{0,3}}( and (get|come|circle|report) back( to you)?)?\W*$; lemme~; (will|'ll|"
        "i'll|we'll|shall|let me|going to) (look|check|see|have a look|take a look) (into|at|"
        "on|over)? ?(it|this|that|the matter|what (i|we) can do)?( and (get|come|circle) back( "
        r"to you)?| tomorrow| later| asap| soon)?\W*$; (message|mail|e-?mail|request|inquiry|"
        r"enquiry|query|note|reminder)( \w+){{0,3}} (reached|arrived|landed|come through|been "
        "(received|registered|logged|forwarded|assigned))~; (forwarding|passing|sending) (it|"
        "this|that)? ?(on )?to the right (folks|people|person|team|place); (has|have) seen (it|"
        r"this|your|the)\b~; (i|we)('ve| have)? (seen|read|got|noted) (it|your|this|the) (mail|"
        r"e-?mail|message|reminder|invoice|note|letter|nudge)?\W*$; i hear you; (i|we) (can't|"
        "cannot|won't) promise~"
    ),
    "in_process-": (
        "(let|lem) ?me (see|look|check|have a look|take a look|look into) (it|this|that|into "
        r"it|into this|at it|what (i|we) can do)( and (get|come) back( to you)?)?\W*$; (i|we|"
        r"i'll|we'll|will|'ll|shall) (\w+ )?(look into|look at|check|have a look|take a look)( "
        r"\w+){{0,2}}( and (get|come|circle) back( to you)?| tomorrow| later)?\W*$; great (work|"
        "job) on~; your (collections?|billing|invoicing|dunning) process~; put (my|our) name "
        "on~; who signed~; (confirm|tell|verify|check)~by phone before~; send these to~not to "
        "me~"
    ),
    "in_process": (
        "(sent|send|sending|passed|kicked|pushed|moved|gone|handed|took|taken) (it |this |that "
        ")?(up|on|along|over|across) (the chain|the line|to|for (approval|signature|sign-?off|"
        r"review|coding)|for)~; (ap|finance|accounts|accounting|our|the) (\w+ )?team (is|are|"
        r"'s) (on|at|handling|working|looking)~; (still|currently|being|is) (\w+ )?(pending|"
        "open|outstanding|stuck|in the queue|on hold) (on|at|with|in|for) (our|my|the) (side|"
        r"end|approver|cfo|boss|system|team|desk)~; (being |getting )(\w+ )?(matched|coded|"
        "approved|reviewed|checked|processed|reconciled|re-?keyed|verified|keyed)~; (changing|"
        r"switching|moving|migrating|replacing|upgrading)( \w+){{0,3}} (erp|system|software|"
        r"accounting|ledger|platform|sap|netsuite)\b~; booked and with (treasury|finance|"
        r"accounts|ap)~; (check|checking|ask|asking|clarify\w*|confirm\w*) (this |it |that "
        r")?with (the|our|my) (\w+ )?(warehouse|site|team|manager|buyer|project|boss|colleague|"
        "department|plant|store|owner|engineer|accountant|director|cfo|ops|operations|"
        "procurement)~"
    ),
    "complaint": (
        r"(second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|\d+th) (reminder|e-?mail|mail|letter|"
        r"message|call|notice|chaser)~; (two|three|four|five|six|seven|\d+) (reminders|e-?mails|"
        "mails|letters|messages|calls|notices|chasers)~(in|within|this|over|already|now|since|"
        r"for)~; neither (\w+ )?(professional|helpful|effective|fair|polite|nice|necessary)~; "
        r"(is|are|was|what) (a|an) (\w+ )?(disgrace|joke|insult|mess|farce|shambles|outrage|"
        r"scandal|circus|embarrassment)\b~; (don't|do not|didn't|hardly) appreciate (being|your|"
        "the|this|getting|that|these|how)~; (threatened|chased|hounded|nagged|lectured|"
        r"scolded) by (a|an|your) (\w+ )?(robot|bot|machine|computer|ai|system|algorithm)~; "
        r"(picks?|picked) up (the|your|a) phone~; (nobody|no one|none) (\w+ )?(picks?|answers?|"
        "replies|responds|calls|cares|listens|reads)~; what a (way|service|company|circus|"
        r"shame|nerve)\b~; (way|how) (to|you) treat (a|an|your|us|loyal|good|long)~; absurd\b; "
        r"(is|does|do|did|has) (anyone|anybody|someone|somebody)( \w+)?( even| actually)? (read|"
        r"reading|listen|listening|there|care|working|home|look|looking)\w*~; money tree~; "
        "deadbeat; (your|the) tone (is|was|of)~; unbelievable; amazing customer service~"
    ),
    "complaint-": (
        "sick leave; (a|the|our) (system|it|erp) (mess|shambles)~; fourth quarter; third "
        r"party; (first|second|third) (instal\w+|part|half|one)~; please stop; is (tom|he|she|"
        r"\w+) still (working|there)~"
    ),
    "invoice_question": (
        "(what|which) (period|month|job|project|site|order|service|work|line|department)~(this|"
        "that|it|for|cover|relate|is)~; what does ~ (mean|cover|include|stand for)~; (doesn't|"
        "don't|not) understand (line|item|the (charge|fee|line)|what|this (line|charge|fee))~; "
        "(which|what) (po|order) (number )?(does )?(this|it) (relate|refer|belong)~"
    ),
    "invoice_question-": (
        "(why|how) (would|should|could|do|can) (i|we) (pay|have to pay|owe|be paying)~; (any|"
        r"no) (openings?|jobs?|vacanc\w+)~; (do|have) you (guys |folks |people )?(have|got|sell|"
        r"make|stock|do) (this|that|it|any|a|one) (in|opening\w*|for)~; (are|will) you (exhibit|"
        r"attend|be at|going to)\w*~; no idea why you (keep|are|still)~; i don't know what to "
        "tell you~; who is based~; (so )?i don't understand the (reminder|mail|fuss)~; since "
        "when~; what do you need from us~"
    ),
    "payment_method_request": (
        "(pay|payment|checkout|billing) (page|link|portal|site|form) (gives|shows|has|throws|"
        r"says|returns|is|doesn't|won't|keeps|times)~(error|fail\w*|expired|down|broken|blank|"
        r"work\w*|crash\w*|404)?; (easiest|best|preferred|quickest|simplest|right) way to (pay|"
        r"settle|send)~; (pay|settle|paying) (\w+ )?online~; (take|charge|use|debit|run) (the|"
        "our|my) (card|amex|visa)~(on file|you have|instead|again|for)?; (pay|settle|paying|"
        r"settling) (\w+ )?(by|with|via|through) (paypal|card|direct debit|ach|credit card|"
        "check|cheque|wise|stripe|venmo|zelle|amex|phone)~"
    ),
    "payment_method_request-": (
        r"(cheque|check) runs?\b~; (put|paid|charged) (it|this|that)?( \w+){{0,4}} (on|with|by|"
        r"via) (my|our|the|a) (\w+ )?(card|visa|amex|site|website)~; (will|'ll|we're|we are|i'm|"
        r"i am) (pay|paying|settle|settling|wiring)( \w+){{0,3}} (by|via|with) (wire|ach|cheque|"
        r"check|bank transfer|bacs|sepa)~; (paid|sent|settled|wired)( \S+){{0,6}} (card|visa|"
        "amex|website|portal|paypal)~; yours will make~"
    ),
    "credit_request": (
        "(issue|raise|send|give|provide|create|post|book|do|make) (us |me )?(a|an|the|our) "
        r"(full |partial )?(credit note|credit memo|credit|refund|cn)\b(?! (card|app\w*|check|"
        "limit|terms|ref|report))~; (use|take|set|put|apply|count|net) (it|that|this|them) "
        "(here|off|against|towards?|on this|for this|instead)~; (deduct|subtract|knock) (it|"
        r"that|this|them|the \w+) ?(off|from)?~; (you )?(still )?(hold|have|owe us|are holding|"
        r"are sitting on) [$€£]?\d\S*( \w+)? (of ours|from|for|on)~; (send|give|pay|return|wire|"
        r"transfer|refund) (us |me )?(the )?(other|extra|excess|second|surplus|overpay\w*|"
        r"difference|duplicate|rest)( \w+)? ?(one |payment |amount )?(back|to us|please)~; "
        "(discount|something|a bit|money|percent|%|goodwill|allowance|credit|compensation)( "
        r"\w+){{0,3}} (off|for the (delay|wait|trouble|downtime|outage|inconvenience)|if we've "
        "had|because of the)~; goodwill (discount|gesture|credit)~; (refund|return) (the|our|"
        r"my) (deposit|overpay\w*|advance|prepay\w*|money)~; (expect|want|like|due|owed|"
        "deserve) (a|an|some) (credit|refund|discount|compensation|goodwill)~; overpaid~; "
        "(paid|transferred|sent) (this |it |that )?(twice|double)~"
    ),
    "credit_request-": (
        "(credit|the credit) you promised~(then|and we|before)~; where('s| is| did)~credit~; "
        "(early|prompt)[- ]payment~; where did credit~; (credit|credit (note|memo)|cn|"
        r"deposit)( \S+){{0,2}} (is|are|was)? ?(still )?missing~(statement|balance|total|"
        "invoice|account|list|overview)~"
    ),
    "out_of_office": (
        r"(out|off|away|gone) (\w+ing )?(until|till|til)~; (little|limited|no|patchy|sporadic) "
        "access to (mail|e-?mail|my (mail|inbox))~; gone (fishing|surfing|hiking|skiing|"
        "sailing|camping)~; (parental|maternity|paternity|annual|sick) leave~; (away|out|off|"
        "gone|on leave|on vacation|on holiday|travelling) (for )?(this|next|all|the rest of|"
        r"the)( \w+)? ?(week|month|today|afternoon)~"
    ),
    "out_of_office-": (
        "it went up~; (team|department) (typically|usually|normally) responds~; business "
        "days~; settlement date~; back in spring~"
    ),
    "other": (
        r"(exhibit\w*|stand|booth|attend\w*)~(fair|show|expo|conference|hannover|messe|this "
        r"year)~; (any|have) (openings?|vacanc\w+|intern\w*)~; (do|have) you (guys |folks "
        r")?(have|got|stock|sell|make) (this|that|it|one|these) in (\w+)\W*\??$; (quote|price|"
        "offer) (us|me) (for|on) ~; could you quote~; wrong (e-?mail|mail|thread|window|"
        "chat),?~(ignore|sorry)?; (ignore|disregard) (this|my last|that last)( one| mail| "
        r"message)?\W*$; happy (friday|monday|weekend|easter|diwali|thanksgiving)~; moved "
        "(offices|premises|to a new office)~; new (delivery|postal|street|office) address~; "
        "newsletter~; (find|visit) us at~; great (work|job) on~; hell freezes~; summer "
        r"intern~; disregard the previous instructions i gave~; congrat\w*~; (update|note|"
        r"change) (our|the|my) (\w+ )?(delivery|shipping|postal|mailing|visiting|street) "
        r"address~; is \w+ still (working|there|with you|around)~"
    ),
    "_fill": r"(complete|fill|sign|return|fill in|fill out)( (and|it|this|out|in|that))*\b",
    "doc.statement-": "(missing|absent|not) (from|on|in|shown on) (the|your|our) statement~",
}
