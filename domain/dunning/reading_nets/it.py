"""Italian: what customers write about invoices."""

from __future__ import annotations

from domain.dunning.reading_nets import (
    it_asks,
    it_dangers,
    it_disputes,
    it_papers,
    it_plain,
    it_speech,
    it_weak,
)
from domain.dunning.reading_nets.phrases import together

WORDS = {
    "pay": (
        "pag*|sald*|bonific*|liquid*|vers*|regolarizz*|effettu*|dispor*|dispon*|procede*|"
        "esegu*|emett*|evad*|provved*"
    ),
    "future": (
        "pagheremo|paghero|paghera|salderemo|saldero|provvederemo|provvedero|provvedera|"
        "effettueremo|effettuero|bonificheremo|disporremo|disporra|faremo|faro|verseremo|"
        "liquideremo|eseguiremo|procederemo|partira|partiranno|sara|saranno|verra|verranno|"
        "riceverete|ricevera|avrete|uscira|arrivera|invieremo il|manderemo il|emetteremo|"
        "regolarizzeremo|seguira"
    ),
    "money": (
        "pagament*|bonific*|saldo|importo|fattur*|somma|soldi|assegno|versamento|riba|rid|"
        r"totale|tutto|\S*\d\S*|accredito|disposizione|liquidazione"
    ),
    "goods": (
        "merc*|ordin*|consegn*|prodott*|material*|serviz*|pezz*|articol*|macchin*|"
        "attrezzatur*|spedizion*|pacc*|colli|bancal*|licenz*|installazion*|lavor*|"
        "forniture?|pomp*|sensor*|prestazion*"
    ),
}

