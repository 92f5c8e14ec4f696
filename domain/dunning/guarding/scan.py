"""Find what a text states: references, links, addresses, dates, amounts."""

from __future__ import annotations

import re

from domain.dunning.facts import ViolationKind
from domain.dunning.guarding.amounts import AMOUNT, ANY_CURRENCY, currencies_of, readings
from domain.dunning.guarding.known import Identifier, Known
from domain.dunning.guarding.letters import stands_alone
from domain.dunning.guarding.page import Mention, Page, StatedAmount
from domain.dunning.guarding.stated_dates import stated_dates
from domain.ledger.money import Money, total

_TLD = (
    "com|net|org|io|co|biz|info|example|test|invalid|app|dev|ai|cloud|online|site|shop|pay|xyz|"
    "de|fr|es|uk|us|eu|ch|at|it|nl|be|jp|cn|ru|in|ca|au|mx|br|pl|pt|se|no|dk|fi|ie|me|ly|to|cc|tv|"
    "gg|link|click|top|live|finance|bank|money|zip"
)
_EMAIL = re.compile(r"[^\s<>()\[\],;:|\"']+@[^\s<>()\[\],;:|\"']+")
_LINK = re.compile(
    rf"(?:[a-z][a-z0-9+.-]{{1,20}}:)?//[^\s<>|\"']+|\b(?:javascript|data|file|vbscript):[^\s]+"
    rf"|\bwww\.[^\s<>|\"']+|(?<![\w@])(?:[\w-]+\.)+(?:{_TLD})(?![\w-])(?!\.\w)(?:[/:?][^\s<>|"
    rf"\"']*)?",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    r"\w+\s*[\[({]\s*(?:at|dot|arobase|arroba)\s*[\])}]\s*\w+|\w+[\[({]\.[\])}]\w+", re.IGNORECASE
)
_LABEL_INVOICE = re.compile(
    r"\b(?:invoices?|inv|rechnung\w*|factures?|facturas?|faturas?|fattur[ae]|factuur|facturen|bills?|nr|no|n°|nº|"
    r"number|numéro|número|numero|nummer|請求書)"
    r"[.:]?[ ]?(?:nr|no|n°|nº|number|#)?[.:]?[ ]?#?[ ]?$|#[ ]?$|(?:,|\b(?:and|und|et|y)|&|/)[ ]$",
    re.IGNORECASE,
)
_LABEL_PO = re.compile(
    r"(?:\bp\.?o\.?|purchase order|order|bestell\w*|commande|pedido|encomenda|"
    r"ordine|inkooporder|注文番号|orden(?: de compra)?|"
    r"reference|"
    r"referenz|référence|referencia|ref)[.:]?[ ]?(?:nr|no|n°|nº|number|nummer|numéro|número|#)?"
    r"(?:[.:]?[ ]?#?[ ]?|[. ]{2,40})$",
    re.IGNORECASE,
)
_LABEL_PAYMENT = re.compile(
    r"\b(?:che(?:ck|que)|wire|transfer|ach|remittance|scheck|überweisung|virement|chèque|"
    r"transferencia|ref(?:erence)?)[ ]?(?:no|nr|n°|nº|number)?[.:]?[ ]?#?[ ]?$",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    r"\b(?:factures?|facturas?|rechnung\w*|échéance|vencimiento|faturas?|"
    r"fattur[ae]|factuur|facturen)\b",
    re.IGNORECASE,
)
_CREDITOR_REFERENCE = re.compile(r"RF\d{2}(?:[ ]?[A-Za-z0-9]){1,21}")
_MONEY_BEFORE = re.compile(r"[\d.,]\Z|[$€£¥][ ]?\Z|\b[A-Z]{3}[ ]?\Z")
_MONEY_AFTER = re.compile(r"[.,]?\d|[ ]?[$€£¥]|[ ]?[A-Z]{3}\b|[.,]\d")


def find_fixed(page: Page, known: Known, phrases: tuple[str, ...]) -> None:
    """Mask our own fixed wording, the bank block and the names of the parties."""
    own = known.facts.own
    for phrase in (own.bank_block, *own.text, *own.phones, *phrases, *known.names):
        words = phrase.split()
        if words:
            pattern = r"[\s|]+".join(re.escape(word) for word in words)
            for match in re.finditer(pattern, page.rest, re.IGNORECASE):
                if stands_alone(page.rest, *match.span()):
                    page.mask(*match.span())


