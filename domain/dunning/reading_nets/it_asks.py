"""Italian: what customers ask for, and trouble they tell of."""

from __future__ import annotations

PHRASES = {
    "extension_request": (
        r"prorog*; dilazion* (?!in); rinvi* (\S+ ){{0,4}}(pagamento|scadenza|al|di)~; "
        r"posticip*|postic*; (piu|ancora|un po' di|altro|qualche) (\w+ )?(tempo|giorno|"
        "giorni|settiman*|respiro|margine|pazienza)~; (altr[aei]|ulterior*|un paio di|due|"
        r"tre|qualche|\d+|dieci|quindici|una) (\w+ )?(giorn*|settiman*|mes[ei]) ?(in piu|di "
        "tempo|aggiuntiv*|di proroga|di pazienza|di respiro|ancora)~; (spost*|ritard*|"
        r"slitt*|differ*) (\S+ ){{0,5}}(pagamento|scadenza|al|di|a|fine)~; (possiamo|"
        "potremmo|possibile|potrei|sarebbe possibile|e possibile|posso|concedeteci|potete "
        r"concederci) (\S+ ){{0,6}}(pagar*|saldare|bonificar*|attendere|aspettare|"
        r"pagamento) (\S+ ){{0,6}}(piu tardi|dopo|fino|entro|a fine|la prossima|il|prossim*|"
        r"in seguito|mese|al|settiman*)~; (pazient*|attend*|aspettat*) (\w+ )?(fino|ancora|"
        "qualche|un po')~; dilazione$; una dilazione"
    ),
    "payment_plan_request": (
        "rate|rata|rateal*|rateizz*; dilazion* (in|del pagamento in|su); (in|a) (due|tre|"
        r"quattro|cinque|sei|piu|\d+) (\w+ )?(rate|pagamenti|tranche|mensilita|soluzioni|"
        "mesi|volte|bonifici); piano di (rientro|pagamento|ammortamento|rateizz*); (meta|"
        r"\d+ ?%|acconto|una parte) (\S+ ){{0,6}}(ora|subito|oggi|questa settimana|questo "
        "mese|adesso|entro|il|e) ~(resto|saldo|altra meta|restante|rimanente)~; (il "
        r")?(resto|saldo|restante|rimanente) (\S+ ){{0,4}}(in|il|a fine|mese|dopo|prossimo|"
        r"entro|tra)~; \S*\d\S* (euro|€)? ?(al|ogni|per) mese; (saldo e stralcio|a saldo e "
        r"stralcio|stralcio|transazione|sconto (se|per|in cambio)|accett* (\S+ ){{0,4}}a "
        "saldo|chiudere a)~; frazion*"
    ),
    "hardship": (
        r"(difficolta|problem*|crisi|tension*|carenza|situazione|mancanza) (\S+ "
        "){{0,2}}(finanziari*|economic*|liquidit*|cassa|di pagamento|difficile); liquidita;"
        " flusso di cassa; (senza|mancanza di) (soldi|liquidita|fondi|denaro); non "
        r"(riusciamo|possiamo|abbiamo|siamo in grado|riesco|posso|ce la facciamo) (\S+ "
        "){{0,4}}(pagare|soldi|fondi|far fronte|liquidita|saldare|i mezzi|disponibilita|"
        "sostenere)(?! (senza|fino|perche|se|prima|finche)); (momento|periodo|situazione|"
        r"mese|annata) (\w+ )?(difficil*|critic*|delicat*|complicat*|nero); (perso|perdita) "
        r"(\S+ ){{0,4}}(client*|commess*|contratt*); (vendite|fatturato|ordini|lavoro|"
        r"incassi) (\S+ ){{0,4}}(calat*|crollat*|ferm*|mal*|scars*|in calo); cont* "
        "(bloccat*|pignorat*|in rosso); stipendi|licenziament*|cassa integrazione; "
        "(ricoverat*|malattia|decesso|mancat*|incendio|alluvione|lutto|ospedale)"
    ),
    "hardship-": (
        r"non (possiamo|riusciamo a) (pagar*|process*|saldar*) (\S+ ){{0,4}}(senza|fino|"
        "perche|se|prima|finche)"
    ),
    "complaint": (
        "poco professionale; modo di (sollecitare|fare); inaccettabil*|inammissibil*; "
        r"vergogn*; delus*|deludent*; (pessim*|terribil*|orribil*|scadent*|cattiv*) (\w+ "
        ")?(servizio|assistenza|esperienza|comunicazion*|gestione); (terz*|quart*|quint*|"
        r"second*|ennesim*|\d[aª°]) (\w+ )?(volta|mail|sollecit*|messaggi*|e-?mail|"
        r"richiesta) ~; (nessuno|mai) (\w+ )?(ci |mi |ha |ne )*(rispond*|rispost*|richiam*|"
        "ascolt*|risolv*|legge)~; (scortes*|maleducat*|aggressiv*|minaccios*|arrogant*|"
        "offensiv*|minacc*|intimidator*); mancanza di (rispetto|professionalita|serieta); "
        "(insoddisfatt*|arrabbiat*|indignat*|stuf[oaie]|stanc[oaie]|irritat*|esasperat*|"
        "scocciat*|sconcertat*) ~; (ridicol*|assurd*|scandalos*|incredibil*|barzelletta|"
        "presa in giro); (bravi|complimenti|ottimo|bello|che bel|fantastico|bravissimi|"
        r"meraviglioso) ,?(\S+ ){{0,5}}(servizio|ancora|altro|sollecito|modo di|trattar*|"
        r"client*|terz*|davvero)~; client\w* (fedel*|storic*|da anni)~; lament*; tono (\S+ "
        "){{0,4}}(inaccett*|minacc*|aggress*|sgradevol*); (gia|vi ho gia|abbiamo gia) "
        "(detto|spiegato|risposto|comunicato|segnalato)~volte~"
    ),
    "credit_request": (
        r"(not[ae] (di )?credito|credito|acconto|anticipo) (\S+ ){{0,6}}(compens*|scal*|"
        "applic*|detra*|emett*|utilizz*|sulla fattura|da scalare|stornar*|a nostro favore);"
        " (compens*|scal*|applic*|detra*|emett*|utilizz*|emission*|serve|attend*|invi*|"
        r"richied*) (\S+ ){{0,7}}(not[ae] (di )?(di )?credito|nostro credito|acconto|"
        r"anticipo|il credito|un credito); rimbors*|restitu* (\S+ ){{0,3}}(importo|somma|"
        "denaro|pagamento)|riaccredit*; pagat* (due volte|in eccesso|di piu|doppio); "
        "pagamento (doppio|in eccesso|duplicato)"
    ),
    "submission_requirement": (
        "portale; ariba|coupa|basware|tungsten|peppol|sdi|fatturapa|piattaforma|edi|"
        r"fattur\w* elettronic*|codice (univoco|destinatario|sdi)|pec|cig|cup; (caric*|"
        r"inser*|trasmett*|invi*|present*|registr*) (\S+ ){{0,8}}(portale|piattaforma|"
        r"sistema|tramite|via|attraverso|elettronic*|pec|sdi)~; fattur* (\S+ "
        "){{0,5}}(devono|deve|solo|esclusivamente|vanno|va|soltanto|accett*|necessar*) ~; "
        r"(indic*|riport*|inser*|aggiung*|mett*|specific*) (\S+ ){{0,4}}(numero (d'|di "
        ")?ordine|ordine di acquisto|oda|po|centro di costo|commessa|riferimento|cig|"
        r"numero ordine)~; (numero d'ordine|numero ordine|ordine di acquisto|oda) (\S+ "
        "){{0,4}}(obbligatori*|deve|necessari*|in fattura|su ogni); (invi*|mand*|trasmett*|"
        r"inoltr*) (\S+ ){{0,3}}fattur* (\S+ ){{0,4}}(a|alla|al|all') ?(\S+@\S+|casella|"
        r"indirizzo|nostr*)~; (registr*|accredit*|qualific*|codific*|anagrafa*) (\S+ "
        "){{0,5}}fornitor*; nuovo fornitore; formato (pdf|xml|elettronico)"
    ),
    "payment_method_request": (
        r"(con|tramite|via|a mezzo|mediante|per) (\w+ )?(carta|carta di credito|assegno|"
        "paypal|addebito diretto|rid|sdd|riba|bonifico istantaneo|satispay|contanti|sepa|"
        "link|bancomat) ~(pag*|accett*|possibil*)?; carta (di credito|aziendale); addebito "
        r"diretto|sdd|ri\.?ba|rid|domiciliazione; (link|pagina|pulsante) (\w+ )?(di |per "
        r")?(il )?(pagamento|pagare)~; link (\S+ ){{0,5}}(non (funziona|si apre)|scadut*|"
        r"errore|rotto); accett* (\S+ ){{0,3}}(carte|carta|assegn*|paypal|amex|contanti|"
        r"riba); come (\w+ )?(possiamo|posso|pagare|paghiamo|si paga|effettuare|dobbiamo|"
        "faccio)~; (modalita|metod*|mezz*|form*) di pagamento"
    ),
    "payment_method_request-": (
        r"(pagat*|saldat*|effettuat*|fatto|inviato|eseguit*|partit*) (\S+ )?(con|tramite|"
        r"via|a mezzo|per) (\w+ )?(carta|assegno|bonifico|riba|paypal); (pagheremo|faremo|"
        r"sara|effettueremo|salderemo) (\S+ ){{0,4}}(con|tramite|via|a mezzo) (bonifico|"
        "assegno|carta|riba)"
    ),
    "invoice_question": (
        r"(che|qual*|perche|quando|come|quant*|chi|dove|a cosa|cosa|a che|di che) (\S+ "
        r")~~\?; (spieg*|chiar*|dettagli*|giustific*|precis*|specific*) (\S+ ){{0,4}}(il|la|"
        "a|che|perche|importo|fattura|cosa|voce|questa|addebito|ci)~; (chiam*|telefon*|"
        "richiam*)(temi|teci|mi|ci|are|ate|armi|arci)? ~; (potete|potreste|puo|potrebbe|"
        r"puoi) (\S+ ){{0,4}}(confermare|dire|indicare|spiegare|chiarire|verificare|"
        "chiamar*|dirmi|dirci|confermarmi|confermarci)~; (e|sono|c'e|avete|si riferisce|"
        r"corrisponde|comprende|riguarda|si tratta|risulta|dobbiamo|devo) ~~\?; a cosa (si "
        "riferisce|corrisponde|riguarda); (domand*|dubbi*|chiariment*|delucidazion*|"
        "quesito) (su|sulla|riguardo|in merito|circa|:|sul|relativ*)~; non (cap*|so|"
        r"sappiamo|compren*|e chiaro|mi e chiaro) (\w+ )?(perche|a cosa|cosa|il|la|da dove|"
        r"quale|come)~; (conferm*|indic*|fate(ci|mi) sapere|dite*) (\S+ ){{0,3}}(se|quale|"
        "quanto|l'importo|il saldo|la data|la scadenza|perche|cosa)~"
    ),
    "invoice_question-": (
        "(qualsiasi|eventuali|altre|ulteriori|avete|per) (domand*|dubb*|chiariment*)"
    ),
}
