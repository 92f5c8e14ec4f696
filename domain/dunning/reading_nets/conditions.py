"""What a payment waits for: "only against a new invoice", "send it and I pay", "net that off".

A day beside such words is no day that can be counted on.
"""

from __future__ import annotations

import re

PHRASES: dict[str, dict[str, str]] = {
    "en": {
        "_if": (
            "(but |and )?(only|solely|strictly) (against|on|upon|with|when|once|if|after|for|on the"
            " basis)~; against (a|an|the|your|its|receipt|presentation|delivery|proof)~(invoice|"
            "copy|document|paper|receipt|note|proof|bill|delivery|signature|showing|po)*; net "
            "(it|that|this|those|them|the \\w+( \\w+)?) (off|out|against|down); net of (the|that|"
            "your|any|those)~; (off-?set|offset|set off|deduct|knock|take|subtract) (it|that|this|"
            "those|them|the \\w+( \\w+)?) (off|from|against|first|and); what's left; what is left; "
            "as soon as (you|the|your|it|he|she|they|i|we) "
            "(?!can\\b|could\\b|possibl)~; (so|as) long as; the (day|moment|minute|second) "
            "(you|your|the|it|we|i|he|she|they)~; providing; on (the )?(proviso|understanding|"
            "basis) (that)?; in exchange for; in return for; not (before|until|till|without)~"
            "(invoice|copy|credit|po|form|paper|document|approval|sign\\w*|corrected|delivery|"
            "w-?9|waiver|goods); without (a|an|the|your)~(no|not|can't|cannot|won't); no (\\w+ )?"
            "(po|w-?9|invoice|credit|paperwork|waiver|form),? no~"
        )
    },
    "de": {
        "_if": (
            "(nur|ausschliesslich|lediglich|allein) (gegen|bei|nach|mit|wenn|sofern|unter)~; gegen "
            "(eine|einen|vorlage|ubersendung|zusendung|erhalt|gutschrift|korrigierte*|"
            "berichtigte*|nachweis|beleg)~; (sobald|sowie) (?!wie|moglich|es geht|wir konn|"
            "ich kann)~; "
            "vorausgesetzt; unter (der )?(vorbehalt|bedingung|voraussetzung)*; vorbehaltlich; "
            "(abzuglich|unter abzug|minus) (der|des|die|ihrer|eurer)~; verrechne\\w*; "
            "(ohne) ~(keine|nicht|kein)~(zahlung|geld|zahlen|uberweisen); erst (wenn|nach|"
            "mit|bei|dann)~; im gegenzug; solange~; nach (erhalt|eingang|vorlage|zugang|prufung|"
            "korrektur|freigabe|gutschrift)~"
        )
    },
    "fr": {
        "_if": (
            "(uniquement|seulement|exclusivement) (contre|sur|apres|si|avec|a)~; contre (une|un|la|"
            "le|l'|remise|presentation|reception|envoi|facture|avoir)~; (des|aussitot) (que|qu')"
            " ?(?!possible|nous (le )?pou|je (le )?peux|on (le )?peut)~; des (la )?(reception|"
            "reglement|livraison|"
            "validation|correction|retour)~; sous reserve~; a (la )?condition~; (sitot|une fois)~; "
            "(deduction faite|deduire|deduisez|deduis|deduisons|diminue|moins|net) "
            "(de|du|des|l'|la|le|"
            "cet)~; "
            "sans (la|le|l'|une?|cette|ce)~(pas de|aucun|rien|impossible); pourvu que; en "
            "echange~; tant que~"
        )
    },
    "es": {
        "_if": (
            "(me|nos) l[oae]s? \\w+ y (el|la|los|manana|ese|al|tienen|cobra\\w*|pago|pagamos)\\b~; "
            "(solo|solamente|unicamente) (contra|si|cuando|con|tras|previa)~; contra (la|una|el|"
            "un|entrega|factura|presentacion|recepcion|abono)~; (en cuanto|apenas|tan pronto"
            "( como)?) (?!podamos|pueda|sea posible|nos sea)~; una vez~; siempre (que|y cuando)~; "
            "previ[oa] (recepcion|envio|abono|correccion|factura|entrega)~; a condicion~; con la "
            "condicion~; sujet[oa] a~; (descont\\w*|deduc\\w*|rest\\w*|compens\\w*) (eso|esto|"
            "el|la|los|las|ese|esa|lo)~; sin (la|el|un|una|ese|esa)~(no|nada|imposible); a cambio "
            "de~; mientras (no|que)~; despues de (recibir|que|la|el)~"
        )
    },
    "pt": {
        "_if": (
            "(so|somente|apenas|unicamente) (contra|se|quando|com|mediante|apos|depois)~; "
            "(mediante|contra) (a|o|uma|um|apresentacao|envio|recebimento|entrega|nota|fatura|"
            "emissao|credito)~; (assim que|logo que|tao logo) (?!possivel|pudermos|puder|der|for "
            "possivel|conseguirmos)~; uma vez~; desde que~; sujeit[oa] a~; com a condicao~; "
            "(descont\\w*|abat\\w*|deduz\\w*|compens\\w*) (isso|esse|essa|o|a|os|as)~; sem (a|o|"
            "uma|um|esse|essa)~(nao|nada); em troca~; enquanto (nao)?~; apos (o|a|receb\\w*|"
            "envio|emissao|correcao)~"
        )
    },
    "it": {
        "_if": (
            "(solo|soltanto|unicamente|esclusivamente) (contro|se|quando|dietro|dopo|a fronte|"
            "con|previa)~; "
            "(contro|dietro) (la|una|un|il|presentazione|invio|ricevimento|emissione|consegna|"
            "fattura|nota)~; (non )?appena (?!possibile|possiamo|posso|riusciamo)~; una volta~; "
            "purche~; a condizione~; a patto~; previ[oa] (ricezione|invio|emissione|correzione|"
            "nota|consegna|vostr\\w)~; salvo~; al netto (di|del|della|dello)~; (detra\\w*|sottra"
            "\\w*|scal\\w*|compens\\w*|stor[nr]\\w*) (questo|quello|il|la|l'|lo|i|gli|le)~; senza "
            "(la|il|una|un)~(non|niente|nulla); in cambio~; finche~; dopo (aver|il|la|che|"
            "ricevimento|ricezione)~"
        )
    },
    "nl": {
        "_if": (
            "(alleen|uitsluitend|slechts|enkel) (tegen|op|bij|na|als|indien|met)~; tegen (een|"
            "overlegging|ontvangst|afgifte|creditnota|factuur)~; zodra (?!het kan|we kunnen|ik "
            "kan|mogelijk)~; mits~; op voorwaarde~; onder (voorbehoud|voorwaarde)~; (verreken|"
            "verrekenen|verrekend|trek|trekken|minus|onder aftrek)~; na (ontvangst|correctie|"
            "goedkeuring|controle|creditering|levering)~; pas (als|na|wanneer|bij)~; zolang~; "
            "in ruil voor~; zonder (de|een|het|die)~(geen|niet|niks)"
        )
    },
    "ja": {
        "_if": (
            "次第|と引き換え|引換え|を条件|条件に|に限り|(いただけ|頂け|もらえ|くださ)(れば|ましたら|ば)|"
            "(届い|受領し|確認でき|修正され|再発行され|頂い|いただい)(たら|てから|た後|ましたら)|"
            "(差し引|相殺|控除)|(受領|入手|到着|確認|検収|承認)後"
        )
    },
}
_ASKED = (
    r"(?:re-?)?(?:send|issue|bill|invoice|submit|mail|email|forward|upload|post)|fix|correct|"
    r"amend|credit|cancel|replace|collect|provide|confirm|attach|give|get|put|add|change|drop|"
    r"sort|ship|deliver|sign|pop|ping|shoot|"
    r"(?:re|r)?(?:envoye[zr]|envoie|envois|transmettez|adressez|faites|corrigez|corrige|"
    r"emettez|etablissez|fournissez|donnez|mettez|passez|refaites)(?:[- ](?:la|le|les|moi|nous))*|"
    r"(?:schick|send|korrigier|bericht|stell|mail|storni|besorg|reich|gib|geb|mach|leg|tausch)"
    r"(?:e|en|t|ier\w*|ig\w*)?|"
    r"(?:re)?(?:envie|envia|mand|corrij|corrig|facilit|adjunt|anul|emit|hag|arregl)\w{0,8}|"
    r"(?:ri)?(?:mand|invi|corregg|emett|spedi|stornat|sistemat|rifate|fatemi|fateci)\w{0,8}|"
    r"stuur|mail|zend|corrigeer|crediteer|maak|pas|lever"
)
_THEN = r"(?:and|then|und|dann|et|puis|y|entonces|e|entao|poi|en|dan)"
_PAY = (
    r"(?:pay|paid|payment|settle|wire|transfer|releas|cut|zahl|bezahl|uberw|begleich|pai|pay|regl|"
    r"vir|pag|abon|liquid|transf|deposit|sald|bonific|betal|betaal|maak|voldoe)"
)
# "Send it again and I pay within a week": a sentence that begins by asking and ends by paying.
TRADE = re.compile(
    rf"(?:^|[,;:.–-] ?|\b(?:just|so|but|or|please|bitte|donc|mais|also|pues|pero|ma|mas|graag) )"
    rf"(?:{_ASKED})\b(?! (?:note|that we|you)\b).{{0,120}}?(?:\b{_THEN}|[,;–-]) ?"
    rf"(?:\S{{1,12}} ){{0,4}}?{_PAY}"
)