def find_addresses(page: Page, known: Known) -> None:
    """Mail addresses and links; each must be a fact."""
    for match in _EMAIL.finditer(page.rest):
        address = match[0].rstrip(".!?").casefold().removeprefix("mailto:")
        if address not in known.emails:
            page.blame(ViolationKind.EMAIL_ADDRESS, match[0])
        page.mask(*match.span())
    for match in _SPELLED.finditer(page.rest):
        page.blame(ViolationKind.EMAIL_ADDRESS, match[0])
    for match in _LINK.finditer(page.rest):
        if not link_allowed(match[0].rstrip(".,;:!?)"), known):
            page.blame(ViolationKind.LINK, match[0])
        page.mask(*match.span())


def link_allowed(link: str, known: Known) -> bool:
    """Whether a link is one of ours, or leads over https to a domain of ours and nowhere on."""
    own = known.facts.own
    if link in own.links:
        return True
    match = re.fullmatch(r"(?:https://)?([a-z0-9.-]+)((?:[/?#][^\s@\\]*)?)", link, re.IGNORECASE)
    if match is None or re.search(r"//|%2f%2f|:/|%3a", match[2], re.IGNORECASE):
        return False
    host = match[1].casefold()
    return any(host == d.casefold() or host.endswith("." + d.casefold()) for d in own.domains if d)


def find_references(page: Page, known: Known) -> None:
    """Invoice, order, credit and payment references; a label must fit what it names."""
    every = "|".join(re.escape(i.text) for i in known.identifiers)
    for identifier in (*known.identifiers, *known.identifiers):
        text = re.escape(identifier.text).replace(r"\ ", r"[ ]?")
        if _CREDITOR_REFERENCE.fullmatch(identifier.text):
            text = "[ ]?".join(identifier.text.replace(" ", ""))
        for match in re.finditer(
            rf"(?<![\w][-/.]){text}(?!-\w)(?!/(?!{every})\w)",
            page.rest,
            re.I,
        ):
            alone = stands_alone(page.rest, *match.span())
            if not alone or _reads_as_number(page, match, identifier):
                continue
            _check_label(page, match, identifier, known)
            if identifier.kind == "invoice" and identifier.invoice:
                page.mentions.append(Mention(match.start(), match.end(), identifier.invoice))
            elif identifier.kind == "po" and identifier.invoice:
                page.orders.append(Mention(match.start(), match.end(), identifier.invoice))
            page.mask(*match.span())
    _find_short_numbers(page, known)
    page.mentions.sort(key=lambda m: m.start)


def _reads_as_number(page: Page, match: re.Match[str], identifier: Identifier) -> bool:
    if not identifier.text.isdigit():
        return False
    before, after = page.text[: match.start()][-30:], page.text[match.end() :][:6]
    if _MONEY_AFTER.match(after) or _MONEY_BEFORE.search(before):
        return True
    cell = re.search(r"(?:^|\n|\|)[ ]*$", before) and re.match(r"[ ]*(?:\||\n|$)", after)
    labelled = _LABEL_INVOICE.search(before) or _LABEL_PO.search(before) or bool(cell)
    return len(identifier.text) < 5 and not labelled


def _check_label(page: Page, match: re.Match[str], identifier: Identifier, known: Known) -> None:
    before = page.text[: match.start()][-30:]
    same = [i.kind for i in known.identifiers if i.text == identifier.text]
    says_po = re.search(
        r"(?:\bp\.?o\.?|purchase order)[.: #]*(?:no|number|nr)?[.: #]*$", before, re.I
    )
    says_invoice = re.search(
        r"(?:\binvoice|\brechnung|\bfacture|\bfactura)[.: #]*(?:no|number|nr|n°|nº)?[.: #]*$",
        before,
        re.I,
    )
    if says_po and "po" not in same:
        page.blame(ViolationKind.PO_NUMBER, match[0])
    elif says_invoice and "invoice" not in same:
        page.blame(ViolationKind.INVOICE_NUMBER, match[0])


