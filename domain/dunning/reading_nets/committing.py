"""Words around a commitment that do not weaken it, and offers to pay less that sound like one.

"_courtesy" is taken out before conditions and doubts are looked for: announcing ("we would like to
inform you"), the payer's own return to the desk, and where money should be seen. "_offer" proposes
to settle for less, "_suggests" proposes parts, "_rest" may stand around a day that is the answer.
"""

from __future__ import annotations

_EN = {
    "remittance_advice": (
        "^\\W*(your )?(remit|remittance|payment|ach|eft|wire|bacs) (advice|notification|notice|"
        "detail|details)"
    ),
    "_courtesy": (
        "(would|should|want|wanted|wish) (like )?to (inform|advise|confirm|assure|let you know|"
        "apologi[sz]e|thank|tell you|update|notify|say); (once|when|as soon as) (i'm|i am|we're|we "
        "are|i get|we get|i) (back|in the office|at my desk|home|in|online)( (at|in|on|to) (my|the|"
        r"our) \w+)?; you should (have|see|get|receive|find|be able to see) (it|this|that|them|the "
        r"\w+|payment|funds|the money)?; earliest (and|so); till (then|that time); (half|part|"
        r"\d+ ?%)( \S+){{0,6}} and (the )?(other half|rest|remainder|balance)"
    ),
    "_offer": (
        r"\d+ ?(p|c|cents|pence|pennies) (in|on|to|per) the (pound|dollar|euro); (walk away|call "
        "it (quits|even|square|a day)|part ways|draw a line|clean slate|shake hands); (full and "
        "final|final) settlement; (write off|waive|forget|drop|forgive|let go of|knock off|scrap) "
        "(the )?(rest|remainder|balance|difference|other half|remaining); (treat|consider|mark|"
        r"regard|accept) ~(account|matter|this|it|debt|invoice) ~(fully |as )?(settled|closed|paid|"
        "satisfied); in (full )?settlement of; settle (this|it|the \\w+|everything) for "
        r"[$€£]?\d\S*; take \S*\d\S* (and|or) (leave|close|call|we)"
    ),
    "_suggests": "propos*; suggest*; offer*; could; would; instal*; plan; agree*; okay; ok",
    "_rest": (
        "((per|says|according to|confirmed by|from|told by) (our|my|the) (cfo|ceo|boss|manager|"
        "director|controller|owner|treasurer|accountant|bookkeeper|finance \\w+)|correct|still|as "
        "(i|we) (said|told you|wrote|mentioned|promised)|as (said|agreed|promised|discussed)|"
        "below|above|earlier|before|mate|exactly|sharp|can do|no sooner|works for us|from today|"
        "we close|we're closed|then)"
    ),
    "promise": (
        "(will|shall|'ll|going to) (be )?(do|doing) (the )?needful; (that's|that is|this is) "
        "(what|when|how) (i'm|we're|i am|we are|i've|we've|i have|we have) (schedul*|pay*|book*|"
        "set*|put*); (told|telling) you ~(it's|it is|it will be|we're|we'll|you'll|i'll) ~(paid|"
        "pay|paying|get|have)"
    ),
    "promise-": "(please|kindly|request*) ~do (the )?needful",
}
_DE = {
    "remittance_advice": "^\\W*zahlungs(avis|mitteilung|benachrichtigung)",
    "_courtesy": (
        "(mochte*|wollte*|wurde*|durfen|darf) ~(mitteilen|informieren|bestatigen|bescheid geben|"
        "entschuldigen|ankundigen|zusichern|versichern); (sobald|wenn) (ich|wir) (\\w+ )?(wieder|"
        "zuruck)( \\w+){{0,2}} (bin|sind|da|im buro|am platz|zuruck); "
        "(halfte|teil)( \\S+){{0,6}} und (der rest|die andere halfte|der restbetrag); bis dahin; "
        "sollte(n)? (dann )?(bei (ihnen|euch)|auf (ihrem|eurem) konto)"
    ),
    "_offer": (
        r"\d+ ?(cent|prozent|%) (vom|auf den|pro) euro; (verzicht*|erlass*) ~(rest|restbetrag|"
        "differenz|restforderung|restlich\\w*|ubrige\\w*|hälfte); (rest|restbetrag|differenz|"
        "restforderung) ~(verzicht*|erlass*|erlasst|fallen|streich*|ausbuch*|abschreib*|"
        "vergess*); (vorschlag zur gute|gutlich\\w* einigung|vergleich(s\\w*)?|abgeltung|"
        "schlussstrich); (damit|dann) (ist|ware|sind wir) (alles|die sache|das thema)? ?(erledigt|"
        "abgegolten|quitt)"
    ),
    "_suggests": "vorschlag*; schlage*; konnte*; wurde*; rate*; einverstanden; angebot; biete*",
    "_rest": (
        "((wie|laut) (gesagt|besprochen|geschrieben|vereinbart|angekundigt|chef|chefin|"
        "buchhaltung)|genau|richtig|weiterhin|unverandert|bleibt dabei|punktlich)"
    ),
}
_FR = {
    "remittance_advice": "^\\W*avis de (paiement|virement|reglement)",
    "_courtesy": (
        "(souhait*|voudr*|tien*|tenons|permet*|plaisir) (a |de )?(vous )?(informer|confirmer|"
        "indiquer|signaler|assurer|presenter|remercier|prevenir|faire savoir); vous (informe*|"
        "informons|confirm*|indiqu*) (que|de); (des que|quand|une fois) (je|nous|on) (suis|serai|"
        "sommes|serons|rentre*|revien*|est) ?(rentre*|de retour|revenu*|au bureau|la)?; "
        "moitie( \\S+){{0,6}} et (l'autre( moitie)?|le (solde|reste)); vous devriez (le |la |l')?"
        "(voir|recevoir|avoir)"
    ),
    "_offer": (
        r"\d+ ?(centimes?|%) (par|de l'|pour un) euro; (abandonn*|renonc*|effac*|oubli*|annul*|"
        "pass*) ~(le |au |du )?(reste|solde|surplus|difference); solde de tout compte; pour solde "
        "(de tout compte|definitif); (accord|reglement|transaction) (amiable|transactionnel*); (on "
        "en reste la|on n'en parle plus|tourne la page|quittes?)"
    ),
    "_suggests": "propos*; suggere*; pourr*; accept*; d'accord; echelonn*; possible",
    "_rest": (
        "((comme|ainsi que) (dit|convenu|promis|annonce|prevu|indique)|exact\\w*|toujours|"
        "confirme|maintenu|selon (notre|mon) (daf|directeur|comptable|patron)|precis*)"
    ),
    "promise": (
        "j'?(pai|pay|regl|vir|vers)(e|er|ier|ir)(ai|ais)?; jpaye*; je (vous )?(le |la |les )?(paie|"
        "paye|regle|vire|verse)(rai)?"
    ),
    "_future": "sous huitaine|sous quinzaine|en quinze",
}
_ES = {
    "remittance_advice": "^\\W*aviso de (pago|transferencia)",
    "_courtesy": (
        "(quisiera*|quiero|queremos|deseo|deseamos|gustaria) (informar*|confirmar*|comunicar*|"
        "avisar*|agradecer*|disculpar*); (les |le |te )?(informo|informamos|comunico|comunicamos|"
        "aviso|avisamos) (que|de); (en cuanto|cuando|apenas) (vuelv*|regres*|este|llegue) "
        "(a la oficina|al despacho|de viaje|de vacaciones|al trabajo)?; mitad( \\S+){{0,6}} y (la "
        "otra( mitad)?|el resto|el saldo); pasado manana; (deberia*|debe) (verlo|recibirlo|"
        "tenerlo|verse)"
    ),
    "_offer": (
        r"\d+ ?(centavos|centimos|%) por (dolar|euro|peso); (condon*|perdon*|quit*|olvid*|renunci*|"
        "cancel*|anul*) ~(el |al |del )?(resto|saldo|diferencia|remanente); (finiquito|quita|"
        "arreglo|acuerdo) (total|amistoso|extrajudicial|final); (damos|queda|dejamos|dan) ~"
        "(por )?(saldad*|zanjad*|cerrad*|finiquitad*|cancelad*) ~(todo|deuda|cuenta|asunto|tema)"
    ),
    "_suggests": "propon*; propuest*; sugier*; podria*; acept*; de acuerdo; plazos; parcialidades",
    "_rest": (
        "((como|tal como) (dije|quedamos|acordamos|prometi|comente)|exacto|correcto|seguimos|sigue|"
        "sin excusas|puntual\\w*|no|mejor)"
    ),
}
_PT = {
    "remittance_advice": "^\\W*aviso de (pagamento|transferencia|credito)",
    "_courtesy": (
        "(gostaria*|queria|quero|queremos|venho|vimos|cumpre-nos) (de )?(informar|confirmar|"
        "comunicar|avisar|agradecer|esclarecer); (informo|informamos|comunico|comunicamos|aviso|"
        "avisamos) (que|de que|vos|o)?; depois de amanha; (assim que|quando|logo que) (eu )?(volt*|"
        "regress*|retorn*|cheg*) ?(ao escritorio|de ferias|de viagem|a empresa|ao trabalho)?; "
        "metade( \\S+){{0,6}} e (a outra( metade)?|o (resto|restante|saldo)); (deve|devem|deverao|"
        "devera) (ver|receber|cair|constar)"
    ),
    "_offer": (
        r"\d+ ?(centavos|centimos|%) por (real|euro|dolar); (perdo*|abdic*|abat*|esquec*|abr* mao|"
        "dar baixa|derem baixa|dao baixa|deem baixa|cancel*|zer*) ~(o |do |no )?(resto|restante|"
        "saldo|diferenca|remanescente); (acordo|quitacao|liquidacao) (amigavel|total|final|"
        "integral); (dar|damos|dao|derem|fica) ~(por )?(quitad*|encerrad*|liquidad*|saldad*) ~"
        "(tudo|divida|conta|assunto)"
    ),
    "_suggests": "propo*; sugir*; poderia*; aceit*; fechado; parcel*; acordo; possivel",
    "_rest": (
        "((como|conforme) (disse|combinado|combinamos|prometi|falei|acordado)|exato|certo|correto|"
        "continua|sem desculpas|pontual\\w*)"
    ),
}
_IT = {
    "remittance_advice": "^\\W*(avviso|distinta) (di|del) (pagamento|bonifico)",
    "_courtesy": (
        "(vorr*|desider*|volev*|intend*) (informar*|confermar*|comunicar*|avvis*|ringrazi*|"
        "scusar*|segnalar*); (vi |le |ti )?(informo|informiamo|comunico|comunichiamo|confermo|"
        "confermiamo) che; (appena|quando|non appena) (torn*|rientr*|sono (rientrat\\w|tornat\\w|"
        "di ritorno)) ?(in ufficio|dalle ferie|alla scrivania|in sede)?; (bonifico|pagamento|saldo|"
        "accredito|rata|denaro|soldi|importo) parte; parte (il|lunedi|martedi|mercoledi|giovedi|"
        "venerdi|domani|dopodomani|oggi|entro|stasera); meta( \\S+){{0,6}} e (l'altra( meta)?|il "
        "(resto|saldo)); dovrebbe (vederlo|arrivarvi|risultare|riceverlo)"
    ),
    "_offer": (
        r"\d+ ?(centesimi|%) (per|sull') ?euro; (rinunci*|stralci*|abbuon*|condon*|dimentic*|"
        "cancell*) ~(il |al |del )?(resto|saldo|rimanenza|differenza|restante); (saldo e "
        "stralcio|a stralcio|transattiv*|accordo bonario|bonaria); (chiudiamo|chiudete|"
        "consideriamo|considerate) ~(chius*|saldat*|estint*|la partita|la posizione|la questione)"
    ),
    "_suggests": "propo*; sugger*; potremmo; potrei; accett*; d'accordo; rate; possibile",
    "_rest": (
        "((come|gia) (detto|concordato|promesso|scritto|anticipato)|esatt\\w+|corretto|confermo|"
        "ancora|puntual\\w*|preciso|precisa|giusto)"
    ),
}
_NL = {
    "remittance_advice": "^\\W*betaal(specificatie|advies)",
    "_courtesy": (
        "(wil|willen|wilde|wilden|zou|zouden|graag) ~(laten weten|meedelen|mededelen|informeren|"
        "bevestigen|melden|bedanken|excuses); (zodra|als|wanneer) (ik|we|wij) (weer |terug )?"
        "(terug|op kantoor|binnen|er) ?(ben|zijn|op kantoor)?; helft( \\S+){{0,6}} en (de (andere "
        "helft|rest)|het restant); (u|je|jullie) (zou|zult|moet) (het|deze|de betaling) ~(zien|"
        "ontvangen|hebben|staan)"
    ),
    "_offer": (
        r"\d+ ?(cent|%) (per|op de|van elke) euro; (kwijtscheld*|kwijtgescholden|afboek*|vergeet*|"
        "laat* ~vallen|zie* ~af van) ~(rest|restant|verschil|saldo)?; (rest|restant|verschil|"
        "saldo) ~(kwijtscheld*|kwijtgescholden|kwijt|vallen|afboek*|vergeten|vervalt); finale "
        "kwijting; (schikking|minnelijk*); (streep eronder|zand erover|klaar mee|quitte|kiet)"
    ),
    "_suggests": "voorstel*; stel* ~voor; zou*; akkoord; termijn*; kunnen we; mogelijk",
    "_rest": (
        "((zoals|als) (gezegd|besproken|afgesproken|beloofd|gemeld)|klopt|correct|nog steeds|"
        "precies|exact|stipt|volgens (onze|de|mijn) (directeur|baas|boekhouder|cfo))"
    ),
}
_JA = {
    "remittance_advice": "^\\W*(お?支払|振込)(明細|通知)",
    "_courtesy": "お知らせ(いた|し)ます|ご報告(いた|申し上げ)|(?:帰社|出社)(後|次第)|戻り次第",
    "_offer": (
        "和解|示談|残額.{0,12}(免除|放棄|帳消し)|免除.{0,8}(残|差額)|全額(解決|完済)と(み|し)"
    ),
    "_suggests": "提案|いかが|可能|お願い|相談|ご検討",
    "_rest": (
        "(?:前回|先日|以前)?(?:お伝え|申し上げ|お話し)(?:した|しました)?(?:通り|とおり)|"
        "変わらず|確実"
    ),
}
PHRASES = {
    "en": _EN,
    "de": _DE,
    "fr": _FR,
    "es": _ES,
    "pt": _PT,
    "it": _IT,
    "nl": _NL,
    "ja": _JA,
}
