"""Dutch: words that hint at an intent when no phrase was found."""

from __future__ import annotations

PHRASES = {
    "_pay": (
        "betal*; betaal*; overmak*; overboek*; factu*; bedrag; geld; voldoen; voldo*; "
        "maken; storten; overschrijv*; regel*; klaar"
    ),
    "_future": (
        "zal; zullen; wordt; worden; gaan; gaat; staat; op; voor; uiterlijk; morgen; "
        "volgende; gepland; ingepland; komt; we (betalen|maken|voldoen)"
    ),
    "already_paid?": (
        "betaald; overgemaakt; voldaan; gedaan; afgeschreven; verzonden; overgeboekt"
    ),
    "dispute?": (
        "verkeerd*; klopt; nooit; niet (geleverd|besteld|ontvangen|akkoord|correct|juist|"
        "onze|eens|afgesproken|goed); fout*; dubbel; geannul*; ontbre*; prijs; tarief; "
        "creditnota; defect; kapot; korting; btw; rente; retour; weiger*; te (hoog|veel)"
    ),
    "in_process?": (
        "controle*; goedkeur*; afdeling; systeem; wacht*; nakijk*; uitzoek*; boekhouding; "
        "verwerk*; manager; akkoord; teken*"
    ),
    "complaint?": (
        "service; alweer; schandalig; toon; klant*; slecht*; vervelend; respect; weer een; "
        "professioneel"
    ),
    "request_document?": (
        r"(stuur|mail|ontvang|nodig|graag|mis|zend|kopie)\w* ~~ (factu|kopie|pdf|overzicht|"
        r"contract|pakbon|document|bewijs|formulier|verklaring)\w*"
    ),
    "hardship?": "moeilijk*; liquid*; krap; geld; crisis; zwaar",
    "extension_request?": "uitstel; tijd; later; wacht*; week; dagen; geduld",
    "payment_plan_request?": "termijn*; helft; maand*; deel; rest; regeling; korting",
    "credit_request?": "credit*; terug*; verreken*",
    "wrong_person?": r"persoon; afdeling; \S+@\S+; contact*; collega; verkeerd*; werk*; bedrijf",
    "acknowledgement?": "dank*; bedankt; ok; ontvangen; genoteerd; excuses; prima; begrepen",
    "invoice_question?": "wat; waarom; welke; hoe; wanneer; waar*; uitleg*; vraag; bel*; klopt",
    "submission_requirement?": "portaal; portal; inkoop*; upload*; ubl; nummer",
    "payment_method_request?": "kaart; ideal; link; incasso; creditcard; paypal",
    "remittance_advice?": "specificatie; betaalbewijs; bijlage",
    "legal_threat?": "jurid*; recht*; aangifte",
}
