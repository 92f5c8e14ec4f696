"""Italian: words that hint at an intent when no phrase was found."""

from __future__ import annotations

PHRASES = {
    "_pay": (
        "pag*; bonific*; sald*; fattur*; importo; provved*; assegno; vers*; liquid*; riba; "
        "soldi; dispo*; sistem*"
    ),
    "_future": (
        r"\w+remo; \w+ero; sara; verra; previst*; programmat*; parte; entro; il; per "
        "(lunedi|martedi|mercoledi|giovedi|venerdi|il); prossim*; domani; lunedi|martedi|"
        "mercoledi|giovedi|venerdi; fine mese; stiamo; a breve"
    ),
    "already_paid?": "pagat*; saldat*; bonifico; effettuat*; fatto; eseguit*; inviat*; contabile",
    "dispute?": (
        "errat*; sbagliat*; mai; non (ricev*|ordin*|corrispond*|dovut*|accett*|concord*|e|"
        "risulta|conform*); doppi*; annull*; manca*; prezzo*; reso; difett*; nota di "
        "credito; sconto; interessi; iva; contest*; rifiut*; danneggiat*"
    ),
    "in_process?": (
        "verific*; approv*; attesa; amministrazione; ufficio; firma*; controll*; "
        "lavorazione; elabor*; inoltr*; provved*"
    ),
    "complaint?": (
        "professional*; sollecit*; servizio; rispetto; ancora; modo; insist*; client*; "
        "male; tono; vergogn*; stuf*"
    ),
    "request_document?": (
        r"(invi|mand|serv|rinvi|alleg|prego|bisogno|inoltr|manc|trasmett)\w* ~~ (fattura|"
        r"copia|pdf|estratto|contratto|ddt|certificat|document|modulo|durc)\w*"
    ),
    "hardship?": "difficolta; liquidita; crisi; soldi; difficile; momento",
    "extension_request?": (
        "proroga; tempo; dilazion*; giorni; attend*; rinvi*; posticip*; settiman*"
    ),
    "payment_plan_request?": "rat[ae]*; meta; mes*; parte; resto; sconto; rientro",
    "credit_request?": "credito; rimbors*; compens*; storn*; scal*",
    "wrong_person?": (
        r"persona; ufficio; \S+@\S+; contatt*; referente; collega; sbagliat*; lavor*; "
        "azienda; competen*"
    ),
    "acknowledgement?": "grazie; ok; ricevut*; capito; va bene; scus*; dispiace; atto",
    "invoice_question?": (
        "che; cosa; perche; quale; quando; come; quanto; chiar*; spieg*; domand*; chiam*"
    ),
    "submission_requirement?": "portale; ordine; sdi; codice; piattaforma; pec",
    "payment_method_request?": "carta; link; assegno; riba; paypal; modalita",
    "remittance_advice?": "contabile; distinta; allegat*; avviso",
    "legal_threat?": "legal*; diritt*; denunci*; giudi*",
}
