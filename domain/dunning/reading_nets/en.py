"""English: what customers write about invoices."""

from __future__ import annotations

from domain.dunning.reading_nets import (
    en_asks,
    en_claims,
    en_dangers,
    en_disputes,
    en_papers,
    en_plain,
    en_plain_asks,
    en_plain_dangers,
    en_short,
    en_speech,
    en_weak,
)
from domain.dunning.reading_nets.phrases import together

WORDS = {
    "we": (
        r"we|i|they|he|she|our (\w+ ){0,3}\w+|my (\w+ )?\w+|accounts|accounts payable|ap|"
        "a/p|finance|treasury|accounting|head office|hq"
    ),
    "it": (
        r"it|this|that|these|those|them|you|the (\w+ ){0,3}\w+|your (\w+ ){0,3}\w+|all (\w+ "
        r"){0,3}\w+|both( \w+)?|everything|payment|inv\S*|\S*\d\S*"
    ),
    "pay": (
        "pay|settle|remit|wire|transfer|clear|process|release|execute|(send|mail|post|"
        r"dispatch) (\w+ ){0,3}(payment|funds|money|wire|check|cheque|remittance|transfer|"
        "balance|amount|it|ach)|send (it|that|this) (out|over)|(make|do|initiate|schedule|"
        r"arrange|submit|issue|run|push|approve|authori[sz]e|process|release) (\w+ "
        r"){0,3}(payment|transfer|wire|bank transfer|payments|ach)|issue (\w+ ){0,2}(check|"
        r"cheque)|cut (\w+ ){0,2}(check|cheque)|take care of (it|this|that)|get (it|this|"
        r"that|these|you|everything|\S*\d\S*|the (\w+ )?\w+) (\w+ )?(paid|settled|cleared|"
        "sorted|processed|done|over to you|out|sent|released)|have (it|this|that|these|"
        r"\S*\d\S*|the (\w+ )?\w+) (\w+ )?(paid|settled|cleared|sorted|processed|wired|sent|"
        r"with you)|put (it|this|that|these|you|\S*\d\S*) (\w+ ){0,4}(run|batch)|include "
        r"(\w+ ){1,4}(run|batch)|square (it|this|up)|pop (it|this) (over|across)"
    ),
    "paid": (
        "paid|settled|remitted|wired|transferred|cleared|processed|executed|released|"
        "mailed|posted|sent|dispatched|made|done|completed|issued|sorted"
    ),
    "will": (
        "will|shall|'ll|are going to|am going to|is going to|'m going to|'re going to|'s "
        "going to|gonna|am gonna|can commit to|commit to|promise to|guarantee to|undertake "
        "to"
    ),
    "money": (
        "payment|payments|transfer|wire|bank transfer|check|cheque|ach|money|funds|"
        r"remittance|amount|balance|invoice|invoices|inv\S*|bill|bills|total|sum|everything|"
        r"it|this|that|these|they|all|both|the rest|half|\S*\d\S*|direct deposit|bacs|chaps|"
        "faster payment"
    ),
    "soonadv": (
        "also|now|then|certainly|definitely|gladly|hereby|just|already|of course|be able "
        "to|personally|surely|get|have|be|make sure (to|we|that|it)|see to it that|ensure( "
        "that)?"
    ),
    "docs": (
        "invoices?|copy|copies|pdf|statements?|proof|documents?|documentation|certificate|"
        "w-?9|form|contract|agreement|timesheets?|time sheets?|breakdown|delivery notes?|"
        "pod|receipt|po|purchase order|report|details|soa|backup|back-up|paperwork|"
        "attachment"
    ),
    "goods": (
        "goods|items?|order|shipment|delivery|parts?|products?|units?|pallets?|boxes|"
        "cartons|equipment|materials?|services?|work|hardware|machines?|devices?|sensors?|"
        "robots?|pumps?|modules?|package|parcel|consignment|cases|pieces|merchandise|batch|"
        "licen[sc]es?|software|installation|report|training|consulting|stuff|half of it|"
        "anything|nothing"
    ),
    "bill": "bill*|invoic*|charg*|quoted|priced",
    "doc_of": "copy|copies|pdf|scan|duplicate",
}

