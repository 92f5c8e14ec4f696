"""Who a mail goes to, who it comes from, whom it greets and names, and what it claims happened."""

from __future__ import annotations

import re

from domain.dunning.facts import FinalMessage, Part, Violation, ViolationKind
from domain.dunning.guarding import forbidden_words as more
from domain.dunning.guarding.known import Known
from domain.dunning.guarding.page import Mention, Page

_GREETING = re.compile(
    r"(?m)^[ \t|]*(?:Dear|Hello|Hi|Hey|Good (?:morning|afternoon|day)|Greetings|Guten Tag|Hallo|"
    r"Liebe[rs]?|Sehr geehrte[rs]?|Bonjour|Chère?|Madame|Monsieur|Estimad[oa]s?|Hola|"
    r"Buenos días|Buenas tardes|Querid[oa]|Olá|Car[oa]|Prezad[oa]|Exm[oa]\.?|Bom dia|Boa tarde|"
    r"Gentile|Gentilissim[oa]|Egregi[oa]|Buongiorno|Buonasera|Salve|Spett\.?(?:abile|le)?|"
    r"Beste(?! [Gg]r[üuo])|Moin|Hoi|Oi|Ciao|Grüezi|Servus|Salut|Coucou|Bonsoir|Namaste|Morning|"
    r"Afternoon|Geachte|Goedendag|Goedemorgen|Goedemiddag)[ ,]+([^\n,:!|]{2,60})"
)
_TITLE = re.compile(
    r"\b(Ms|Mrs?|Mx|Dr|Prof|Sra?|Sres|Srta|Mme|Mlle|M|Hr|Fr|Sig|Sigg|Dott|Ing|Exm[oa]|Esq|St)\. ",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\A[ \t]*([A-ZÀ-Ý][^\W\d_]+(?:[ -][A-ZÀ-Ý][^\W\d_]+){0,2}),[ \t]*\n(?=[ \t]*\n|[ \t]*\S)"
)
_GREETED = re.compile(r"(?m)^[ \t|]*([^\n、。,:|]{1,40}?)[ ]?(?:様|御中|殿|さん)(?=[ \t|、]*$)")
_ANYBODY = re.compile(r"ご担当者|担当者|お客|各位|関係者|経理|部|課|御|\x00|[ ・　]")
_POLITE_TEXT = """
mr mrs ms miss mx dr prof sir madam team all everyone there accounts payable department finance
accounting colleagues customer and or the herr frau damen und herren geehrte geehrter alle
zusammen buchhaltung kolleginnen kollegen liebe madame monsieur mesdames messieurs équipe
comptabilité service client cher chère et la le les à tous toutes l señor señora señores señoras
sr sra sres equipo contabilidad departamento de del cliente estimado estimada estimados y a
todos again from at in dept folks business partner ap tag hello ihr ihre kreditorenbuchhaltung
you your to sama sister brother ji saheb m mm mme mlle hr dott sig ing lic esq sahib guys both
ladies gentlemen ar colleague billing purchasing procurement payments head office
fournisseurs comptable proveedores administración kundin kunde don doña san für von zum
senhor senhora senhores equipa equipe departamento financeiro contas pagar exmo exma da do tarde
dia noite signor signora signori egregio spett le spettabile ufficio amministrazione contabilità
fornitori dottore dottoressa dottssa geachte heer mevrouw meneer crediteuren
crediteurenadministratie administratie afdeling financiën dames heren allemaal collega allen
"""
_OPENING = frozenset(
    ("hi", "hello", "hey", "dear", "hallo", "bonjour", "hola", "olá", "buongiorno", "greetings",
     "good", "morning", "afternoon", "moin", "hoi", "oi", "ciao", "grüezi", "servus", "salut",
     "dag", "bonsoir",
     "guten", "tag", "goedendag", "goedemiddag", "buenos", "días", "bom", "boa")
)  # fmt: skip
_POLITE = frozenset(_POLITE_TEXT.split())
_COMPANY = re.compile(
    r"(?:\b[A-ZÀ-Ý][\w&'.-]*[ ]){1,4}(?:Inc|LLC|Ltd|Limited|GmbH|AG|KG|SARL|SAS|S\.A\.|S\.L\.|"
    r"Corp|"
    r"Corporation|Co|BV|B\.V\.|plc|PLC|Pty|KK|LLP|SpA|S\.p\.A\.|SE|e\.K\.|OHG|Lda|Ltda|Srl|"
    r"S\.r\.l\.|NV|N\.V\.|Oy|AB)(?![\w])|(?:株式|有限|合同)会社[^\W\x00]{1,20}|"
    r"[^\W\x00ぁ-ん]{1,20}(?:株式|有限|合同)会社"
)
_RECEIVED = re.compile(
    r"\b(?:it|money|funds|payment|transfer|amount) (?:has|have) (?:now |just |since )?"
    r"(?:come in|arrived|landed|cleared|been received)\b|"
    r"\bpayments? (?:\w+ )?(?:arrived|came in|landed|cleared)\b|\b(?:received|got|posted|applied|"
    r"credited)\b[^.\n]{0,30}\bfrom your\b|\bwe got (?:your|the) payment|"
    r"(?:we(?:'ve| have)?|have) (?:now |just |already )?(?:received|posted|applied|"
    r"credited) (?:your|the|a)"
    r"|\bpayment (?:has been|was) (?:received|posted|applied)|thank(?:s|"
    r" you)[^.\n]{0,20} for (?:your |the )"
    r"(?:recent )?(?:partial )?payment (?:of|on|dated)|(?:haben|ist) [^.\n]{0,40}(?:zahlung|"
    r"betrag)"
    r"[^.\n]{0,40}(?:erhalten|eingegangen)|zahlungseingang (?:vom|über)|avons (?:bien )?(?:reçu|"
    r"encaissé)|hemos recibido|" + more.RECEIVED,
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(?:is|are|has been|have been|was|were) (?:now |fully |already )*(?:paid|settled|"
    r"cancell?ed|"
    r"cleared|closed)\b|\bpaid in full\b|\b(?:ist|sind|wurden?|gilt|"
    r"gelten) [^.\n]{0,30}\b(?:bezahlt|"
    r"beglichen|ausgeglichen)|"
    r"\b(?:est|sont|a été|ont été) (?:\w+ ){0,3}(?:payée?s?|réglée?s?|soldée?s?)|"
    r"\b(?:está|están|fue|ha sido|queda|quedan|quedó|quedaron) (?:\w+ ){0,3}(?:pagad|saldad|"
    r"liquidad)|" + more.SETTLED,
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\bwhether\b|\bwill be\b|\bsollten?\b|\bob\b|"
    r"\bnot?\b|n't|\byet\b|\bif\b|\bonce\b|\bwhen\b|\bunless\b|\buntil\b|\bafter\b|\bas soon as\b|"
    r"\bneither\b|\bnone\b|\bnever\b|\bweder\b|\bningun[ao]\b|\bjamais\b|\bnunca\b|"
    r"\bnoch\b|\bnicht\b|\bkeine?n?\b|\bsobald\b|\bfalls\b|\bwenn\b|\bpas\b|\baucun\b|\bsi\b|"
    r"\bdès\b|"
    r"\bni\b|\baún\b|\bcuando\b|\bsin\b|\bwithout\b|\bohne\b|\bsans\b|\blorsque\b|\bhaven't\b|"
    r"\breply|"
    r"\bmessage|\bquer(?:y|ies)|\bdispute|" + more.NOT_SO,
    re.IGNORECASE,
)
_PAY = r"(?:über)?(?:pay|paid|pag|zahl|bezahl|wies|weis|begl|règl|paie|bonific|abon|betaa?l|transf)"
_PROMISED = re.compile(
    r"\bas (?:promised|agreed)\b|\bcolleagues? [^.\n]{0,20}\b(?:confirmed|told|promised|agreed)|"
    r"\b(?:we|i) (?:just |last |already )?(?:spoke|talked|met)\b|"
    r"\b(?:we|i)(?: have|'ve)? (?:just |already )?(?:called|phoned|rung|rang|texted)\b|"
    r"\b(?:agreed|discussed|told|said|promised|mentioned)\b.{0,20}\b(?:on|over|by) (?:the )?phone|"
    r"\b(?:our|last) (?:phone call|conversation|meeting)|\bas (?:we )?discussed\b|"
    r"\bwie (?:telefonisch|am telefon)|\bwir haben (?:gestern |letzte woche )?telefoniert|"
    r"\b(?:convenu|dit|promis|discuté)\b.{0,20}\bt[ée]l[ée]phone|\bhablamos (?:por|ayer|el)\b|"
    r"\b(?:i'm|i am|i was|we're|we were|we've been|i've been) told\b|\bi understand from\b|"
    r"\byour (?:\w+ )?(?:boss|manager|controller|director|cfo|colleague)\b[^.\n]{0,20}"
    r"\b(?:said|told|confirmed|approved|authori[sz]ed|assured|promised)\b|"
    r"\bihr(?:e|en)? (?:kollege|kollegin|chef|chefin)\b[^.\n]{0,20}\b(?:sagte|hat|hatte|meinte)\b|"
    r"\bvotre (?:collègue|patron|directeur|directrice)\b[^.\n]{0,20}\b(?:a|avait|nous)\b|"
    r"\bnous (?:a|avait|ont|avaient) (?:garanti|assuré|confirmé|promis|dit)\b|"
    r"\b(?:me|nos) (?:dijo|dijeron|comentó|aseguró|confirmó|prometió)\b|"
    r"(?<!date )(?<!date the )(?<!date your )\bpayment (?:was|has been|is) "
    r"(?:authori[sz]ed|approved|released|sent|initiated)\b|"
    r"\bas agreed\b|\byour word\b|\bassured us|\byou (?:said|wrote) (?:that )?you(?:'d| would|"
    r"'ll)|"
    r"\byou were going to\b|\bcomme convenu|\bvous deviez\b|\bvous (?:vous )?étiez engagé|"
    r"\bwie (?:vereinbart|besprochen|abgesprochen|zugesagt)|\bcomo (?:quedamos|acordamos|acordado|"
    r"convenido)|\biba a pagar|\bquedó en\b|\bse había comprometido|"
    r"\byou (?:had |have )?(?:promised|committed|agreed to pay|confirmed (?:payment|that)|"
    r"told us)|"
    r"\byour (?:promise|commitment)|\bpromised (?:payment|by you|date)|\b(?:haben sie|sie haben|"
    r"hatten sie|sie hatten) [^.\n]{0,60}"
    r"(?:zugesagt|versprochen|angekündigt)|\bzugesichert|\bihre[rn]? zahlungszusage|"
    r"\bvous (?:aviez|"
    r"avez) (?:promis|"
    r"indiqué|annoncé)|\bvotre (?:promesse|engagement)|\b(?:usted|ustedes)? ?(?:prometi|"
    r"se comprometi)|"
    r"\bsu (?:promesa|compromiso)|\byou (?:said|wrote|told \w+|mentioned|indicated) (?:that )?"
    r"(?:it|this|they|payment|the|we)\b[^.\n]{0,40}(?:\bwould\b|\bwill\b|'d\b|'ll\b|\bgoing to\b)|"
    r"\bprometiste|\bquedaste en|\bihrer (?:ankündigung|zusage)\b|(?:\baccording to you\b|"
    r"\bvous (?:nous |m')(?:avez|aviez) (?:dit|écrit|assuré|confirmé|garanti)|\bvous disiez|"
    r"\bselon vous\b|\bsie (?:sagten|schrieben|meinten|wollten|kündigten)\b|\b(?:wollten|kündigten|"
    r"sagten) sie\b|\bihrer (?:aussage|auskunft)\b|\bdijiste|\b(?:me|nos) (?:comentaste|indicó|"
    rf"indicaste)|\busted dijo|\bsegún usted|{more.SAID})[^!?\n]{{0,80}}(?:\b{_PAY})|"
    + more.PROMISED,
    re.IGNORECASE,
)


def check_headers(message: FinalMessage, known: Known) -> list[Violation]:
    """Recipients must be live contacts of this customer; sender and answers must be ours."""
    found: list[Violation] = []
    contacts = {c.email.casefold() for c in known.account.contacts if c.email and not c.suppressed}
    ours = {a.casefold() for a in known.facts.own.addresses}
    if not message.to:
        found.append(_blame(ViolationKind.RECIPIENT, "there is no recipient"))
    found += [
        _blame(ViolationKind.RECIPIENT, a) for a in message.to if a.casefold() not in contacts
    ]
    found += [
        _blame(ViolationKind.RECIPIENT, a)
        for a in (*message.cc, *message.bcc)
        if a.casefold() not in contacts | ours
    ]
    senders = ours | {_without_tag(a) for a in ours}
    found += [
        _blame(ViolationKind.SENDER, a)
        for a in (message.from_address, *message.reply_to)
        if _without_tag(a.casefold()) not in senders
    ]
    if re.search(r"[\r\n]", message.subject):
        found.append(Violation(ViolationKind.DISGUISE, "line break in the subject", Part.SUBJECT))
    return found


def check_people(page: Page, known: Known) -> None:
    """A greeting names this customer's people; a company with a legal form is a party to it."""
    names = {w for n in known.names for w in re.findall(r"[^\W\d_]+", n.casefold())}
    for contact in known.account.contacts:
        names |= set(re.findall(r"[^\W\d_]+", contact.email.partition("@")[0].casefold()))
    for match in _GREETING.finditer(page.text):
        name = _TITLE.sub(r"\1 ", match[1])
        said = re.findall(r"[^\W\d_]+", re.split(r"[.!?] | [-|] |\x00", name)[0].casefold())
        strange = [w for w in said[:6] if w not in names | _POLITE]
        if strange and len(said) <= 6:
            page.blame(ViolationKind.OTHER_PARTY, match[1])
    _check_called(page, names)
    for match in _GREETED.finditer(page.rest):
        called = match[1].strip()
        family = any(name.startswith(called) or called in name.split() for name in known.names)
        if not family and re.search(r"\w", _ANYBODY.sub("", match[1])):
            page.blame(ViolationKind.OTHER_PARTY, match[1])
    fixed = " ".join((*known.names, *known.facts.own.text, known.facts.own.bank_block)).casefold()
    for match in _COMPANY.finditer(page.rest):
        if match[0].casefold() not in fixed:
            page.blame(ViolationKind.OTHER_PARTY, match[0])


def _check_called(page: Page, names: set[str]) -> None:
    """A letter that begins with a name alone ("Priya,") greets its bearer."""
    alone = _CALLED.match(page.text)
    if alone is None or _GREETING.match(page.text):
        return
    said = set(re.findall(r"[^\W\d_]+", alone[1].casefold()))
    if not said <= names | _POLITE | _OPENING:
        page.blame(ViolationKind.OTHER_PARTY, alone[1])


def check_claims(page: Page, known: Known) -> None:
    """Money received and promises made are claims that need a payment or a promise."""
    _check_settled(page)
    for line in re.split(r"(?<=[.!?])\s+|(?<=。)|\n{2,}", page.text):
        flat = " ".join(line.split())
        if not known.account.payments and _RECEIVED.search(flat) and not _NOT_SO.search(flat):
            page.blame(ViolationKind.STATUS, f"no payment is known: {flat[:80]}")
        closed = any(not i.open.minor for i in known.account.invoices)
        partly = known.account.payments and any(a.options & known.received for a in page.amounts)
        if not closed and not partly and _SETTLED.search(flat) and not _NOT_SO.search(flat):
            page.blame(ViolationKind.STATUS, f"nothing is settled: {flat[:80]}")
        if not known.facts.promises and _PROMISED.search(flat) and not re.search(r"\bif\b", flat):
            page.blame(ViolationKind.STATUS, f"no promise is known: {flat[:80]}")


def _check_settled(page: Page) -> None:
    """An invoice said to be paid or closed must be."""
    for mention in page.mentions:
        after = page.text[mention.end : mention.end + 40].lstrip()
        said = _SETTLED.match(after)
        if said and _paid_in_part(page, mention, after[said.end() :]):
            continue
        before = page.text[max(0, mention.start - 30) : mention.start]
        open_ = mention.invoice.open.minor
        if open_ and said and not _NOT_SO.search(said[0] + " " + before):
            page.blame(ViolationKind.STATUS, f"{mention.invoice.number} is not settled")


def _paid_in_part(page: Page, mention: Mention, after: str) -> bool:
    """Whether only a part is called paid ("was paid short", "400.00 on it is paid"), and truly."""
    invoice = mention.invoice
    if not 0 < invoice.open.minor < invoice.total.minor:
        return False
    line = page.text.rfind("\n", 0, mention.start)
    amounts = [a for a in page.amounts if line < a.start < mention.start]
    named = any(invoice.total - invoice.open in a.options for a in amounts)
    return named or bool(re.match(r" (?:short|in part|partially|partly)\b", after))


def _without_tag(address: str) -> str:
    name, _, domain = address.partition("@")
    return f"{name.partition('+')[0]}@{domain}"


def _blame(kind: ViolationKind, detail: str) -> Violation:
    return Violation(kind, detail[:160], Part.HEADERS)
