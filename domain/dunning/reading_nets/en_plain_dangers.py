"""English in short plain words: what stops everything, who writes, and mere receipts."""

from __future__ import annotations

PHRASES = {
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
        r"spamming)\b~; lose (my|this|our) (cell |phone |mobile )?(number|e-?mail|address); "
        "(no|zero) (further|more) "
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
    "legal_threat": (
        r"(our|my) clients? (disput|den[iy]|reject|contest|reserv|refus|instruct|position)\w*~; "
        "(complaint|petition|motion|action|suit|writ|counterclaim) (will|shall|is to|is going "
        "to|has been|is being) (be )?(filed|lodged|served|entered|issued)~; "
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
}
