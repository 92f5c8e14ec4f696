"""English: a mere receipt, and words that hint at an intent when no phrase was found."""

from __future__ import annotations

PHRASES = {
    "acknowledgement": (
        r"(nothing|no) (\w+ )?(new|further|update|news) (to|from|at|yet|on)~; (i|we) (can't|"
        r"cannot|won't|am not able to|are not able to) (\w+ )?(say|tell|promise|commit|"
        r"give)~(when|date|yet|now|anything)?; (thanks|thank you|cheers|ta)\W*$; (read|seen|"
        r"logged|filed)\W*$; ^\W*(k|kk|ack|rcvd|recd|rec'd|10-4|copy)\W*$; will (pass|read|"
        "look) ~later; (noted|understood|acknowledged|acknowledge|roger|copy that|duly "
        r"noted); thanks? (you )?(\w+ )?(for|very|so|a) (\w+ ){{0,4}}(reminder|heads[- ]?up|"
        "note|email|e-mail|message|info|information|update|letting|nudge|notice|mail|"
        "sending|clarif*|statement|your|follow*|patience|reaching|call|confirm*|invoice); "
        "(received|got) (it|this|your|the|with thanks|thanks|and noted); (will|'ll) do; "
        "^(ok|okay|k|sure|fine|great|perfect|cheers|ta|thx|ty|thanks|thank you|received|"
        r"got it|noted|understood|yes|yep|yup|alright|right|cool)\b\W*(\w+\W*){{0,4}}$; no "
        "(news|update|information|idea|date) (yet|for you|at|on|about|when)?; (do not|"
        r"don't|can't|cannot|unable to|not able to|couldn't) (\w+ )?(have|give|provide|"
        r"commit to|offer|confirm|tell you|name) (\w+ ){{0,3}}(date|eta|timeline|timeframe|"
        "update|when); (we|i) (are|'m|am|'re) aware; (we|i) (know|see|hear you|understand|"
        r"apologi[sz]e|are sorry|'m sorry|am sorry); (sorry|apologies|my bad|oops)\b; (on "
        "(our|my|the) radar)"
    ),
    "_pay": (
        "pay*; paid; payment*; wire*; wiring; transfer*; remit*; settle*; check; cheque; "
        "ach; bacs; funds; money; sort (it|this|that); invoice*; clear*; release*; "
        "process*; balance; cash; bank; send (it|you); squared?; covered?"
    ),
    "_past": (
        "yesterday; last (week|month|monday|tuesday|wednesday|thursday|friday|night|year); "
        "ago; already; went; left; (?<!be )(?<!get )(?<!got )(sent|paid|wired|cleared|"
        r"cashed|settled|transferred|mailed|posted)( on| out| to| last| it| this|\W*$); did;"
        " made; was; were"
    ),
    "_future": (
        "will; 'll; shall; going (to|out); gonna; scheduled; set (for|to|up); planned; due "
        "to (go|leave|run); goes; go out; expect*; run; batch; promise; commit*; "
        "guarantee*; booked; queued; lined up; follows?; coming; on its way; by; "
        "confirmed?; getting; being; arrives?; lands?; hits?; (we|i|we'll) (pay|send|wire|"
        "transfer|settle|remit|release)"
    ),
    "already_paid?": (
        "paid; payed; wired; transferred; remitted; settled; sent; mailed; posted; cleared;"
        " cashed; deducted; debited; squared; taken care of; went (out|through); gone (out|"
        "through); left our; receipt; processed last; done (last|on|yesterday); bank "
        "(shows|statement|confirms); all (settled|square|done); should (have|see) (it|"
        "received); made the payment; took care; trace; in the (mail|post)"
    ),
    "promise_vague?": (
        "(will|'ll|going to|gonna|shall|can|could|hope*|try*|plan*|expect*|soon|shortly|"
        "asap|working on) ~~ (pay*|payment|wire|transfer|check|cheque|money|funds|sort*|"
        r"settle*|remit*|it|this|something|invoice*)\b; (payment|money|funds|wire|check|"
        "cheque|transfer|cash) ~ (soon|shortly|coming|way|week|month|tomorrow|friday|"
        "monday|tuesday|wednesday|thursday|asap); (will|'ll) (do|sort|get|be|have|make); "
        "soon; (next|this) (week|month|friday|monday|run); working on it; be patient"
    ),
    "dispute?": (
        r"wrong; incorrect; mistake; error; never; (not|n't) (\w+ ){{0,3}}(order*|deliver*|"
        "receiv*|agree*|owe|right|correct|match*|ours|what|accept*|pay|paying|charge*|"
        "bill*|use|used|work*|approve*|authori[sz]e*|happen*|include*|valid|liable|due|yet "
        "due|sign*); broken; missing; refus*; owe*; credit; disagree*; (too|so) (much|high|"
        "many); should (be|have|not|n't|only); supposed to; instead of; cancel*; return*; "
        "damaged; faulty; fail*; short; twice; again; already (billed|invoiced|paid for); "
        "explain why; vat; tax; discount; quote*; quoted; agreed; price*; rate*; quantity; "
        "terms; late fee; half of; won't; reject*; unhappy; (n't|not) our; (issue|"
        "problem)s? with; charged"
    ),
    "request_document?": (
        "(send|resend|forward|need|copy|provide|get|attach*|missing|have|email|share|where|"
        "see|require*|can't find|don't have|show|supply|want) ~~ (cop*|invoice*|inv|"
        "statement|pdf|form|certificate|proof|document*|contract|w-?9|po|delivery|pod|"
        r"report|breakdown|details|timesheet*|sheet*|list|letter|agreement|attachment)\b"
    ),
    "wrong_person?": (
        r"(wrong|different|other|another|new|right|correct|former|old) (\w+ )?(person|"
        "contact|department|e-?mail|address|team|company|guy|office|desk|man|woman|"
        r"number)s?; left; retired; resigned; moved; (n't|not|no longer) (\w+ ){{0,3}}(me|"
        "mine|here|my (job|area|team)|responsible|handle|deal|know|us|him|her|work*|"
        r"involved|the person); \S+@\S+; contact; speak to; reach out; forward (this|it) to;"
        " predecessor; successor; replaced? by; taken over; outsourced; who (are|is) (you|"
        "this)"
    ),
    "hardship?": (
        "struggl*; tough; difficult*; broke; no (money|cash|funds|way); can't (pay|afford|"
        "right now); cannot (pay|afford); unable; cash; bank (cut|froze); lost; layoffs?; "
        "crisis; survive|survival; worst; slow; closed down; afford; tight; going through; "
        "bad (month|year|time|patch)"
    ),
    "extension_request?": (
        r"(more|extra|another|bit of) (\w+ )?(time|days?|weeks?|month); wait; until; delay*;"
        " later; postpone*; push*; extend*; hold off; patience; defer*; grace; longer; "
        "give us; can('t)? ~ (until|before)"
    ),
    "payment_plan_request?": (
        "month(ly)?; half; part; partial*; split; portion; instal*; (per|a|each|every) "
        "(week|month); rest; remainder; chunks?; bit by bit; spread; over (time|the next); "
        r"staged?; (off|discount|reduce|lower|settle) ~\d*; deal; offer; meet (us|me|in)"
    ),
    "complaint?": (
        "!; service; rude; bad; awful; terrible; third|fourth|fifth; again; constantly; "
        "robot*; machine; nobody; no one; respect; treat*; ridiculous; tired; annoying; "
        r"enough; seriously; really\?; shame; customer; tone; threatening; stop; hassle; "
        "pester*; spam; bureaucra*; joke"
    ),
    "in_process?": (
        "approv*; check*; review*; system; queue; waiting; signature; sign*; boss; manager;"
        " director; investigat*; look*; process*; pending; forward*; passed; with (our|the|"
        "my); department; team; head office; migrat*; update; confirm*; escalat*; chas*; "
        "ask*; find out; desk; workflow; follow* up; treasury; finance; matched; receipt; "
        "routing; coding; posted; logged"
    ),
    "acknowledgement?": (
        "thanks?; thank you; thx; ok; okay; noted; received; got (it|this); understood; "
        "sorry; apolog*; appreciate*; aware; sure; fine; will do; cheers; great; perfect; "
        "right; yes; no (idea|news|update|date); don't know (when|yet)"
    ),
    "invoice_question?": (
        "what; which; why; how; who; when; where; explain; clarif*; call; phone; question*;"
        " understand; relate*; details?; breakdown; outstanding; amount; balance; confirm; "
        "tell (me|us)"
    ),
    "submission_requirement?": (
        "portal; upload*; submit*; po number; purchase order; register*; vendor; supplier; "
        "format; e-?invoic*; invoices? (must|should|to|need); mailbox; address; "
        "requirements?; on the invoice; reference"
    ),
    "payment_method_request?": (
        "card; link; paypal; ach; direct debit; pay (by|with|online|via|through); accept; "
        "method; check or|cheque or; website; online; stripe; options?; currency; where do "
        "(we|i) (pay|send)"
    ),
    "credit_request?": (
        "credit*; refund*; overpa*; reimburs*; offset*; deduct*; net (it|off|against)"
    ),
    "remittance_advice?": (
        "remittance; advice; allocation; voucher; covering; pays invoices?; (attached|"
        "enclosed) ~(payment|confirmation|proof); payment for"
    ),
    "legal_threat?": (
        "law; lawful*; representation; formal (notice|complaint); rights; authorities; "
        "sanction*; consequences; liab*; case number; serve*; evidence; pursue; legal*; "
        "court*; rights; claim*; authorit*; regulator*; law; complaint to; report (you|"
        "this)"
    ),
    "out_of_office?": (
        "out until; back (on|in|from)|returning; vacation|holiday|leave; away; office is closed"
    ),
    "insolvency_notice?": (
        "wind* (up|down); shut*; closing; closed (down|for good|permanently); trustee; "
        "creditor*; administrat*; petition; assets; bust; dissol*; estate; no longer "
        "(exist*|trading|in business|operating); court; proceedings; restructur*"
    ),
    "stop_contact?": (
        "stop; enough; remove; no more; off (the|your) list; leave; cease; quit; never "
        "(again|write|contact)"
    ),
    "bank_details_change?": "iban; details changed; wire (to|details); remit",
    "suspicious_instruction?": (
        "override; assistant; instruction*; password; verify; click; link below; urgent*; "
        "code; confidential; immediately approve"
    ),
}
