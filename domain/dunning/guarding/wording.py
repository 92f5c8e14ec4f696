"""Words no reminder may use by itself: concessions, threats, changes of bank."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.dunning.facts import ViolationKind
from domain.dunning.guarding import forbidden_words as more

_CONCESSION = (
    r"\bmeet you (?:in the middle|half)|\bcall it (?:even|square|quits)|\bneed(?:n't| not) pay|"
    r"\b(?:no need|don't need|do not need|don't have|do not have|not have|won't have) to pay|"
    r"\bconsider .{0,30}\b(?:paid|settled|closed)|\bskip (?:the|this|that)|\blook past|"
    r"\b(?:we|i|can|will|would|could|may|might|shall|to|ll) (?:\w+ ){0,2}overlook\b|"
    r"\blet (?:this|it|that) (?:\w+ )?go\b|\bhalf price|\bthirds? of|\bquarter of|\bfifth of|"
    r"\b(?:lower|smaller) (?:sum|amount|total)|\bshort[- ]pay\b|"
    r"\bdiscount|\brebate|\bwaiv(?:e|er|ed|ing)\b|\bforgiv|\bsettle for\b|"
    r"\bsettle(?:ment)?\b.{0,30}\b(?:offer|"
    r"reduced|less|half)|\bsettlement offer|\b(?:we|i|can|will|could|would|be|been|happy to)"
    r"\b.{0,20}\breduc(?:e|ed)\b|\breduction\b|\breduced (?:amount|price|sum|balance|total)|"
    r"\bprice cut|\bwrite[- ]?off|"
    r"\bwritten off|\bcredit (?:you|your account)\b|\b(?:goodwill|courtesy) (?:credit|gesture)|"
    r"\binstal?lments?\b|\bpayment plan|\bpay (?:only|just)\b|\bhalf (?:of )?(?:the|this|that|"
    r"your)\b|"
    r"\bknock(?:ed)? off\b|\btake .{0,20}\boff (?:the|your)\b|\bextend(?:ed)? (?:the|"
    r"your)\b.{0,20}"
    r"(?:due|term|deadline|payment)|\bextension\b|\bno longer (?:owe|need to pay)|"
    r"\bfree of charge|"
    r"\bwithout (?:late )?(?:fee|interest)|\bdeduct|\bspecial (?:offer|deal|price)|\bpart(?:ial)? "
    r"payment (?:will|would|is enough)|\bbonus\b|\brefund|\bcash ?back|\bno (?:late )?fees?\b|"
    r"\bdrop the\b|\bcancel(?:led|ing)? (?:the|this|your) (?:invoice|debt|balance|charge)|"
    r"\bgrace period|\bcompliment|\bgratis\b|\bdisregard (?:the|this) (?:invoice|balance)|"
    r"\baccept (?:a )?(?:lower|smaller|reduced|partial|less)|\bin full and final|\bmore time\b|"
    # German
    r"\brabatt|\bskonto|\bnachlass|\bnachlaß|\berlass|\berlaß|\bverzicht|\bvergleich(?:s|"
    r"sangebot)\b|"
    r"\bratenzahl|\bin raten\b|\braten\b|\bstund(?:ung|en wir)|\bkulanz|\bgutschrift erteil|"
    r"\bgutschreib|\bermäßig|\bermaessig|\bpreisnach|\bhälfte\b|\bhaelfte\b|\babzug|\babziehen|"
    r"\bzahlungsaufschub|\baufschub\b|\bfristverlänger|\bverlänger(?:n|ung)\b|\bgeschenkt|"
    r"\bsonderpreis|"
    r"\bausbuch|\berstatt|\bnur (?:noch )?(?:die hälfte|einen teil)|\bkostenlos|\bstornier|"
    # French
    r"\bremise|\brabais|\bescompte|\bristourne|\bréduction|\breduction|\bgeste commercial|"
    r"\bexonér|\brenonc|\babandon de créance|\bannul(?:er|ons|é|ation)|\béchelonn|\bechelonn|"
    r"\béchéancier|\ben plusieurs (?:fois|versements)|\bdélai supplémentaire|\breport(?:er|"
    r"ons)? (?:de "
    r"|l'|la |votre )(?:échéance|paiement)|\bmoitié|\btransaction amiable|\bavoir commercial|"
    r"\brembours|\bgratuit|\boffert|\bdédui|\bprolong|"
    # Spanish
    r"\bdescuento|\brebaja|\bbonificaci|\bcondon|\bexenci|\bexim|\bquita\b|\ba plazos|"
    r"\bplan de pagos?|\bfraccion|\bcuotas\b|\bmitad\b|\breducci|\breducir|\baplaz|\bprórroga|"
    r"\bprorroga|"
    r"\bgratis\b|\banular|\bcancelar la (?:factura|deuda)|\breembols|\bacuerdo extrajudicial|"
    r"\bperdon(?:ar|amos)|\bdeduc"
)
_THREAT = (
    r"\brefer(?:red)? (?:the|this|your) (?:matter|case|account|file)|"
    r"\b(?:to|with|by) (?:an?|our|the) (?:\w+ )?specialist|"
    r"\bexternal partner|\b(?<!no )further (?:steps|action|measures|proceeding)|\bfreez|\bfrozen|"
    r"\bturn(?:ed)? off|\bremedies|\b(?:services?|access|deliver\w+|accounts?) (?:will|may|could|"
    r"might) be\b|\bweitere (?:schritte|maßnahmen)|\b(?:autres|nouvelles) mesures|"
    r"\b(?:otras|nuevas) medidas|"
    r"\blegal (?:action|step|proceeding|measure|department|counsel|team|remed|consequence|"
    r"recourse)|"
    r"\blawsuit|\blawyer|\battorney|\bsolicitor|\bsue\b|\bsuing\b|\bcourt\b(?! (?:terme|délai))|"
    r"\blitigat|\bjudg(?:e)?ment\b|"
    r"\bcollections? (?:agency|agencies|firm|bureau)|\bthird[- ]party collect|\bdebt collect|"
    r"\bcredit (?:bureau|agency|agencies|rating|report|score|reference)|\bsuspend|\bterminat|"
    r"\bshut ?(?:off|down)|\bdisconnect|\bcut (?:you )?off|\blate fee|\blate charge|\bpenalt|"
    r"\binterest\b"
    r"(?! in\b)|\bsurcharge|\bfinance charge|\bpolice|\bcriminal|\bseiz|\bgarnish|\b(?:a|"
    r"mechanic\'?s) lien\b|"
    r"\binsolven|\bbankrupt|\bfinal (?:notice|demand|warning)|\blast (?:warning|chance)|"
    r"\bprosecut|"
    r"\bstatutory demand|\bwithh(?:o|e)ld (?:service|deliver|further)|\bstop (?:all )?(?:deliver|"
    r"service|"
    r"shipment|work)|\bhalt (?:all )?(?:deliver|service|shipment)|\bplace(?:d)? .{0,25}\bhold\b|"
    r"\bcredit hold|\bpublicly|\bescalate .{0,30}\b(?:legal|extern|third|collect|agency)|"
    r"\benforce|"
    r"\bbailiff|\bconsequences\b|\bblacklist|\brevoke|\bhand(?:ed)? .{0,30}\bover to\b|"
    # German
    r"\brechtlich|\brechtsanw|\banw[aä]lt|\bgericht|\bklage\b|\bverklag|\binkasso|\bmahnbescheid|"
    r"\bmahnverfahren|\bschufa|\bauskunftei|\bbonität|\bverzugszins|\bzinsen\b|\bmahngebühr|"
    r"\bmahnkosten|"
    r"\bverzugspauschale|\bvollstreck|\bpfänd|\binsolvenz|\bstrafanzeige|\bletzte mahnung|"
    r"\bliefersperre|\bsperr(?:en|ung)|\bkündig|\brechtsweg|\bkonsequenz|\bstrafe\b|\bpolizei|"
    r"\bjuristisch|\bliefer(?:stopp|ungen ein)|\beinstell(?:en|ung)\b|"
    # French
    r"\bjuridique|\bjudiciaire|\btribunal|\bavocat|\bhuissier|\bcommissaire de justice|"
    r"\bcontentieux|"
    r"\b(?:société|cabinet|agence|organisme|procédure) de recouvrement|\bmise en demeure|"
    r"\bpénalit|\bpenalit|\bintérêts?\b|\bsuspend|\bsuspension|"
    r"\brésili|\bpoursui(?:te|vr|von)|\bsaisi(?:e|r)\b|\bplainte|\bpolice\b|"
    r"\bdernier avertissement|"
    r"\bfrais de retard|\bindemnité|\binterromp|\bcoup(?:er|ons)\b|\bfiché|\binjonction|"
    # Spanish
    r"\blegales\b|\bacci(?:ón|ones) legal|\bjudicial|\bjuzgado|\bdemanda(?:r|remos)?\b|\babogad|"
    r"\bembarg|\bmoros|\basnef|\bintereses\b|\brecargo|\bpenaliz|\bsuspend|\bsuspens|"
    r"\b(?:agencia|empresa|gestora?) de cobr|"
    r"\bempresa de recobro|\brecobro|\bvía legal|\bmultas?\b|\bpolic[ií]a|\bdenuncia|\bcort(?:ar|"
    r"e de)|"
    r"\búltimo aviso|\bburofax|\bquerella|\bconcurso de acreedores|\bconsecuencias"
)
_BANK_CHANGE = (
    r"\b(?:new|changed?|updated?|different|revised|alternat\w*|another|switched)\b.{0,40}"
    r"\b(?:bank|banking|account (?:details|number|information)|remittance|wire|iban|routing|payee|"
    r"beneficiary|payment (?:details|instructions|information))|"
    r"\b(?:bank|banking|remittance|wire|iban|payment) (?:\w+ ){0,3}(?:ha(?:s|ve) )?(?:been )?"
    r"(?:changed|updated|moved|replaced|changes)\b|\bchang(?:ed|ing) banks?\b|\bmoved banks?\b|"
    r"\b(?:instead|from now on|going forward|henceforth)\b.{0,60}\b(?:account|bank|transfer|wire|"
    r"pay to)|"
    r"\b(?:pay|payment|transfer|wire|remit|send)\b.{0,60}\b(?:instead|our other account|following "
    r"account|account below|below account)|"
    r"\bpayable to (?!\x00|us\b|our\b)|\bgift ?cards?|\binterac\b|\bhausbank|"
    r"\bdomiciliation|\bdomiciliación|\bwestern union|\bmoneygram|\bcrypto|"
    r"\bpaypal|\bzelle|\bvenmo|\bcash ?app\b|\brevolut\b|\bold account|\bno longer use\b|"
    r"\bfactor(?:ing)\b|"
    r"\biban\b|\bbic\b|\bswift\b(?! (?:copy|message|confirmation|reply|response|payment|action|"
    r"attention))|\brouting (?:no|"
    r"number)|\baba\b|\bsort code|\baccount (?:no\b|number:)|"
    r"\bclabe\b|\bifsc\b|\bbsb\b|\bbeneficiary|"
    r"\b(?:neue?[nrs]?|geänderte?[nrs]?|andere?[nrs]?|aktuelle?[nrs]?)\b.{0,30}\b(?:bank|konto|"
    r"zahlungsempf)|\b(?:bank|konto)\w*.{0,40}\b(?:geändert|gewechselt|umgestellt|aktualisiert)|"
    r"\bgeändert\w*.{0,30}\b(?:bank|konto)|\bkontonummer|\bbankleitzahl|\bblz\b|"
    r"\bab sofort\b.{0,60}"
    r"\bkonto|\bkontoinhaber|\bbankwechsel|"
    r"\b(?:nouve(?:au|lle|lles|aux)|changé|changement|modifié\w*|autre)\b.{0,40}\b(?:banque|"
    r"bancaire|"
    r"compte|rib|coordonnées)|\b(?:coordonnées bancaires|compte|banque|rib)\b.{0,40}\b(?:changé|"
    r"modifié|"
    r"nouve)|\brib\b|\bdésormais\b.{0,60}\bcompte|\bsur le compte suivant|"
    r"\b(?:nuev[ao]s?|cambi(?:o|ado|amos)|modificad\w|otr[ao])\b.{0,40}\b(?:banco|bancari[ao]s?|"
    r"cuenta)"
    r"|\b(?:cuenta|banco|datos bancarios)\b.{0,40}\b(?:cambiad|nuev|modificad|actualizad)|"
    r"\bcuenta siguiente|\bsiguiente cuenta|\bnúmero de cuenta|"
    r"\ba partir de ahora\b.{0,60}\bcuenta|\b(?:künftig|zukünftig|ab jetzt|"
    r"in zukunft)\b.{0,60}\b(?:konto|"
    r"bank)|\bunser konto bei\b|\bour account (?:at|with)\b|\bnotre compte (?:à|chez|auprès)|"
    r"\bnuestra cuenta (?:en|del?)\b|\bin future\b.{0,60}\b(?:account|bank)\b|\bà l'avenir\b.{0,60}"
    r"\bcompte|\ben adelante\b.{0,60}\bcuenta"
)
_PERCENT = r"%|‰|\bper ?cent\b|\bprozent|\bpour ?cents?\b|\bpor ?ciento\b|\bbasis points?\b"
_ELSEWHERE = (
    r"\bwhats ?app|\btelegram\b|\bsignal app|\bcall me(?: (?:at|on|under|instead|"
    r"directly|privately|urgently|now|right)\b|:)|\bpassword|\bpasswort|\bmot de passe|"
    r"\bcontraseña|\bconfirm your (?:login|account)|\bqr[- ]?code"
)
_TAKEN = re.compile(
    r"\b(?:if|whether|in case) (?:you(?:'ve| have)? (?:took|taken)|"
    r"there(?:'s| is| was| are| were)) (?:an?|any) deductions?\b(?! of\b)(?! for\b)",
    re.IGNORECASE,
)
_KINDS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (ViolationKind.CONCESSION, _CONCESSION),
        (ViolationKind.CONCESSION, more.CONCESSION),
        (ViolationKind.CONCESSION, f"{_PERCENT}|{more.PERCENT}"),
        (ViolationKind.THREAT, _THREAT),
        (ViolationKind.THREAT, more.THREAT),
        (ViolationKind.BANK_CHANGE, _BANK_CHANGE),
        (ViolationKind.BANK_CHANGE, more.BANK_CHANGE),
        (ViolationKind.BANK_CHANGE, f"{_ELSEWHERE}|{more.ELSEWHERE}"),
    )
)

_LONG = 1000


def wording(text: str) -> list[tuple[ViolationKind, str]]:
    """Every forbidden wording in `text` (one line at a time), with the words found."""
    text = _TAKEN.sub("", text)
    lines = re.sub(r"(?<=\w)[ \t]*\n[ \t]*(?=\w)", " ", text).split("\n")
    found = [_kept(line) if len(line) < _LONG else _found(line) for line in lines]
    return [
        (kind, words)
        for number, (kind, _) in enumerate(_KINDS)
        for said in found
        for words in said[number]
    ]


def _found(line: str) -> tuple[tuple[str, ...], ...]:
    """The words found, for each of the kinds."""
    return tuple(
        tuple(match[0].strip()[:60] for match in pattern.finditer(line)) for _, pattern in _KINDS
    )


# Text and HTML of a letter have the same lines, and most letters have most of theirs.
_kept = lru_cache(maxsize=2000)(_found)
