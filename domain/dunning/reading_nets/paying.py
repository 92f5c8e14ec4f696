"""More ways to say when one pays, and what beside it neither denies nor conditions it.

"Earlier is not possible" and "if it has not arrived, call me" take nothing back; "as soon as we
can" names no condition; today's transfer that somebody sends the proof of is no promise.
"""

from __future__ import annotations

_DAYS_EN = (
    r"((on|by|for|this|next|the|first|end|out|in) )*(mon|tue|wed|thu|fri|sat|sun|today|tomorrow|"
    r"tonight|\d|end|close|month|week|eo)\w*"
)
_EN = {
    "_unsaid": (
        r"(we|they|i|you) (always |only |usually )?(do|run|have|make|process) (\w+ )?(cheque|check|"
        "payment|pay|ach|bacs|eft|wire) runs?"
    ),
    "_courtesy": (
        r"as (discussed|agreed|promised|mentioned|told|said|explained)( \S+){{0,8}}?[:,]; "
        r"(not|nothing|no sooner|never) (\w+ )?(before|sooner|earlier)( than)?( that| then)?(?=\W*"
        r"([.,!)]|$)); (can't|cannot|won't|can not|couldn't|not possible|impossible)( \w+){{0,4}} "
        r"(before|sooner|earlier|faster)( than)?( that| then)?(?=\W*([.,!)]|$)); (earlier|sooner|"
        r"before (that|then))( \w+){{0,3}} (not possible|impossible|isn't possible|won't work|not "
        "going to happen|can't be done|not an option); (run|batch|payday|payroll) (is not|isn't|"
        r"won't be|not) (\w+ )?(until|till|before); (if|should) (you|it|that|this|they)( still| "
        "have| has)? ?(don't|do not|haven't|have not|hasn't|has not|doesn't|does not|isn't|is not|"
        r"not|still)( \w+){{0,2}} (see|seen|receive|received|get|got|gotten|arrive|arrived|show|"
        r"shown|showed|appear|there|landed|come|hit|have)\b; if (anything|something) (changes|"
        r"comes "
        "up|goes wrong); if (you|there) (have|is|are|'s) (a |any )(\\w+ )?(questions?|problems?|"
        r"issues?|concerns?|queries); as soon as (we|i|they|he|she|it is|it's)( \w+)? ?(can|could|"
        "able|possible|possibly can)( to)?; as soon as possible; "
        "(shout|yell|call me|let me know|ping me) if"
    ),
    "promise": (
        r"(will|\w+'ll|shall) have (it|this|that|payment|the (money|payment|funds|balance|cash)|"
        r"funds|"
        r"everything)( \w+)? (to|with|over to|across to|paid|sent|out|settled|sorted|done)( you)?; "
        r"(will|\w+'ll|shall|going to) (push|put|get|run|pass) (it|this|that|the|your|everything)"
        r"( \w+)? ?(payment|invoice|transfer|one|money|wire)? ?(through|over|across|out|paid|"
        r"processed); (will|\w+'ll|shall|going to) (do|make|set up|sort|arrange|action) (it|the|a|"
        r"this|"
        r"that)( \w+)? ?(transfer|payment|wire|bank transfer|deposit|bacs|eft|run|it); "
        r"(would|\w+'d|should|could|might) be able to (pay|settle|clear|release|send|transfer|wire|"
        r"catch up); (in|on|part of) (our|the|this) (\w+ )?(forecast|budget|cash ?plan|cash ?flow "
        "plan) (for|in)~; (you're|you are|yours is|it's|it is) (on|in) (it|that (one|run|batch)|"
        "the (next )?(run|list|batch)); due to (go|leave|be (paid|released|sent)); "
        "(get|getting) to (this|it|that|yours) ~(soon|shortly|week|month|time)"
    ),
    "promise-": (
        "today's (\\w+ )?(transfer|payment|wire|remittance|deposit|bacs|ach|eft); (proof|receipt|"
        "confirmation|copy|screenshot|advice|slip) (of|for) (the |our |today's |a )*(\\w+ )?"
        "(transfer|payment|wire|deposit|bacs|ach|eft)~(today|this morning|just now)"
    ),
    "already_paid": (
        "(proof|receipt|confirmation|screenshot|slip) (of|for) (the |our |today's |a )*(\\w+ )?"
        "(transfer|payment|wire|deposit)"
    ),
    "_elsewhere": "get (it|this|that) (approved|signed|reviewed|checked)",
    "_sum": "|(the |our |your |an |this )?(eft|bacs|chaps|sepa|wires?|run|rest|remainder)",
    "_flows": "(by|via|per) (chaps|wire|ach|eft|bacs|transfer|bank transfer|card|faster payment*)",
    "extension_request-": (
        "(push|put|get) (it|this|that|the (payment|invoice|transfer)|payment) (\\w+ )?(through|"
        "across|over to you)"
    ),
    "why.pricing-": "(not|isn't|wasn't) what (you|he|she|they)( \\w+)? (want|hope|expect)*~",
    "why.terms-": "(due to go|due first)",
}
_DE = {
    "_courtesy": (
        "(wie|so) (besprochen|vereinbart|angekundigt|zugesagt|gesagt|telefonisch \\w+)"
        r"( \S+){{0,8}}?[:,]; (fruher|eher|vorher|zuvor|davor)( \w+){{0,4}} (nicht|leider nicht|"
        r"kein\w*|unmoglich|nicht moglich)( \w+)?; nicht (fruher|eher|vorher|davor); (sollte|falls|"
        r"wenn|sofern) (\S+ ){{0,5}}(nicht|kein\w*|nichts) (\S+ ){{0,4}}(eingegangen|da|"
        "angekommen|ankommen|sehen|seht|erhalten|bekommen|eingehen|gutgeschrieben|sichtbar|"
        r"drauf)( \w+)?; (falls|wenn|sollten?) (\S+ ){{0,3}}(fragen|ruckfragen|probleme)( \w+)?; "
        "so (bald|schnell|rasch|zeitnah) wie (\\w+ )?(moglich|es geht|wir konnen); sobald (es )?"
        "(\\w+ )?(moglich|wir konnen|ich kann|es geht); schnellstmoglich"
    ),
    "promise": (
        "(dann|da|danach|am \\w+|morgen|ubermorgen|heute|montag|dienstag|mittwoch|donnerstag|"
        "freitag)( \\w+){{0,2}}? (mach|mache|machen|erledig\\w*|regel\\w*|veranlass\\w*) (ich|wir) "
        r"(das|es|die|den|alles|euch|ihnen)( \w+){{0,3}}; (mach|mache|machen|erledige|erledigen) "
        "(ich|wir) (das|es) (\\w+ )?(fertig|klar|weg|sofort|dann|morgen|heute|am); "
        "(zahlung|uberweisung|geld) (erfolgt|kommt|geht|folgt|ist)~"
    ),
    "promise-": "(mach\\w*|erledig\\w*) ~(protokoll|bericht|angebot|muster|lieferung); (heutige*|"
    "gestrige*) (\\w+ )?(uberweisung|zahlung|sammler|buchung|"
    "sammeluberweisung)",
    "_unsaid-": (
        "(grundsatzlich|immer|stets|regelmassig|normalerweise|ublicherweise|generell)~~(auch "
        "(diesmal|dieses mal|hier|ihre|diese|in diesem)|so auch|also auch|ebenso)"
    ),
    "_flows": "(per|mit) (echtzeit\\w*|uberweisung|lastschrift|sepa|blitz\\w*|sammler)",
}
_FR = {
    "_courtesy": (
        r"comme (convenu|promis|indique|discute|annonce|dit|evoque)( \S+){{0,8}}?[:,]; (plus tot|"
        r"avant)( \S+){{0,4}} (pas|impossible|pas possible|pas pu)( \w+)?(?=\W*([.,!)]|$)); pas "
        r"(avant|plus tot)(?=\W*([.,!)]|$)); impossible (avant|plus tot)(?=\W*([.,!)]|$)); si "
        r"(vous|tu|d'ici \w+)( \S+){{0,3}} (recevez|voyez|avez|recevrez|vois) (pas|rien|toujours "
        r"pas)( \S+){{0,3}}; (en cas de|si (vous avez|tu as|besoin)) ~(question*|souci*|probleme*|"
        "besoin); des que (possible|nous (le )?pou\\w+|je (le )?peux|on (le )?peut); au plus vite; "
        "le plus (rapidement|tot|vite) possible; dans les meilleurs delais"
    ),
    "promise": (
        "ce sera (regle|paye|chose faite)~; (je|"
        "on|nous) (m'en|s'en|nous en) occup\\w+ ~(lundi|mardi|mercredi|jeudi|vendredi|demain|le "
        r"\d|des)~; (facture|elle|virement|paiement|reglement)( \w+){{0,2}} (programme|planifie|"
        "prevu|inscrit)\\w* (au|le|pour|sur|en|a la|dans)~"
    ),
    "promise-": "sera ~au plus tot; (virement|reglement|paiement) (d'aujourd'hui|de ce (jour|"
    "matin)|du jour|d'hier)",
    "already_paid-": "(programme|planifie|prevu|inscrit)\\w* (au|le|pour|en)",
    "_unsaid-": "(toujours|habitude|systematiquement|generalement)~~(donc|aussi|y compris|"
    "egalement)",
    "_flows": "par (virement|virement instantane|prelevement|carte|cheque)",
}
_ES = {
    "_courtesy": (
        r"^\W*si,; como (acordamos|quedamos|hablamos|acordado|prometido|dijimos|comentamos)( "
        r"\S+){{0,8}}?"
        r"[:,]; antes( \S+){{0,4}} (no|imposible|no es posible|no puedo|no podemos)( \w+)?"
        r"(?=\W*([.,!)]|$)); no( \S+){{0,3}} antes(?=\W*([.,!)]|$)); imposible antes; si (no|aun "
        r"no|para \w+ no)( \S+){{0,2}} (ven|ves|reciben|recibes|llega|llego|ha llegado|aparece)"
        r"( \S+){{0,3}}; si (hay|tienen|tienes|surge) (algun\w* )?(duda|problema|pregunta|"
        "inconveniente)\\w*; (en cuanto|tan pronto como) (podamos|pueda|sea posible|nos sea "
        "posible)"
        "; lo (antes|mas pronto) posible; cuanto antes"
    ),
    "promise": (
        r"(te|os|le|les|lo|la|se lo|se la) (hago|hacemos|pongo|ponemos|mando|"
        "mandamos|paso|pasamos|ingreso|ingresamos) (una |la |el |un )?(transferencia|ingreso|pago|"
        "bizum|dinero)~; entrara en la (proxima )?(remesa|tanda)~"
    ),
    "promise-": (
        "(transferencia|pago|ingreso|deposito) (\\w+ )?(de|del|hecha|hecho|realizad\\w|"
        "efectuad\\w) "
        "(hoy|ayer|esta manana|dia de hoy); (justificante|comprobante|resguardo|recibo) (de|del)~"
    ),
    "already_paid": "(justificante|comprobante|resguardo) (de|del) (la |el )?(pago|transferencia)",
    "_unsaid-": "(siempre|habitualmente|normalmente|cada mes)~~(asi que|tambien|por tanto|esta)",
    "_flows": "por (transferencia|bizum|cheque|domiciliacion)",
}
_PT = {
    "_courtesy": (
        r"(como|conforme) (combinado|acordado|falamos|prometido|disse)( \S+){{0,8}}?[:,]; antes"
        r"( \S+){{0,4}} (nao|impossivel|nao da|nao consigo)( \w+)?(?=\W*([.,!)]|$)); nao( \S+)"
        r"{{0,3}} antes(?=\W*([.,!)]|$)); se (nao|ate \w+ nao)( \S+){{0,2}} (receber\w*|chegar|"
        r"virem|vir|cair|entrar)( \S+){{0,3}}; (qualquer|se houver|havendo|se tiver\w*) (alguma )?"
        "(duvida|problema|pergunta)\\w*; (assim que|logo que|tao logo) (possivel|pudermos|puder|"
        "der|"
        "for possivel|conseguirmos); o (mais rapido|quanto antes|mais breve) ?(possivel)?"
    ),
    "promise": (
        r"(eu |nos |a gente )?(pago|pagamos|paga|deposito|transfiro|faco "
        r"o "
        "(pix|pagamento|deposito)|mando o pix)~"
    ),
    "promise-": (
        "(transferencia|pagamento|pix|deposito) (\\w+ )?(de|do|feit\\w|realizad\\w|efetuad\\w) "
        "(hoje|ontem|dia de hoje); (comprovante|comprovativo|recibo) (de|do|da)~"
    ),
    "already_paid": "(comprovante|comprovativo) (de|do|da) (pagamento|transferencia|pix|deposito)",
    "_flows": "(por|via) (pix|transferencia|boleto|ted|deposito)",
}
_IT = {
    "_courtesy": (
        r"^\W*si,; come (concordato|promesso|detto|anticipato|da accordi|convenuto)( "
        r"\S+){{0,8}}?[:,]; prima"
        r"( \S+){{0,4}} (non|impossibile|non e possibile|non riesco|non riusciamo)( \w+)?"
        r"(?=\W*([.,!)]|$)); non( \S+){{0,3}} prima(?=\W*([.,!)]|$)); se (non|entro \w+ non)"
        r"( \S+){{0,2}} (vedete|ricevete|arriva|vede|riceve)( \S+){{0,3}}; (per|se avete|in caso "
        r"di|"
        "se ci sono) (qualsiasi )?(dubbi|problemi|domande)\\w*; (non )?appena (possibile|possiamo|"
        "posso|riusciamo); (il|al) (piu )?(presto|prima)( possibile)?"
    ),
    "promise": ("(confermiamo|confermo) (il )?(pagamento|bonifico|saldo)~"),
    "promise-": (
        "(bonifico|pagamento|versamento) (\\w+ )?(di|odierno|effettuato|eseguito|fatto)( in "
        "data)? ?"
        "(oggi|odierna|ieri|stamattina)?(?=\\W*([.,!)]|$)); (contabile|ricevuta|copia|distinta|"
        "attestazione) (di|del|dell')~"
    ),
    "_flows": "(con|tramite|via) (bonifico|ri\\.? ?ba\\.?|rid|assegno)",
}
_NL = {
    "_courtesy": (
        r"zoals (afgesproken|besproken|beloofd|gezegd|vermeld)( \S+){{0,8}}?[:,]; (eerder|vroeger|"
        r"daarvoor)( \w+){{0,4}} (niet|helaas niet|onmogelijk|geen)( \w+)?(?=\W*([.,!)]|$)); niet "
        r"(eerder|daarvoor)(?=\W*([.,!)]|$)); (als|mocht|indien)( \S+){{0,4}} (niet|niks|geen|"
        r"niets)( \S+){{0,3}} (ontvangen|ontvangt|ziet|zien|binnen|staat|krijgt)( \S+){{0,3}}; "
        "(bij|voor|heeft u|heb je) ~(vragen|problemen); zo (snel|spoedig) mogelijk; zodra (het kan|"
        "we kunnen|ik kan|mogelijk)"
    ),
    "promise": (
        "(komt|gaat) "
        "(goed|mee|in orde) ~(maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|\\d)~; (regel|maak|"
        "doe) (ik|het|dat) ~(maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|dan|vandaag)~"
    ),
    "_elsewhere": "geleverd|bezorgd|gebracht",
    "promise-": "(overboeking|betaling) van (vandaag|gisteren|vanochtend)",
    "_unsaid-": "(altijd|standaard|gewoonlijk|normaal)~~(dus ook|ook deze|ook nu)",
    "_flows": "per (spoed\\w*|overboeking|bank|ideal|incasso)",
}
_JA = {
    "_courtesy": (
        "(それ|これ)(より前|以前|まで)は.{0,10}(でき|難し|不可)\\w{0,6}|早め.{0,6}(は|の).{0,6}(できません|難しい)|"
        "できるだけ早く|なるべく早く|可能な限り早く|ご不明な点.{0,12}(ましたら|あれば)"
    ),
    "promise-": "(本日|昨日|先ほど)の(振込|お振込|送金|支払)",
}
# What is only supposed has not gone missing.
_SUPPOSED = {
    "en": "(if|should) (you|it|that|this|they)\\b~(see|seen|receive*|get|got|arrive*|show*|landed|"
    "hit)",
    "de": "(sollte|falls|wenn|sofern) ~~(eingegangen|angekommen|ankommen|erhalten|gutgeschrieben|"
    "da)",
    "fr": "(si|au cas ou) (vous|tu|d'ici|elle|il)\\b~(recevez|voyez|avez|recevrez|arrive*)",
    "es": "si (no|aun no|para)\\b~(ven|ves|reciben|recibes|llega|llego|aparece)",
    "pt": "se (nao|ate)\\b~(receber\\w*|chegar|virem|vir|cair|entrar)",
    "it": "se (non|entro)\\b~(vedete|ricevete|arriva|vede|riceve)",
    "nl": "(als|mocht|indien) ~~(ontvangen|ontvangt|ziet|zien|binnen|staat|krijgt)",
    "ja": "(場合|ましたら|なければ|でしたら)",
}
# A day that only a short sentence without anything else beside it makes the day of payment.
_ANSWERS = {
    "en": rf"(it's|it is|its|that's|yours is|this is|this one's) (going|leaving|out) {_DAYS_EN}; "
    rf"(it|that|this|yours|payment|payday)('ll| will| shall) be {_DAYS_EN}",
    "de": "es wird (\\w+ )?(montag|dienstag|mittwoch|donnerstag|freitag|der \\d|ende|nachste)",
    "fr": "ce sera (fait|pour|le|lundi|mardi|mercredi|jeudi|vendredi|demain)",
    "es": "(sera|seria|queda) (el|para el|este) (\\w+ )?(lunes|martes|miercoles|jueves|viernes|dia|"
    "proximo|\\d)",
    "pt": "(vai ser|fica|sera|fica para) (na |no |a |o |dia |para )*(segunda|terca|quarta|quinta|"
    "sexta|dia|proxim\\w|\\d)",
    "it": "(sara|va|parte|andra) (per |di )?(lunedi|martedi|mercoledi|giovedi|venerdi|domani)",
    "nl": "(het|dat) wordt (\\w+ )?(maandag|dinsdag|woensdag|donderdag|vrijdag|de \\d)",
    "ja": "になります$",
}
_NO_ANSWERS = {
    "en": "before (?!that|then)\\w+; earliest; deliver*; approv*; know; deci*; look*; review*; "
    "call*",
    "de": "fruhestens; geliefert; bevor; entsch*; termin*; kommt; gebracht",
    "fr": "au plus tot; livr*; avant (que|de); decid*; valid*; recu*",
    "es": "como pronto; entreg*; antes de que; decid*; reunion",
    "pt": "no minimo; entreg*; antes que; decid*; reuniao",
    "it": "al piu presto; consegn*; prima che; decid*; riunione",
    "nl": "geleverd; gebracht; vroegst; voordat; beslis*; overleg",
    "ja": "納品|会議|打ち合わせ",
}
_OWN = {"en": _EN, "de": _DE, "fr": _FR, "es": _ES, "pt": _PT, "it": _IT, "nl": _NL, "ja": _JA}
_BESIDE = {"_supposed": _SUPPOSED, "_answers": _ANSWERS, "_answers-": _NO_ANSWERS}
PHRASES = {
    name: {**own, **{key: every[name] for key, every in _BESIDE.items()}}
    for name, own in _OWN.items()
}
