"""Italian: what stops everything, who is not to be written to, and what only sounds like it."""

from __future__ import annotations

PHRASES = {
    "legal_threat": (
        "avvocat*|avv; legali|legale; (azion*|vi[ae]|uffici*|proced*|consulent*|studio|"
        r"rappresentant*|assistenza|tutela|provvediment*) (\w+ )?(legal*|giudiziar*|"
        "giuridic*); tribunale; giudice|giudizio|causa (legale|civile|contro|giudiziaria)|"
        "far(e|vi) causa|citazione|citare in giudizio|cit(eremo|arvi); querela|querel*; "
        "denunci*; diffid*; decreto ingiuntivo|ingiuntiv*; risarcimento|danni; contenzioso;"
        " (gdpr|garante|privacy|dati personali|diritto (all'oblio|di accesso|alla "
        "cancellazione)|articolo (15|17)|art (15|17)|protezione dei dati); (cancell*|"
        r"elimin*|accesso) (\S+ ){{0,5}}dati; carabinieri|polizia|procura; molesti*|"
        "stalking|persecuz*; associazione (dei )?consumatori|agcm|mediazione obbligatoria; "
        "per vie legali"
    ),
    "legal_threat-": (
        "(sede|rappresentante|persona|entita|ragione|denominazione|nome) (legale|giuridic*|"
        "sociale); danni (alla|alle|ai|da|sulla|durante) ~(merc*|trasport*|prodott*|"
        "imball*|conseg*); interessi legali"
    ),
    "insolvency_notice": (
        "fallimento|fallit*; concordato preventivo|(in|di|al) concordato preventivo|"
        "(domanda|procedura|ricorso) (di|per) concordato; liquidazione (giudiziale|coatta|"
        "volontaria|giudiziaria|della societa); (in|posta in|messa in) liquidazione; "
        "liquidator*; curator*; commissario (giudiziale|straordinario); amministrazione "
        "(straordinaria|controllata); insolv*; composizione (negoziata|della crisi); crisi "
        r"d'impresa; (cess*|chius*) (\w+ )?(l'|ogni |la |definitiv* )*(attivita|azienda|"
        "societa)~; procedura concorsuale; insinuazione (al passivo)?|stato passivo|massa "
        "dei creditori|creditori; accordo di ristrutturazione|piano attestato; scioglimento"
    ),
    "insolvency_notice-": "liquidazione (della|delle|dell'|iva) ?(fattur*|iva|periodica)",
    "bank_details_change": (
        "coordinate (bancarie|di pagamento); iban; (dati|conto|conti|riferimenti) "
        "(bancari*|corrent*); (nuov[oaie]|altr[oaie]|cambi*|modific*|aggiorn*|conferm*|"
        r"verific*|corrett*|diver*) (\S+ ){{0,6}}(conto|banca|iban|coordinate|bancari*|"
        r"appoggio|estremi); (conto|banca|coordinate|iban|appoggio bancario) (\S+ "
        "){{0,5}}(cambiat*|modificat*|nuov*|divers*|aggiornat*|chius*|bloccat*); bic; (su|"
        r"sul|a) (quale|un|altro|questo|seguente|nostro|nuovo|diverso|che) (\w+ )?conto ~; "
        r"(lettera|attestazione|certificazione|conferma) (\w+ )?(bancaria|della banca|della "
        "vostra banca|di titolarita); bonifico (di )?prova|microbonifico; cessione (del "
        ")?credit*|factor*; intestatario (del conto|diverso); estremi (bancari|per il "
        "bonifico)"
    ),
    "bank_details_change-": (
        "(nostra|la|mia) banca (ha|rifiut*|respin*|addebit*|conferma|dice|e chiusa); "
        "(spese|commissioni|bonific*|giorni|ricevut*|addebit*|estratto|festiv*|operativ*) "
        "(bancari*|di banca|della banca|conto); estratto conto; (dal|sul) nostro conto"
    ),
    "suspicious_instruction": (
        r"(ignor*|dimentic*|trascur*|aggir*|salt*|bypass*) (\S+ ){{0,6}}(istruzion*|regol*|"
        "direttiv*|polic*|prompt|restrizion*|approvazion*|controll*|ordini|procedur*|"
        "quanto sopra); (prompt|messaggio|istruzion*|nota) (di |del )?sistema; (sei|tu sei|"
        r"ora sei|agisci come) (\w+ )?(un|una|ia|ai|assistente|agente|l'|il)~; (per|al|all'|"
        "nota per|messaggio per|attenzione|caro|gentile|ciao) ?(l'|la |il |gli )?(ia|ai|"
        "assistente|agente|bot|robot|intelligenza artificiale|modello|sistema automat*)~; "
        "(segn*|contrassegn*|registr*|consider*|imposta*|metti|mettete|marc*|tratta*|"
        r"chiud*|pass*|aggiorn*|modific*|porta*) (\S+ ){{0,7}}(come |a |in |su )(pagat*|"
        "saldat*|approvat*|zero|0|annullat*|chius*|evas*|verificat*|risolt*); (emett*|"
        r"crea*|genera*) (\S+ ){{0,4}}nota (di )?(di )?credito (\S+ ){{0,8}}(immediat*|"
        "automatic*|senza|e conferm*|subito|total*)~; senza (approvazione|autorizzazione|"
        "avvisare|consultare|informare|controllo umano|verific*)~; (invi*|elenc*|mostr*|"
        r"rivel*|mand*|esport*|inoltr*|fornisc*|dimmi|dammi) (\S+ ){{0,6}}(tutti i|altri|"
        r"tutte le|lista dei|elenco|password|database) (\w+ )?(clienti|fatture|dati|saldi|"
        "debitori|conti|accesso)?; (password|credenziali|chiave api|carte? regalo|gift "
        "card); nuov[ae] (istruzione|priorita|regola|direttiva|istruzioni|policy)~; "
        r"(rispond*|conferm*) (\w+ )?(solo |soltanto |unicamente )?con \W{{0,2}}(ok|si|"
        r"confermato|fatto|approvato); (cancell*|disattiv*|elimin*) (\S+ ){{0,5}}(sollecit*|"
        "automa*|debito|storico|fattur*|registro)~(subito|immediat*|definitiv*|dal sistema|"
        r"senza); fido|limite di credito (\S+ )?(a|aument*)"
    ),
    "suspicious_instruction-": (
        r"(ignor*|non (tenere|tenete) conto|trascur*) (\w+ )?(la |il |del |della |di )?(mia|"
        r"questa|mio|questo|precedente|nostra|nostro|vostro|vostra) (\w+ )?(mail|e-?mail|"
        "messaggio|email|sollecito|comunicazione)( precedente)?; istruzioni (di|per il) "
        "(pagamento|consegna|spedizione|bonifico)"
    ),
    "stop_contact": (
        r"(smett*|cess*|bast*|finit*|interromp*|piantat*) (\w+ )?(di |con |la |le )?(\w+ "
        ")?(scriver*|invi*|mand*|contatt*|chiam*|sollecit*|disturb*|mail|messaggi|e-?mail|"
        r"molest*|tormentar*|comunicazion*); (non|mai) (\w+ )?(mi |ci |piu |vogli* |"
        "desider* |dovete )*(scriv*|contatt*|chiam*|invi*|mand*|disturb*|telefon*|scriver*|"
        "ricevere)(mi|ci|temi|teci|etemi|eteci|atemi|ateci|re|ete)? ~(piu|ulterior*|altr*|"
        "mail|messaggi|sollecit*|da voi|nulla)*; (cancell*|rimuov*|togli*|elimin*|"
        "toglie*)(temi|teci|mi|ci|te|re|ere|rmi|rci|etemi|eteci)? ~(dalla|dalle|dal|lista|"
        "elenco|indirizzo|mailing|mio|nostro|contatto|rubrica); disiscri*; lascia(te|"
        "re)?(mi|ci) in pace|in pace; spam; (nessun*|niente|basta) (altr* |piu |ulterior* "
        r")*(mail|e-?mail|messagg*|sollecit*|contatt*|comunicazion*|telefonat*); ^\W*(basta|"
        r"stop)\W*$"
    ),
    "stop_contact-": r"non (ci |mi )?(avete|ha|e) (\w+ )?(inviat*|mandat*|arrivat*)~",
    "wrong_person": (
        "(persona|indirizzo|mail|e-?mail|contatto|ufficio|azienda|destinatario|numero|"
        "reparto|societa|interlocutore) (sbagliat*|errat*); sbagliat* (persona|indirizzo|"
        "destinatario|contatto|azienda|ufficio|interlocutore|numero); non (lavor*|sono|e|"
        r"mi|ci|faccio|siamo|seguo|gestisco) (piu )?(\w+ )?(piu|in|la persona|il|presso|"
        "responsabile|occup*|parte|qui|competen*|di mia|client*|un vostro|per|con|della|"
        "questa|io|dell'|all'|nella|nell')~; (ha|ho) lasciato (l'|la |il )?(azienda|"
        "societa|ditta|nostra|nostro)*; (rivolg*|contatt*|scriv*|invi*|sentit*|indirizz*|"
        "parl*|mand*|fa(te|re) riferimento|chied*)(etevi|ersi|ere|ete|ate|are|a|i|ersi|"
        r"ega)? (\S+ ){{0,8}}(\S+@\S+|all'ufficio|all'amministrazione|alla contabilita|al "
        "collega|alla collega|alla mia|al mio|al nostro|alla nostra|alla sede|con il "
        r"collega|dott|sig); (nuov*|corrett*|giust*) (\w+ )?(contatto|referente|indirizzo|"
        "persona|riferimento|mail)~; (sostituto|sostituta|successore|collega) ~(occupa|"
        r"segue|e|\S+@|gestisce)*; in pensione|pensionat*; non (vi |la |li )?conosc*; non "
        "(e|sono) (di mia competenza|il mio ufficio|la persona giusta|io)|avete sbagliato~;"
        " mi occupo (solo )?(di|del)~(magazzino|vendite|marketing|reception)"
    ),
    "wrong_person-": (
        "(prezzo|importo|fattura|quantita|iva|prodotto|articolo|partita iva|ragione "
        "sociale|conto|intestazione|codice|valuta|merce) (sbagliat*|errat*)"
    ),
}
