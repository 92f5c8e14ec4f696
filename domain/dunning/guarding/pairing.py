"""Whether each amount and date stands beside the invoice it belongs to."""

from __future__ import annotations

import re
from itertools import pairwise

from domain.dunning.facts import ViolationKind
from domain.dunning.guarding.date_pairing import check_date
from domain.dunning.guarding.known import Known, overdue_sums, sums
from domain.dunning.guarding.owners import CREDIT, MONEY_IN, PROMISE, owners_of
from domain.dunning.guarding.page import Mention, Page, Segment, StatedAmount, says, segments
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money

_TOTAL = re.compile(
    r"\b(?:sub-?|sous-)?total\w*|\bzwischensumme|\bin all\b|\ball in\b|\b(?:comes?|adds? up) to\b|"
    r"\bsum\b|\baltogether|\ball told|\bcombined|\boverall|\binsgesamt|\bgesamt\w*|"
    r"\bsumme|"
    r"\bzusammen|\bau total|\bsomme|\ben todo\b|\bsuma\w*|\baggregate|\bacross\b|\btogether\b|"
    r"\ben tout\b|\bsoit\b|\btotal[ei]\b|\bcomplessiv|\bin tutto\b|\bsomma\b|\btotaal|\bsamen\b|"
    r"\bopgeteld|\bbij elkaar|\bno total\b|\bao todo\b|\bsoma\w*|合計|総額|計",
    re.IGNORECASE,
)
_BALANCE = re.compile(
    r"\bbalance|\boutstanding|\bowing|\bowed?\b|\bunpaid|\boffen\w*|\bsaldo|\bausstehend\w*|"
    r"\bsolde|"
    r"\brestant|\bdus?\b|\bpendiente|\badeud\w*|\bopen\b|\bremain\w*|\bdovut|\bapert[aoei]\b|"
    r"\binsolut|\bresid|\bopenstaand|\bverschuldigd|\bem aberto|\bpendente|\bdevid|"
    r"残高|未払|未入金",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:balance|outstanding|remain\w*|still open|open (?:amount|balance)|left|unpaid|"
    r"restbetrag|"
    r"offene[rn]? (?:betrag|rest)|noch offen|verbleib\w*|fehl(?:en|t)|manque(?:nt)?|faltan?|"
    r"mancano?|solde|reste|restant|saldo|pendiente|"
    r"queda|rest(?:am?|ano|erende|eert|bedrag)|residuo|saldo devedor|em aberto|openstaand\w*|"
    r"resta da pagare|por pagar)\b|残高|残額|残金|未払|未入金",
    re.IGNORECASE,
)
_STILL_OPEN = re.compile(
    r"^ *(?:(?:is|are|remains?|ist|reste|queda|está|staat|staan|risultano?|è|fica|permanece) )?"
    r"(?:still |noch |toujours |todavía |aún |ainda |ancora |nog )?"
    r"(?:outstanding|open|unpaid|left|due|offen|impayée?s?|pendientes?|em aberto|apert[aoei]|"
    r"da pagare|insolut[aoei]|openstaand|por pagar)\b|^ ?(?:が|は)?(?:未払|未入金|残)",
    re.IGNORECASE,
)
_AWAITED = re.compile(
    r"\bawait|\bwaiting for|\bstill expect|\bhave not (?:yet )?received|\bhaven't|\bwarten\b|"
    r"\battendons|\bn'avons pas|\besperamos (?:el|su)|\bno hemos recibido|\baguardamos|"
    r"\bnão recebemos|\battendiamo|\bnon abbiamo (?:ancora )?ricevuto|\bwachten\b|"
    r"\b(?:nog )?niet ontvangen|確認(?:が)?できて(?:おり|い)ません",
    re.IGNORECASE,
)
_WAS = re.compile(r"\b(?:from|von|ursprünglich|original\w*|initial\w*)[ :]*(?:the )?[ ]*$", re.I)
_OF_WHICH = re.compile(
    r"\bof which\b|\bdavon\b|\bwovon\b|\bdont\b|\bde los cuales|\bdos quais|\bdi cui|\bwaarvan\b",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(
    r"respective|respectiv|jeweils|beziehungsweise|\bbzw\b|rispettiv|respectievelijk|それぞれ",
    re.IGNORECASE,
)
_ALONE = re.compile(r"[\s|=_+:-]*")
_ACCOUNT = re.compile(
    r"\b(?:account|konto|compte|cuenta|conta|conto|rekening)\b|\byour (?:\w+ )?balance\b|貴社",
    re.IGNORECASE,
)
_OVERDUE = re.compile(
    r"overdue|past due|überfällig|retard|échu|vencid|atrasad|scadut|vervallen|achterstallig|"
    r"em atraso|期日を過ぎ|期限超過",
    re.IGNORECASE,
)
_LATE_SUM = re.compile(
    r"\b(?:overdue|past due) (?:amount|balance|total)\b|\büberfällige[rn]? (?:betrag|saldo)|"
    r"\b(?:montant|solde) échu|\b(?:importe|saldo) vencido|\b(?:importo|saldo) scaduto|"
    r"\b(?:valor|saldo) (?:vencido|em atraso)|\b(?:achterstallig|vervallen) (?:bedrag|saldo)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;(]|\b(?:and|of|und|von|et|sur|y|de|e|di|en|van)\b|、", re.IGNORECASE)
_JOINED = re.compile(r",? (?:and|und|sowie|et|y|e|en|&)?[ ]?|、|と", re.IGNORECASE)
_SHARE = re.compile(r"[ ]*(?:out )?of (?:your |our |the |an? )?(?:\w+ ){0,2}[ ]*", re.IGNORECASE)
_LEFT_OF = re.compile(
    r"[ ]*(?:is |are )?(?:still )?(?:remaining|remains?|open|left|outstanding|unpaid|due) "
    r"(?:out )?of (?:the |its )?(?:original |full )?[ ]*",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"not (?:yet )?due|upcoming|current|\d days|noch nicht fällig|à échoir|non échu|por vencer|"
    r"no vencid|\d (?:tage|jours|días|dias|giorni|dagen)|90\+|por vencer|a vencer|non (?:ancora )?"
    r"scadut|nog niet (?:verval|opeisbaar)|期日前|期限前",
    re.IGNORECASE,
)
_OWN_TOTAL = re.compile(
    r"invoice total|total of the invoice|rechnungsbetrag|rechnungssumme|total (?:de la )?facture|"
    r"total de la factura|original",
    re.IGNORECASE,
)


def check_pairing(page: Page, known: Known, mentioned: dict[int, Invoice]) -> None:
    """Blame amounts and dates that belong to another invoice, and totals that are none."""
    for segment in segments(page):
        mentions = [m for m in page.mentions if segment.holds(m.start)]
        amounts = [a for a in page.amounts if segment.holds(a.start) and a.options]
        dates = [d for d in page.dates if segment.holds(d.start)]
        _check_order(page, segment, mentions)
        _check_shares(page, amounts)
        for index in range(len(amounts)):
            _check_amount(page, known, segment, mentions, amounts, index, mentioned)
        for index in range(len(dates)):
            check_date(page, known, segment, mentions, dates, index)


def _check_amount(
    page: Page,
    known: Known,
    segment: Segment,
    mentions: list[Mention],
    amounts: list[StatedAmount],
    index: int,
    mentioned: dict[int, Invoice],
) -> None:
    amount = amounts[index]
    before = _cues(page, segment, amounts, index)
    sentence = page.text[segment.start : segment.end]
    mentions = _before_of_which(page, segment, mentions, amount)
    owners = _owners(page, segment, mentions, amounts, index)
    cued = bool(_TOTAL.search(before) or _LATE_SUM.search(before))
    cued = cued and not _OWN_TOTAL.search(before)
    loose = not owners and len(mentioned) != 1 and bool(_BALANCE.search(before))
    allowed = _side_amounts(known, sentence)
    if not mentions:
        allowed |= _checked_turn(page, known, sentence, amounts, index)
    came = known.received - {i.open for i in known.account.invoices}
    if says(_AWAITED, sentence) and amount.options <= came:
        page.blame(ViolationKind.STATUS, f"{amount.text} has been received")
    if cued or loose or len(owners) > 1:
        totals = _totals(known, mentioned, owners, _own_words(before, follows=index > 0))
        if len(owners) > 1:
            late = [i for i in owners if i.days_past_due(known.today) > 0]
            totals = sums(tuple(owners)) | sums(tuple(late))
        single = owners if len(owners) == 1 else [*mentioned.values()]
        if len(single) == 1:
            totals |= known.by_invoice.get(single[0].id, frozenset())
        if not amount.options & (totals | allowed):
            page.blame(ViolationKind.TOTAL, f"{amount.text} is not the total")
        return
    allowed |= _beyond_one(page, known, segment, mentions, amounts, index, mentioned)
    if not owners:
        owners = [*mentioned.values()] if len(mentioned) == 1 else []
    if owners and not amount.options & (_of(known, owners[0], before) | allowed):
        detail = f"{amount.text} is not an amount of {owners[0].number}"
        page.blame(ViolationKind.PAIRING, detail)


def _owners(
    page: Page, segment: Segment, mentions: list[Mention], amounts: list[StatedAmount], index: int
) -> list[Invoice]:
    """Whose an amount may be; a total that closes a row is no amount of the row."""
    closes = len(amounts) > 2 and bool(_TOTAL.search(_cues(page, segment, amounts, -1)))
    row = amounts[:-1] if closes and index < len(amounts) - 1 else amounts
    return owners_of(segment, mentions, row, index)


def _before_of_which(
    page: Page, segment: Segment, mentions: list[Mention], amount: StatedAmount
) -> list[Mention]:
    """Without invoices that are only named after "of which": they own what comes with them."""
    breaks = _OF_WHICH.search(page.text, amount.end, segment.end)
    return [m for m in mentions if breaks is None or m.start < breaks.start()]


def _beyond_one(
    page: Page,
    known: Known,
    segment: Segment,
    mentions: list[Mention],
    amounts: list[StatedAmount],
    index: int,
    mentioned: dict[int, Invoice],
) -> frozenset[Money]:
    """Balances and sums that an amount may be although the words turn on one invoice."""
    amount, found = amounts[index], frozenset[Money]()
    sentence = page.text[segment.start : segment.end]
    cues = _cues(page, segment, amounts, index)
    balance = _BALANCE.search(cues) or _OPEN.search(cues)
    since = max([segment.start, *(m.end for m in mentions if m.start < amount.start)])
    if balance and _ACCOUNT.search(page.text[since : amount.start] if mentions else sentence):
        found |= known.standing_totals
    listed = balance and len(sentence) < 60 and _has_amount(page, known, amount)
    if not mentions and (listed or _ALONE.fullmatch(sentence.replace(amount.text, ""))):
        found |= sums(tuple(mentioned.values()))
    if _OF_WHICH.search(page.text, amount.end, min(amount.end + 40, segment.end)):
        found |= known.standing_totals
    if _stands_for_all(mentions, amounts, index):
        found |= sums(tuple(m.invoice for m in mentions))
    return found


def _has_amount(page: Page, known: Known, amount: StatedAmount) -> bool:
    """Whether the invoice named last before this amount already stands with one of its own."""
    before = [m for m in page.mentions if m.start < amount.start]
    if not before:
        return False
    own = known.by_invoice.get(before[-1].invoice.id, frozenset())
    return any(before[-1].start < a.start < amount.start and a.options & own for a in page.amounts)


def _checked_turn(
    page: Page, known: Known, sentence: str, amounts: list[StatedAmount], index: int
) -> frozenset[Money]:
    """The amounts of an amount's turn in a row; "respectively" says that it must be one of them."""
    turn = _in_turn(page, known, amounts, index)
    if turn and says(_RESPECTIVELY, sentence) and not amounts[index].options & turn:
        page.blame(ViolationKind.PAIRING, f"{amounts[index].text} is not in turn")
    return turn


def _in_turn(page: Page, known: Known, amounts: list[StatedAmount], index: int) -> frozenset[Money]:
    """The amounts of the invoice named at the same place as this amount in a row of amounts."""
    joined = [bool(_JOINED.fullmatch(page.text[a.end : b.start])) for a, b in pairwise(amounts)]
    first = last = index
    while first > 0 and joined[first - 1]:
        first -= 1
    while last < len(joined) and joined[last]:
        last += 1
    named = {m.invoice.id: m for m in page.mentions if m.start < amounts[first].start}
    row = [*named][-(last - first + 1) :]
    if first == last or len(row) != last - first + 1:
        return frozenset()
    return known.by_invoice.get(row[index - first], frozenset())


def _stands_for_all(mentions: list[Mention], amounts: list[StatedAmount], index: int) -> bool:
    """Whether an amount opens or closes a row of two or more invoices each with its own amount."""
    order = sorted([(m.start, "M") for m in mentions] + [(a.start, "A") for a in amounts])
    shape = "".join(kind for _, kind in order)
    first = index == 0 and re.fullmatch(r"A(?:MA){2,}", shape)
    return bool(first or (index == len(amounts) - 1 and re.fullmatch(r"(?:MA){2,}A", shape)))


def _check_order(page: Page, segment: Segment, mentions: list[Mention]) -> None:
    """An order number in a sentence must be that of an invoice named in it."""
    orders = [o for o in page.orders if segment.holds(o.start)]
    if len(orders) == len(mentions) > 1:
        places = sorted([(o.start, "O") for o in orders] + [(m.start, "M") for m in mentions])
        if re.fullmatch("(?:OM)+|(?:MO)+", "".join(kind for _, kind in places)):
            for order, mention in zip(sorted(orders, key=_start), mentions, strict=True):
                if order.invoice.po_number != mention.invoice.po_number:
                    page.blame(ViolationKind.PO_NUMBER, page.text[order.start : order.end])
    named = {m.invoice.po_number for m in mentions}
    for order in orders:
        if named and order.invoice.po_number not in named:
            page.blame(ViolationKind.PO_NUMBER, page.text[order.start : order.end])


def _start(mention: Mention) -> int:
    return mention.start


def _check_shares(page: Page, amounts: list[StatedAmount]) -> None:
    """In "500.00 of your 900.00" the part is not more than the whole."""
    for part, whole in pairwise(amounts):
        fits = any(
            a.currency == b.currency and a.minor <= b.minor
            for a in part.options
            for b in whole.options
        )
        if _SHARE.fullmatch(page.text[part.end : whole.start]) and not fits:
            page.blame(ViolationKind.TOTAL, f"{part.text} of {whole.text}")


def _cues(page: Page, segment: Segment, amounts: list[StatedAmount], index: int) -> str:
    """The words beside an amount, not reaching over the amounts next to it."""
    index %= len(amounts)
    amount = amounts[index]
    left = max(segment.start, amount.start - 60, amounts[index - 1].end if index else 0)
    following = amounts[index + 1].start if index + 1 < len(amounts) else len(page.text)
    right = min(segment.end, amount.end + 30, following)
    gap = page.text[amount.end : following] if following < segment.end else ""
    last = _CLAUSE.split(gap)[-1]
    if gap != last and _TOTAL.search(last):
        right = min(right, following - len(last))
    return page.text[left : amount.start] + " \x00 " + page.text[amount.end : right]


def _own_words(cues: str, *, follows: bool) -> str:
    """The words beside an amount without those that close the clause of the amount before it."""
    left, mark, right = cues.partition("\x00")
    if follows and _SHARE.fullmatch(left):
        return left
    clauses = _CLAUSE.split(left, maxsplit=1) if follows else [left]
    return clauses[-1] + mark + right


def _of(known: Known, invoice: Invoice, before: str) -> frozenset[Money]:
    amounts = known.by_invoice.get(invoice.id, frozenset())
    if invoice.open.minor and invoice.open != invoice.total:
        if _SHARE.fullmatch(before.partition("\x00")[0]):
            return amounts
        left = before.partition("\x00")[0][-32:]
        if _LEFT_OF.fullmatch(left):
            return frozenset({invoice.total})
        if (_OPEN.search(left) and not _WAS.search(left)) or _STILL_OPEN.search(
            before.partition("\x00")[2]
        ):
            return frozenset({invoice.open})
    return amounts


def _side_amounts(known: Known, sentence: str) -> frozenset[Money]:
    found: frozenset[Money] = frozenset()
    if says(MONEY_IN, sentence) and not says(_AWAITED, sentence):
        found |= known.received
    if says(PROMISE, sentence):
        found |= known.promised
    return found | known.credited if says(CREDIT, sentence) else found


def _totals(
    known: Known, mentioned: dict[int, Invoice], owners: list[Invoice], before: str
) -> frozenset[Money]:
    listed = tuple(mentioned.values())
    late = tuple(i for i in listed if i.days_past_due(known.today) > 0)
    if _OVERDUE.search(before):
        return (
            overdue_sums(known.account) | sums(late) | (sums(tuple(owners)) if owners else sums(()))
        )
    parts = known.part_totals if _PARTS.search(before) else sums(())
    return parts | known.standing_totals | sums(listed) | sums(late) | sums(tuple(owners))
