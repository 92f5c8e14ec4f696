"""Italian in plain words: the same matters as a second and a third writer would put them."""

from __future__ import annotations

PHRASES = {
    "_if": (
        r"(mandate|mandateci|inviate|inviateci|manda|sistemate|correggete)( \S+){{0,6}} e (vi |"
        r"ti |poi |noi )?(pag\w+|bonific\w+|sald\w+|facciamo)~; senza \w+( \w+)? (niente|nessun|"
        r"non)~; (appena|quando|una volta|non appena|dopo che)~(ricev\w+|arriv\w+|avremo|avro|"
        r"incass\w+|corrett\w+|approv\w+|firm\w+|sistem\w+|pag\w+)~"
    ),
    "_perhaps": (
        "quanto prima; al piu presto; a breve; quando (posso|possiamo|riesco|riusciamo|potro|"
        r"potremo)~; speriamo|spero; cerch\w+ di; vediamo; appena (posso|possibile|riesco|"
        "possiamo)~; prima possibile"
    ),
    "_courtesy": r"quando (posso|possiamo|riesco|riusciamo)\b; appena (posso|possiamo|possibile)\b",
    "promise": (
        "(vi|ti|lo|la) (pago|paghiamo|pagheremo|paghero|saldo|saldiamo|bonifico|bonifichiamo)( "
        r"\S+){{0,2}} (quando|appena|domani|lunedi|martedi|mercoledi|giovedi|venerdi|entro|"
        r"presto|il \d)~; (stiamo|sto) (provvedendo|procedendo|preparando|disponendo)\b~; "
        "(facciamo|faccio|faremo|faro|disponiamo|eseguiamo) (il |un |subito il )?(bonifico|"
        r"pagamento|versamento)\b~; (avrete|avrai|riceverete) (\S+ )?(accredito|soldi|bonifico|"
        "pagamento|denaro)~; (salderemo|saldiamo|provvederemo|pagheremo|bonificheremo|"
        r"regolarizzeremo)\b~"
    ),
    "already_paid": (
        r"bonifico (gia )?(disposto|eseguito|effettuato|fatto|inviato|partito|emesso) (\S+ "
        r")?(stamattina|ieri|oggi|il \d|lunedi|martedi|mercoledi|giovedi|venerdi|questa mattina|"
        r"la settimana)?\b~(?!per)\b; (pagat|saldat|bonificat)\w* (ieri|stamattina|oggi|la "
        r"settimana scorsa|il mese scorso|il \d+|lunedi|con bonifico)~; (controllate|verificate|"
        r"guardate) (\S+ )?(il vostro|la vostra|in) ?(conto|banca|estratto)~"
    ),
    "already_paid-": (
        "(bonifico|pagamento) (disposto|previsto|programmato) per~; (sara|verra|"
        r"saranno)~(pagat|saldat|bonificat|dispost|eseguit|effettuat)\w+~; fattura "
        r"pagata~(puntual|anni)~; (non|mai) (\S+ )?(pagat|saldat)\w+~"
    ),
    "acknowledgement-": r"non (abbiamo|ho) (\S+ )?ricevuto~",
    "invoice_question-": r"\bok\?; (quando|come) (posso|possiamo)\b,? ?(ok)?\W*$; vi pago quando~",
    "why.not_received": (
        r"(non|mai)( \S+){{0,2}} (ricevut|arrivat|consegnat)\w+( \S+){{0,2}} ?(nulla|niente|"
        r"merce|ordine|materiale|prodotti|pacco)?\b~; (merce|ordine|materiale|prodotti|pacco)( "
        r"\S+){{0,3}} (mai|non) (\S+ )?(arrivat|consegnat|ricevut)\w+~"
    ),
    "why.not_received-": (
        r"(non|mai)( \S+){{0,2}} ricevut\w+( \S+){{0,2}} (fattura|fatture|copia|mail|pec|"
        r"sollecito|documento|risposta|nota|pagamento)\b~; (arrivat|ricevut|consegnat)\w+ (\S+ "
        r")?(danneggiat|rott|difettos)\w+~"
    ),
    "why.pricing": (
        r"(prezzo|importo|tariffa|costo)( \S+){{0,4}} (concordat|pattuit|diverso|piu (alto|"
        r"basso)|non (e|corrisponde)|superiore|errat|sbagliat|preventiv)\w*~; (preventivo|"
        r"ordine|offerta)( \S+){{0,3}} (diceva|dice|era|prevedeva|riporta)( \S+)? \d~; sconto( "
        r"\S+){{0,4}} (non|manca|dimenticat|applicat)\w*~"
    ),
    "insolvency_notice-": (
        r"(prezzo|importo|tariffa|costo|sconto|termini|condizioni)( \S+){{0,4}} concordat\w+~; "
        r"(prezzo|importo) concordat\w+~; concordat[oaie] (con|era|in|il|al)\b(?! preventivo)~; "
        "quello concordato~"
    ),
    "legal_threat-": "serve un'altra~; un'altra settimana~; (non|ci|vi|mi) serve~",
    "extension_request": (
        "(ci|mi) (serve|servono|occorre|occorrono|vuole|vogliono) (ancora |altri |un altro |"
        r"un'altra |qualche |piu )( ?\S+)?( ?(settimana|settimane|giorni|giorno|mese|mesi|"
        r"tempo))?\b~; (dilazione|proroga|rinvio|differimento|slittamento|posticip\w+|spostare "
        r"la scadenza)\b~(giorni|fino|al|di|settiman\w+)?; (potete|potreste|possiamo) (\S+ "
        ")?(aspettare|attendere|pagare (dopo|piu tardi|il mese prossimo)|rimandare)~"
    ),
    "why.terms-": (
        r"(dilazione|proroga) di \d+ giorni~; (chied\w+|richied\w+) (\S+ ){{0,2}}(dilazione|"
        "proroga)~"
    ),
    "dispute-": "sbagliato persona~; dilazione~",
    "dispute": (
        r"(contestat\w+|contestiamo|contesto|contestazione)\b~(fattura|importo|formalmente|gia|"
        "questa|la)?"
    ),
    "why.quality": (
        r"(mai|non) (\S+ )?(superat|passat)\w+ (il |i |la )?(collaud\w+|test|verifica|prova)~; "
        r"(non funziona|non funzionano|difettos\w+|danneggiat\w+|guast\w+|rott[oaie])\b"
    ),
    "submission_requirement-": r"via pec\b(?!.{0,30}(invi|trasm|fattur))~; contestat\w+ ~ pec~",
    "hardship": (
        r"(siamo|sono|ci troviamo) in (difficolta|crisi|ginocchio|rosso|sofferenza)\b~; (banca|"
        r"banche)( \S+){{0,3}} (chius|revocat|tagliat|bloccat|ridott)\w+( \S+){{0,3}} (fid|"
        r"conto|linea|credito|affidament)\w*~; (non (abbiamo|ho|c'e)|senza|mancanza di) "
        r"(liquidita|soldi|cassa|fondi|denaro)\b~"
    ),
    "bank_details_change-": (
        r"banca( \S+){{0,3}} (chius|revocat|tagliat|bloccat|ridott)\w+( \S+){{0,3}} (fid|credit|"
        r"line|affidament)\w*~"
    ),
    "in_process-": "faccio il bonifico~; facciamo il bonifico~; provvedendo~; faccio causa~",
    "request_document": (
        r"(potete|potreste|puo|potrebbe|puoi|mi|ci)( \S+){{0,2}} (rimandar\w*|mandar\w*|"
        r"inviar\w*|rinviar\w*|girar\w*|trasmetter\w*)( \S+){{0,3}} (fattura|copia|estratto|"
        "documento|ddt|pdf)~; (mi|ci) (servirebbe|serve|servirebbero|occorre) (la|il|una|copia|"
        r"l')( \S+)? ?(copia|fattura|estratto|ddt|contratto|bolla|documento)~"
    ),
    "stop_contact": (
        r"(non|mai) (\S+ )?(scrivetemi|scriveteci|scrivermi|contattatemi|contattateci|"
        r"chiamatemi|chiamateci|mandatemi|disturbatemi)( \S+)? ?(piu)?\b~; (smettete|smettetela|"
        r"smetta|basta) (di |con )?(scriver\w+|mandar\w+|chiamar\w+|contattar\w+|disturbar\w+|"
        r"le mail|i solleciti|questi)\b~; (cancellate\w*|toglietemi|rimuovete\w*|eliminate\w*)( "
        r"\S+){{0,4}} (lista|indirizzo|mailing|dati|contatt\w+)~; lasciatemi (in pace|stare)~"
    ),
    "wrong_person": (
        "(non (mi|ci) (occupo|occupiamo)|non sono io|non e di mia competenza|non lavoro piu|ha "
        r"sbagliato (persona|indirizzo)|avete sbagliato (persona|indirizzo))\b~; (se ne occupa|"
        r"rivolgetevi a|contattate|scrivete a|chiedete a) (\S+ )?(amministrazione|contabilita|"
        r"collega|ufficio|\S+@\S+)~"
    ),
    "credit_request": (
        "(scalate|scalare|detraete|detrarre|compensate|compensare|stornate|stornare|"
        r"decurtate)( \S+){{0,4}} (credito|acconto|nota|anticipo|importo|reso)\b~; (emettete|"
        r"emettere|fate|mandate|chiediamo|vorremmo)( \S+){{0,3}} (nota (di )?credito|rimborso|"
        r"storno|accredito)\b~; (rimborsate|restituite|rimborso)\b~; pagat\w+ (due volte|doppio|"
        "in piu)~"
    ),
    "other": (
        r"(buone feste|buon natale|buon anno|buona pasqua)\b~; (ci siamo trasferiti|nuovo "
        r"indirizzo|nuova sede)\b~; (ho sbagliato|mail sbagliata|scusate,? era per)~; "
        r"preventivo (per|di) (altri|\d+|nuov\w+)~"
    ),
    "legal_threat": (
        r"(vi|ti|le|gli) (faccio|facciamo|faremo|faro) causa\b~; (adire|adiremo|vie) (le )?(vie "
        r")?legali\b~; (tribunale|giudice|querela|denuncia|diffida)\b~"
    ),
    "payment_plan_request-": r"(dilazione|proroga) (di \d+|di un|di due|fino|al|a fine)( \S+)?~",
}
