"""Italian: papers that customers ask for."""

from __future__ import annotations

PHRASES = {
    "_we_send": (
        "(in allegato|allego|alleghiamo|allegat[oaie]|ecco|vi (invio|inviamo|mando|"
        "trasmett*|giro|alleg*)|abbiamo (inviato|mandato|trasmesso))"
    ),
    "doc.invoice_copy": (
        r"(copia*|pdf|duplicato|xml) (\S+ ){{0,5}}(fattur*|ft\S*|\S*\d\S*)?; fattur* (\S+ "
        "){{0,6}}(copia|pdf|nuovamente|di nuovo|via mail|in questione|di cortesia|non (ci "
        ")?(e|risulta|ricev*|pervenut*|arrivat*|trov*)|originale); (invi*|mand*|rinvi*|"
        r"inoltr*|trasmett*|ricevere|avere|serve|gir*|fornire) (\S+ ){{0,4}}fattur*; (non|"
        r"mai) (\S+ ){{0,5}}(ricevut*|trov*|arrivat*|pervenut*|risulta) (\S+ "
        r"){{0,4}}(fattur*|\S*\d\S*)"
    ),
    "doc.statement": (
        "estratt[oi] conto; (situazione|elenco|lista|riepilogo|partitario|scadenzario|"
        r"prospetto) (\S+ ){{0,3}}(contabil*|fattur*|apert*|partit*|scadut*|conto|pagament*|"
        "insolut*)*; scheda contabile; partite aperte"
    ),
    "doc.w9": r"w-?9; w-?8\w*",
    "doc.pod": (
        r"ddt|bolla|bolle; (document*|prova|conferma|ricevuta|attestazione) (\w+ )?(di |"
        "della )(trasporto|consegna|spedizione|avvenuta consegna); bolla di consegna; cmr|"
        "lettera di vettura|tracking; rapportino|verbale di collaudo"
    ),
    "doc.contract": (
        "contratt[oi]; offerta firmata|preventivo firmato|accordo (quadro|firmato)|"
        "conferma d'ordine"
    ),
    "doc.timesheet": (
        r"(fogli*|rapport*|registro|dettaglio|consuntiv*|rendicont*) (\w+ )?(ore|presenze|"
        "delle ore|orari*|intervent*)*(ore|presenze|orari|attivita); timesheet; rapportini"
    ),
    "doc.usage": (
        "(report|dati|dettaglio|rapporto|riepilogo) (di |del |dei |sui |degli )*(utilizzo|"
        "consum*|uso); consumi"
    ),
    "doc.purchase_order": "copia (del |dell'|di )*(nostro )?(ordine|oda)",
    "doc.bank_letter": (
        r"(lettera|attestazione|certificazione|conferma|dichiarazione) (\w+ )?(bancaria|"
        "della (vostra )?banca|di titolarita)"
    ),
    "doc.bank_details": (
        "coordinate (bancarie|per il bonifico); iban; dati bancari; estremi (bancari|per "
        "il (bonifico|pagamento))"
    ),
    "doc.vendor_form": (
        r"(modulo|scheda|questionario|anagrafica) (\w+ )?(fornitor*|anagrafic*|qualifica)~; "
        r"(compil*) (\S+ ){{0,4}}(modulo|scheda|questionario)"
    ),
    "doc.tax_certificate": (
        r"(certificat*|attestazione|dichiarazione) (\w+ )?(di )?(residenza fiscale|"
        "regolarita (fiscale|contributiva)|esenzione|fiscale); durc|visura( camerale)?|durf"
    ),
    "doc.insurance_certificate": (
        r"(certificat*|polizza|copia della polizza) (\w+ )?(di |della )?(assicura*|rc|"
        "responsabilita civile); polizza (assicurativa|rc)"
    ),
    "request_document-": (
        "(contabile|ricevuta|copia|prova) (di |del |della )(bonifico|pagamento); fattura "
        "(corretta|rettificata|nuova)"
    ),
}