PHRASES = {
    "_not": (
        "not; n't; never; no longer; cannot; unable; nobody; none; neither; without; "
        "unpaid; refuse*; no (payment|one|money|transfer|wire)"
    ),
    "_please": (
        "please; pls; plz; kindly; (could|can|would|will) (you|someone|somebody|i get|i "
        "have|we get|we have); may (i|we) (have|get|ask|request); (we|i) (still )?(need|"
        "require|want|request|would need|'d need|would like|'d like|will need|'ll need)( "
        "to (have|get|see|receive|request|ask))?; send (me|us|over|it|a|the|through|"
        "across); forward (me|us); resend; re-send; provide (me|us)?; email (me|us); any "
        "chance; is it possible to; do you have; mind sending; (looking|asking|waiting) "
        "for; share; supply; get me; be able to (send|provide); without (a|the|an); "
        r"missing; (need|needs|require*) (your|a|an|the|proof|copy|copies|\w+ (certificate|"
        "form))~; must (hold|have|see|get)~; (we|i)('d| would) like~; without (your|any); "
        r"^\W*need; where is (the|our|your|my); \b(copy|pod|statement|invoice) (pls|plz|"
        "please); tell (me|us); on file"
    ),
    "_if": (
        "if; once; as soon as; provided( that)?; providing; subject to; depending on; "
        "depends on; assuming; unless; until; contingent; conditional; on (the )?condition;"
        " in case; as long as; pending; the moment; the minute; only (when|after); when "
        "(we|you|i|the|our|your|they) (get|receive|have|confirm|send|provide|approve*|"
        "sign*|resolve*|correct*|fix*|reissue*|clear*|pay*|issue*|deliver*|funds|customer|"
        "client|credit); after (we|you|our|the|your|they|receiving|approval|receipt|"
        "confirmation|review); following (receipt|approval|confirmation|your|our); upon "
        "(receipt|approval|receiving|confirmation|your); on receipt of; waiting (for|on); "
        "awaiting; whether"
    ),
    "_perhaps": (
        "hope*; hopefully; hoping; maybe; perhaps; might; (we|i|they|it|he|she|you|this|"
        r"payment) may (?!\d); probably; likely; try; trying; tries; aim*; expect to; "
        "should be able; should (go|be|have|get|reach|clear|arrive|land|hit); would; could;"
        " i think; i believe; i guess; possibly; possible; potentially; plan to; planning "
        "to; intend*; looking to; target*; tentative*; with (any )?luck; fingers crossed; "
        "all being well; ideally; do (our|my) best; best effort*; roughly; not sure; no "
        "guarantee; cannot (promise|guarantee|commit|confirm); can't (promise|guarantee|"
        "commit|confirm); if possible; approximately; around; sometime; some time; at some "
        "point; estimate*; presumably; supposedly; told me; tells me; tentatively; in "
        "principle; subject to"
    ),
    "_courtesy": (
        "if (you|there) (have|need|'ve|are|is|require|would like|want) (any|further|more|a "
        "question|questions|anything|something); if anything (else|is)?; if not; should "
        "you (have|need|require) ~; do(n't| not) hesitate ~; no later than; not later than;"
        " no problem; no worries; without (fail|delay|further delay); no doubt; (let|"
        "please let) (me|us) know (if|when) (you|that|it|this)~~; if that('s| is| works)( "
        r"\w+)? (ok|okay|fine|for you|acceptable|alright|good); sorry for any inconvenience;"
        " not a problem; can't apologi[sz]e enough; not forgotten; haven't forgotten; as "
        "soon as possible; can't wait; not only; once again; once more; at once; why not; "
        "thanks? for (your )?(patience|waiting|not) ~"
    ),
    "_unsaid": (
        "you (said|told|wrote|say|stated|mentioned|asked|promised|claim*|want*|demand*|"
        "requested); your (reminder|letter|mail|email|e-mail|message|system|notice) (says|"
        "said|states|claims|tells|asks); we (said|told|never said|were told|were promised);"
        " as (you|we) (said|wrote)( before)?; due (on|by|date)?; payable; (payment )?terms "
        "(are|is|say|of); our terms; per (our|the) (contract|agreement|terms); according "
        "to (our|the) (contract|agreement|terms); please (pay|refund|send|transfer|wire|"
        "remit|reimburse); (pay|refund|reimburse|credit) (us|me); usually; normally; "
        r"always; typically; every (month|week|friday|invoice|\w+day|15th|30th); each "
        "(month|week|invoice); (of|following) the month following; let (you|u|me|us) know; "
        "get back to (you|u); revert; be in touch; check (with|on|if|when|whether|"
        "internally); look into; find out; follow up; chase; confirm (the|a|our|you|when|"
        "whether|back)~; discuss*; review*; decide*; said (they|he|she|it); meeting; call "
        "you; credit agency; the wire you; payment you (sent|made); cheque request; check "
        "request; someone a; visit; attention; earliest; back on; returns? on; closed (on|"
        "until)"
    ),
    "promise": (
        "you're on the list for~; (picks|picked) (it )?up on~; (cheque|check)('s| is| "
        r"was)? (signed|written|cut|ready|printed)\b; (will|'ll|going to|gonna) (\w+ )?(get|"
        "do|send|sort|have|put|push|include|book|key|load|queue|schedule|drop|handle|deal "
        "with|ship|fire|mail|run|initiate|bring|hand|deposit|cut|issue|post) (it|this|that|"
        r"them|these|both|all|everything|you|inv\S*|\S*\d\S*|a (check|cheque|wire|transfer)|"
        r"the (\w+ )?(money|balance|invoice|amount|rest|lot|check|cheque|wire|transfer))\b; "
        "(done|paid|settled|sorted|cleared|out|wired) (by|on|before|no later than|next|"
        r"this|tomorrow|first thing)~; (it's|it is|that's|they're|\S*\d\S* is|these are) "
        r"(in|on|part of) (the|this|our|next|tomorrow's|\w+day's) (\w+ ){{0,3}}(run|batch|"
        "cycle|file); (transferring|wiring|paying|sending|remitting|settling) (it|this|"
        r"that|them|the|on|by|next|tomorrow|today|you|full)\b; (we|i) can do (\S*\d\S*|it|"
        r"that|half|part)~; (in|on) the (\w+ )?(batch|run)\b; (pay|payment) (date|day)~; "
        r"\S*\d\S* follows? (on|by|next|in|with); (set up|scheduled|booked|queued|down|"
        "pencilled in) for ~; can go (in|into|out|on|with)~; (happy|glad|ready|prepared|"
        "willing) to (pay|settle|release|process); you ?('ll|will) (get|have|see|receive) "
        r"(it|the|your|our|payment|money|funds|\S*\d\S*); should (be going|go|be) (out|paid|"
        "sent|with you)~; get (something|some money|a payment) (across|over|to you|out); "
        "hopefully (by|on|this|next|before|tomorrow|in|the|we|it|paid); bring the bank~; "
        "(money|funds|payment) (on|by) (monday|tuesday|wednesday|thursday|friday); pay "
        "(you )?(once|when|as soon as|after|upon|on|by|next|tomorrow|in full); {we} "
        "?({will}|can) ({soonadv} )*{pay}; {we} (are|am|'m|'re|is) (now )?(paying|wiring|"
        "sending|settling|transferring|remitting|releasing|processing) ({it}|on|by|next|"
        "tomorrow|today|this|in|at|full|out); (we|i)('ve| have)? (pay|settle|wire|transfer|"
        r"remit|clear|send) (it|this|that|these|on|by|in|the|tomorrow|today|next|\S*\d\S*|"
        "you|your); {money} ?({will}|is to|are to) ({soonadv} )*(be )?({soonadv} )*({paid}|"
        "in your|with you|out|there|go out|go|leave|arrive|reach|land|hit|clear|follow|"
        "come|be in|post|included|scheduled|credited|initiated|on its way|run); {money} "
        r"(is|are|has been|have been|'s|was|were) (\w+ )?(scheduled|set up|set|planned|"
        "booked|queued|lined up|slated|due to go out|going out|going|included|approved for "
        "payment|arranged|released for payment|on the (payment|check|cheque|ach) run|in "
        r"(the|our|this|next|tomorrow's|\w+day's) (\w+ ){{0,3}}(run|batch)|earmarked|"
        "programmed|put (in|on|through)); {money} (goes|go|leaves|ships|runs) (out|on|to|"
        "with|in|by|tomorrow|today|this|next|friday|monday|tuesday|wednesday|thursday); "
        "(payment|transfer|wire|check|cheque|paying|remittance|bacs|ach) (date|run)? "
        "?(scheduled|set|planned|for|on|by|tomorrow|today|next|this|friday|monday|tuesday|"
        "wednesday|thursday|fortnight|within|in|coming|to follow|will|is|goes|:); you "
        "(will|'ll|shall|should|can) (have|get|receive|see|expect) (it|the|your|our|"
        r"payment|money|funds|everything|full|a|this|that|\S*\d\S*); expect (it|payment|the "
        "(money|payment|funds|transfer|wire|check|cheque|ach|remittance)|our|funds|a "
        "(payment|wire|check|transfer|cheque)|to see); (i|we) (can )?(promise|commit|"
        r"guarantee|confirm) (to|payment|you|that|it|we|i|a payment|\w+ \d|on|by|the \d+); "
        "({we} )?will (be )?{pay}; (on|in|for|with|part of) (the|our|this|next|tomorrow's|"
        r"today's|\w+day's|my) (\w+ ){{0,3}}(payment|check|cheque|pay|ach|payments|bacs|"
        "vendor|supplier)? ?(run|batch|cycle|proposal); consider it (done|paid); (our|the) "
        "next (payment|check|cheque|pay) run is; paying (it|this|that|on|by|in|tomorrow|"
        r"today|next|you|full|the|\S*\d\S*); will be (paid|settled|cleared|processed|sent|"
        "made|wired|transferred|released); be paid (by|on|in|next|this|tomorrow|within); "
        "(we|i) (plan|intend|expect|aim|hope|are planning|are hoping|are aiming|are "
        "looking|try|are trying|should be able|might be able|may be able|would like) to "
        "{pay}; (have|has) (it|this|the payment) (scheduled|set up|approved|queued|down|"
        "lined up); you have my word; (we|i) (have|'ve) (scheduled|set up|approved|queued|"
        "booked|planned|arranged|released) (the |a |this |it|your )?(payment|transfer|wire|"
        r"it|invoice|\S*\d\S*)?; (soon|shortly) (be )?paid; pay (asap|soon|shortly|later|"
        "this week|next week|when we can); get to it (soon|shortly|this week|next week|"
        "when)"
    ),
    "promise-": (
        "(send|forward|provide|share|e-?mail|mail|get) (you |over )?(the |a |an |our |your "
        r")?(\w+ )?(contract|invoice|copy|copies|form|documents?|statement|report|details|"
        "remittance|proof|w-?9|po|update|answer|certificate|information|paperwork|"
        r"agreement)\b; (won't|will not|not going to|never going to|refuse to|no intention) "
        "~ {pay}; not (be )?(paying|able to pay|in a position to pay); would (pay|have "
        "paid)"
    ),
    "already_paid": (
        r"\S*\d\S* went out on (monday|tuesday|wednesday|thursday|friday|the \d+|\w+ \d+); "
        "should have (received|gotten|got|seen|had) (it|our|the|my|this|that|payment)~; "
        "(look|check|see) (at |on |in )?your (bank|account|records|books|statement|"
        r"inbox)~(received|paid|there|it|payment|went|sent|\d)?; (has|have|'s|was|were|had) "
        r"(\w+ )?been (taken care of|dealt with|squared|settled|paid|sent|wired|handled|"
        "cleared); balance is (zero|nil|0); you (already )?(got|have|received) (the|our|"
        "your|my) (money|payment|funds|check|cheque|wire|transfer); (this|that|it|one) "
        r"(was|is|'s) (\w+ )?(paid|settled|cleared|done|squared|wired)\b; (went|gone|sent) "
        "(out )?(via|by) (ach|wire|check|cheque|bacs|transfer); (wire|ach|check|cheque|"
        r"payment|transfer|eft|bacs|sepa|chaps|remittance|money|funds) (\S+ ){{0,7}}(went "
        "out|left|was sent|was mailed|cleared|is in the mail|was released|was posted) ~; "
        "left our (account|bank); put (this|it|that) through (on|by|via|with|yesterday|"
        "last); (transferred|wired|settled|remitted) (it |this |that )?(on|last|yesterday|"
        "today|this); (already|just|have|has|had|'ve|we|i|was|were|been|is|are|it's|got|"
        r"both|all|fully|now|duly|recently|finance|ap|accounting|they) (\w+ )?(paid|settled|"
        "remitted|wired|transferred|cleared); (payment|wire|transfer|check|cheque|ach|"
        r"funds|money|remittance|bacs|it|this|invoice|\S*\d\S*) (\S+ ){{0,4}}(was|were|has|"
        r"have|had|'s|is) (\w+ )?(been )?(\w+ )?(paid|made|sent|processed|completed|"
        "executed|released|issued|mailed|settled|posted|dispatched|taken care of|cleared|"
        "gone|initiated|deducted|debited|cashed|credited|wired|transferred|remitted|"
        "delivered|submitted|done); (we|i|they|finance|ap|accounting|accounts|"
        r"treasury)('ve| have| had)? (\w+ )?(sent|made|processed|released|issued|mailed|"
        r"initiated|executed|completed|submitted|put through|posted) (\w+ ){{0,4}}(payment|"
        r"wire|transfer|check|cheque|ach|funds|money|remittance|payments|it|\S*\d\S*); "
        "(money|payment|funds|transfer|wire) (has |have )?(left|cleared|went) (out|our|"
        "through|yesterday|on|last|the|already|from|today|this)?; paid (it|this|that|on|"
        "via|by|in|last|yesterday|today|already|with|through|to|the|these|them|for|weeks|"
        r"days|months|a|both|\S*\d\S*); (all |now |just |it's |already |done,? |was |is "
        r")?paid\W*$; ^(all |now |just |it's |already |done,? )?paid\W; sent (the )?(wire|"
        r"payment|ach|funds|money|check|cheque|transfer) (\w+ ){{0,3}}(on|last|yesterday|"
        "today|this|already|morning); payment (made|sent|done|completed|executed|already|"
        "confirmed|cleared|released|issued|initiated|went|has gone|processed); (already|"
        "been) (taken care of|dealt with|sorted|handled); (check|cheque) (#|no|number|"
        r"\d)~(mailed|sent|cleared|cashed|issued|posted|was|went); your (bank|account) "
        "(should have|has|shows|received|credited); (was|were|been) (debited|charged|taken|"
        "deducted|withdrawn|collected) (from|on|by|to|already|last); paid in full; (find|"
        "see|attached|here is|here's|enclosed)~(proof|confirmation|evidence|copy) of (the |"
        "our |my )?(payment|transfer|wire|cleared check|cleared cheque); you (have|'ve) "
        "(been paid|already received|got (it|the|our)|had (it|the|our)|received (our|the|"
        "it)); you (cashed|deposited|banked) (it|the|our|that|this); (that|this|it) (was|"
        "is|has been) (all )?(settled|squared|cleared|dealt with); (wire|ach|payment|"
        "transfer|swift|trace|confirmation) (ref|reference|number|no|#|confirmation|"
        r"id)\W~\d; (our|my) (records|books|system|ledger|bank)~(show|shows|says|say|"
        "indicate*|confirm*) ~~ (paid|payment|settled|cleared|sent|nothing|zero); zero "
        "balance; (went|gone) out (on|last|yesterday|this|today|already); sent (on|last|"
        "yesterday|today|this morning)"
    ),
    "already_paid-": (
        "(make sure|ensure|see to it) ~ (paid|sent|settled|cleared|released); (is|gets|get|"
        "be) paid by (monday|tuesday|wednesday|thursday|friday|tomorrow|next|the end|end|"
        r"eod|\d+|the \d+); (issued|sent|raised|billed|created) (in error|by mistake|"
        "incorrectly|twice|again); (to|be|being|get|gets|getting|not|n't|never|yet|will|"
        "'ll|once|until|when|if|after|before|would|should|could|can|cannot|unless|always|"
        r"who|whoever|how|needs?|want|wants|till|they're) (\w+ )?(be |been |have |have been "
        r"|it's |it is |is |are |get |gets |that's )?(\w+ )?(paid|settled|sent|made|"
        "processed|released|cleared|wired|transferred|remitted); always (paid|pay); we "
        r"(get|got) paid; (has|have|had|did|do|does|was|were|is|are)n't (\w+ ){{0,3}}(paid|"
        "settled|sent|made|received|cleared); invoice (was|were|has been) (only )?(sent|"
        "issued|received|posted|processed|submitted|dated); (was|were) (sent|mailed|posted|"
        "issued|submitted) to (the wrong|our old|an old|a different|us|me|him|her|our|"
        "your); (paid|pay) (twice|double|for the same); payment (terms|date|run)~(made|"
        "processed|issued); (payments|invoices|checks|cheques) (are|is) (made|processed|"
        "issued|sent|released|paid); (not|n't|nothing|never) ~ (paid|made|sent|settled|"
        "received|processed|cleared|gone); (goods|items|order|shipment|parts|product|"
        r"products|delivery) (\w+ ){{0,3}}(was|were|has|have); queued|scheduled|pending|"
        "waiting; no payment; unpaid"
    ),
    "remittance_advice": (
        "breakdown of (the |our |this )?(bacs|ach|wire|payment|transfer|check|cheque|eft)~;"
        " payment notification; (documents|invoices) (were |are )?(included|paid) in "
        "(payment|the payment|this payment|our payment)~; remittance (details|information|"
        r"info); paid by (ach|check|wire|eft|bacs)\b; (attached|enclosed|find|see|here is|"
        "here's|sending|below|please find|this is|here are|fyi)~~(remittance|payment "
        "advice|payment details|payment confirmation|swift copy|mt103|remit details|remit "
        "advice|wire confirmation|payment breakdown|proof of payment|payment proof|ach "
        "confirmation|bank confirmation|payment slip|transfer receipt|payment receipt|"
        "confirmation of (the )?(payment|transfer)|allocation); remittance (advice )?(is "
        ")?(attached|below|enclosed|details|as follows|for|:|advice); payment (covers|"
        "breakdown|allocation|is for|includes|applies to|advice); (the |our |your )?(ach|"
        r"wire|payment|check|cheque|transfer|eft) (\S+ ){{0,6}}(covers|breaks down|is made "
        "up of|consists of|pays|is for|includes|was for|comprises); please (apply|allocate|"
        "post|credit) (the |our |this )?(payment|ach|wire|remittance|funds|check|cheque|"
        r"transfer|\S*\d\S*) (\w+ ){{0,6}}(to|against|as|across); (paid|payment) as follows;"
        r" remittance below; less (credit|cn|cm|deduction)~\d; remit attached"
    ),
    "remittance_advice-": (
        "(send|provide|forward|email) (you )?(the |a |our )?remittance (advice )?(once|"
        "when|after|as soon); will (send|forward|share|follow)~remittance; (no|without|"
        "need|missing) remittance"
    ),
    "out_of_office": (
        r"away (from|until|till|on|for); (return|returning|back) (on |by )?(the )?(\d|"
        "monday|tuesday|wednesday|thursday|friday); (currently )?travell?ing; out sick; "
        r"(last|first) day (of leave|back); gone \w+ing; not (be )?(checking|reading|read|"
        r"monitor*) (\w+ )?(mails?|e-?mails?|messages)?; slow to respond; sick leave; "
        "honeymoon; maternity; out of (the )?office; auto(matic|mated)?[- ]?(reply|"
        r"response); (i am|i'm|i will be|i'll be|currently|away|be|he is|she is|is) (\w+ "
        r")?on (\w+ )?(leave|vacation|holiday|holidays|pto|sabbatical); (annual|parental|"
        "maternity|paternity|sick|medical) leave; on vacation; (limited|no|sporadic|"
        "intermittent|without) access to (my )?(e-?mails?|inbox); away from (my|the) (desk|"
        "office|email|e-mail); i (will|'ll) (be back|return|be returning|be out|be away|"
        "respond|reply) (to (you|your|all)|on|in|the office|from|until|when|upon|after|as);"
        " (office|offices|plant|we) (is|are|will be) closed (from|for|until|between|over|"
        "on|through); back (in|at) the office (on|from|next); travell?ing (until|through|"
        "with|for)"
    ),
    "out_of_office-": (
        "(payments?|pays|signs?|approves?|approver|signatory|who)~(back|leave|vacation|"
        "holiday|away); (is|are) (on|out)~(back|returns?)~(pay|approve|sign|then); (will|"
        "shall|'ll) (pay|process|wire|release|transfer)"
    ),
    "in_process": (
        r"(still|currently|now) (\w+ )?(with|at|in|under|going through|being|on|sitting|"
        "pending|waiting) ~(approv*|review|legal|manager|director|finance|team|desk|system|"
        "queue|head|process*|cfo|ceo|controller|procurement|hr|ops|operations|department|"
        r"sign*|treasury|workflow)\b; (asked|asking|pinged|nudged|emailed|messaged|chased|"
        r"reminded|told|informed|spoken to|copied) (our|my|the|\w+ in|\w+ from) (\w+ )?(ap|"
        "accounts|finance|team|manager|boss|director|approver|colleague|controller|cfo|"
        r"treasury|procurement|buyer|department|\w+)\b; (entered|keyed|coded|matched|posted|"
        r"logged|registered) (\w+ )?(in|into|for|against|this|it|and)~; (i'll|we'll|will|"
        r"let me) (\w+ )?(find out|look|check|see|ask|chase|dig|investigate|follow|get back|"
        r"circle back|revert|update|confirm|come back|report back)\b; on it\b; (under|in) "
        "review; (in|under) (process|processing|review|approval|progress); (is|are|it's|"
        r"being|currently|still) (\w+ )?(being )?(processed|reviewed|approved|processing|"
        "checked|investigated|verified|looked (at|into)|worked on|routed|matched|coded); "
        r"(waiting|wait) (for|on) (\w+ ){{0,4}}(approval|sign-?off|signature|approver|"
        "manager|director|cfo|ceo|controller|po|confirmation|answer|feedback|response|the "
        "(business|department|team|project|budget|receiving|warehouse)|him|her|budget|"
        r"receipt|goods receipt|gr|treasury|funds|head office|corporate|hq); awaiting (\w+ "
        "){{0,4}}(approval|sign-?off|signature|confirmation|authori[sz]ation|po|feedback|"
        r"response|release|answer); pending (\w+ ){{0,3}}(approval|review|sign-?off|receipt|"
        "signature|confirmation|with|authori[sz]ation|match); (is|are|been|sits|sitting|"
        r"currently|now|already|stuck|loaded) (\w+ )?(in|on) (the|our|my) (\w+ )?(queue|"
        "system|pipeline|list); workflow; (forward*|pass*|sent|escalat*|handed|send*|"
        "routed|submitted|referr*|copied|cc'?d|cc'?ing|copying|looping|looped|adding|"
        r"raised|shared) (\S+ ){{0,6}}(to|with|on to|over to) (\w+ ){{0,3}}(ap|a/p|accounts|"
        "finance|accounting|payables|colleague*|team|department|dept|manager|boss|director|"
        "cfo|controller|owner|right person|treasury|approver|bookkeeper|accountant|buyer|"
        r"procurement|purchasing|head office|hq|our \w+|my \w+|them|him|her); (looking|look|"
        "looked) into (it|this|that|the|what|why|your); (will|'ll|let me|i'll|going to|i "
        "will|need to|we're|currently|i'm|shall) (check*|look|investigat*|chas*|follow up|"
        "find out|dig|see|ask|verify*|review*|confirm*|get back|come back|revert|update|"
        "advise|let you know|speak|talk to|raise|discuss|get an update|forward|pass|"
        "escalate|research*); (checking|chasing|following up|asking|investigating|"
        "verifying) (on |this|it|that|with|internally|into|for|the|up); get back to you; "
        "let you know; keep you (posted|updated|informed); revert (back )?(soon|shortly|to|"
        "with|once|by); expect (some |a )?(delay|delays); (needs|requires|need) (to be "
        r")?(\w+ )?(approv*|sign*|coded|matched|reviewed)( by)?; approv* (process|workflow|"
        r"chain|routing|is|takes); (has|have|had|was|been|is|are|it's|just) (\w+ "
        ")?(approved|logged|booked|registered|entered|submitted|escalated|posted in our "
        "system|received by); migrat*; new (erp|accounting|finance|payment|ap) (system|"
        "software); switching (systems|erp|banks|to); system (is )?(down|outage|migration|"
        "upgrade|change|changeover|cutover); (backlog|short-?staffed|understaffed); "
        "(working|work) (on|through) (it|this|that|the|our|getting|a); with (our|my|the) "
        "(ap|accounts payable|accounts|finance|treasury|accounting|cfo|controller|manager|"
        "director|approver|boss|bank) (team|department|dept|now|for|at)?; (on|sitting on) "
        r"(his|her|my|their|\w+'s) desk; give me (a|until|till|some) (\w+ )?(day|days|"
        "moment|bit|time|to check|to look)?; bear with (us|me); (got|have) (it|this) in "
        "(our|the) (system|queue)"
    ),
}

EN = (
    WORDS,
    together(
        PHRASES,
        en_asks.PHRASES,
        en_claims.PHRASES,
        en_dangers.PHRASES,
        en_disputes.PHRASES,
        en_papers.PHRASES,
        en_plain.PHRASES,
        en_plain_asks.PHRASES,
        en_plain_dangers.PHRASES,
        en_short.PHRASES,
        en_speech.PHRASES,
        en_weak.PHRASES,
    ),
)
