"""When and how money is owed: terms of payment, tax, currency, late fees, orders, discounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.ledger.contract.quoting import Said
from sources.contract.rules.pieces import DAYS, NUMBER, S, around, rule, said_by

_PERCENT = (
    r"(?:\d{1,2}(?:[.,]\d+)?(?: ?½| \d/\d)?|[a-z][a-z -]{2,40}\(\s?\d[\d./ ]*) ?%?\)?"
    r" ?(?:%|per ?cent|prozent|pour cent|por ciento)?\)?"
)
_INVOICED = (
    r"(?:invoic|receipt|billing|bill\b|statement|presentation|rechnung|erhalt|factur|réception|"
    r"recepción|acceptance)"
)
_PAYMENT = re.compile(
    rf"(?:\b(?:pay|pays|paid|payable|due|payments?|zahlbar|zahlung|fällig|payables?|paiement|"
    rf"règlement|pago|pagará|pagadera)\b|\binvoices?\b){S}{{0,170}}?"
    rf"(?P<v>(?:net )?{DAYS}){S}{{0,30}}?(?P<from>(?:of|after|from|following|nach|ab|à|suivant|"
    rf"date|siguientes|desde|upon){S}{{0,70}}?{_INVOICED}\w*(?: date| is received| therefor)?)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\bwithin (?P<v>{DAYS}) (?P<from>(?:of|after|from|following){S}{{0,60}}?{_INVOICED}\w*"
    rf"(?: date)?){S}{{0,90}}?\b(?:pay|paid|remit)\b",
    re.IGNORECASE,
)
_NET = re.compile(
    rf"\b(?P<v>net[ -](?:{NUMBER})(?: days)?)\b(?P<from>{S}{{0,50}}?(?:invoice|"
    rf"receipt)\w*(?: date)?)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"(?:payment terms?|terms of payment|zahlungsziel|zahlungsbedingungen|conditions de paiement|"
    rf"condiciones de pago)\b\s?[:|]?\s?(?P<v>(?:net )?{DAYS}|net {NUMBER}|(?:due )?upon receipt)",
    re.IGNORECASE,
)
_UPON = re.compile(
    r"\b(?:due|payable)(?: and payable)? (?P<v>(?P<from>(?:immediately )?upon receipt)) of"
    r"(?: the| an| each)? invoice",
    re.IGNORECASE,
)
_NO_TERMS = re.compile(
    r"\bfail|default|cure\b|breach|\bdispute|refund|terminat|suspend|audit|royalt|past due|overdue|"
    r"late payment|expense report|remain unpaid|not (?:been )?(?:paid|received) within",
    re.IGNORECASE,
)
_RULES = (
    rule(
        "late_fee",
        rf"\b(?:interest|late (?:fee|charge|payment)|finance charge|service charge|"
        rf"verzugszins|zinsen|intérêts?|pénalités?|intereses?)\w*{S}{{0,220}}?"
        rf"(?P<v>{_PERCENT}{S}{{0,40}}?(?:per month|monthly|a month|each month|per annum|per year|"
        rf"annually|per day|pro monat|p\. ?a\.|pro jahr|par mois|par an|mensual|anual|"
        rf"of (?:the|any) (?:overdue|outstanding|unpaid)))",
        0.85,
        r"royalty|note bears|loan agreement|principal amount of the note",
    ),
    rule(
        "late_fee",
        rf"\b(?P<v>{_PERCENT} ?\(?(?:per month|monthly|per annum|per year)\)?){S}{{0,120}}?"
        rf"(?:interest|late|overdue|past due|unpaid|finance charge)",
        0.75,
    ),
    rule(
        "late_fee_grace_days",
        rf"(?:interest|late (?:fee|charge|payment)|finance charge|service charge){S}{{0,200}}?"
        rf"(?:more than|after|within|exceed\w*|beginning|grace period of) (?P<v>{DAYS})"
        rf"{S}{{0,30}}?(?:past|after|overdue|late|following|from|of (?:its|the|when) due|$)",
        0.7,
    ),
    rule(
        "late_fee_grace_days",
        rf"(?P<v>{DAYS})(?: or more)? (?:past due|overdue|after (?:the|its) due date){S}{{0,120}}?"
        rf"(?:interest|late (?:fee|charge)|finance charge|service charge)",
        0.7,
    ),
    rule(
        "tax",
        rf"\b(?:fees?|prices?|charges?|amounts?|sums|payments|rates|preise|vergütung|prix|precios)\b"
        rf"{S}{{0,110}}?(?P<v>\b(?:exclusive of|exclud\w+|do(?:es)? not include|net of|"
        rf"inclusive of|"
        rf"includ(?:e|es|ing)(?= (?:all |any )?(?:applicable |statutory )?(?:tax|VAT|GST|"
        rf"sales))|zzgl\.?|zuzüglich|inklusive|inkl\.?|hors|HT\b|TTC|más|incluyen|"
        rf"no incluyen|verstehen sich netto){S}{{0,70}}?(?:tax|duties|VAT|GST|mwst|"
        rf"mehrwertsteuer|umsatzsteuer|ust|TVA|taxes|IVA|impuestos|HT\b|TTC))",
        0.85,
        r"payroll|withholding tax only",
    ),
    rule(
        "tax",
        r"(?P<v>\b(?:plus|zzgl\.?|zuzüglich|más)(?: the| der| la)?(?: any)?(?: applicable|"
        r" gesetzlich\w+"
        r"| geltend\w+| statutory)? ?(?:sales (?:and use )?tax|tax|VAT|GST|MwSt|USt|Mehrwertsteuer|"
        r"Umsatzsteuer|IVA|TVA))",
        0.8,
    ),
    rule(
        "tax",
        rf"\b(?:customer|licensee|client|buyer|subscriber|company|purchaser|(?-i:[A-Z]{{2,}}))\b{S}{{0,40}}?"
        rf"(?P<v>(?:shall|will|agrees to|is|be) (?:also )?(?:pay|bear|responsible for){S}{{0,90}}?"
        rf"\b(?:taxes|sales tax|use tax|VAT|value[- ]added))",
        0.7,
        r"employment taxes|payroll",
    ),
    rule(
        "tax",
        rf"\btax(?:es)?\b{S}{{0,90}}?(?P<v>shall be (?:paid|borne) by|(?:will|shall) be added)",
        0.6,
    ),
    rule("tax", r"(?P<v>(?:€|EUR|CHF) ?(?:HT|TTC|netto|zzgl))\b", 0.7),
    rule(
        "po",
        r"(?P<v>(?:shall|must|will) (?:issue|provide|submit|deliver|furnish)(?: [\w,]+){0,4} "
        r"purchase order)",
        0.7,
    ),
    rule(
        "late_fee_grace_days",
        rf"within (?P<v>{DAYS}) (?:of|after|from|following) (?:the|its|their) due date{S}{{0,120}}?"
        rf"(?:interest|late (?:fee|charge|payment)|finance charge|service charge)",
        0.75,
    ),
    rule(
        "po",
        rf"(?P<v>\b(?:no purchase order|purchase order){S}{{0,90}}?(?:is required|required|must|"
        rf"shall (?:reference|state|be issued)|not required|no effect))",
        0.75,
    ),
    rule(
        "po",
        rf"(?P<v>(?:invoices?|rechnung\w*){S}{{0,60}}?(?:must|shall|muss|reference|cite|state)"
        rf"{S}{{0,50}}?(?:purchase order|\bPO\b|bestellnummer))",
        0.75,
    ),
    rule("po", rf"(?P<v>\bwithout (?:a )?(?:valid )?(?:purchase order|PO\b){S}{{0,60}}?)", 0.4),
    rule(
        "po_number",
        r"\b(?:PO|P\.O\.|purchase order|bestellnummer|bon de commande)(?: ?(?:no|number|nr|n°)\.?)?"
        r"\s?[:#|]*\s?(?P<v>(?=[A-Z-]*\d)[A-Z0-9][A-Z0-9/-]{3,20})\b",
        0.8,
        r"P\.?O\.? box",
    ),
    rule(
        "billing_timing",
        r"(?P<v>due on the effective date)(?: of th(?:e|is) agreement)?(?:,? and|\.)[^.;]{0,140}?"
        r"anniversar",
        0.7,
    ),
    rule(
        "currency",
        rf"\b(?:paid|payable|payments?|amounts?|fees?|prices?|invoiced|sums|denominated|stated|"
        rf"quoted|currency|beträge|montants|importes)\b{S}{{0,90}}?"
        r"(?P<v>U\.?S\.? ?(?:dollars|currency|\$)|United States dollars|euros?\b|pounds sterling|"
        r"Swiss francs|Canadian dollars|Australian dollars|(?-i:\b(?:USD|EUR|GBP|CHF|CAD|AUD)\b))",
        0.9,
    ),
    rule(
        "discount",
        r"(?P<v>\b\d{1,2}(?:\.\d+)? ?(?:%|percent)(?: \w+)? (?:discount|off|rabatt|remise|"
        r"descuento))",
        0.8,
    ),
    rule(
        "discount",
        rf"(?P<v>\b(?:discount|rabatt|remise|descuento)\b{S}{{0,40}}?(?:\d{{1,2}}(?:\.\d+)? ?"
        rf"(?:%|percent|prozent)|[$€£] ?\d[\d,.]*))",
        0.75,
        r"early payment|if paid within",
    ),
    rule(
        "bill_to",
        r"\b(?:bill[- ]to(?: address)?|billing address|rechnungsanschrift|rechnungsadresse|"
        r"adresse de facturation|dirección de facturación)\s?[:|]\s?(?P<v>[^;|]{8,160}?)"
        r"(?=\s(?:[A-Z][a-z]+ ){0,2}[A-Z][a-z]+:|\.\s|;|\||$)",
        0.75,
    ),
    rule(
        "bill_to",
        r"\binvoices? (?:shall|must|should|will|to|are to) be (?:sent|submitted|addressed|mailed|"
        r"e-?mailed|delivered|directed)(?: electronically| by e-?mail)? to:? (?P<v>[^;|"
        r"]{6,160}?)(?=\.(?:\s|$)|;|\||$)",
        0.8,
    ),
    rule(
        "bill_to",
        r"\bsend (?:all )?invoices to:? (?P<v>[^;|]{6,160}?)(?=\.(?:\s|$)|;|\||$)",
        0.75,
    ),
)
_BILLED = re.compile(
    r"\b(?:invoices?|invoiced|bill(?:s|ed|ing)?|payable|paid|due|pays?|berechnet|abgerechnet|"
    r"rechnung|fakturiert|fällig|zahlbar|facturée?s?|payables?|factura\w*|pagader\w+|installments?)\b",
    re.IGNORECASE,
)
_RHYTHM = re.compile(
    r"(?<!bi-)(?<!bi )\b(?:annually|annual(?: installments?)?|monthly|quarterly|semi-?annually|"
    r"half-?yearly|"
    r"each (?:calendar )?(?:month|quarter|year)|jährlich|monatlich|vierteljährlich|halbjährlich|"
    r"quartalsweise|annuellement|mensuellement|trimestriellement|anualmente|mensualmente|"
    r"trimestralmente|yearly)\b",
    re.IGNORECASE,
)
_TIMED = re.compile(
    r"\b(?:in advance|in arrears|im voraus|nachträglich|nachschüssig|d['’]avance|à terme échu|"
    r"por adelantado|por anticipado|vencido|at the beginning of each|on the first day of each|"
    r"at the end of each|after the end of each)\b",
    re.IGNORECASE,
)
_NOT_BILLING = re.compile(r"interest|report|royalt|audit|late", re.IGNORECASE)


def paying(flat: str) -> Iterator[Said]:
    """Terms of payment first, then all that goes with them."""
    yield from _terms(flat)
    yield from _rhythm(flat)
    yield from said_by(_RULES, flat)


def _terms(flat: str) -> Iterator[Said]:
    for pattern, confidence in (
        (_LABEL, 0.9),
        (_NET, 0.85),
        (_PAYMENT, 0.85),
        (_AFTER, 0.85),
        (_UPON, 0.8),
    ):
        for match in pattern.finditer(flat):
            quote = around(flat, *match.span())
            if pattern is not _LABEL and _NO_TERMS.search(_own(quote, match[0])):
                continue
            if pattern is _NET and re.search(
                r"net (?:of|one|income|sales|third|receipt|revenue|worth)\b", match[0], re.I
            ):
                continue
            yield Said("payment_days", match["v"], quote, confidence)
            after = match.groupdict().get("from")
            if after or pattern is _LABEL:
                place = flat.find(match[0])
                phrase = after or flat[place : match.end() + 60]
                yield Said("payment_from", phrase, quote if after else phrase, confidence)


def _own(quote: str, match: str) -> str:
    """The clause of the sentence the terms stand in."""
    place = quote.find(match)
    return quote[max(0, place - 90) : place + len(match)]


def _rhythm(flat: str) -> Iterator[Said]:
    """How often bills come and whether before or after the period, where both are said."""
    for when in _TIMED.finditer(flat):
        clause, quote = _clause(flat, when), around(flat, *when.span())
        if _BILLED.search(clause) and not _NOT_BILLING.search(clause):
            yield Said("billing_timing", when[0], quote, 0.8)
    for often in _RHYTHM.finditer(flat):
        clause, quote = _clause(flat, often), around(flat, *often.span())
        if _BILLED.search(clause) and not _NOT_BILLING.search(clause):
            yield Said("billing_frequency", often[0], quote, 0.8 if _TIMED.search(clause) else 0.6)


def _clause(flat: str, match: re.Match[str]) -> str:
    before = re.split(r"[.;]\s", flat[max(0, match.start() - 110) : match.start()])[-1]
    after = re.split(r"[.;](?:\s|$)", flat[match.end() : match.end() + 50])[0]
    return f"{before}{match[0]}{after}"
