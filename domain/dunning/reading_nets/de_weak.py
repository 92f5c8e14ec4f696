"""German: words that hint at an intent when no phrase was found."""

from __future__ import annotations

PHRASES = {
    "_pay": (
        "zahl*; bezahl*; uberweis*; ueberweis*; begleich*; beglich*; anweis*; angewiesen; "
        "weis(e|en|t) ~ an; geld; betrag*; rechnung*; ausgleich*; veranlass*; freigeb*; "
        "frei; erledig*; scheck"
    ),
    "_future": (
        "werde*; wird; erfolgt; geht; gehen; kommt; folgt; am; bis; zum; nachste*; "
        "eingeplant; vorgesehen; angesetzt; terminiert; (weisen|uberweisen|zahlen|"
        "begleichen) wir; (weise|uberweise|zahle) ich; (wir|ich) (zahle*|uberweise*|weise*|"
        "begleiche*)"
    ),
    "complaint?": (
        "unprofessionell; service; nervig; schlecht; wieder eine; schon wieder; "
        "automatisch*; unangebracht; unverstandlich; kunde*; unhoflich; ton; langsam reicht"
    ),
    "already_paid?": (
        "bezahlt; uberwiesen; gezahlt; beglichen; erledigt; angewiesen; raus; kontoauszug; "
        "abgebucht; eingezogen"
    ),
    "dispute?": (
        "falsch; nicht; fehler*; nie; reklam*; zu hoch; doppelt; storn*; mangel*; "
        "gutschrift; stimmt; statt; fehlt; defekt; preis*; akzept*; einverstanden; "
        "bestellt; geliefert; vereinbart; mahngebuhr*"
    ),
    "in_process?": (
        "pruf*; freigabe*; klar*; leite*; weiter*; bearbeit*; kummer*; abteilung; chef; "
        "buchhaltung; system; workflow; abklar*; nachfrag*"
    ),
    "submission_requirement?": (
        "portal*; lieferantenportal; hochlad*; laden ~ hoch; bestellnummer; einreich*; format"
    ),
    "request_document?": (
        r"(schick|send|brauch|benotig|bitte|fehlt|mail|ubersend)\w* ~~ (rechnung|kopie|pdf|"
        r"vertrag|schein|auszug|nachweis|formular|beleg|liste|unterlagen|bescheinigung)\w*"
    ),
    "hardship?": (
        "schwierig*; engpass*; knapp; kein geld; konnen nicht; liquid*; insolvenz*; eng; "
        "umsatz*; krise"
    ),
    "extension_request?": (
        "spater; verlanger*; zeit; aufschub; noch ~(tage|wochen); geduld; verschieb*; "
        "frist*; warten"
    ),
    "payment_plan_request?": "raten*; teil*; monat*; halfte; rest; aufteil*; nachlass",
    "credit_request?": "gutschrift*; erstatt*; verrechn*; guthaben; zuviel",
    "wrong_person?": (
        r"zustandig*; ansprechpartner*; abteilung; falsch*; \S+@\S+; ausgeschieden; "
        "verlassen; wenden; nachfolg*; kollege*|kollegin"
    ),
    "acknowledgement?": (
        "danke*; dank; ok; erhalten; notiert; verstanden; entschuldig*; leider; kenntnis"
    ),
    "payment_method_request?": (
        "karte; kreditkarte; lastschrift; paypal; link; zahlungsart*; konto"
    ),
    "invoice_question?": (
        "was; warum; wieso; wofur; welche*; wie; wann; erklar*; frage*; unklar; verstehe*; "
        "ruf*; telefon*"
    ),
    "remittance_advice?": "avis; beleg; anbei; zahlungsnachweis; aufstellung",
    "legal_threat?": (
        "rechtlich*; rechte; gesetz*; behorde*; daten; schritte; vertretung; verfahren; "
        "recht*; klage*; gericht*; anzeige"
    ),
    "insolvency_notice?": (
        "verfahren; verwalter; glaubiger; geschlossen; aufgelost; eingestellt; antrag; schliess*"
    ),
    "stop_contact?": (
        "aufhor*; schluss; nicht mehr; stopp*; keine (mails?|mahnungen|briefe); ruhe"
    ),
}
