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
