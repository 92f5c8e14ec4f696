"""Italian as it is spoken: idioms, clipped sentences, polite detours."""

from __future__ import annotations

PHRASES = {
    "_courtesy": (
        "(bonifico|pagamento|tutto) parte (il|venerdi|lunedi|martedi|mercoledi|giovedi|domani|"
        "oggi|entro)"
    ),
    "promise": (
        r"(bonifico|pagamento|saldo|assegno|importo) (\S+ )?(parte|partira|sara|verra|in "
        r"partenza|previsto|programmato|disposto|fissato|schedulato|entro|il \d|domani|venerdi|"
        "lunedi|martedi|mercoledi|giovedi|arriva|arrivera)~; (stiamo|sto) (provvedendo|facendo "
        "il possibile|cercando di (pagare|saldare))~; (provvederemo|provvediamo|provvedero|"
        "pagheremo|salderemo|paghero|effettueremo|disporremo|bonificheremo|regolarizzeremo|"
        r"liquideremo)\b~; (vi|le|la|lo) (paghiamo|saldiamo|bonifichiamo|facciamo il "
        r"bonifico)~; (quanto prima|al piu presto|a breve) (\S+ ){{0,3}}(pag\w+|sald\w+|"
        r"provved\w+)~; (pag\w+|sald\w+|provved\w+|sistem\w+) (\S+ ){{0,3}}(quanto prima|al piu "
        "presto|a breve|appena possibile)~; (sara|verra) (saldat|pagat|liquidat|bonificat|"
        r"regolat)\w+~"
    ),
    "already_paid": (
        r"(gia|appena) (stat\w )?(pagat|saldat|bonificat|liquidat|regolat|effettuat)\w+~; "
        r"(pagat|saldat|bonificat|liquidat)\w+ (il \d|ieri|la settimana scorsa|il mese scorso|"
        r"da|in data)~; (abbiamo|ho) (\S+ ){{0,3}}(pagat|saldat|bonificat|effettuat|fatto il "
        r"bonifico|disposto il bonifico)\w*~; (risulta|ci risulta|a noi risulta) (\S+ "
        r"){{0,2}}(pagat|saldat)\w+; (verificate|controllate) (\S+ )?(conto|estratto|banca|"
        "incassi)~"
    ),
    "already_paid-": (
        r"(non|mai) (\S+ ){{0,3}}(pagat|saldat|bonificat|effettuat)\w+; (sara|verra|saranno) "
        r"(\S+ )?(pagat|saldat|bonificat|liquidat|effettuat)\w+; pagat\w+ (due volte|in piu)"
    ),
    "dispute": (
        r"(non (e|sono) (\S+ )?(quell[oa] (pattuit|concordat)|corrett|giust|dovut|conform)|non "
        r"torna|non tornano|non quadra|non corrispond\w+|non concord\w+|contest\w+|non siamo "
        r"d'accordo|non accett\w+|non riconosc\w+|respingiamo|non intend\w+ pagare|non paghiamo|"
        r"non pagheremo|errat\w|sbagliat\w)\b~(fattura|importo|prezzo|cifra|addebito|totale)?; "
        "(correggete|annullate|stornate|rettificate|rifate) ~; fattura (errata|sbagliata|"
        "corretta)"
    ),
    "why.pricing": (
        r"(prezzo|tariffa|importo|costo|cifra) (\S+ ){{0,6}}(pattuit|concordat|preventiv|"
        r"superior|divers|piu alt|non e|sbagliat)\w*~; (concordat|pattuit|preventivat|"
        r"quotat)\w+ (\S+ ){{0,4}}\d~; sconto (\S+ ){{0,5}}(non|manca|promess|applicat|"
        r"dimenticat)\w*"
    ),
    "why.quantity": (
        r"(manca|mancano|mancavano) (\S+ )?(\d+|un|una|due|tre|quattro|cinque|scatol|pezz|coll|"
        r"cartoni|meta)\w*; (solo|soltanto) (\S+ ){{0,2}}\d+ (\S+ ){{0,2}}(su|invece|anziche|"
        r"pezzi|colli); \d+ (invece di|anziche|e non) \d+"
    ),
    "why.not_received": (
        r"(non|mai|ancora non) (\S+ ){{0,3}}(arrivat|ricevut|consegnat|installat|eseguit)\w+ "
        r"(\S+ ){{0,2}}(merce|ordine|prodott|material|servizio|pacco|lavor)\w*; (merce|ordine|"
        r"prodott\w|material\w|servizio|pacco|consegna) (\S+ ){{0,4}}(mai|non) (\S+ )?(arrivat|"
        r"ricevut|consegnat|pervenut)\w*"
    ),
    "why.quality": (
        "(difettos|danneggiat|rott|guast|scadent|non funziona|non conforme|ammaccat|rovinat|"
        r"bagnat|arrugginit|restituit|reso|resi)\w*\b(?! noto)~(merce|pezz|prodott|macchin|"
        "material|articol|scatol)?"
    ),
    "why.cancelled": (
        r"(disdett|annullat|rescis|recedut|cessat|disattivat)\w+ (\S+ ){{0,4}}(contratt|ordine|"
        r"servizio|abbonamento|a |in |il|da|gennaio|febbraio|marzo|aprile|maggio)\w*; "
        r"(contratto|ordine|abbonamento|servizio) (\S+ ){{0,4}}(disdett|annullat|rescis|cessat|"
        r"scadut)\w+; disdetta\b~"
    ),
    "why.wrong_entity": (
        r"(altra|diversa|un'altra) (societa|azienda|ragione sociale|filiale)\b; (riguarda|"
        r"intestat\w|appartiene|e di) (\S+ ){{0,3}}(altra|filiale|consociata|sede|controllata|"
        r"capogruppo)\b; (ragione sociale|partita iva|intestazione) (\S+ )?(errat|sbagliat|"
        r"non)\w*"
    ),
    "why.terms": (
        r"(pagamento|contratto|accordi|condizioni|termini) (\S+ ){{0,5}}\d+ (giorni|gg)\b; non "
        r"(e )?(ancora )?(scadut|in scadenza|esigibile|dovut)\w*; scade (il|a|a fine) ~"
    ),
    "why.not_ordered": (
        r"(mai|non|nessuno|chi ha) (\S+ ){{0,3}}(ordinat|richiest|acquistat|sottoscritt|"
        r"commissionat)\w+(?! (\w+ )?(copia|fattura))"
    ),
    "why.late_fee": (
        r"(interessi|mora|penale|spese di sollecito|maggiorazione)\w*~~(non|togliete|stornate|"
        r"annull\w+|elimin\w+|ingiust\w+|rifiut\w+)"
    ),
    "why.tax": (
        r"(iva|imposta|ritenuta|reverse charge|split payment|bollo) (\S+ ){{0,5}}(errat|"
        r"sbagliat|non|esent|manca|\d+ ?%|dovut)\w*"
    ),
    "why.duplicate": r"(doppi[ao]|due volte|duplicat\w|gia fatturat\w)\b",
    "why.credit_not_applied": (
        r"(nota di credito|nota credito|acconto|anticipo|reso) (\S+ ){{0,6}}(non|manca|promess|"
        r"dimenticat|detratt|attes|scalat|mai)\w*~"
    ),
    "why.unapproved_work": (
        r"(nessuno|non|mai|senza) (\S+ ){{0,3}}(autorizzat|approvat|concordat|approvazione|"
        r"autorizzazione)\w* ~(lavor|ore|extra|intervent|servizi|straordinari)\w*; (ore|lavori|"
        r"interventi) (extra|aggiuntiv\w|supplementari)~(non|mai|nessuno|senza)"
    ),
    "why.currency": (
        "(dollari|euro|franchi|sterline|usd) (e non|invece di|anziche|non) (in )?(dollari|euro|"
        "franchi|sterline|usd)"
    ),
    "request_document": (
        r"(inviar|mandar|rimandar|spedir|girar|reinviar|trasmetter|fornir|inoltrar)\w* (\S+ "
        r"){{0,5}}(fattura|copia|estratto conto|ddt|bolla|contratto|documento|certificat\w|pdf|"
        r"prova di consegna)\b; (non (trovo|troviamo|abbiamo ricevuto|ho ricevuto|ci e arrivata|"
        r"vedo|risulta)) (\S+ ){{0,3}}(fattura|copia|allegato)\b; (serve|servirebbe|ci occorre|"
        r"occorre|manca) (\S+ ){{0,3}}(copia|fattura|estratto conto|ddt|allegato)\b"
    ),
    "submission_requirement": (
        r"(portale|codice (destinatario|univoco)|\bsdi\b|pec|ariba|coupa|fattura elettronica|"
        r"peppol)\b~; (caricat\w|caricar\w|indicar\w|inserir\w|riportar\w|registrar\w) (\S+ "
        r"){{0,5}}(portale|ordine|cig|cup|fattura|commessa|fornitor\w)~"
    ),
    "submission_requirement-": "(pagamento|bonifico) ~pec",
    "wrong_person": (
        r"non (lavoro|lavora|lavoriamo|sono|e|mi occupo|si occupa|seguo|gestisco) (piu )?(\S+ "
        "){{0,3}}(li|qui|la|qua|noi|azienda|societa|persona giusta|competente|referente|"
        r"responsabile|di questo|contabilita|fatture|pagamenti|io)\b~; (ha lasciato|andat\w in "
        r"pensione|non fa piu parte|ha cambiato (azienda|ufficio)|sostituit\w da|il mio "
        r"successore)\b; (indirizzo|persona|ufficio|destinatario|numero) (sbagliat|errat)\w; "
        r"(rivolg\w+|contatt\w+|scriv\w+|chied\w+) (\S+ )?(a|all\w*|il|la|al|con|direttamente) "
        r"~(\S+@\S+|ufficio|collega|amministrazione|contabilita|sede)"
    ),
    "stop_contact": (
        r"non (mi |ci )?(scriv|contatt|mandat|inviat|chiamat|disturb)\w+ (mi |ci )?piu\b; "
        r"(smett\w+|basta|piantatela|cessate|finitela) (\S+ ){{0,3}}(scriver|scrivete|contattar|"
        "contattate|mandar|mandate|inviar|inviate|chiamar|chiamate|tormentar|disturbar|mail|"
        r"email|solleciti|messaggi|molestar)\w*~(piu|mi|ci)?; (cancell\w+|toglie\w+|rimuov\w+|"
        r"elimin\w+) (\S+ ){{0,5}}(lista|mailing|indirizzo|contatti|database|email)\b; "
        r"(lasciate|lasciat)\w* in pace; non (voglio|vogliamo|desidero) (piu )?(ricever|email|"
        r"mail|messaggi|sentir)\w*"
    ),
    "stop_contact-": (
        r"non (potete|puo|possiamo|avete|mi|ci)? ?(mandar|inviar|ricev)\w* (\S+ "
        "){{0,3}}(fattura|copia|merce|conferma)"
    ),
    "payment_plan_request": (
        r"(a|in) (\S+ )?(rate|tranche|soluzioni|mensilita)\b~; rateizz\w+|dilazion\w+|piano di "
        r"(rientro|pagamento)|al mese\b~; (meta|50 ?%) (subito|ora|adesso)~"
    ),
    "extension_request": (
        r"(proroga|posticip\w+|slittamento|differi\w+|rinvi\w+ (il pagamento|la scadenza)|piu "
        r"tempo|qualche (giorno|settimana)|altro tempo|altri \d+ giorni|spostare la scadenza|"
        r"dilazione fino)\b~"
    ),
    "hardship": (
        r"(difficolta|crisi|problemi|momento) (\S+ ){{0,2}}(economic|finanziari|di liquidita|"
        r"difficile|di cassa|critico)\w*; (non abbiamo|senza|mancanza di|manca) (\S+ "
        r")?(liquidita|soldi|fondi|incassi)\b; (malattia|lutto|alluvione|incendio|cassa "
        r"integrazione|situazione (\S+ )?(difficile|critica|grave))\b"
    ),
    "legal_threat": (
        r"(avvocat\w|legale|legali|studio legale|tribunale|diffid\w+|querel\w+|denunci\w+|vie "
        "legali|(fare|faremo|faro|in) causa|citazione|garante|gdpr|dati personali|diritto di "
        r"accesso|art\.? ?1[57]|giudice|azione legale|risarcimento|stalking|codacons)\b"
    ),
    "legal_threat-": (
        "(rappresentante|sede|nome|forma|entita|numero|orario) legale; (a|per) causa (di|"
        r"del\w*|della)~; (fallimento|fallita|liquidazione|concordato|insolvenza)~tribunale|"
        r"tribunale ~(fallimento|fallita|liquidazione|concordato|insolvenza)\w*; medico legale; "
        "interessi? legali"
    ),
    "insolvency_notice": (
        "(fallit[ao]|fallimento|fallimentare|liquidazione (giudiziale|coatta|volontaria)?|"
        r"concordato|curatore|commissario giudiziale|insolven\w+|stato passivo|insinuazione|"
        r"composizione negoziata|cessat\w+ (l')?attivita|amministrazione straordinaria|"
        r"procedura concorsuale|liquidatore|sovraindebitamento)\b"
    ),
    "insolvency_notice-": (
        "(in fase di|per la) liquidazione (della fattura|del pagamento|fattura)|liquidazione "
        "(della fattura|del pagamento|iva|fattura)|messo in liquidazione la fattura|tentativo "
        "fallito|pagamento fallito"
    ),
    "bank_details_change": (
        r"(iban|coordinate bancarie|conto corrente|cambiat\w (\S+ ){{0,2}}(banca|conto)|"
        r"nuov[oa] (conto|banca)|dati bancari)\b"
    ),
    "complaint": (
        "(inaccettabil|vergogn|indecente|scandalos|maleducat|pessim|stuf[oia]|delus|"
        "insopportabil|scortes|(terza|quarta|quinta|ennesima|seconda) (volta|mail)|nessuno "
        r"risponde|non rispond\w+ mai|assurd|mancanza di rispetto|arrogan|tono)\w*\b"
    ),
    "acknowledgement": (
        "(ricevut[oa]|preso nota|presa visione|prendo atto|d'accordo|ok|va bene|inteso|"
        r"letto)\b\W*(grazie|grazie mille|vi ringrazio)?\W*$; grazie (per|del|della|dell') "
        r"?(\S+ )?(promemoria|mail|email|avviso|messaggio|segnalazione|informazione)\b"
    ),
    "in_process": (
        r"(in|attesa di|attendiamo|aspettiamo|manca) (\S+ )?(approvazione|lavorazione|verifica|"
        r"autorizzazione|firma|benestare|fase di|validazione|elaborazione|controllo)\b~; "
        r"(inoltrat|girat|passat|trasmess|inviat)\w+ (\S+ ){{0,4}}(amministrazione|contabilita|"
        r"ufficio|collega|responsabile|direzione|capo)\b; (verific|controll|sto verificand|"
        r"stiamo verificand|chied|mi inform)\w+ (\S+ ){{0,3}}(internamente|e vi|con|in "
        "amministrazione|subito)~"
    ),
    "payment_method_request": (
        r"(pagar\w|saldar\w) (\S+ ){{0,3}}(con|tramite|via) (carta|paypal|assegno|satispay|rid|"
        r"sdd|contanti)~; (accettate|prendete) (\S+ )?(carte?|paypal|assegni|amex|satispay)\w*; "
        r"link (\S+ ){{0,3}}(non funziona|scaduto|errore)|(modalita|metodo) di pagamento"
    ),
    "credit_request": (
        r"(compens|scal|detra|stornar|decurt|utilizz)\w+ (\S+ ){{0,4}}(nota|credito|acconto|"
        r"anticipo|eccedenza)\b~; (rimbors)\w+~; (emetter\w*|emettete|attendiamo|aspettiamo) "
        r"(\S+ ){{0,3}}nota (di )?credito"
    ),
    "invoice_question": (
        r"(a cosa|perche|cosa|quale|quali|chi|quando|quanto|come) ~\?; (spiegar|chiarir|"
        r"dettagli|richiamat|chiamat)\w+ ?(mi|ci)?~"
    ),
    "out_of_office": (
        r"(in|per) (ferie|vacanza|malattia|maternita|trasferta)\b~; (fuori ufficio|assente|saro "
        r"di ritorno|rientro il|rientrero|uffici chiusi|chiusura estiva)\b~"
    ),
    "remittance_advice": (
        r"(avviso di pagamento|distinta (di )?(pagamento|bonifico)|contabile del bonifico)\b; "
        r"(allego|in allegato|allegata|ecco|invio) (\S+ ){{0,3}}(contabile|distinta|ricevuta|"
        r"copia del bonifico|cro)\b; (bonifico|pagamento) (\S+ ){{0,4}}(copre|relativo a|"
        r"riguarda|comprende) (\S+ )?fatture"
    ),
    "remittance_advice-": r"(gia|abbiamo|ho) (\S+ ){{0,3}}pagat\w+~allego",
    "other": (
        "(buone feste|buon natale|buona pasqua|buon anno|auguri|newsletter|catalogo|fiera|"
        r"webinar|curriculum)\b~"
    ),
}