PHRASES = {
    "_not": "non; mai; nessun*; ne; senza; neanche; niente; nulla; impossibile",
    "_please": (
        "per favore|per cortesia|cortesemente|gentilmente; (potete|potreste|puo|potrebbe|"
        "puoi|potremmo|possiamo|possibile) ~; (prego|preghiamo|chiedo|chiediamo|richied*|"
        "serve|servono|servirebbe|bisogno|necessit*|attend*|aspett*|manca|mancano|vorrei|"
        "vorremmo|gradire*|occorre|occorrono|sollecit*); (invi*|mand*|rinvi*|inoltr*|"
        "trasmett*|forni*|allega*|gir*)(mi|ci|te|teci|temi|rci|rmi|re|ateci|atemi|ateci|"
        "ate)?; avere|ricevere; senza; si prega; vi (chied*|preg*)"
    ),
    "_if": (
        "se; quando (ricev*|avr*|arriv*|ci|il|la); appena; non appena; una volta; a "
        "condizione; purche; previa|previo; subordinat*; salvo; dopo (la|il|aver*|che|"
        "ricez*|approv*|verif*|conferm*); a seguito; in attesa; finche; al ricevimento|a "
        "ricevimento|alla ricezione; prima (di|che)|solo (dopo|quando|se); qualora; a "
        "patto; dipende"
    ),
    "_perhaps": (
        "forse; sper*; probabilmente; dovremmo|dovrei|dovrebbe*; potrebbe*; prover*|provo|"
        "proviamo|cerc*; se possibile; indicativamente|circa; salvo imprevisti; credo|"
        "penso|pensiamo|crediamo; presumibilmente; in linea di massima; possibilmente; "
        "cont(o|iamo) di; prevediamo di|prevedo di; faremo il possibile; magari; "
        "orientativamente; vorremmo; intend*"
    ),
    "_courtesy": (
        "se (avete|ha|aveste|servisse*|dovesse*) ~(domande|bisogno|dubbi|altro|necessita)~;"
        " non esit*~; senza (fallo|indugio|ulteriore)~; al piu tardi; nessun problema; non "
        "oltre; il prima possibile|appena possibile|quanto prima; se (va|vi va|per voi va) "
        "bene~; non solo"
    ),
    "_unsaid": (
        "scad*; secondo (il|i|nostro)|da contratto|contratto; (voi|lei) (dit*|scriv*|"
        "chied*); condizioni di pagamento; termini; sempre|di solito|normalmente|"
        "abitualmente; ogni|tutti i; meta; parte|parzial*|acconto; faremo sapere|faccio "
        "sapere|aggiorn*|informer*; verific*|controll*; (pagate|rimborsate|bonificate|"
        "versate|accreditate)(ci|mi)?; riunione; deve essere|dovra"
    ),
    "promise": (
        r"bonifico (di \S+ \S+ )?previst\w*~; stiamo provvedendo; (ci )?sentiamo a breve; "
        r"{money} (\S+ ){{0,5}}{future}; {future} ~(pag*|bonific*|sald*|effettuat*|dispost*|"
        r"eseguit*|accreditat*|al pagamento|il pagamento|con il|evas*|inserit*|\S*\d\S*); "
        "pagheremo|paghero|salderemo|bonificheremo|provvederemo|provvedero|disporremo|"
        "effettueremo; (paghiamo|pago|saldiamo|saldo io|bonifichiamo|effettuiamo|"
        "provvediamo|facciamo (il|un) (bonifico|pagamento)|faccio (il|un) (bonifico|"
        r"pagamento)|disponiamo|dispongo|bonifico) (\S+ ){{0,4}}(il|entro|domani|oggi|"
        "lunedi|martedi|mercoledi|giovedi|venerdi|la|fine|questa|prossim*|in|a|tra|fra); "
        r"(pagamento|bonifico|saldo|fattura|importo) (\S+ ){{0,6}}(previst*|programmat*|"
        "pianificat*|parte|partono|in uscita|schedulat*|dispost* (per|il)|inserit*|fissat*|"
        r"e per|entro|sara|verra|in calendario|domani|il (giorno )?\d|lunedi|martedi|"
        r"mercoledi|giovedi|venerdi); ^\W*(pagamento|bonifico|saldo|paghiamo)\b ~~(il|entro|"
        "domani|lunedi|martedi|mercoledi|giovedi|venerdi|previst*|fine|in|la|prossim*|a "
        "breve|oggi); (confermo|confermiamo|garanti*|promett*|impegn*|assicur*) ~~({pay}|"
        r"pagamento|\d|entro|bonifico|saldo); (prossim\w*|nostra|nostro) (distinta|lotto|"
        "tornata|giro|ciclo|run) ~; (in|nella) ~(distinta|tornata) ~; (sper*|cerc*|prover*|"
        "contiamo|conto|dovremmo|possiamo|posso|potremmo|potremo|forse|vorremmo|riusc*|"
        r"prevediamo|intend*) (\S+ ){{0,4}}{pay}; riceverete ~(pagamento|bonifico|saldo|"
        "entro|accredito)"
    ),
    "promise-": (
        "non ~{pay}; non (possiamo|riusciamo|riusciremo|intendiamo|abbiamo intenzione) ~; "
        "mai ~{pay}; nessun pagamento"
    ),
    "already_paid": (
        "(gia|abbiamo|ho|e stat[ao]|sono stat[ie]|stat[aeio]|risulta*|ha|appena|avete) "
        r"(\S+ ){{0,5}}(pagat*|saldat*|bonificat*|liquidat*|effettuat*|versat*|dispost*|"
        r"eseguit*|regolat*|partito|partiti|inviat\w* il (bonifico|pagamento)|accreditat*|"
        "addebitat*|incassat*|evas*); (bonifico|pagamento|assegno|importo|versamento|"
        r"saldo) (\S+ ){{0,4}}(e |gia |stato |risulta )(\w+ ){{0,3}}(partit*|effettuat*|"
        "eseguit*|inviat*|dispost*|fatt*|addebitat*|uscit*|avvenut*|incassat*|accreditat*);"
        r" (bonifico|pagamento) (effettuat*|eseguit*|dispost*|fatt*|inviat*|partit*|del \d|"
        r"in data); ^\W*(gia |e |fattura |risulta )*(pagat[aoei]|saldat[aoei]|"
        r"bonificat[aoei])\b; (pagat|saldat|bonificat)[aoei] (il|ieri|in data|a|con|tramite|"
        "settimana|la|lo|da|mese|oggi); (contabile|ricevuta|cro|trn) ~(allegat*|allego|in "
        r"allegato|del bonifico|\d)~; addebitat* (sul|dal) nostro conto"
    ),
    "already_paid-": (
        "(non|mai|ancora non|sara|saranno|verra|verranno|deve|dovra|quando|se|una volta|"
        r"appena|da|essere) (\S+ ){{0,4}}(pagat*|saldat*|bonificat*|effettuat*|liquidat*|"
        "dispost*|eseguit*|evas*|ricevut*|consegnat*); {future}; (pagat*|saldat*) (due "
        "volte|doppio|in eccesso); abbiamo sempre pag*"
    ),
    "remittance_advice": (
        "avviso di (pagamento|bonifico); (allegat*|alleg*|in allegato|ecco|invi*|di "
        "seguito)~~(contabile|distinta|ricevuta di (pagamento|bonifico)|copia del bonifico|"
        r"dettaglio (del|dei) (bonific|pagament)\w*|avviso di pagamento|prova di pagamento|"
        r"attestazione); (bonifico|pagamento) (\S+ ){{0,4}}(relativo|riguarda|copre|"
        "comprende|si riferisce|salda le|e relativo); dettaglio (del )?(bonifico|"
        "pagamento); contabile (del )?(bonifico|pagamento|bancaria)"
    ),
    "out_of_office": (
        "fuori (ufficio|sede); in (ferie|vacanza|congedo|maternita|malattia); assente|"
        "assenza; risposta automatica; messaggio automatico; (rientr*|torner*|saro di "
        "ritorno|di rientro) ~(il|in ufficio|lunedi|martedi|dal|a)*; accesso limitato; "
        "(chius[aoi]|chiusura) (dal|per|fino|estiva|natalizia|aziendale)~; non (potro|"
        "saro) ~ (rispondere|reperibile|in ufficio)"
    ),
    "out_of_office-": (
        "(direttore|titolare|responsabile|capo|amministratore|chi|firmatario) ~ (ferie|"
        "assente|rientr*|torna)"
    ),
    "in_process": (
        "in (corso|lavorazione|elaborazione|verifica|approvazione|fase|gestione|firma|"
        "attesa|carico)~; (attend*|aspett*|manca|in attesa) (di |la |il |l'|dell'|della |"
        "del )*(approvazione|autorizzazione|firma|ok|benestare|conferma|validazione|"
        "riscontro|risposta|nulla osta|benestare|visto)~; (inoltr*|girat*|giro|trasmess*|"
        r"passat*|passo|inviat*|invio|segnalat*|sollecitat*|trasmett*) (\S+ ){{0,8}}(a|al|"
        r"all'|alla|ai|agli) ?(\w+ )?(amministrazione|contabilita|ufficio|collega|colleghi|"
        "responsabile|tesoreria|direzione|acquisti|reparto|capo|sede|fornitori|pagamenti)~;"
        r" (verific*|controll*|chied*|inform*|sent*|indag*|ricontroll*) (\w+ )?(con|"
        "internamente|e|il|la|subito|presso|in|perche|se|cosa|lo|con l'|con il)~; (faro|"
        "faremo|faccio|facciamo|terro|terremo|aggiorno|aggiorniamo|aggiornero|aggiorneremo|"
        "comunico|comunicher*|risponder*|vi dico) ~(sapere|aggiornat*|riscontro|appena|al "
        r"piu presto|a breve|quanto prima|entro)*; (e|sta|si trova|rimane) (\S+ )?(in mano|"
        "dal|dalla|sul tavolo|nel sistema|presso|al vaglio|dall'|registrat*|caricat*|"
        "contabilizzat*)~; cambio (di )?(sistema|gestionale)|migrazione|nuovo gestionale; "
        r"stiamo (\w+ )?(verificando|controllando|elaborando|gestendo|lavorando|processando|"
        "sollecitando|approfondendo|aspettando)~; la pratica"
    ),
    "acknowledgement": (
        r"ricevut[oa]\W*(,|\.|grazie|$|con|la|il|il vostro); pres[ao] (atto|nota|visione); "
        "(prendo|prendiamo) (atto|nota); capito|inteso|chiaro; (molte )?grazie (mille|per|"
        r"della|del|,|\W*$)~; (ok|va bene|perfetto|d'accordo|bene|certo|confermo|"
        r"benissimo)\W*(,|\.|grazie|$)~; (scus*|mi dispiace|ci dispiace|spiacent*|ci "
        r"scusiamo|chiedo scusa)~; (non|ancora non|purtroppo non) (\w+ )?(ho|abbiamo|ci "
        r"sono|posso|possiamo|so|sappiamo|siamo in grado) (\w+ )?(una |dar* |comunicare |"
        "confermare |indicare |dire |di |fornire )*(data|novita|notizie|informazion*|tempi|"
        "quando|previsioni)~"
    ),
}

IT = (
    WORDS,
    together(
        PHRASES,
        it_asks.PHRASES,
        it_dangers.PHRASES,
        it_disputes.PHRASES,
        it_papers.PHRASES,
        it_plain.PHRASES,
        it_speech.PHRASES,
        it_weak.PHRASES,
    ),
)
