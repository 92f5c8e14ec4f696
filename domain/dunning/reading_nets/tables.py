"""Which tables a text is read with: those of the languages it seems to be written in."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.dunning.reading_nets import (
    alarms,
    asking,
    committing,
    conditions,
    days,
    frauds,
    paying,
    saying,
)
from domain.dunning.reading_nets.de import DE
from domain.dunning.reading_nets.en import EN
from domain.dunning.reading_nets.es import ES
from domain.dunning.reading_nets.fr import FR
from domain.dunning.reading_nets.it import IT
from domain.dunning.reading_nets.ja import JA
from domain.dunning.reading_nets.nl import NL
from domain.dunning.reading_nets.phrases import Table, folded, together
from domain.dunning.reading_nets.pt import PT

_DATA = {"en": EN, "de": DE, "fr": FR, "es": ES, "pt": PT, "it": IT, "nl": NL, "ja": JA}
_UNSPACED = frozenset(("ja",))
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# Letters of Portuguese that its neighbours do not write.
_TILDE, _PORTUGUESE = re.compile(r"[ãõ]"), re.compile(r"[ãõêâç]")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# Short words that hardly occur in the other languages.
_COMMON = {
    "en": "has had can't me my us any some still just only there their off into because but so or "
    "an got get let his her then than each last "
    "the and to of is we you your for please this have will on it not with are our pay paid "
    "i be been was that from payment invoice thanks thank us can hi my if by they he she "
    "friday today tomorrow remove sent wire check done noted ok as no in its it's don't "
    "we'll i'll we're could would should do did you've haven't didn't any when what who how "
    "why about out up money again until next week month never nothing",
    "de": "nur wurden hatten hatte euch eine einen einer eines diese dieser dieses sehr auch aber "
    "mehr seit unter ohne gegen ja nein geliefert stuck ihren unsere meine kann gerade "
    "derzeit fehlt leider zum zur "
    "der die das und nicht wir ihre ihr sie ist mit fur von den dem ein eine zu bitte haben "
    "rechnung zahlung auf im am wird werden uns ich es danke noch schon bis unsere unser "
    "kein bei mahnung uberweisung betrag erledigt nach aus dass wurde bezahlt vielen gruss "
    "freitag montag dienstag mittwoch donnerstag morgen heute woche monats mir mich hat sind "
    "kann konnen wann warum keine euch ihnen ware geld raus zahlen uberwiesen horen sie' "
    "liegt vor man sich da so mal alles doch war wenn oder wie geht",
    "fr": "sont ont etait leur aux ces cet cette tous deux chez sans sous rien encore avant apres "
    "notre nos merci nous j'attends qu'il "
    "le la les de des et est vous nous votre pas pour une un ne que avec dans sur ce cette "
    "merci facture paiement avons sera bonjour je il du au par nos notre ci joint suite a "
    "ete virement reglement j'ai c'est d'un n'est l'envoi vos deja mais bien peut peuvent "
    "pouvons vendredi lundi mardi mercredi jeudi demain mois fin semaine reglerons reglee "
    "payee somme montant jamais plus s'en vite occupe etes ai ma mes tres tout fait avez "
    "cela ca fois c'etait envoyer recu",
    "es": "sin todo nada antes despues hasta desde entre fue ser ese esa esos esas dos muy tambien "
    "porque solo les lo cobrarnos nuestras nuestros favor "
    "el la los las de y que en por para con no su una un se les nos hemos factura pago del "
    "al esta este lo ya gracias es me te usted ustedes favor pagar buenos sobre nuestra "
    "nuestro pagado transferencia esto pero cuando hola saludos senores podemos pueden "
    "viernes lunes martes miercoles jueves fin mes queda liquidada mande manden envien "
    "importe cuenta dia semana manana recibido tenemos estamos hay son cual quien que' "
    "tienen mi yo ni pagaremos sale empresa todavia aun estoy",
    "pt": "sem nada antes depois entre foi ser essa esse dos das muito tambem porque so mas ela "
    "ele eles nossos nossas recebemos ainda contato entrem "
    "o a os as de e que em por para com nao seu sua um uma do da no na ja pagamento fatura "
    "nota obrigado obrigada favor voces voce esta nos foi ate segue nossa nosso boleto "
    "fiscal pago isso sera mas pelo pela ao bom dia prezados podem podemos sexta segunda "
    "terca quarta quinta feira amanha semana mes valor empresa conta boletos pagaremos "
    "efetuado enviar temos estamos estao meu minha vamos voce' ainda fim mais quando prazo "
    "tudo foram estou nossos",
    "it": "senza nulla niente prima dopo tra fra fu essere quella quello dei delle degli dai molto "
    "anche solo ma noi voi loro vorremmo vostre nostre sui "
    "il lo la gli le di e che per con non una un del della al si e' siamo abbiamo fattura "
    "pagamento grazie bonifico vi ci nostra nostro sono stato stata gia saluti dal nel come "
    "questo alla pagata essere provvederemo buongiorno entro mese vostra vostro nostri "
    "potete possiamo chiediamo venerdi lunedi martedi mercoledi giovedi parte rate proroga "
    "mandare inviare rimandarmi fine maggio giugno fatture importo pagheremo pagato saldato "
    "ricevuto anche qui piu cosa quando perche avete dovete merce lei voi mi lavoro lavora "
    "abbiate",
    "nl": "alleen werd werden hadden had deze die veel ook maar meer sinds onder zonder tegen ja "
    "nee geleverd heb mij contact wij onze jullie dozen neem niets "
    "de het een en van wij we u uw niet is op voor met naar aan dat te zijn wordt worden "
    "factuur betaling bedankt graag kunt kunnen hebben heeft ik jullie ons onze deze er bij "
    "al betaald betalen gaan maar nog over zal vrijdag maandag dinsdag woensdag donderdag "
    "morgen week maand eind mijn jullie' mij kan hebt gaat bedrag overgemaakt geen nooit "
    "wanneer waarom mag ben zitten dit alles wel dan als om uit heel erg",
}  # fmt: skip


@lru_cache(maxsize=16)
def table(language: str) -> Table:
    """The table of one of the languages."""
    words, phrases = _DATA[language]
    every = together(phrases, days.PHRASES[language], committing.PHRASES[language])
    every = together(every, frauds.PHRASES[language], alarms.PHRASES[language])
    every = together(every, paying.PHRASES[language], asking.PHRASES[language])
    every = together(every, conditions.PHRASES[language], saying.PHRASES[language])
    return Table(language, words, every, language not in _UNSPACED)


def every_table() -> tuple[Table, ...]:
    """All tables: for what must not be missed in any language."""
    return tuple(table(language) for language in _DATA)


def tables_of(text: str) -> tuple[Table, ...]:
    """The tables of the likeliest languages of a text; all of them when nothing speaks for one."""
    return tuple(table(language) for language in spoken(text)) or every_table()


def spoken(text: str) -> tuple[str, ...]:
    """The likeliest languages, at most four; people mix them, and short mails fit several."""
    if len(_JAPANESE.findall(text[:4000])) >= 2:
        return tuple(name for name in ("ja", "en") if name in _DATA)
    said = [folded(word) for word in _WORD.findall(text[:4000])]
    counts = {name: sum(word in known for word in said) for name, known in _known().items()}
    best = max(counts.values(), default=0)
    if best < 2 and len(said) > 2 * best:
        return ()
    letters = text[:4000].lower()
    if counts["pt"] == best and _PORTUGUESE.search(letters):
        counts |= dict.fromkeys(("es", "it", *(("fr",) if _TILDE.search(letters) else ())), 0)
    ranked = sorted(counts, key=lambda name: -counts[name])
    most = 3 if best > 2 else 4
    return tuple(n for n in ranked if counts[n] * 5 >= best * 3 and n in _DATA)[:most]


@lru_cache(maxsize=1)
def _known() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in _COMMON.items()}