def _find_short_numbers(page: Page, known: Known) -> None:
    """Invoice numbers without their prefix, where a word says that an invoice is meant."""
    for identifier in known.identifiers:
        tail = re.search(r"(?<!\d)\d{4,}$", identifier.text)
        if identifier.kind == "payment" and tail:
            _find_check_number(page, tail[0])
        if identifier.kind != "invoice" or not tail or identifier.invoice is None:
            continue
        others = [i for i in known.identifiers if i.text.endswith(tail[0])]
        for match in re.finditer(rf"(?<![\w.,-]){tail[0]}(?![\w])(?![.,-]\d)", page.rest):
            before, after = page.text[: match.start()][-30:], page.text[match.end() :][:16]
            money = _MONEY_BEFORE.search(before) or ANY_CURRENCY.match(after.lstrip())
            if len(others) == 1 and not money and _LABEL_INVOICE.search(before):
                page.mentions.append(Mention(match.start(), match.end(), identifier.invoice))
                page.mask(*match.span())


def _find_check_number(page: Page, digits: str) -> None:
    """The digits of a payment's reference, where a word says that a payment is meant."""
    for match in re.finditer(rf"(?<![\w.,-]){digits}(?![\w])(?![.,-]\d)", page.rest):
        if _LABEL_PAYMENT.search(page.text[: match.start()][-30:]):
            page.mask(*match.span())


def find_dates(page: Page, known: Known) -> None:
    """Dates; each must mean a fact date, a named weekday must be right."""
    found = stated_dates(page.rest)
    orders = [s.orders(known.dates) for s in found]
    if orders and _DAY_FIRST.search(page.text):
        orders.append(frozenset({"dm"}))
    if orders and all(orders) and not frozenset.intersection(*orders):
        page.blame(ViolationKind.DATE, "day and month change places from date to date")
    for stated in found:
        page.dates.append(stated)
        page.mask(stated.start, stated.end)
        if not stated.among(known.dates):
            page.blame(ViolationKind.DATE, stated.text)


def find_amounts(page: Page, known: Known) -> None:
    """Amounts with a currency, a decimal mark or grouping; each must be a fact in that currency."""
    facts = known.amounts() | _open_sums(page)
    for match in AMOUNT.finditer(page.rest):
        signs = [s for s in (match["before"], match["after"], match["again"]) if s]
        if not signs and not match["scale"] and match["number"].isdigit():
            _bare(page, match, facts)
            continue
        options = _options(match, signs, known)
        hits = options & facts
        page.amounts.append(StatedAmount(match.start(), match.end(), match[0].strip(), hits))
        page.mask(*match.span())
        if not hits:
            _blame_amount(page, match, signs, known)
    for match in ANY_CURRENCY.finditer(page.rest):
        if not set(currencies_of(match[0])) & known.currencies():
            page.blame(ViolationKind.CURRENCY, match[0])


def _open_sums(page: Page) -> frozenset[Money]:
    """What is open on all invoices the page names, by currency: the total line of a letter."""
    named = {m.invoice.id: m.invoice.open for m in page.mentions}
    return frozenset(
        total((open_ for open_ in named.values() if open_.currency == currency), currency)
        for currency in {open_.currency for open_ in named.values()}
    )


def _bare(page: Page, match: re.Match[str], facts: frozenset[Money]) -> None:
    """A whole number without a currency is an amount when it is one; else it stays suspect."""
    number = match["number"]
    options = frozenset(m for m in facts if m in readings(number, m.currency))
    if options and len(number) > 3:
        page.amounts.append(StatedAmount(match.start(), match.end(), number, options))
        page.mask(*match.span())


def _options(match: re.Match[str], signs: list[str], known: Known) -> frozenset[Money]:
    meant = known.currencies()
    for sign in signs:
        meant &= frozenset(currencies_of(sign))
    if match["scale"]:
        return frozenset()
    return frozenset(m for currency in meant for m in readings(match["number"], currency))


def _blame_amount(page: Page, match: re.Match[str], signs: list[str], known: Known) -> None:
    text = match[0].strip(" |")
    elsewhere = {m for c in known.currencies() for m in readings(match["number"], c)}
    if signs and elsewhere & known.amounts():
        page.blame(ViolationKind.CURRENCY, text)
    else:
        page.blame(ViolationKind.AMOUNT, text)
