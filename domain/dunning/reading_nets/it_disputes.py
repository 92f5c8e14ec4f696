"""Italian: why an invoice is contested."""

from __future__ import annotations

PHRASES = {
    "dispute": (
        r"contest*; disput*; (fattura|importo|addebito|totale|\S*\d\S*|somma|questo) (\S+ "
        "){{0,3}}(errat*|sbagliat*|non (e |sono |risulta )?(corrett*|dovut*|giust*|"
        "corrispond*|tornan*|conform*)|scorrett*|inesatt*|ingiustificat*); (errore|errori|"
        r"discrepanz*|difform*|incongruenz*|anomali*) (\S+ ){{0,3}}(fattura|importo|prezzo|"
        "addebito|calcolo|fatturazione|quantita|nella|nel|in)~; (non (siamo|sono) "
        "d'accordo|in disaccordo|non accett*|non riconosc*|non dobbiamo|non pagher*|non "
        "intendiamo pagare|ci rifiutiamo|respingiamo|rifiut*|non (vi )?dev*)~; (corregg*|"
        r"annull*|rettific*|stornat*|storn*|riemett*|emett*) (\S+ ){{0,4}}(fattura|\S*\d\S*|"
        "addebito|importo); fattura (corretta|rettificata|respinta|rifiutata|scartata|da "
        "correggere|bloccata); reclam*"
    ),
    "dispute-": r"(nessun*|senza|non c'e) (\w+ )?(contestazion*|reclam*|problem*|error*)",
    "why.pricing": (
        r"(prezz*|tariff*|costo|importo) (\S+ ){{0,8}}(concordat*|pattuit*|errat*|sbagliat*|"
        "preventiv*|superior*|divers*|piu alt*|contratt*|offert*|non|era|doveva|ordine|"
        "aumentat*|listino|convenut*); (preventivo|contratto|offerta|ordine|accordo|"
        r"conferma d'ordine) (\S+ ){{0,5}}(era|dice|di|prevede*|indica|riporta|per|firmat*) "
        r"(\S+ ){{0,3}}\d\S*; (concordat*|pattuit*|accordat*) (\S+ ){{0,5}}\d\S*; "
        r"(fatturat*|addebitat*) (\S+ ){{0,4}}(di piu|in piu|troppo|piu del)~; troppo (alt*|"
        r"car*); (sconto|abbuono|premio) (\S+ ){{0,6}}(non|manca*|concordat*|applicat*|"
        r"promess*|pattuit*|dimenticat*); (invece|anziche|al posto) (di |dei )?(€ )?\d\S*; "
        "(sovrapprezzo|rincar*|spese di trasporto (non|addebitat*))"
    ),
    "why.quantity": (
        r"quantit* (\S+ ){{0,6}}(errat*|sbagliat*|non|divers*|fatturat*|ricevut*|inferior*);"
        r" (solo|soltanto|solamente) (\S+ ){{0,4}}(ricevut*|arrivat*|consegnat*|\d+)~; "
        r"(ricevut*|arrivat*|consegnat*) (\S+ ){{0,3}}(solo|soltanto|solamente|\d+ (su|dei|"
        r"delle|invece|anziche)|meno|meta); (mancan*|manca) (\S+ ){{0,4}}(\d+|un|una|due|"
        r"tre|quattro|cinque|dieci|pezz*|coll*|scatol*|articol*|bancal*|part*)~; \d+ (\S+ "
        r"){{0,3}}(invece di|anziche|e non) \d+; consegna (parziale|incompleta); incomplet*"
    ),
    "why.not_received": (
        r"(non|mai|ancora non) (\S+ ){{0,4}}(ricevut*|arrivat*|consegnat*|eseguit*|"
        r"effettuat*|fornit*|completat*|installat*|pervenut*|svolt*) ~{goods}; {goods} (\S+ "
        r"){{0,5}}(non|mai|ancora) (\S+ ){{0,3}}(ricevut*|arrivat*|consegnat*|pervenut*|"
        r"eseguit*|completat*|installat*|svolt*|effettuat*); (non|mai) (\S+ )?(ricevut*|"
        r"arrivat*|consegnat*)(?! (la|il|una|alcuna|questa|nessun\w*|copia|vostra|vs|"
        "alcun)? ?(fattur*|mail|copia|nota|risposta|pagamento|sollecit*|documento|"
        "riscontro|e-?mail|nulla)); smarrit*|persa dal corriere; (attend*|aspett*) (ancora "
        ")?(la |il |i |le )?{goods}"
    ),
    "why.not_received-": (
        "(fattur*|mail|e-?mail|copia|nota (di )?credito|risposta|pagamento|documento|"
        r"rimborso|conferma)( \S+){{0,4}} (non|mai|ancora) (\S+ ){{0,3}}(ricevut*|arrivat*|"
        r"pervenut*); (non|mai) (\S+ ){{0,4}}(ricevut*|arrivat*|trov*|pervenut*) (\w+ )?(la "
        "|il |una |alcuna |questa |nessuna |copia |della )*(fattur*|mail|copia|nota (di "
        ")?credito|risposta|documento|sollecit*|rimborso|riscontro)"
    ),
    "why.quality": (
        "difett*; danneggiat*|danni (alla|alle|ai|da)~; rott[oaie]; guast*; (cattiv*|"
        r"scars*|pessim*|bassa) (\w+ )?(qualita|esecuzione); qualita (\S+ ){{0,4}}(non|"
        r"scars*|pessim*|scadent*|inferior*|bass*); non (funzion*|conform*|rispett\w* le "
        "specifiche|si accend*|regg*)~; (arrugginit*|perdit*|scadut[ao] (la merce|il "
        "prodotto)|ammuffit*|graffiat*|inutilizzabil*|malfunzion*|avari*|bagnat*); (lavor*|"
        r"servizio|installazione|intervento) (\S+ ){{0,4}}(mal (fatt*|eseguit*)|incomplet*|"
        "non (terminat*|finit*|completat*)|scadent*); (reso|resi|restituit*) ~{goods}"
    ),
    "why.duplicate": (
        "duplicat[oaie]|doppi[aoe]; (due volte|doppiament*) ~(fatturat*|addebitat*|"
        r"stess*)*; (gia) (\S+ ){{0,3}}(fatturat*|addebitat*|inclus*|compres*)~; "
        r"(stess[aoie]|identic*|medesim*|uguale) (\S+ ){{0,4}}(fattura|fornitura|servizio|"
        "ordine|importo|della|alla|prestazione|merce|periodo)~; ripetut*"
    ),
    "why.duplicate-": "pagat* (due volte|doppi*)|duplicato (della|di)",
    "why.po_missing": (
        "(ordine di acquisto|numero d'ordine|numero ordine|numero di ordine|oda|po|"
        r"riferimento ordine|cig|cup|codice commessa|n\. ordine|ordine) (\S+ "
        "){{0,4}}(manca*|errat*|assent*|obbligatori*|sbagliat*|non (indicat*|presente|"
        "riportat*|valid*|c'e)|scadut*|necessari*); (senza|manca*|privo di|priva di|non "
        r"riporta|non indica|non c'e|assenza) (\S+ ){{0,4}}(ordine di acquisto|numero "
        r"d'ordine|numero ordine|numero di ordine|oda|po|riferimento (all'|ordine)\w*|cig|"
        "cup|ordine)"
    ),
    "why.wrong_entity": (
        r"(altr*|sbagliat*|errat*|divers*) (\w+ )?(societa|ragione sociale|azienda|entita|"
        "partita iva|intestazione|filiale|ditta|soggetto); (ragione sociale|intestazione|"
        r"partita iva|societa|intestatari*|codice (fiscale|univoco|sdi|destinatario)) (\S+ "
        "){{0,5}}(errat*|sbagliat*|non (e|corrispond*)|cambiat*|divers*|deve); (fattur*|"
        r"intestat*|emessa) (\S+ ){{0,5}}(alla|a|al) (\w+ )?(societa|sbagliat*|errat*|altra|"
        r"capogruppo|consociata|controllata)~; (deve|dovrebbe|doveva|andava|va) (\S+ "
        r")?(essere )?(intestat*|fatturat*|emess*) (\S+ ){{0,3}}(a|alla|al)~; non (siamo|e) "
        "(la|una|nostra) ~(societa|azienda|fattura)"
    ),
    "why.tax": (
        r"(iva|aliquota|imposta|ritenuta|bollo|esenzione) (\S+ ){{0,6}}(errat*|sbagliat*|"
        "esent*|non|reverse|inversione|doveva|indebit*|manca*|applicat*|split|esenzione); "
        r"(senza|esent*|aliquota|non imponibil*|manca*) (\S+ ){{0,3}}(iva|ritenuta|bollo|"
        "imposta); reverse charge|inversione contabile|split payment|dichiarazione "
        "d'intento; intracomunitari*"
    ),
    "why.cancelled": (
        r"(annullat*|disdett*|disdir*|recedut*|recess*|rescis*|cancellat*|revocat*) (\S+ "
        "){{0,6}}(ordin*|contratt*|servizi*|abbonament*|il|a|in|prima|da|commessa|licenz*|"
        r"lo|la)~; (ordine|contratto|servizio|abbonamento|commessa|fornitura) (\S+ "
        "){{0,6}}(annullat*|disdett*|rescis*|cancellat*|cessat*|non rinnovat*|terminat*|"
        "revocat*); disdetta; recesso"
    ),
    "why.cancelled-": (
        r"(prego|vogliate|potete|si prega|chiediamo) (\S+ ){{0,3}}(annullare|stornare) (\S+ "
        ")?fattura"
    ),
    "why.credit_not_applied": (
        r"(not[ae] (di )?(di )?credito|ndc|nc|acconto|reso|anticipo) (\S+ ){{0,8}}(non|"
        "manca*|mai|promess*|attend*|ancora|detrat*|scalat*|compensat*|considerat*|aspett*|"
        "emess*); (attend*|manca*|promess*|non (avete|e|risulta|tiene)|senza|aspett*|mai|"
        r"scal*) (\S+ ){{0,6}}(not[ae] (di )?credito|acconto|anticipo|ndc)"
    ),
    "why.terms": (
        r"(termin*|condizion*|scadenz*) (\w+ )?(di |del )?(pagamento|contratto|"
        r"contrattual*)? ?(\S+ ){{0,5}}(\d+|sono|concordat*|pattuit*|contratt*|errat*|"
        "giorni|non|e il|era|sbagliat*); (30|45|60|90|120|trenta|sessanta|novanta) (giorni|"
        r"gg)~; (non|ancora non) (\S+ ){{0,3}}(scadut*|scade|in scadenza|esigibil*)~; scade "
        r"(\S+ ){{0,3}}(il|a|al|solo|in)~"
    ),
    "why.not_ordered": (
        r"(non|mai|nessun*) (\S+ ){{0,5}}(ordinat*|richiest*|commission*|sottoscritt*|"
        "firmat*|acquistat*|ordin[ei]|contratt*|autorizzat* (l'acquisto|questo ordine))~; "
        r"non riconosc* (\S+ ){{0,4}}(ordin*|servizi*|contratt*|acquist*|fornitur*)~"
    ),
    "why.late_fee": (
        r"(interess*|penal[ei]|mora|spese|commission*) (\w+ )?(di |per )?(mora|ritard*|"
        "moratori*|sollecito|recupero|incasso)|interessi"
    ),
    "why.unapproved_work": (
        r"(senza|non|mai|nessun*) (\S+ ){{0,5}}(approv*|autorizz*|consens*|concordat*|"
        r"preventiv*|accettat*) (\S+ ){{0,5}}(lavor*|ore|serviz*|extra|aggiuntiv*|"
        "intervent*|trasfert*|spes*|preventiva)~; (lavor*|ore|serviz*|intervent*|spese) "
        r"(\S+ )?(extra|aggiuntiv*|straordinar*|non (autorizzat*|approvat*|previst*|"
        "concordat*)); fuori (contratto|preventivo|ambito)"
    ),
    "why.currency": (
        r"valuta (\S+ ){{0,5}}(errat*|sbagliat*|non|dev*|divers*); (altra|sbagliata|errata) "
        r"valuta; in (dollari|usd|euro|eur|chf|franchi|sterline|gbp) (\S+ ){{0,5}}(invece|"
        "anziche|e non|ma|mentre|quando); tasso di cambio"
    ),
}
