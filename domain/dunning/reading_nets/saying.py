"""More ways in which people say things by the way: a rest that follows, a run, a forwarded mail.

"The difference leaves here on the 10th" promises, "it goes to Pete" only hands on, "the portal
rejected it" contests.
"""

from __future__ import annotations

_ON = (
    r"(on |by |for |in |at |this |next |the |end of |coming )*(\d|mon|tue|wed|thu|fri|sat|sun|"
    r"today|tomorrow|tonight|tonite|eom|eow|month|week|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|"
    r"nov|dec)\w*"
)
_EN = {
    "stop_contact-": "hold the reminders~",
    "bank_details_change-": "different ein, different bank~",
    "why.quantity-": "cv~",
    "other": (
        "(not on|list of) (\\w+'s )?(list of )?approved senders~; "
        "(slow payers|advance up to \\d+)~; attached my cv~; (are you|you guys) hiring~; "
        "^\\W*(lol|haha)( no| nope)?\\W*$"
    ),
    "promise": (
        r"(the )?(difference|rest|balance|remainder|remaining( \w+)?|other half|second half|"
        r"money|payment|cash|transfer|wire|swift|check|cheque) (\w+ )?(leaves?|goes( out)?|is "
        rf"(leaving|going)|follows|will (follow|leave|go)|to follow)( here| us| you)? {_ON}; "
        rf"rest (is )?{_ON}; (will|'ll|going to|shall) (cut|write) (you )?(the|a|"
        rf"your|that|this) (\w+ )?(check|cheque)~; cutting (the|a|your) (check|cheque)~; "
        rf"(invoice|one|both|\S*\d\S*) ?[-–:]? ?(will|'ll) (go|leave)( out)? {_ON}; "
        rf"^\W*(eom|eow|eod|end of (the |this |next )?(month|week)|month end|half|"
        rf"the (full amount|whole amount|whole balance))( of (it|them))? {_ON}; ^\W*(all|both)"
        r"( (two|three|four|five|of (it|them|these)))? (by|on|before) (the )?(cob|close|end|eod|"
        r"eow|\w+day)~; ^\W*(eom|eow|eod|end of (the |this |next )?(month|week)) for (both|all|"
        r"everything|it|this|that|these|the)~; (pay|payment|promised) (date|day) (is|will be) "
        rf"(now )?{_ON}; what (i am|i'm|we are|we're) promising~; "
        rf"(can|could) only (get|pay|make|release) (it|this|that|them)( out| paid)? {_ON}; "
        rf"(we|i) can (pay|transfer|wire|remit|settle)~{_ON}; (we|i) can (send|release) (you )?"
        rf"(\$|€|£|usd|eur|gbp|payment|half|the (rest|balance|money))~{_ON}; (we're|we are|i'm|"
        rf"i am) (transferring|wiring|paying|remitting|settling)~{_ON}; "
        r"you're on the list for~(payments?|run|bacs|ach|batch|transfers?); (will be|goes|leaves|"
        r"is|going) in ((this|next) )?(\w+day's|"
        r"tomorrow's|today's) (bacs|ach|run|batch|chaps|eft|faster payments?); ^\W*(usd|eur|gbp|"
        rf"\$|€|£) ?\d[\d.,]*( \w+)? (on|by) {_ON}; ^\W*(friday|monday|tuesday|wednesday|"
        r"thursday) week\b"
    ),
    "promise-": (
        "^\\W*(all|both|half|eom|eow|eod|\\w+day week)~(please|pls|need|want|deliver\\w*)~; "
        "(remittance|file|list|report|statement|csv|spreadsheet|advice) (file )?from (the )?"
        r"(\w+day's|last|yesterday's) (\w+ )?run; (check|cheque|payment|pay) runs? (is|are) (on )?"
        r"(the )?\d+\w* and~; there will be no (payment|money|cheque|check); "
        "we hold (the|this|your)"
    ),
    "already_paid-": (
        "are settled in; (get|you're|you are|be|are) paid (in|within|faster|sooner) \\d; "
        "pay-when-paid; pay when paid"
    ),
    "already_paid": (
        "(cheque|check|payment|transfer) (is )?in the (post|mail); (did|done) it ~(on the app|by "
        "app|online|by bank|in the app)~(last night|last nite|yesterday|this morning|earlier|"
        r"today); (balance|rest|amount|remainder|sum|rs\W*[\d,./-]*) (\S+ ){{0,3}}(was|has been|"
        "is) (credited|remitted|transferred)~; (credited|remitted|transferred) (\\w+ )?(by|via|"
        "through) (neft|rtgs|imps|upi|ach|bacs|swift|wire)~; ((utr|ref|trf ref|trn)\\W? ?(no|"
        "number)?\\W? ?\\w*\\d{{4,20}}); (went out|sent) to you (this morning|yesterday|today|"
        "last week|on); (the )?invoice (itself )?(\\w+ )?(is settled|we've settled|we have "
        "settled|has been settled); re-?sent (it|the (payment|transfer|money))~(this morning|today|"
        "yesterday)"
    ),
    "remittance_advice": (
        "payment advice; instructed our bank to credit your account; (remittance|payment) "
        r"(file|list|breakdown|summary)( from \S+ run)? (is )?attached"
    ),
    "acknowledgement": (
        r"^\W*(i am |i'm |i've |i have |we've |we have |we are |we're )?(just )?(forward|passing|"
        r"pass|passed|hand|handing|handed|send|sending|sent|escalat)\w* (this |it |that |your "
        r"(mail|email|message|note) |over )*(on )?(to|along to|over to) (?!you|your)\w+~; (i've|"
        "we've|i have|have) (passed|forwarded|handed|sent) (it|this|that|your (mail|email|message|"
        "note))( \\w+)? to~; (thank|thanks) (you |for )?(for )?(being so patient|your patience); "
        "(haven't|have not|hadn't) got (a)?round to it"
    ),
    "acknowledgement-": "(i know|we know) (i|we|that|you|it)\\b",
    "why.po_missing": (
        "(po|purchase order|p\\.o\\.|order)( number| no\\.?| ref\\w*)? (is |was )?(missing|blank|"
        "empty|invalid|not valid|not found|required|absent|expired)~; (missing|blank|empty|"
        "invalid|no valid|no|without( a)?) (po|purchase order|p\\.o\\.|buyer reference|order "
        "reference)\\b~; invoice (showing|quoting|with|that shows|carrying|bearing) (our|the|a) "
        "(po|purchase order)~; (buyer reference|bt-10) (\\S+ )?(is|was) (empty|missing|blank)"
    ),
    "submission_requirement": (
        "(correct|amend|fix|complete) (it |this |them )?and (resubmit|re-submit|upload|resend)~; "
        "(re-?submit) (it|this|the invoice|via|through|in|on|to)~; (through|via|in|on) (the |our )"
        "?(supplier|vendor) (gateway|portal|hub|network)~; (need|needs|must) (to )?(be )?"
        "(resubmitted|re-submitted|submitted)~; ^\\W*resubmit\\W*$; (action item|task) in your "
        "\\w+ inbox"
    ),
    "submission_requirement-": "before we resubmit",
    "why.tax": (
        "(vat|tax|gst|ein|abn) (registration )?(number|no|id)\\W?( \\S+){{0,4}} (is|was) (\\w+ )?"
        "(old|wrong|invalid|missing|expired|incorrect)( one)?; (de-?registered|reverse charge)~"
    ),
    "why.terms": (
        "(hold|keep|retain)( back)? (the )?\\d+ ?%~; \\d+ ?% retention; retention (money|bond|"
        "release|clause)~; pay[- ]when[- ]paid; net \\d+ (per|under|in) (the|our)~"
    ),
    "why.late_fee": "\\W?(late[- ]payment )?(compensation|recovery charge|admin charge)\\W? you~",
    "why.duplicate": "already (billed|invoiced|charged) (on|under|in|with)~; billed (it )?twice~",
    "why.credit_not_applied": (
        "(rma|return)( \\S+){{0,4}} (still )?(isn't|is not|not) (reflected|credited|showing|"
        "shown|applied)~; the return of~(isn't|not)~(reflected|credited)"
    ),
    "why.not_received": (
        "(dock|gate|goods-?in|receiving|warehouse) (log|book|record)s? (shows?|has|have) (nothing|"
        "no)~; (never|nothing|not) (been )?(delivered|arrived|turned up|showed up)~; delivery~"
        "physically impossible; (never|didn't|did not) (arrive|arrived|turn up|show up)~(goods|"
        "order|parcel|pallet|crate|shipment)*"
    ),
    "why.quantity": (
        r"(only |so far )?\d+ (of|out of) (the )?\d+ (\w+ )?(are here|arrived|came|turned up|"
        r"delivered|received); (\w+ )?(cartons?|boxes|units|pieces|pallets?) short; billed (at|"
        r"for) \d+ ?%~; (we )?(ordered|received|got) \d+~(you )?(billed|invoiced|charged)~\d+; "
        "(calls|seats|users|hours|units|licen[cs]es)~(cannot|can't) be right"
    ),
    "why.quality": (
        "(never|don't|doesn't|won't|didn't|not) (\\w+ )?(calibrat|work|start|run|boot|connect|"
        "turn on|seal|fit|hold|charge|align|pair)\\w*~; (throw|throws|throwing|shows?) (an |the )?"
        "error~; cracked~; (two|three|four|half|some|most|one|all|\\d+) of (the|your|our) (\\w+ )?"
        "\\w+ (are |were |is |came |arrived )?(broken|faulty|defective|dead|cracked|scratched|"
        "bent|leaking|failed|unusable)"
    ),
    "why.unapproved_work": (
        "(change|work|job|repair|visit|hours|callout|overtime)~(nobody|no one|never|not)~"
        "(authori[sz]ed|approved|ordered|signed|agreed)~; (no|without( a)?) (signed )?(co|change "
        "order|t&m ticket|work order|job sheet|timesheet)~"
    ),
    "why.wrong_entity": (
        "bill-?to (has to|should|must|needs to) (read|be|say|show)~; wrong (company|legal) name~; "
        "(different|another|separate|other) (legal )?(company|entity|ein|branch|vat number)~"
    ),
    "wrong_person": (
        "(ledger|mailbox|address|account) (is |will be )(closed|switched off|retired|shut)~; "
        "(addressed|directed) to ~and sent to~@~; "
        "(you've|you have) reached (the )?(\\w+ )?(team|desk|reception)~(don't|do not|not)~; "
        "(haven't|have not|hasn't|no longer|not) (worked|work|works|working) (there|here|for~)~; "
        "(finished up|left|moved on|retired) in~; this is a (shared )?(mailbox|inbox|address) "
        "for~; not ours\\W{{1,3}}(try|ask|contact|speak to)~; took over (payables|ap|accounts|the "
        "ledger|from)~"
    ),
    "wrong_person-": (
        r"wrong (company|entity|legal) name~; wrong (address|vat)~; (don't|do not) hold me to~; "
        "thank you for your (enquiry|inquiry|message)~; you've reached \\w+ accounts"
    ),
    "hardship": (
        "(things|cash|money|it's) (are |is |'s )?(very |really |a bit )?tight~; (grant|funding|"
        "cash)~(lands|comes through|arrives)~; (lost|losing) (half|most|our|the)~(crop|harvest|"
        "client|customers?|business)~"
    ),
    "hardship-": "time is tight; (schedule|deadline|timeline)~tight",
    "payment_plan_request": (
        r"(could|can|may) (i|we) (do|pay|send|split|make) \S*\d[\d.,]*~(and|,)~\d[\d.,]*~; \d[\d.,"
        r"]*( \w+)? (a|per|each|every) (week|month|fortnight)~; (a grand|a hundred|\d[\d.,]*k?) a "
        "(week|month)~"
    ),
    "payment_plan_request-": (
        "(has been|was|have been|is) deducted~; (make|made) up a date; knock off the (late fee|"
        "entry|charge|interest)"
    ),
    "extension_request": (
        "(hold|park|stop|pause) (the |your )?(reminders|chasers|dunning)( back)?~(until|till|"
        "let|run)~; let (this|it) (run|ride|slide|sit|go) (to|till|until)~; (due date|deadline) be "
        "(moved|pushed|shifted|extended)~"
    ),
    "invoice_question": (
        r"who (are|is) (you|you people|this); (which is it|which one is (it|right|correct))"
    ),
    "request_document": (
        "if you (could |can )?(flick|send|pop|shoot|forward|email|mail|drop) (me |us )?(a |the |"
        "another )?(copy|pdf|duplicate|invoice)~"
    ),
    "_please": (
        "(mail|email|flick|pop|drop) (me|us) (a|the|another)~; pls (supply|send|provide)~; "
        "(third|one|it|invoice)( \\w+)? (i|we) have never (laid eyes on|seen)~; (i'd|we'd|i would|"
        "we would) like to see (the|a|your)~; as soon as you send (us |me )?(the|a|your)~; (asking "
        "for|needs|requires) (a|the) (bank letter|w-?9|certificate)~; (certificate|coi) of "
        "insurance (has )?expired~"
    ),
    "doc.tax_certificate": "(tax )?residency certificate; certificate of (tax )?residenc\\w+",
    "doc.insurance_certificate": "certificate of insurance; insurance certificate; coi",
    "doc.contract": "(service|master|signed|framework) agreement",
    "payment_method_request": (
        "(only|we only|just) pay (by|via|through|with) (\\w+ )?(card|virtual card|ach|cheque|check|"
        "paymode|wire)~; enrol+ (and|in|with|to)~; (do|can) you (take|accept) (cards?|amex|ach|"
        "cheques?|checks?|drafts?)~"
    ),
    "dispute-": (
        "attached my cv~; "
        "(not|no longer|isn't|aren't|not been) (disputing|in dispute|contesting)~; dispute('s| is| "
        "has been)? (off|closed|resolved|settled|withdrawn|over|dropped); (nothing|no(t)? (\\w+ )?"
        "problem) (is )?(wrong )?with (your|the|this) (bill|invoice)~; without the \\d+ ?% "
        "(surcharge|fee)"
    ),
    "why.other-": (
        "not disputing~; (nothing|no(t)? (\\w+ )?problem) (is )?(wrong )?with (your|the|this) "
        "(bill|invoice)~; don't pay bills"
    ),
    "why.late_fee-": "without the \\d+ ?% (surcharge|fee)",
    "why.pricing-": "link without the~; it didn't happen; told you~didn't happen",
    "why.cancelled-": "dispute('s| is| has been)? off",
    "_if": "unless you (tell|say|hear|object)~",
    "in_process": (
        "ticket \\w+ has been closed~; (scheduled|included) in (the )?payment proposal~; "
        "(check|cheque|payment|pay) runs? (is|are) (on )?(the )?\\d+\\w* and~; "
        "(approved|released) - on hold~; status in (coupa|ariba|tungsten|sap)\\b~; "
        "(approved|released|signed)\\W+(waiting|pending|queued) (for|on) (the )?(next )"
        "?(run|batch|approval)~; ^\\W*(approved|released)\\W*$"
    ),
    "insolvency_notice-": "nothing left (to pay|owing|outstanding)",
    "suspicious_instruction-": "re-?sent it this morning; reason code",
    "complaint-": "not my circus~; not this \\w+day",
}
_DE = {
    "why.quantity": (
        "(fehlende\\w*|restliche\\w*) (\\w+ )?(sind |ist )?(geliefert|da|eingetroffen)~; "
        "(sobald|wenn) die fehlende\\w*~"
    ),
    "why.not_received-": (
        "(rechnung|sie|mahnung)( ist)?( hier| bei uns)? nie (angekommen|eingegangen)"
    ),
    "why.tax": "(ust|umsatzsteuer|mwst|steuer)\\S{{0,8}} ~(stimmt nicht|falsch|fehlt|ungultig|"
    "gehort)~",
    "why.terms": "sicherheitseinbehalt~; gewahrleistungseinbehalt~; skonto~vereinbart~; "
    "(noch )?kein~abnahmeprotokoll",
    "promise": (
        r"(rest|differenz|restbetrag|saldo) (geht|folgt|kommt)~; ^\W*spatestens "
        r"(zum |am )?(montag|dienstag|mittwoch|donnerstag|freitag|\d)~; ^\W*(erste|zweite|letzte) "
        r"(januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember)"
        "woche~"
    ),
    "why.duplicate": "inhaltsgleich (mit|zu)~; identisch mit~; dieselbe (rechnung|leistung) wie~",
    "request_document": "sie ist hier nie angekommen; "
    "schicken sie (den|die|das|ihn|sie) (bitte )?(her|ruber|nochmal)~",
    "why.duplicate-": "gegen verzugszinsen",
    "dispute": "weise? (ich|wir) (die|diese|ihre) forderung~zuruck; (forderung|rechnung)~~"
    "(bestritten|zuruckgewiesen)",
    "_please": "ziehen sie (mir|uns)?~(op-liste|liste|auszug)~; (konnen|konnten) sie (mir|uns)~"
    "(op-liste|saldenliste|kontoauszug|auszug|liste)~",
    "doc.statement": "op-liste*; saldenliste*; offene-posten-liste*; offene posten; kontoauszug*",
    "bank_details_change": (
        "(ruckzahlung|erstattung|guthaben|zahlung|betrag) (bitte )?(auf|an) (folgende|dieses|das "
        "folgende|ein neues|unser neues) (konto|iban|bankverbindung)~; (auf|an) folgendes konto"
    ),
    "already_paid": "(hauptforderung|rechnung|betrag) ist (bereits |schon )?(beglichen|"
    "ausgeglichen|bezahlt)",
    "remittance_advice": "zu ihren gunsten angewiesen~; zahlungsavis~",
    "acknowledgement": "(kummern|kummere) (wir|ich) (uns|mich) ~darum; (leite|geb|gebe) (ich )?"
    "(es|das|die)? ?(an|weiter)~(weiter|zustandig\\w*)~",
}
_FR = {
    "why.terms": "retenue de garantie~; escompte~(convenu|prevu|accorde)~",
    "why.duplicate": "refactur\\w+~; figurait deja~; deja factur\\w+~",
    "why.other": "conteste\\w* (fermement|formellement|integralement|la creance|cette facture)~",
    "promise": (
        "(reste|solde|difference|complement) (part|suit|sera|arrive)~; ^\\W*(lundi|mardi|mercredi|"
        "jeudi|vendredi) (prochain|\\d+)\\W+(c'est|je|on)~(note|promis|bon|dit)~; (nous|on) "
        "(reglons|payons|regle|paie)~donc le~"
    ),
    "_courtesy": "et pas avant",
    "acknowledgement": "(je|nous|on) (transmet\\w*|fais suivre|faisons suivre|passe)~(service|"
    "collegue|comptab\\w*|responsable|concerne\\w*)~; on verra~",
    "why.pricing": "(franco( de port)?|remise|tarif|prix) ~(convenu|negocie|prevu)~; (convenu|"
    "negocie) (du |d'un |le )?(franco|tarif|prix|remise)~",
    "extension_request": "(peut|pourrait|pouvons|possible)~(repousser|decaler|reporter)~",
    "payment_plan_request": "\\d+ (cheques|versements|mensualites|echeances) de \\d~",
    "payment_method_request": "accept\\w*[- ]vous (les |la |le )?(traites?|cheques?|cartes?|"
    "prelevements?|virements?)",
    "why.not_received-": "ne repondez pas~",
    "stop_contact-": "adressez-vous a~",
    "request_document": "renvoyez[- ]la[- ]moi; renvoyez[- ](moi|nous)~",
}
_ES = {
    "why.terms": "retencion (por|de) garantia~; \\d+ ?% de retencion~; certificacion~direccion "
    "facultativa~",
    "promise": (
        "(resto|diferencia|saldo) (sale|va|se paga|lo)~; ^\\W*(manana|pasado|lunes|martes|"
        "miercoles|jueves|viernes|el \\w+) sin falta~; sin falta (el|manana|hoy|este)~; sale en "
        "la (remesa|tanda) del? ~"
    ),
    "_courtesy": "sin falta; si dios quiere( y el banco no se cae otra vez)?",
    "bank_details_change-": "el banco no se cae",
    "credit_request": "abonen (la|esta|el|los)~; abonad (la|el)~",
    "why.credit_not_applied": "devolv\\w+~(albaran de devolucion|abonen|abono)~",
    "hardship": "(me|nos) faltan (alumnos|clientes|ventas|pedidos)~; me sobran facturas",
    "promise-": "transferi \\d~",
}
_PT = {
    "why.quality": "(defeitos?|anomalias?|avarias?) (da|de|do|na|no)~",
    "promise": (
        "(resto|diferenca|saldo) (sai|vai|segue)~; ^\\W*pago (no )?dia \\d+~; (swift|transferencia"
        "|cambio) (goes out|sai|vai) (segunda|terca|quarta|quinta|sexta)~"
    ),
    "already_paid-": "^\\W*pago (no )?dia \\d+\\W",
    "already_paid": "(multibanco|mbway|pix|transferencia)\\W+(ontem|hoje|dia \\d)~; ^\\W*foi\\W; "
    "segue (o |em anexo o )?(comprovativo|comprovante)~",
    "why.po_missing": "sem (o )?(numero de )?(compromisso|encomenda|pedido|requisicao)~(na|no)~",
    "submission_requirement": "(queiram|favor|devem|devera) (emitir|reemitir|reenviar)~",
    "legal_threat-": "nos termos do art~; \\(art\\. ?\\d~; da lcpa",
    "extension_request": "(da|dava|daria|consegue\\w*)( pra| para)? (segurar|esperar|aguardar|"
    "adiar)~",
    "hardship": "(geada|seca|chuva|enchente) levou~; nao vou (te |lhe )?dar data~",
    "why.unapproved_work": "quem autorizou~; (nenhum|ninguem) ~(assinou|autorizou|aprovou)~",
    "insolvency_notice-": "nenhum sindico~; o sindico",
    "promise-": "(so )?libera o dinheiro~; o banco~libera",
}
_IT = {
    "promise": "(resto|differenza|saldo) (parte|segue|va|arriva)~; ^\\W*entro e non oltre (il )?~",
    "acknowledgement": "(inoltro|giro|passo) (la (sua |vostra )?(mail|richiesta) )?(al|alla|ai|a "
    "chi)~",
    "why.po_missing": "(manca|senza|priva di|assente) (il |l'|un )?(numero (d')?ordine|ordine|oda|"
    "po|cig)~",
}
_NL = {
    "promise": "(rest|verschil|restant|saldo) (volgt|gaat|komt)~; ^\\W*uiterlijk (op )?(maandag|"
    "dinsdag|woensdag|donderdag|vrijdag|\\d)~",
    "acknowledgement": "(stuur|geef|zet) (ik )?(het|dit|deze|uw mail) door (aan|naar)~; "
    "doorgestuurd (aan|naar)~",
    "why.po_missing": "(zonder|ontbreekt|ontbrekend|mist) (het |een )?(po|inkoop\\w*|"
    "bestelnummer|ordernummer)~; (po|inkoop|bestel|order)[- ]?nummer (ontbreekt|mist)",
}
_JA = {
    "why.tax": "登録番号.{0,8}(記載|な|未)|仕入税額控除.{0,6}(受けられ|でき)",
    "promise": "[0-9月日]+の?お?支払い?となります|今週[月火水木金]曜に処理",
    "why.terms-": "締め.{0,12}払いの規定により.{0,14}お支払い",
    "why.po_missing": "(PO|注文|発注)番号.{0,8}(blank|空欄|未記入|記載が?な|"
    "記載され|漏れ|不備|抜け)",
    "why.quantity": "注文(数)?は.{0,8}(個|台|本|箱|枚).{0,14}請求書?では?.{0,10}(個|台|本|箱|枚)",
    "request_document-": "ご?確認をお願い",
    "acknowledgement": "^(承知|了解)(いた)?しました",
    "_please": "再送.{0,20}お願い",
    "doc.invoice_copy": "請求書の?再(送|発行)",
}
PHRASES: dict[str, dict[str, str]] = {
    "en": _EN,
    "de": _DE,
    "fr": _FR,
    "es": _ES,
    "pt": _PT,
    "it": _IT,
    "nl": _NL,
    "ja": _JA,
}
