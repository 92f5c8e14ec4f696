"""Words around dates, by language: counts, "in", "next", "end of", "within"."""

from __future__ import annotations

import re

from domain.dunning.day_names import MONTH, WEEKDAY

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fourteen": 14, "fifteen": 15, "thirty": 30,
    "ein": 1, "eine": 1, "einer": 1, "einem": 1, "eines": 1, "zwei": 2, "drei": 3, "vier": 4,
    "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "vierzehn": 14,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8,
    "dix": 10, "quinze": 15, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
    "siete": 7, "ocho": 8, "diez": 10, "quince": 15, "couple of": 2, "a couple of": 2,
    "um": 1, "uma": 1, "dois": 2, "duas": 2, "três": 3, "quatro": 4, "sete": 7, "oito": 8,
    "nove": 9, "dez": 10, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7,
    "otto": 8, "dieci": 10, "quindici": 15, "een": 1, "één": 1, "twee": 2, "drie": 3, "vijf": 5,
    "zes": 6, "zeven": 7, "negen": 9, "tien": 10, "veertien": 14, "einen": 1,
}  # fmt: skip
COUNT = rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
AHEAD = (
    r"(?:in|within(?: the next)?|inside|innerhalb (?:von|der nächsten)|innerhalb|binnen|"
    r"in den nächsten|dans(?: (?:les|un délai de))?|sous|d'ici|en|dentro de|em|"
    r"dentro de(?: no máximo)?|daqui a|(?:en|no) (?:un )?(?:el )?plazo (?:máximo )?de|no prazo de|"
    r"em até|tra|fra|entro|nel giro di|over|the next|im laufe der nächsten|"
    r"not later than|no later than)"
)
UNIT = (
    r"(?:(?:business|working|bank|banking|calendar) )?(?:days?|weeks?|months?)|"
    r"(?:(?:werk|arbeits|bank|geschäfts)tage?n?|tage?n?|wochen?|monate?n?s?)|"
    r"(?:jours?(?: (?:ouvr\w+|calendaires))?|semaines?|mois)|"
    r"(?:días?(?: (?:hábiles|laborables))?|semanas?|mes(?:es)?)|"
    r"(?:dias?(?: [úu]teis)?|m[êe]s)|"
    r"(?:giorni?(?: lavorativi)?|giorno|settiman[ae]|mes[ei])|"
    r"(?:(?:werk)?dag(?:en)?|we(?:e)?k(?:en)?|maand(?:en)?)|"
    r"hours?|stunden|heures|horas|ore|uur|h"
)
BUSINESS = re.compile(
    r"business|working|bank|werk|arbeits|geschäfts|ouvr|hábil|habil|laborabl|úteis|uteis|lavorativ",
    re.IGNORECASE,
)
HOURS = re.compile(r"^(?:hours?|stunden|heures|horas|ore|uur|h)$", re.IGNORECASE)
WEEKS = re.compile(r"(?:w|s)e|^settiman|^woch|^wk", re.IGNORECASE)
MONTHS = re.compile(r"month|monat|^mois|^mes|^m[êe]s|maand", re.IGNORECASE)
NEXT = re.compile(
    r"\bnext|nächst|kommend|prochain|próxim|proxim|que vi?e(?:ne|m)|entrante|prossim|volgend|来|翌",
    re.IGNORECASE,
)
NEXT_WEEK = (
    r"(?:next week|nächste[rn]? woche|kommende[rn]? woche|(?:de )?la semaine prochaine|"
    r"(?:de )?la (?:próxima semana|semana (?:próxima|que viene|entrante))|"
    r"(?:da )?(?:próxima semana|semana que vem)|(?:della )?(?:prossima settimana|"
    r"settimana prossima)|volgende week|komende week)"
)
END_OF_WEEK = (
    r"\b(?:(?:by |at )?(?:the )?end of (?:the |this |next )?week|(?:later )?this week|"
    r"within the week|dans la semaine|esta misma semana|entro (?:la |questa )?settimana|"
    r"(?:before|until) the week(?: is|'s) (?:out|over)|"
    r"(?:entro|nella) (?:la )?(?:prossima settimana|settimana prossima)|"
    r"(?:que |de )?(?:acabe|termine|acabar|terminar) (?:la |esta )?semana|"
    r"ende (?:der |dieser |nächster |kommender |nächste |kommende )?woche|wochenende|"
    r"(?:noch )?diese woche|cette semaine|"
    r"fin de (?:la |cette )?semaine(?: prochaine)?|esta semana|"
    r"(?:fin(?:al)?(?:es)? de )(?:la |esta )?(?:próxima )?semana(?: que viene| próxima| entrante)?|"
    r"(?:fim|final) d(?:a|esta) (?:próxima )?semana(?: que vem| seguinte)?|ainda esta semana|"
    r"(?:la )?fine (?:della |di questa |della prossima )?settimana(?: prossima)?|"
    r"eind(?:e)? (?:van )?(?:de |deze |volgende |komende )?week|deze week|eow)\b"
)
END_OF_MONTH = (
    r"\b(?:(?:by |at )?(?:the )?(?:very )?(?:end|last day) of (?:the |this |next |each )?"
    r"(?:current |coming |present |running )?month|(?:before|until) the month(?: is|'s) (?:out|"
    r"over)|"
    r"last of (?:the|this) month|month(?:'s)?[- ]end|close of (?:the )?month|"
    r"within the month|eom|entro il mese|"
    r"monatsende|monatsultimo|monatsletzten?|letzten des monats|ultimo|(?:el |al )?último de mes|"
    r"l'ultimo del mese|dernier du mois|"
    r"ende (?:des |dieses |diesen |vom )?(?:nächsten |kommenden |laufenden |aktuellen )?"
    r"monats?|letzten tag des monats|"
    r"fin (?:du |de |de ce )(?:présent )?mois(?: prochain| courant| en cours)?|"
    r"dernier jour du mois|"
    r"(?:fin(?:al)?(?:es)? de(?:l)?|acabe|termine|acabar|terminar|finalizar) (?:este |el )?"
    r"(?:próximo |presente |corriente )?mes(?: que viene| próximo| entrante| en curso| corriente)?|"
    r"último día del mes|"
    r"(?:fim|final|fins|finais|acabar) d?(?:o|este|e) (?:próximo |corrente |presente )?"
    r"mês(?: que vem| seguinte| corrente| em curso)?|último dia do mês|"
    r"(?:la )?fine (?:del |di questo |di )?(?:prossimo |corrente |presente )?"
    r"mese(?: prossimo| corrente| in corso| entrante)?|ultimo giorno del mese|"
    r"eind(?:e)? (?:van )?(?:de |deze |het )?(?:volgende |komende |lopende )?maand|maandeinde|"
    r"laatste dag van de maand)\b"
)
END_OF_QUARTER = (
    r"\b(?:(?:by |at )?(?:the )?end of (?:the |this )?quarter|quarter[- ]end|quartalsende|"
    r"ende (?:des |dieses )?quartals|fin (?:du|de) trimestre|fin(?:al)? de(?:l)? trimestre|"
    r"(?:fim|final) do trimestre|fine (?:del )?trimestre|eind(?:e)? (?:van )?(?:het )?kwartaal)\b"
)
AFTER_WEEKEND = (
    r"\b(?:(?:right |straight )?after the weekend|nach dem wochenende|après le week-end|"
    r"(?:después|despues|pasado) del? fin de semana|(?:depois d|após )o fim de semana|"
    r"dopo il (?:weekend|fine settimana)|na het weekend)\b"
)
NEXT_MONTH = (
    r"(?:of |in |des |du |del |do |dal |van )?(?:the )?(?:next month|(?:nächsten|kommenden) monats|"
    r"mois prochain|(?:próximo mes|mes (?:próximo|que viene))|(?:próximo mês|mês que vem)|"
    r"(?:prossimo mese|mese prossimo)|(?:de )?volgende maand)"
)
THIS_MONTH = (
    r"(?:the|this) month|monats|(?:dieses|des) monats|monat|(?:ce )?mois|(?:este )?mes|"
    r"(?:este )?mês|(?:questo )?mese|(?:de(?:ze)? )?maand"
)
END_OF_YEAR = (
    r"\b(?:(?:by |at |before )?(?:the )?end of (?:the |this )?year|year[- ]end|jahresende|"
    r"ende (?:des |dieses )?jahres|fin (?:d'année|de l'année)|fin(?:al)?(?:es)? de(?:l)? año|"
    r"(?:fim|final) do ano|fine (?:dell')?anno|eind(?:e)? (?:van )?(?:het |dit )?jaar)\b"
)
END_OF = (
    r"(?:(?:the )?end of|ende|fin|finales de|fines de|final de|últimos de|fim de|fine(?: di)?|"
    r"eind(?:e)?(?: van)?)"
)
TOMORROW = (
    r"\b(?:tomorrow|tmrw|tmw|tomorow|demain|amanhã|domani)\b|"
    r"(?<!guten )(?<!goede )(?<!gute )(?<!heute )\bmorgen\b|\bmorgen(?:ochtend|middag|avond)\b|"
    r"(?<!la )(?<!las )(?<!esta )\bmañana\b"
)
AFTER_TOMORROW = (
    r"\b(?:(?:the )?day after tomorrow|übermorgen|après-demain|pasado mañana|depois de amanhã|"
    r"dopodomani|overmorgen)\b"
)
_DAY_FOLLOWS = rf"(?:[ ,]+(?:on |the |next |this )*(?:tomorrow|\d|{MONTH}|{WEEKDAY}))"
TODAY = (
    r"\b(?:(?:by )?(?:today|eod|cob|close of business|end of (?:the )?(?:business )?day)"
    rf"(?!{_DAY_FOLLOWS})|"
    r"this (?:afternoon|evening)|tonight|later today|heute(?: (?:nachmittag|abend|noch))?|"
    r"cet après-midi|ce soir|esta tarde|esta noche|hoje à tarde|oggi pomeriggio|stasera|"
    r"vanmiddag|vanavond|"
    r"aujourd'hui|hoy(?: mismo)?|hoje|oggi|vandaag)\b"
    r"(?!(?<=heute)[ ](?:früh|morgen|vormittag))(?!(?<=hoje)[ ](?:cedo|de manhã))"
)
NOT_PAST = r"(?![ ](?:pasad[oa]|passad[oa]|scors[oa]|derni[eè]re?|passée?|anterior)\b)"
NOT_LAST = (
    r"(?<!\blast )(?<!\bletzten )(?<!\bvorigen )(?<!\bvergangenen )(?<!\bafgelopen )(?<!\bvorige )"
)
COMING = r"(?:prochaine?|pr[óo]xim[ao]|prossim[ao]|que vi?e(?:ne|m)|kommend\w*|aanstaande)"
HUITAINE = r"\b(?:(?:sous|d'ici(?: une)?|dans une) huitaine|(?:dans|d'ici) huit jours)\b"
FORTNIGHT = r"\b(?:(?:a )?fortnight(?: from (?:today|now))?|quinzaine|sous quinzaine|quincena)\b"
ON_THE = (
    r"(?:on the|by the|before the|the|am|bis zum|zum|den|le|avant le|au plus tard le|el|el día|día|"
    r"(?:n?o |até o |até |para o )?(?:próximo )?dia|el próximo(?: día)?|"
    r"il prossimo|il|entro il|al|op de)"
)
UNITS_AFTER = (
    r"(?![ ]\d{3})(?![ ]?(?:[%€$£¥]|eur|usd|gbp|days?|weeks?|hours?|units?|box|"
    r"pallet|invoice|items?|pieces|tage|stück|stunden|prozent|paletten|jours?|heures?|pièces|"
    r"factures?|cartons|colis|"
    r"días?|horas?|cajas|unidades|facturas?|por ciento|dias?|caixas|faturas?|parcelas|vezes|"
    r"giorni|ore|fatture|pezzi|rate|per cento|dagen|uur|stuks|facturen|dozen|termijnen|percent))"
)
IN_A_WEEK = (
    r"in (?:einer woche|acht tagen|8 tagen)|über acht tage|over een week|over acht dagen|"
    r"(?:tra|fra) (?:una settimana|otto giorni)|en ocho días|dentro de (?:una semana|ocho días)|"
    r"daqui a (?:uma semana|oito dias)"
)
IN_TWO_WEEKS = (
    r"(?:in (?:zwei wochen|vierzehn tagen|14 tagen)|en quinze|over (?:twee weken|veertien dagen)|"
    r"fortnight|(?:tra|fra) (?:due settimane|quindici giorni)|en quince(?: días)?|"
    r"daqui a (?:duas semanas|quinze dias))\b(?! \d)"
)
WEEK_FROM_TOMORROW = (
    r"(?:a )?week (?:from |on )?tomorrow|tomorrow week|morgen in (?:einer woche|acht tagen)|"
    r"morgen over een week|demain en huit|de mañana en ocho(?: días)?|"
    r"domani (?:a otto|tra una settimana)|de amanhã a oito(?: dias)?"
)
WEEK_FROM_TODAY = (
    r"(?:a )?week (?:from )?(?:today|now)|today week|de hoy en ocho(?: días)?|oggi a otto|"
    r"de hoje a oito(?: dias)?"
)
ALTERNATE = (
    r"(?:every (?:other|second|alternate)|each alternate|alternate|jede[nr]? zweite[nr]?|"
    r"om de(?: andere)?|elke tweede|un|chaque deuxième|cada segundo|ogni secondo)"
)
IN_TWO = r"(?:sur deux|de cada dos|sì e uno no|sim,? outr[oa] não|alternad[oa]s)\b"
_WHICH = {
    "first": 0, "1st": 0, "ersten": 0, "premier": 0, "primer": 0, "primeira": 0, "primeiro": 0,
    "primo": 0, "eerste": 0, "second": 1, "2nd": 1, "zweiten": 1, "deuxième": 1, "segundo": 1,
    "segunda": 1, "secondo": 1, "tweede": 1, "third": 2, "3rd": 2, "dritten": 2, "troisième": 2,
    "tercer": 2, "terceiro": 2, "terceira": 2, "terzo": 2, "derde": 2, "fourth": 3, "4th": 3,
    "vierten": 3, "quatrième": 3, "cuarto": 3, "quarto": 3, "quarta": 3, "vierde": 3,
    "last": -1, "letzten": -1, "dernier": -1, "último": -1, "última": -1, "ultimo": -1,
    "laatste": -1,
}  # fmt: skip
WHICH = "|".join(sorted(_WHICH, key=len, reverse=True))
LAST_BUSINESS_DAY = (
    r"(?:last (?:working|business|banking|bank) day(?: (?:of|in) (?:the|this|next) month)?|"
    r"letzten (?:werk|arbeits|bank)tag(?: (?:des|dieses|diesen|im|des nächsten) monat(?:s)?)?|"
    r"dernier jour ouvr\w+(?: (?:du|de ce) mois(?: prochain)?)?|"
    r"último día (?:hábil|laborable)(?: del? (?:este |próximo )?mes)?|"
    r"último dia útil(?: d(?:o|e|este) (?:próximo )?mês)?|"
    r"ultimo giorno lavorativo(?: (?:del|di questo) (?:prossimo )?mese)?|"
    r"laatste werkdag(?: van de(?:ze| volgende)? maand)?)\b(?! of| of the week| der woche)"
)


def which(word: str) -> int:
    """The place of an ordinal among the weekdays of a month, counted from 0; -1 is the last."""
    return _WHICH[word.casefold()]


_DAY_FIRST = re.compile(
    r"\b(?:le|les|la|el|los|die|der|das|und|wir|ist|nous|vous|est|para|por|pago|em|dia|foi|não|il|"
    r"di|per|del|della|het|een|wij|op|voor|facture|rechnung|factura|fatura|fattura|factuur|am|"
    r"vom|bis|pagamento|pagamos|virement|überwiesen|bonifico|betaald|ontvangen)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:the|we|will|our|is|are|was|paid|payment|please|you|and|of|for|to|by|on|it|this|wire)\b",
    re.IGNORECASE,
)
_KANA = re.compile(r"[\u3040-\u30ff]")


def orders(text: str) -> tuple[bool, bool]:
    """Whether 05/04 in this text may be the 5th of April, and whether it may be May the 4th."""
    if _KANA.search(text):
        return False, True
    local, english = len(_DAY_FIRST.findall(text[:2000])), len(_ENGLISH.findall(text[:2000]))
    return True, not local or english >= local
