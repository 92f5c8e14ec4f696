"""English in short plain words: what is asked for, and trouble that is told of."""

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
        r"every) month\W*; end of the month~; half (finished|of the panels|the panels|done)~; "
        r"two halves:~\d\S*"
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
        r"delayed; for another ~according to~; another \w+ (weeks|days) (according|per|by)~; "
        "half~half~"
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
    "_fill": r"(complete|fill|sign|return|fill in|fill out)( (and|it|this|out|in|that))*\b",
    "doc.statement-": "(missing|absent|not) (from|on|in|shown on) (the|your|our) statement~",
    "payment_plan_request!": "half (now|this|today|on|by|in)~half~",
}
