"""What takes a conversation out of the machine's hands, told from what was read.

The nets look only at the words that intents rest on. A false alarm costs a look, a miss a
customer, so they are wide where a miss is dear.
"""

from __future__ import annotations

import re

from domain.dunning.actions import AskPerson, Escalate, Trigger
from domain.dunning.matter import Matter
from domain.dunning.reading import DisputeReason, Intent, Reading

ALWAYS = frozenset(
    {
        Trigger.LEGAL,
        Trigger.INSOLVENCY,
        Trigger.DATA_SUBJECT,
        Trigger.BANK_DETAILS,
        Trigger.SUSPICIOUS,
        Trigger.FORGED,
    }
)
_DATA_SUBJECT = re.compile(
    r"\bgdpr\b|\bdsgvo\b|\brgpd\b|\blgpd\b|\bavg[- ]verzoek|\bccpa\b|data (?:subject|protection)|"
    r"subject access|personal data|personenbezogen|datenauskunft|auskunft nach art|"
    r"données personnelles|droit d.accès|datos personales|dados pessoais|dati personali|"
    r"persoonsgegevens|inzageverzoek|個人情報|(?:erase|delete) (?:all )?my data",
    re.IGNORECASE,
)
_TECHNICAL = re.compile(
    r"\b(?:link|portal|page|checkout|button|website|card|ach|debit|login|form|site)\b[^.!?\n]{0,60}"
    r"(?:error|\b[45]\d\d\b|fail|broken|expired|does ?n.t (?:work|load|open)|"
    r"not (?:work|load|open)|is down|declin|reject|timed? ?out|stuck|blank)|"
    r"(?:error|failed?|unable|cannot|can.t|could ?n.t)[^.!?\n]{0,50}"
    r"(?:pay(?:ment)? (?:link|page|portal)|log ?in|checkout|the link|the portal)|"
    r"(?:link|portal|seite|karte)[^.!?\n]{0,50}(?:funktioniert nicht|fehler|geht nicht)|"
    r"(?:lien|portail|page)[^.!?\n]{0,50}(?:ne (?:fonctionne|marche)|erreur)|"
    r"(?:enlace|portal|página)[^.!?\n]{0,50}(?:no funciona|error)|"
    r"(?:link|portal|página)[^.!?\n]{0,50}(?:não (?:funciona|abre)|erro)|"
    r"(?:link|portale|pagina)[^.!?\n]{0,50}(?:non (?:funziona|si apre)|errore)|"
    r"(?:link|portaal|pagina)[^.!?\n]{0,50}(?:werkt niet|foutmelding)|"
    r"(?:リンク|ポータル|ページ)[^。\n]{0,30}(?:エラー|開けません|開かない|動作しません)",
    re.IGNORECASE,
)
_CONTRACT = re.compile(
    r"\bmsa\b|\bsow\b|contract|agreement|agreed|quote[ds]?\b|quotation|rate card|order form|"
    r"per our terms|price list|vertrag|vereinbar|angebot|rahmen|contrat|devis|convenu|accord|"
    r"contrato|acordad|presupuesto|oferta|acordo|combinado|orçamento|contratto|concordat|"
    r"preventivo|offerte|overeengekomen|afspraak|契約|見積|合意",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"\b(?:upgrade|additional (?:seats?|licen[cs]es?|users?)|more (?:seats?|licen[cs]es)|renewal "
    r"(?:quote|pricing)|new (?:order|project|quote)|product (?:question|demo)|feature|roadmap|"
    r"pricing for|enterprise plan|(?:book|see|get) a demo)\b|"
    r"(?:zusätzliche lizenzen|neues angebot|licences supplémentaires|licencias adicionales|"
    r"licenças adicionais|licenze aggiuntive|extra licenties|追加ライセンス)",
    re.IGNORECASE,
)
_ANSWERABLE = re.compile(
    r"due date|when (?:is|was|are) (?:it|this|the|they)[^.?\n]{0,60}due|payment terms|"
    r"(?:what|which|how much)[^.?\n]{0,60}(?:amount|balance|owe|owing|open|outstanding|due|total|"
    r"invoice number|po\b|purchase order|currency)|(?:po|purchase order) number|invoice date|"
    r"wann[^.?\n]{0,40}fällig|fälligkeit|"
    r"welche[rs]?[^.?\n]{0,40}(?:betrag|rechnungsnummer|bestell)|wie ?viel|offene[rn]? betrag|"
    r"échéance|combien|"
    r"quel(?:le)?[^.?\n]{0,40}(?:montant|solde|numéro)|"
    r"vencimiento|qué importe|cu[áa]nto|n[úu]mero de (?:pedido|factura)|vencimento|quanto|"
    r"qual[^.?\n]{0,40}(?:valor|saldo|número)|scadenza|quale[^.?\n]{0,40}(?:importo|numero)|"
    r"vervaldatum|welk[^.?\n]{0,40}(?:bedrag|nummer)|hoeveel|支払期限|期日|金額|請求書番号|発注番号",
    re.IGNORECASE,
)
_CONTRACT_REASONS = frozenset({DisputeReason.PRICING, DisputeReason.TERMS, DisputeReason.LATE_FEE})


def hand_over(
    matter: Matter, trigger: Trigger, quote: str, invoice_ids: tuple[int, ...] = ()
) -> Escalate | AskPerson:
    """Escalate when the policy has this trigger on; otherwise a person only reads the mail."""
    policy, always = matter.policy, trigger in ALWAYS
    if not always and trigger not in policy.triggers:
        return AskPerson(trigger.value, quote)
    route = policy.route(trigger)
    told = always or (policy.notice and bool(route))
    kept = "default" if always and route in ("", "off") else route
    return Escalate(trigger, quote, kept, invoice_ids, urgent=always, notice=told)


def legal_trigger(reading: Reading) -> Trigger:
    """A request about personal data has its own clock: one month (GDPR article 12)."""
    spans = " ".join(e.span for e in reading.intents if e.intent is Intent.LEGAL_THREAT)
    return Trigger.DATA_SUBJECT if _DATA_SUBJECT.search(spans) else Trigger.LEGAL


def dispute_trigger(reading: Reading) -> Trigger:
    """Whether what is contested is what the contract says, or something else."""
    for claim in reading.disputes:
        if claim.reason in _CONTRACT_REASONS and _CONTRACT.search(claim.span):
            return Trigger.CONTRACT_DISCREPANCY
    if not reading.disputes and _CONTRACT.search(reading.span_of(Intent.DISPUTE)):
        return Trigger.CONTRACT_DISCREPANCY
    return Trigger.PAYMENT_DISPUTE


def special_trigger(quote: str) -> Trigger | None:
    """What a question or a remark without a class of its own is about, when that is special."""
    if _DATA_SUBJECT.search(quote):
        return Trigger.DATA_SUBJECT
    if _TECHNICAL.search(quote):
        return Trigger.TECHNICAL_PROBLEM
    return Trigger.PRODUCT_QUESTION if _PRODUCT.search(quote) else None


def answerable(quote: str) -> bool:
    """Whether the ledger has the answer: a due date, an amount, a number."""
    return _ANSWERABLE.search(quote) is not None
