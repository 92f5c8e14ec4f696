"""English in short plain words: the same matters as a second and a third writer would put them."""

from __future__ import annotations

PHRASES = {
    "_if": (
        "soon as; (get|send|give|bring|email|show) (me|us) ~~ and (i|we|i'll|we'll|the|you|"
        "you'll|it)~; nothing ~ (till|until|before) ~; (payment|money|cheque|check) follows "
        "(acceptance|approval|delivery|receipt|sign-?off|completion); when (the|our|my|"
        "your)~(pays|pay|settles|arrives|comes in|lands|is (here|back|fixed|done|signed|right|"
        "corrected))~; hold (it|this|payment) (till|until)~; (stays|remains|is|are) (blocked|"
        r"on hold|parked|held) (until|till)~; ^\W*(please )?(take|accept)~and (we|i)~; can only "
        "be (made|paid|released|processed|settled)~(after|once|when|upon|if)~"
    ),
    "_perhaps": (
        "i reckon; shouldn't be (too )?long; at some stage; in a position to; when things pick "
        "up; trying to get; can't tell you (a|the|when|which); no date yet; can't give you a "
        "(day|date); sooner or later; fingers crossed; in due course; one of these days"
    ),
    "promise": (
        r"(i|we)('ll| will) (get|see|come) to it; promise\W*$; (you|u)('ll| will) get (your|ur|"
        "the|it)~; (you will|you'll) (get|have|see) (your )?(money|payment|funds); (money|cash|"
        "payment|funds|cheque|check) (moves|goes out|is yours|leaves)~; (then )?you get (the "
        "rest|your money|paid|the money|it all); you have your money; near the top of~(pile|"
        "list|queue); (get|getting) (this|it|that|you|these) (paid|settled|sorted|cleared)~; "
        "will be (sometime|some time) (in|next|this|around|before)~; (in|before) the new year "
        r"for sure; (two|three) (halves|parts|payments|tranches):?~\d\S*; (pay|settle|clear|"
        "sort) (it|this|you|that) (in|after|before) the new year; as soon as the boss ~; soon "
        "as ~ (signs|approves|clears|pays|lands|gets|comes|is)~; (i'll|we'll|i will|we will) "
        "(cut|write|send|wire|mail|drop|post) (you )?(a|the|your) (check|cheque|wire|payment|"
        "transfer|money)~; (take care of|deal with|see to) (it|this|that) (soon|shortly|next|"
        r"this|later|when|asap|in)~; confirming [$€£]?\d\S* (by|via|on|for)~; (confirming|"
        r"confirmed):? (payment|transfer|wire) ~; and pay \S*\d\S* (on|by|next|tomorrow)~; (it|"
        "that's|this) when it(’|')?(ll| will) be (paid|there|settled|sent)~; that's when (it|"
        "you|we|this|the money)~; (are|is|both|all) (already )?loaded (at|in|with|into) (the|"
        r"our) (bank|system|run)~; (payment|it|this|invoice)( \w+)? (only )?be (made|paid|"
        "released|processed|settled)( only)? (after|once|when|upon|if)~; (you|they|you'll|you "
        r"will)( all)? (be|get) paid\b"
    ),
    "already_paid": (
        r"(that|this|it|the) (one|one's|invoice|bill)?('s| is| has)? (been |was )?(\w+ "
        r")?(settled|paid|sorted|cleared|closed out|closed)\b~; (was|were|been|is) (all|fully|"
        "long|long since|entirely|completely) (paid|settled|cleared)~; (was|been|got) (closed|"
        "cleared|paid|wrapped) (out|off|up) (on|in|by|last|already|via)~; (you|you guys|you "
        r"people|your (side|office|team|bank)) (\w+ )?(banked|cashed|deposited|collected|"
        r"received|took|got) (our|the|my|that|this|a) (\w+ )?(check|cheque|money|payment|"
        "transfer|wire|funds)~; you (banked|cashed|deposited) (it|that)~; (put|charged|ran) "
        r"(it|this|that) (on|to|through) (my|our|the|a) (\w+ )?(card|visa|amex|mastercard)~; "
        "(money|funds|payment|wire|cash|transfer) (went|came|passed|got) (across|over|out|"
        r"through|off)\b~; it (went|came) (across|over|out) (on|last|yesterday|this|to you)~; "
        "(it|this|that) (isn't|is not|wasn't) (outstanding|open|unpaid|overdue)~(paid|went|"
        "sent|since|settled)?; went out (with|in|as part of|alongside|on) (the|our|a|that|"
        r"\w+day)~; (covered|included|part of) (by|in) (our|the|that) (\w+ )?(wire|payment|"
        r"transfer|check|cheque|ach)~; (transfer|payment|wire) (of \S+ )?(\S+ )?(was|has been) "
        "(executed|effected|made|credited|booked)~; (look|take a look|check) again~(paid|there|"
        r"sent|went|receipts|settled|bank)?; in your (\w+ )?(receipts|takings|deposits)~; "
        "(cheque|check)('s| is) in the (mail|post); (it's|its|it is|money's) (already )?(there|"
        r"in your (bank|account)|with you)\b; ^\W*(mailed|posted|dropped) (it )?(on )?(\w+day|"
        "yesterday|last)~"
    ),
    "already_paid-": (
        "(just|been|was|we|i|have|has|'ve)? ?sent (it |this |that )?(up|on|over|along|across|"
        "through) (the chain|to|for (approval|signature|sign|review|coding))~; (not|n't|never) "
        "~ (banked|cashed|deposited|received)~; (is|are|gets?|will be|be) closed (on|until|for|"
        "from)~; (office|shop|plant) (is|was|are) closed~; (said|says|told|claim*|ask*) ~ "
        "(paid|settled)~; in the mail,? or ~; released for payment (on|in|by)~; approved for "
        "payment; (have|get|see) (this|that|it|these) (paid|settled|cleared) by~; never "
        "delivered~; (shows|says)~never~"
    ),
    "remittance_advice": (
        r"(allocate|split|post)~\d[\d.,]*\d\W~inv\S*\d\S*~; (vendor|supplier|payment|"
        "disbursement|settlement) (payment )?(notice|notification|confirmation|advice):?~; (we|"
        "we have|have) (issued|released|sent|remitted) (check|cheque|payment|ach|eft|wire) "
        r"(no\.? ?)?\S*\d\S* (for|to cover|covering|in settlement)~; a payment (has been|was) "
        "(issued|made|sent|released) (to|for|in)~; (payment|settlement) (reference|ref|id|no|"
        "number):~; invoices? (paid|settled|covered|included):~; (apply|allocate|split|post|"
        "book) (our|the|this|that|my) (transfer|payment|wire|ach|cheque|check|remittance|"
        r"deposit|money)( of \S+)? (\w+ )?(as follows|to|against|across|between|like)~; (ach|"
        r"bacs|eft|wire|chaps|sepa|swift|payment|check|cheque) (trace|advice|notice)\b~\d\S*~; "
        r"\S*\d\S* (to|for|against) inv\S*\d\S* and (the )?(rest|remainder|balance|\S*\d\S*) "
        r"(to|for|against)~; (total|net)( paid| amount)?:? \S*\d[\d.,]+\S* (paid )?(by|via) "
        "(ach|wire|bacs|eft|check|cheque)~"
    ),
    "dispute": (
        "(i|we) (don't|do not|can't|cannot) (accept|agree with|recogni[sz]e|approve) (this|"
        "that|the|your|it|any)~; (one|part|some|half) of (them|it|this|these) (has to go|is "
        r"(wrong|not ours)|should go)~; (we|i) (don't|do not) owe (it|this|that|you|for)?\b~; "
        "(portion|part|line|item|rest|one)('s| is| are) (rejected|refused|contested|disputed|"
        "declined|not accepted)~; (the )?(maths?|sums?|numbers?|arithmetic|total) (is|are|does|"
        "do)(n't| not) ~; (you|you've|you have) (got|have) (it|this|the (numbers|figures|"
        "amount|total|invoice)) wrong"
    ),
    "dispute-": (
        "(don't|do not|won't) (know|see|understand) ~ (wrong|problem)~; (pay|do) this (right "
        ")?now; right now; (not|n't) (right now|at (the|this) moment|right away)~; (won't|not) "
        "(be )?(able|in a position) to (pay|settle)~; (don't|do not) do (the )?(bills|invoices|"
        "payments|accounts)~; (don't|do not) (handle|deal with|manage|pay|process) (bills|"
        "invoices|payments|accounts)~"
    ),
    "why.pricing": (
        r"(rate|price|fee|figure|amount|cost|charge|total)( \w+){{0,3}} (on|in) (here|the|this|"
        r"your)( \w+){{0,2}} (is|was|reads|says)~\d\S*~; (we|i) (signed|agreed|shook|settled|"
        r"contracted|budgeted|were told|was told|paid)( \w+){{0,2}} (for|on|at|to) "
        r"[$€£]\d[\d.,]*\S*(?! (units|boxes|hours|days|pieces|pallets|seats|users|licen[sc]es|"
        r"months?|weeks?))~; since when (is|are|does|do)~\d\S*~; it was [$€£]?\d[\d.,]*\S* "
        "(last|before|in|previously|until|per)~; (not|isn't|wasn't|nothing like) (the|what) "
        "(figure|number|amount|price|rate|total|sum) (in|on|of|we|you|from)~; (forgot|"
        "forgotten|missed|left (off|out)|without|where is|where's|omitted|dropped|ignored) "
        r"(the|our|my|that) (\S+ ){{0,4}}(discount|rebate|allowance|promo\w*|special (price|"
        r"rate))~; (freight|shipping|delivery|carriage|postage|handling)( \w+){{0,2}} (was|is|"
        r"were|should be|should have been) (\w+ ){{0,2}}(free|included|waived|on you|prepaid)~; "
        r"[$€£]?\d[\d.,]*k? for (a|an|one|the|two|that|this)~\?\W*(no|really|seriously|quote|"
        r"that)?~; (quote|quoted|offer) (said|says|was|came)~\d\S*~; (supposed|meant) to be "
        r"(free|included|\S*\d\S*)~; (dearer|pricier|steeper) than~; (put|pushed|jacked|raised) "
        r"(it|the price|your price\w*|prices|the rate) up~; (charging|billing|charge|bill) (us |"
        "me )?(more|extra|above) (than|over)~; (what|figure|price) (is|was) (in|on) the (quote|"
        r"quotation|offer|contract)~(we|not|differ\w*|accepted)?"
    ),
    "why.pricing-": (
        r"net \d+~; (net|terms|days|due|payable|agreement is) ~ \d+ days~; (tax|vat|gst) rate~; "
        r"should be \d+ ?% not~"
    ),
    "why.quantity": (
        r"\d+ (\w+ )?(licen[sc]es|seats|users|units|hours|days|boxes|pallets|items|pieces|"
        r"cartons|people|cases|rolls|bags|crates|bottles|copies)( \w+){{0,4}} (on|in) (the|your|"
        "this) (bill|invoice|statement)~; (we|we only|only) (have|had|use|used|run|employ|keep|"
        r"bought) (only )?\d+ (licen[sc]es|seats|users|units|people|employees|staff|machines|"
        r"devices|of them|in total)~; (only|just) (\d+|one|two|three|four|five|six|seven|eight|"
        r"nine|ten|half|some|part|a few) (out )?of (the |our |\w+ ){{0,2}}(\d+|one|two|three|"
        "four|five|six|seven|eight|nine|ten|pallets|boxes|cases|crates|units|items|order|"
        r"machines|shipment|load)~; (count|quantity|number|tally) (is|was|'s) (\w+ )?(off|out|"
        r"wrong|short|too (high|low))~; (off|out|short) by (\d+|one|two|three|four|five|six|"
        "seven|eight|nine|ten|a (few|couple|dozen|pallet|box|case))~; (log|timesheet|sheet|"
        r"note|docket|slip|register|tracker|report) (says|shows|has|reads|lists|gives) (\w+ "
        r")?(\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b~; you (billed|"
        r"charged|invoiced|put) (us )?(for )?\d+ (hours|days|units|boxes|pallets|seats|users|"
        "licen[sc]es|pieces|items)~(log|we|but|only|says|not|ordered|had)~"
    ),
    "why.not_received": (
        r"(still |been )?waiting (for|on) (the|your|our|an?) (\w+ )?(installer|fitter|driver|"
        "courier|engineer|technician|crew|delivery|goods|shipment|parts|order|truck|"
        "replacement|container|kit)~; (no|without|don't have any|not a) (record|sign|trace|"
        r"evidence|sight) of (these|the|those|any|this|that|your) (\w+ )?(goods|items|delivery|"
        "parts|shipment|boxes|pallets|order|package|container|work|visit)~; (goods|items|"
        "delivery|parts|shipment|boxes|pallets|order|package|container) (coming|came|arriving) "
        r"in~; (didn't|did not|never|hasn't|haven't|not) (\w+ )?(turned up|show up|shown up|"
        "come in|been here|made it here|made it to)~; nothing (has )?(been |was |got "
        ")?(delivered|shipped|installed|done|dropped|provided|supplied)~"
    ),
    "why.quality": (
        "(crash|crashes|crashed|freezes|froze|hangs|fails|failed|breaks|broke|trips|stops) "
        "(every|each|all|daily|twice|constantly|again|on us|since|the minute|as soon|whenever|"
        r"under|after)~; (has|have|had|keeps|kept|been) (\w+ )?(crash|fail|freez|break|trip|"
        r"stopp|stall)\w*~; (rejected|refused|failed|quarantined) (the |this |that |your |at |"
        "in |by |on |goods |incoming |acceptance |final )+(batch|lot|shipment|goods|delivery|"
        "inspection|test|acceptance|material|parts|qa|qc)~; (crooked|uneven|sloppy|patchy|"
        r"half[- ]finished|half[- ]done|unfinished|botched)\b~; (pump|machine|unit|device|"
        "engine|panel|screen|roof|pipe|tank|robot|printer|valve|seal|battery|software|system|"
        r"app|sensor|arm|cell|motor)( \w+){{0,5}} (leaks?|squeaks?|overheats?|drips?|is down|"
        "been down|was down|won't|doesn't|does not|keeps|stopped|died|broke|jammed|faulty|"
        r"defective|useless)\b~; (never|not|hasn't|didn't) (\w+ )?(passed|pass) (\w+ "
        r"){{0,3}}(acceptance|inspection|test\w*|fat|sat|commissioning|qa|qc)~; come (and "
        ")?(pick|collect|get) (it|them|this) (up|back)?~; (tech|technician|engineer|fitter) "
        r"(has )?(been|come|came) (out|here|back) (\w+ )?(times|again|twice|four|three)~; "
        r"scratch(es|ed)?\b; (arrived|came|turned up|delivered) (\w+ )?(broken|damaged|dented|"
        "cracked|scratched|wet|smashed|melted|spoiled|open|dirty|incomplete|with scratches)~"
    ),
    "why.quality-": (
        r"down (payment|to|there)~; credit ~ (broken|damaged|faulty|returned) \w+~; "
        r"countersue~; (form|questionnaire|document|sheet|copy|packet|it) (\w+ )?and (return|"
        "send) it~; (terrible|awful|poor|bad|horrible|lousy|worst|shocking|dreadful) (customer "
        r")?service\b(?! (visit|call|work|report|job))~; (one|iban|account|bank|number)( "
        r"\w+){{0,3}} different one~; shows a different one~; stuck\W*$; von \d+ stuck"
    ),
    "why.duplicate": (
        r"\S*\d\S* (is|was|looks|seems) (\w+ ){{0,3}}(same|identical|a copy|a repeat|a double|"
        r"twin)( \w+){{0,2}} (as|to|of|with)~; (got|received|have|had|sent|see) (this|that|the "
        r"same|it|one) (\w+ )?(bill|invoice|charge|one)? ?(twice|two times|in duplicate|"
        r"double)~; (charged|billed|invoiced|debited) (\w+ ){{0,3}}(for )?(\w+ )?(twice|two "
        "times|double)~; (one|same) (job|delivery|visit|order|month|service),? two (invoices|"
        "bills|charges)~"
    ),
    "why.duplicate-": (
        "(got|gotten|about|reminded|asked) ~ invoice again~; (told|asked|written|called|said|"
        "explained|answered|replied)~(twice|two times|three times)~; twice (now|already|"
        r"before)\W*~; (paid|settled|sent|transferred|wired) (\w+ )?twice by (accident|mistake)~"
    ),
    "why.po_missing": (
        "(our|a|the|any) (po|purchase order|order number|po number) (isn't|is not|wasn't|not|"
        "nowhere) (on|in|there|shown|quoted|mentioned)~; (which|what) (po|purchase order)( "
        "number)? (should|does|do|is|shall|goes) (this|it|that|we)~(against|go|under|on|for)~; "
        "no (valid )?(po|purchase order)( number)? (on|in|with|against|for|quoted|shown)~"
    ),
    "why.wrong_entity": (
        r"(made out|addressed|issued|billed|invoiced|sent) (\w+ )?(to|in the name of|under|for) "
        r"(the )?(wrong|other|old|another|different|former) (\w+ )?(company|entity|firm|"
        r"business|party|subsidiary|branch|name)~; (we're|we are|our name is|it's|it is) [\w&.' "
        r"]{{2,40}}, not [\w&.' ]{{2,40}}; belongs (to|with) (our|another|a|the) (\w+ )?(sister|"
        "parent|daughter|holding|other|different|subsidiary|affiliate|company|branch)~; (not|"
        r"isn't|n't) (for|meant for|addressed to) (us|our company|this company)\b~; (bill|"
        r"invoice|charge|address|issue)~(our|the) (\w+ ){{0,2}}(subsidiary|parent|holding|"
        "entity|branch|affiliate|sister|group company)~"
    ),
    "why.tax": (
        r"(shouldn't|should not|must not|can't|wrongly|not supposed to) (\w+ ){{0,2}}(add|added|"
        r"charge|charged|put|apply|applied|bill|billed|include|included)( \w+){{0,2}} (vat|tax|"
        r"gst|sales tax|duty)~; why (is|was) there (\w+ )?(vat|tax|sales tax|gst|duty)~; (vat|"
        r"gst|tax) (id|number|reg\w*|no)~(isn't|is not|not|wrong|incorrect|invalid|old) ~; (fix|"
        "correct|change|update) the (vat|tax|gst) (number|id|rate|line|amount|code)~; "
        "reverse[- ]charge~; zero[- ]rated~"
    ),
    "why.cancelled": (
        r"(terminated|cancelled|canceled|ended|stopped) (the|our|this|that|my) (\w+ "
        ")?(agreement|contract|order|subscription|service|plan|lease|project|job|trial|"
        "licen[sc]e|membership)~; pulled the plug (on|in|back)~; nothing to (bill|invoice|"
        "charge) (for|since|after|any)~"
    ),
    "why.credit_not_applied": (
        r"where('s| is| are) (the|our|my|that) (\w+ )?(credit|credit (note|memo)|refund|"
        r"deposit)( \w+){{0,2}}? (you|we|for|from|that|promised|agreed)~; (statement|balance|"
        r"invoice|account|it|figure|total|list|aging) (\w+ )?(still )?(doesn't|does not|ignores|"
        r"fails to|isn't|without|not)( \w+){{0,2}} (show\w*|includ\w*|reflect\w*|hav\w+|"
        r"deduct\w*|count\w*|it)? ?(the |our |a )?(\S+ )?(credit|cn|deposit|refund)~; credit "
        r"(note|memo)?( \S+)? (go|went|gone|disappear\w*|vanish\w*|missing)~; (credit|credit "
        r"(note|memo)|cn|deposit|refund)( \S+){{0,2}} (is|are|was)? ?(still )?(missing|absent|"
        "not (on|in|shown|there))~(statement|balance|total|invoice|account|list|overview)?"
    ),
    "why.terms": (
        "(we're|we are|we have|you gave us|i'm|i am|our account is) (on|at) (net )?(30|45|60|"
        "75|90|thirty|forty-?five|sixty|ninety)( days)?~; (isn't|is not|not|wasn't|won't be) "
        r"due (till|until|before|yet|for|so|\d|on|this|next)~; (not|isn't|hardly|n't) (yet "
        r")?(overdue|late|past due)\b~; (payment|pay|payable|paid) (only )?(on|upon|after) "
        "(completion|acceptance|delivery|handover|commissioning)~(isn't|not|hasn't|still|"
        "incomplete|n't)~; (payment|it|invoice|this|that) (isn't|is not|not|wasn't|won't be|"
        "aren't) due~"
    ),
    "why.terms-": (
        r"(po|purchase order|order|quote|contract) (no\.? |number |# ?)?\S*\d\S* (says|shows|is|"
        r"was|states)~; disc(ount)? \d\S* net~; (extend|push|move|longer|more|another) ~ "
        r"terms~; net \d[\d.,]+ ~; net [$€£]?\d{{1,3}}[.,]\d~"
    ),
    "why.not_ordered": (
        r"(never|n't|not) (\w+ )?(bought|ordered|used|had|purchased) (anything|a thing|one|it|"
        "these|those) (from|with|off) (you|your)~; (no one|nobody|none) (on|in|at|from|of) "
        r"(our|my|the|this) (\w+ )?(team|company|office|side|end|staff|department) (\w+ "
        ")?(requested|ordered|asked|bought|wanted|booked|signed)~; who ordered~; (don't|do "
        "not) know what this is~; no (purchase|order|contract|dealings?|transactions?|"
        "agreement|account) (from|with|by|to|for) (you|your)~; (not|nothing|no trace|no "
        "purchase)~in our (books|system|records|ledger)~"
    ),
    "why.not_ordered-": (
        "who signed for~; signed (for|off) (it|by|on)~; (day|hour|visit|work|extra|"
        r"overtime)\w*( \w+){{0,3}} (never|not) signed off~; (fee|interest|charge|late|"
        r"surcharge|penalt)\w* ~ never signed~; take the ~ off~; (isn't|not|aren't) ours~(vat|"
        "tax|number|id)"
    ),
    "why.late_fee": (
        "(interest|penalty|fee|late fee|surcharge|charge) (you|you've|you have|that you) "
        "(tacked|slapped|stuck|added|put|lumped|piled)~; (not|n't|never|without|but not|minus) "
        r"(the|any|your|this|that) (interest|late|penalt\w*|dunning|reminder|collection)~; "
        "(principal|rest|original amount|invoice itself) (but|and) not~; what (is|are) (this|"
        r"these|the) [$€£]?\S* ?(late|interest|finance|penalty|reminder) (charge|fee|"
        "interest)s?~"
    ),
    "why.unapproved_work": (
        "(extra|additional|second|third|added|more|overtime|saturday|sunday|weekend) (day|days|"
        r"hour|hours|visit|visits|work|trip|shift|man|men|crew|labou?r)( \w+){{0,5}} (never|not|"
        "n't|without|nobody|no one|wasn't|weren't)~(sign|approv|authori|ask|agree|order|"
        r"request|okay)\w*~; (stayed|worked|came|billed|did|put in|spent)~(more|extra|"
        "additional) (hours?|days?|visits?|work)~(without|nobody|no one|never|unasked)~; "
        "without (asking|checking with|telling|consulting) (anybody|anyone|us|me|our|first)~"
    ),
    "why.unapproved_work-": (
        "(finance|ap|accounting|accounts|they|he|she|boss|manager|controller|treasury|it|"
        r"system|won't|will not|can't|cannot) (\w+ )?(won't|will not|can't|cannot|doesn't|not) "
        r"(\w+ )?(approve|sign|release|authori[sz]e) (it |this |that )?(without|unless|until|"
        "till)~; agreed to (interest|a fee|late|pay)~; never agreed to (interest|that|this|"
        "late|a )~; requested this service~; asked for this~; (ordered|requested|asked for|"
        r"bought) this\b~"
    ),
    "why.currency": (
        "(contract|quote|order|agreement|po|offer|price|deal|account)('s| is| was| are)? (in|"
        "priced in|set in) (usd|us dollars|dollars|eur|euros?|gbp|pounds|sterling|chf|francs|"
        "yen|jpy|cad|aud)~(invoice|you|bill|came|not|charged|invoiced|billed)~; (should be|"
        "must be|supposed to be|needs to be|meant to be) (in )?(usd|us dollars|dollars|eur|"
        "euros?|gbp|pounds|sterling|chf|francs|yen|cad|aud),? not~; (you )?(invoiced|billed|"
        "charged) (us )?(in )?(usd|dollars|eur|euros?|gbp|pounds|sterling|chf|cad|"
        "aud)~(contract|agreed|order|should)~; invoice (came|is|arrived|was) in (usd|dollars|"
        r"eur|euros?|gbp|pounds|sterling|chf|cad|aud)\b"
    ),
    "_courtesy": (
        r"(can't|cannot|couldn't|unable to) (\w+ )?(tell|give|say|name)( \w+){{0,2}} (day|date|"
        "when|yet|exactly|precisely)~; shouldn't be (too |very |that )?long~; that's "
        "happening,? not asking; not forgotten~; no (excuses|more delays?|ifs|questions asked|"
        r"fuss|if or buts)\b; (don't|do not|no need to) (you )?worry"
    ),
    "promise-": (
        r"(no|without) (\w+ )?confirmation~; attached is ~; before (we|i) can check~; check "
        r"(this|it|that)\W*$"
    ),
    "why.not_received-": (
        r"(not|n't|never|no) (\w+ )?(received|got|get|seen|had) (\w+ )?(inv\S*\d\S*|"
        r"\S*\d\d\d\S*)~"
    ),
    "already_paid!": (
        "(it|this|that|everything) (was|were|is|has been) (all|fully|long|long since) (paid|"
        "settled|cleared)~"
    ),
    "why.terms!": (
        "(payment|it|invoice|this|that) (isn't|is not|wasn't|won't be) due (for another|until|"
        "till|before|yet)~"
    ),
}
