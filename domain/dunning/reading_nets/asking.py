"""More ways to ask for papers, and for time."""

from __future__ import annotations

PHRASES: dict[str, dict[str, str]] = {
    "en": {
        "_please": (
            r"where('s| is| are) (the|our|my|your)~; share (the |an? |your |us )*(\w+ )?(updated "
            "|latest |current )?(ledger|statement|account|breakdown|copy); (we|i) (require|need|am "
            "missing|are missing)~; (let us have|pop|ping|shoot|drop) ~(copy|pdf|over|across)~; do "
            "you have ~"
        ),
        "doc.statement": (
            "(updated |your |our |account |customer |debtor |the )*ledger( (account|statement|"
            "extract|copy))?; (list|overview|breakdown|summary) of (all )?(open|outstanding|unpaid)"
            " (\\w+ )?(items|invoices)"
        ),
        "doc.usage": (
            "(usage|consumption|api|call|traffic|metering|meter) (\\w+ )?(breakdown|export|report|"
            "log|logs|data|details?|detail|figures|volume|readings?)"
        ),
    },
    "de": {
        "_please": (
            "bitte um (\\w+ )?(zusendung|ubersendung|nachreichung|ubermittlung|kopie|vorlage|"
            "bereitstellung)~; haben sie (einen|eine|den|die|noch)~; (uns|mir) fehlt (noch )?"
            "(der|die|das)~"
        ),
        "doc.pod": (
            "ablieferbeleg*; ablieferungsnachweis*; zustellnachweis*; empfangsbestatigung*; "
            "empfangsquittung*; abliefernachweis*; unterschriebene\\w* lieferschein*"
        ),
    },
    "fr": {
        "_please": "il me manque (le|la|les|un|une)~; (auriez|avez)[- ]vous (le|la|les|un|une)~",
        "doc.pod": "(bon de livraison|recepisse|emargement|preuve de livraison|bl) (signe|emarge)*",
        "extension_request": "(laisse\\w*|accorde\\w*|attend\\w*) ~(jusqu'a|jusqu'au|jusqu'en)~",
    },
    "es": {
        "_please": "me falta (el|la|los|un|una)~; (tienen|tenéis|tiene) (el|la|un|una)~",
        "doc.pod": "albaran (firmado|sellado); justificante de entrega; comprobante de entrega",
        "extension_request": "(dej\\w*|deis|den|esper\\w*|aguant\\w*) ~hasta~",
    },
    "pt": {
        "_please": "agradec(ia|emos|o|iamos) o envio~; (falta-me|falta) (o|a)~",
        "doc.statement": "extrato (\\w+ ){{0,2}}(conta|conta corrente|conta-corrente)",
        "doc.pod": "comprovante de entrega; canhoto (assinado)?; guia de remessa assinada",
        "extension_request": "(esper\\w*|aguard\\w*|deix\\w*) ~(ate|para) (o )?(dia )?(\\d|fim|"
        "final)~",
    },
    "it": {
        "_please": "mi manca (il|la|lo|un|una)~; avete (il|la|lo|un|una)~",
        "doc.pod": "ddt (firmato|controfirmato); prova di consegna; bolla (di consegna )?firmata",
        "extension_request": "(aspett\\w*|attend\\w*|lasci\\w*|conced\\w*) ~(fino a|fino al|al)~",
    },
    "nl": {
        "_please": "(ik|wij|we) mis(sen)? (nog )?(de|het|een)~; hebben jullie (de|het|een|nog)~",
        "doc.pod": "(getekende|ondertekende) (pakbon|vrachtbrief|afleverbon|cmr); afleverbewijs*",
        "extension_request": "(wacht\\w*|geef ons|tot) ~(tot (en met )?(\\d|eind|"
        "volgende))~uitstel~",
    },
    "ja": {"doc.pod": "受領書|受領印|納品書の控え|配達証明"},
}
