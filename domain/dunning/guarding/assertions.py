"""What a reminder must not assert, because no fact of the account can bear it out."""

from __future__ import annotations

import re

from domain.dunning.facts import ViolationKind

_FEW_TEXT = """
two three four five six several multiple monthly weekly equal smaller zwei drei vier fünf sechs
mehreren deux trois quatre cinq six plusieurs dos tres cuatro cinco seis varios
"""
_FEW = "|".join(_FEW_TEXT.split())
_PARTS = (
    r"payments|parts|tranches|portions|chunks|raten|teilen|teilbeträgen|teilzahlungen|fois|"
    r"mensualités|versements|échéances|plazos|pagos|partes|veces"
)
_CONCESSION = (
    rf"\b(?:in|en|into|over|across|by) (?:{_FEW}) (?:\w+ )?(?:{_PARTS})\b|"
    r"\b(?:split|spread) (?:this|it|the|that|your)\b|\bpay (?:\w+ )?half\b|\bhalf of (?:it|"
    r"them)\b|"
    r"\bignore (?:this|the|that|your) (?:invoice|balance|amount|debt)\b|\bhalf now\b|"
    r"\bthe rest (?:later|next|in|at)\b|\bprice break|\bspecial terms|\bbetter terms|"
    r"\b(?:will|to|can|could) be credited\b|\b(?:are|we're|i'm) crediting\b|\bvoid(?:ed)?\b|"
    r"\bpreferred (?:rate|price|pricing)|\bétal(?:er|ons|ement)|\bte (?:quito|descuento|rebajo)\b|"
    r"\bdrop the \w+ charge|\bsave (?:up to |\d|money)|\bsavings\b|\bvoucher|\bcoupon|"
    r"\bpay less\b|\boff the hook|"
    r"\bround (?:it|this|that|the \w+) down|\bshave\b|\bmake an exception|\bcents on the\b|"
    r"\b(?:defer|postpone) (?:the |your |this )?(?:payment|due|invoice|amount)|"
    r"\bwir stunden\b|\bstunden wir\b|\bteilzahlung(?:en)? (?:ist|sind|möglich)|"
    r"\bkommen (?:wir )?ihnen (?:\w+ )?entgegen|\bzahlungspause|\bzahlungsziel (?:auf|um)\b|"
    r"\bfacilités de paiement|\bfaire un geste|\beffaçons|\bfaisons grâce|"
    r"\bfacilidades de pago|\bfracciona|\bhacer(?:le)? un precio"
)
_STANDING = (
    r"\breputation|\b(?:guter|guten|ihr|ihrem|ihren) ruf\b|\bréputation|\breputación|\breputação|"
    r"\breputazion|\breputatie|\bgoede naam\b|評判|"
    r"\bname and shame|\bword (?:gets|will get|spreads)|"
    r"\b(?:suppliers|competitors|partners|customers|the (?:market|industry|trade)) "
    r"(?:in your \w+ )?(?:to |will |would |might |may )?(?:hear|know|learn|find out)\b|"
    r"\bsocial media\b|\bglassdoor|\btrustpilot|\bgoogle review|\bthe press\b|\bjournalist|"
    r"\böffentlich mach"
)
_ACCESS = (
    r"\bcut(?:s|ting)? (?:\w+ ){0,3}off\b|\bcutting off\b|\b(?:turn|switch|shut|power)(?:ed|ing|"
    r"s)? "
    r"(?:\w+ ){0,3}off\b|\bshut(?:ting)? (?:\w+ ){0,3}down\b|\b(?:deactivat|disabl|downgrad|"
    r"throttl)(?:e|ed|es|ing)\b|"
    r"\b(?:block|lock|restrict|limit|remov|revok|withdraw)(?:ing|s)? (?:\w+ ){0,3}(?:access|"
    r"account|"
    r"licen[sc]es?|users?|service|workspace|portal|logins?)\b|\block(?:ing)? you out|"
    r"\bpull the plug|"
    r"\btake (?:\w+ ){0,3}offline|\blose (?:\w+ ){0,2}(?:access|service)|"
    r"\b(?:ab|aus)(?:ge)?schalt|\bdeaktivier|\bstellen (?:wir )?(?:\w+ ){0,4}ein\b|\b(?:wir|"
    r"werden) (?:\w+ ){0,4}"
    r"blockier|\bblockieren wir|\b(?:zugang|konto|account|dienst|service)\w*\b.{0,30}\bblockier|"
    r"\bzugang (?:\w+ ){0,3}(?:entzieh|entzogen|sperren)|\bdésactiv|\bcoupures?\b|\bcouperons|"
    r"\bdesactiv|\bdesativ|\bdar(?:emos)? de baja|\bdisattiv|\bstaccher|\bchiuder(?:e|"
    r"emo) (?:l'accesso|"
    r"il servizio|l'account)|\buit(?:ge)?schakel|\baf(?:ge)?koppel|\bdeactive|"
    r"利用(?:を)?停止|アクセス(?:を)?(?:停止|遮断|制限)|サービス(?:を|の)?(?:停止|中断)"
)
_UNTIL_LATER = (
    r"\btake (?:\w+ )?(?:until|till|your time)|\bno (?:hurry|rush) (?:with|for|about) (?:inv|the|"
    r"this|it|pay)|"
    r"\bin no (?:hurry|rush)\b|\b(?:whenever|any time) (?:you|it) (?:like|suit)|"
    r"\b(?:fine|okay|ok) (?:by|with|for) (?:us|me)\b|(?<!n't )(?<!not )(?<!to )\b(?:forget|drop|"
    r"leave) (?:about )?(?:inv|the (?:other|rest|"
    r"second))|\blassen wir .{0,40}\b(?:fallen|ruhen)\b|\bvergessen (?:wir )?(?:die|den|das)\b|"
    r"\bkein(?:e)? eile\b|\blassen sie sich (?:ruhig )?zeit|\bon oublie|\boublions|"
    r"\brien ne presse|"
    r"\bprenez votre temps|\bnos olvidamos|\bolvidamos|\bsin prisas?\b|\bno hay prisa|"
    r"\besquec(?:emos|eremos)|\bsem pressa\b|\bdeixamos (?:passar|cair)|\bva bene anche|"
    r"\b(?:lasciamo|lasceremo) (?:perdere|stare|correre)|\bdimentichiamo|\bsenza fretta|"
    r"\b(?:laten|vergeten) (?:we|wij) .{0,30}\b(?:zitten|vallen|rusten)\b|\bgeen haast\b|"
    r"\bdoe rustig aan|"
    r"(?<!返信)(?<!連絡)は結構です|いつでも(?:結構|構いません|大丈夫)|お急ぎ(?:では)?ありません"
)
_SUPPLY = (
    r"\bdejaremos de\b|\bno (?:le|les|os) (?:atender|servir|suministr)|\bno (?:atenderemos|"
    r"serviremos|"
    r"aceptaremos)|\bnon (?:evader|accetter|consegner|fornir|spedir)\w+|\b(?:deixaremos|"
    r"deixamos) de\b|"
    r"\bnão (?:aceitaremos|forneceremos|entregaremos|atenderemos)|\blever(?:en|t) (?:we |"
    r"wij )?(?:\w+ ){0,2}"
    r"(?:niet|niets)\b|\b(?:accepteren|nemen) (?:we |wij )?(?:geen|niet)\b|"
    r"\bnehmen (?:wir )?(?:\w+ ){0,2}"
    r"kein\w* .{0,30}\b(?:an|entgegen)\b|\bkeine weiteren (?:aufträge|lieferungen|bestellungen)|"
    r"\bn'accepterons|\bne (?:livrerons|servirons|prendrons)|\bplus aucune (?:commande|livraison)|"
    r"\bno (?:more|further|new) (?:orders|deliveries|shipments|work)\b|\bwon't (?:be )?(?:ship|"
    r"deliver|"
    r"supply|accept|process)\w*|\bnot (?:ship|deliver|supply) (?:any|until|unless)|"
    r"(?:出荷|納品|ご注文|取引)(?:を|は|も)?(?:お?受け(?:でき|し)|停止|見合わせ|いたしかね)"
)
_THREAT = (
    r"\bproceedings\b|\binsurer|\bpull (?:our|the) (?:\w+ )?(?:staff|people|team|contractors?|"
    r"crew)|\bcredit insur|\bkreditversicher|\bassureur|\baseguradora|"
    r"\b(?:to|our|the) legal\b(?! (?:name|entity|address))|\b(?:account|orders?) on (?:stop|"
    r"hold)\b|"
    r"\breport (?:it|this|you|your \w+) to\b|\bequifax|\bexperian\b|\btransunion|\bdun & brad|"
    r"\bcreditreform|\bcreditsafe|\bcoface\b|\bbetreibung|\bavoid (?:\w+ )?disruption|"
    r"\b(?:fall|vorgang|forderung|akte)\b.{0,30}\b(?:ab|über|weiter)(?:geben|treten)\b|"
    r"\blate[- ]payment (?:charge|fee|interest|penalt)|\blate charges|"
    r"\bcharges? (?:now |will |may )?(?:apply|accrue)|"
    r"\b(?:stop|cease|pause|halt|hold|refuse) (?:all )?(?:shipping|delivering|supplying|shipments|"
    r"deliver\w*|orders|services|support)\b|\bno longer (?:ship|deliver|supply|serve|support)|"
    r"\b(?:require|requires|needs?) (?:pre-?payment|payment (?:up front|upfront|in advance))|"
    r"\bcash (?:in advance|on delivery)|\bbreach|\bin default\b|"
    r"\bcredit (?:limit|line|terms|facility) (?:is|has|have|will|may|are)|"
    r"\b(?:your|the) (?:account|access|portal|service|licen[sc]e\w*) (?:is|has|have|was|will|may)"
    r"(?: now| been| be)* (?:block|lock|clos|plac|put|restrict|downgrad|limit|flag)\w*|"
    r"\bsold (?:this|the|your) (?:debt|invoice|receivable|account)|\bassigned (?:this|the|your) "
    r"(?:debt|invoice|receivable)|"
    r"\bliefern (?:wir |sie )?(?:\w+ ){0,2}(?:nicht|nichts|nur noch)|"
    r"\bnur (?:noch )?gegen vorkasse|"
    r"\b(?:konto|kundenkonto|zugang|account)\b.{0,20}\bgesperrt|\bvertragsbruch|"
    r"\b(?:compte|accès|livraisons?|commandes?)\b.{0,25}\bbloqu|\bbloquons|\bpaiement d'avance|"
    r"\b(?:cuenta|crédito|pedidos?|acceso|entregas?|suministro)\b.{0,25}\bbloque|\bbloqueamos|"
    r"\bpago por adelantado|\bdejaremos de (?:servir|entregar|suministrar)"
)
_STATUS = (
    r"\balways (?:pay|paid|late)|\brepeatedly\b|\bhabitual|\bchronic|"
    r"\blast (?:year|quarter) you\b|\b(?:bounced|dishonou?red)\b|\breturned unpaid|"
    r"\binsufficient funds|\b(?:payment|card|check|cheque|debit) (?:was|has been) "
    r"(?:declined|rejected|returned|refused)|\bmissed payments\b|\bmissed (?:two|three|several)|"
    r"\b(?:ceo|cfo|board|auditors?|management|director)\b (?:has|have|needs?|wants?|insists?|"
    r"asked|demands?)|\bnothing is (?:due|owed|open|outstanding)|\bzero balance|"
    r"\bbalance is (?:zero|nil|cleared)|\b(?:one|few|couple of|two|three|four|five|six|ten|"
    r"twenty) "
    r"grand\b|\b(?:is|are) (?:now |currently )?(?:in|under) dispute|\bthe disputed\b|"
    r"\brücklastschrift|\bgeplatzt|\brejeté|"
    r"\bdevuelto (?:el|su) (?:recibo|cheque)"
)
_CHANGED_MIND = re.compile(
    r"\bif\b|\bwhether\b|\bunless\b|\bshould\b|\?|\bfalls\b|\bsi\b|\bsollte|\bsobald|\bhappy to\b|"
    r"\bglad to\b|\bgerne?\b",
    re.IGNORECASE,
)
_BARE = (
    (ViolationKind.CONCESSION, re.compile(_CONCESSION, re.IGNORECASE)),
    (ViolationKind.THREAT, re.compile(_THREAT, re.IGNORECASE)),
    (ViolationKind.THREAT, re.compile(f"{_STANDING}|{_ACCESS}|{_SUPPLY}", re.IGNORECASE)),
    (ViolationKind.CONCESSION, re.compile(_UNTIL_LATER, re.IGNORECASE)),
)
_SAID = re.compile(_STATUS, re.IGNORECASE)


def assertions(text: str) -> list[tuple[ViolationKind, str]]:
    """Concessions, threats and history asserted in `text`, with the words found.

    A thing only asked about or made conditional ("if the invoice is in dispute") is no assertion
    of history; a concession or threat stays one.
    """
    joined = re.sub(r"(?<=[\w,])[ \t]*\n[ \t]*(?=\w)", " ", text)
    found = [(kind, match[0].strip()[:60]) for kind, p in _BARE for match in p.finditer(joined)]
    for sentence in re.split(r"(?<=[.!?])\s+|\n", joined):
        said = _SAID.search(sentence)
        if said and not _CHANGED_MIND.search(sentence):
            found.append((ViolationKind.STATUS, said[0].strip()[:60]))
    return found
