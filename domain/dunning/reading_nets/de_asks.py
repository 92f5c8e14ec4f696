"""German: what customers ask for, and trouble they tell of."""

from __future__ import annotations

PHRASES = {
    "extension_request": (
        "fristverlangerung*; zahlungsaufschub*; aufschub*; stundung*|stunden sie|gestundet;"
        r" verlanger* (\S+ ){{0,5}}(frist*|zahlungsziel|zahlungsfrist|ziel|um|bis)*; "
        r"zahlungsziel* (\S+ ){{0,4}}(verlanger*|erweiter*|ausdehn*|verschieb*); (mehr|"
        r"etwas|bisschen|noch) (\w+ )?(zeit|luft|geduld); (noch |weitere |zusatzliche )(\w+ "
        ")?(tage|wochen|woche|monat|monate|zwei wochen|14 tage)~(zeit|aufschub|warten|"
        "geben|gewahren|einraumen|brauchen|bekommen|geduld|frist|benotig*)?; (zahlung|"
        r"frist|falligkeit|termin|begleichung) (\S+ ){{0,5}}(verschieb*|verschob*|hinaus*|"
        "spater|nach hinten|aufschieb*|verlanger*); (konnen|konnten|durfen|durften|konnte|"
        r"ist es|ware es|darf|geht) (wir|ich|moglich|das|in ordnung|ok|es)? ?(\S+ "
        r"){{0,8}}(spater|erst|bis|nachste*|ende|anfang|zum|am) (\S+ ){{0,8}}(zahlen|"
        "uberweisen|begleichen|bezahlen|warten|moglich|gedulden); um (etwas |ein wenig |"
        "noch etwas )?(geduld|aufschub|stundung|verlangerung|verstandnis und geduld)~; "
        "gedulden sie sich; spater (zahlen|bezahlen|uberweisen)"
    ),
    "payment_plan_request": (
        "rate|raten|ratenzahlung*|ratenplan|ratenvereinbarung|teilzahlung*|teilbetrag*|"
        "abschlagszahlung*|monatsraten; zahlungsplan|zahlungsvereinbarung|tilgungsplan; in "
        r"(zwei|drei|vier|funf|sechs|mehreren|\d+) (\w+ )?(raten|teilen|teilbetragen|"
        r"zahlungen|monaten|schritten|tranchen|monatsraten); (halfte|\d+ ?%|teil) (\S+ "
        "){{0,6}}(jetzt|sofort|heute|diese*|nachste*|im|am|und) ~(rest|andere halfte|"
        "restbetrag|zweite|halfte)~; (rest|restbetrag|zweite halfte) ~(im|am|nachste*|ende|"
        r"spater|folgemonat|monat); \S*\d\S* (eur|euro|€)? ?(im|pro|jeden|monatlich|je) "
        r"?(monat|woche)?; aufteil*|aufgeteilt|splitten; stottern; vergleich\w* (anbiet*|"
        "vorschl*|von|uber)|vergleichsvorschlag|vergleichsangebot; (nachlass|skonto|"
        r"rabatt) (\S+ ){{0,6}}(wenn|bei|falls|sofort|gewahr*|einraum*); (gegen|bei) "
        "(zahlung|einmalzahlung|sofortzahlung) ~ (erledigt|abgegolten|nachlass); "
        "einmalzahlung|teilerlass|schuldenerlass"
    ),
    "payment_plan_request-": "(falsch|vergleich mit|im vergleich|zum vergleich)",
    "hardship": (
        "(umsatz|auftrage) (bricht|brechen|fehlen); liquiditat*; zahlungsschwierigk*; "
        r"finanziell* (\w+ )?(eng*|schwierig*|problem*|lage|notlage|situation|schlecht|"
        r"angespannt|klamm|belast*); kein geld; nicht (\w+ )?(zahlen|bezahlen|begleichen) "
        r"konnen; (konnen|kann) (\S+ ){{0,8}}(nicht|nichts) (\w+ )?(zahlen|bezahlen|"
        "begleichen|leisten|aufbringen|stemmen)(?! (bevor|ohne|solange|bis|weil)); "
        r"wirtschaftlich* (\w+ )?(lage|schwierig*|situation|probleme|not|angespannt|schwer);"
        r" (schwierige|schwere|harte|angespannte) (\w+ )?(zeit*|lage|phase|situation|"
        "monate); engpass*|zahlungsengpass; (umsatz|umsatze|auftrage|auftragslage|"
        r"geschaft) (\S+ ){{0,5}}(eingebrochen|schlecht|weggebrochen|ruckgang|lauft nicht|"
        "ausgeblieben|fehlen|gesunken|mau); (kunde|grosskunde|auftraggeber|hauptkunde) "
        r"(\S+ ){{0,5}}(verloren|nicht gezahlt|weggefallen|zahlt nicht|abgesprungen|pleite|"
        r"insolvent); kurzarbeit|entlass*|gehalter|lohne; (kasse|konto|konten) (\w+ )?(leer|"
        "gesperrt|im minus|knapp); krank*haus|krankheit|todesfall|verstorben|hochwasser|"
        "brand"
    ),
    "hardship-": "nicht (be)?zahlen (konnen )?(bevor|ohne|solange|bis|wenn|da|weil)",
    "complaint": (
        r"unprofessionell*; (automatische\w* )?mahnungen ~ (unangebracht|nervig|"
        "unverschamt); unverschamt*; frechheit; beschwer*; argerlich|verargert|arger|"
        r"argern; unmoglich\w* (service|verhalten|art|umgang|ton)?; unfassbar; unzumutbar; "
        "enttausch*; (so|wie) ~ (behandelt|behandeln|umgegangen|umgehen|geht man)~; "
        r"(schlechte*|mieser?|katastroph*|unterirdisch*|grottig*|miserable\w*) (\w+ "
        ")?(service|kundenservice|kommunikation|kundendienst|umgang|erreichbarkeit|"
        "betreuung); inakzeptabel|unakzeptabel|nicht akzeptabel; (dritte|vierte|funfte|"
        r"zweite|\d\.|x-?te|zigste|wiederholte) (\w+ )?(mahnung|mail|e-?mail|mal|erinnerung|"
        r"nachricht) ~; (niemand|keiner|nie) (\w+ )?(antwort*|reagier*|erreichbar|meldet|"
        "ruckruf|ruft|geht ans|liest|zuruckgerufen)~; (unfreundlich*|unhoflich*|aggressiv*|"
        "drohend*|unverschamt*|patzig|herablassend*|dreist*); (toll|super|prima|klasse|"
        r"grossartig|bravo|na toll|herzlichen gluckwunsch|wunderbar),? (\S+ ){{0,4}}(schon|"
        r"wieder|noch|die|eine|dass|service|gemacht|ganz)~; (langjahrige\w*|treue\w*|guter) "
        r"(\w+ )?kunde*; lacherlich; witz|scherz; schikan*; (geht|gehen) (\w+ )?auf die "
        "nerven|nervt|genervt; satt; sauer|wutend|emport; ton (ihrer|dieser|der)|ihr ton|"
        "tonfall; zum wiederholten mal"
    ),
    "credit_request": (
        r"gutschrift* (\S+ ){{0,6}}(verrechn*|anrechn*|abzieh*|erstell*|ausstell*|benotig*|"
        "bitte|schicken|senden|berucksichtig*|erteil*|einlos*|gegen|auf); (bitte|verrechn*|"
        r"erstell*|stell*|erteil*|benotig*|brauch*|erbitten|um) (\S+ ){{0,7}}gutschrift*; "
        r"verrechn* (\S+ ){{0,6}}(guthaben|gutschrift*|uberzahlung|anzahlung|gs\S*); "
        r"guthaben (\S+ ){{0,6}}(verrechn*|anrechn*|nutzen|einsetz*|auszahl*|erstatt*|gegen|"
        "berucksichtig*); erstatt*|ruckerstatt*|ruckzahl*|zuruckzahl*|zuruckuberweis*; "
        "uberzahl*; zu ?viel (be|ge)zahlt|doppelt (bezahlt|uberwiesen|gezahlt)"
    ),
    "submission_requirement": (
        "portal*; ariba|coupa|tungsten|basware|xrechnung|zugferd|peppol|e-?rechnung|"
        r"leitweg-?id|elektronische rechnung\w*; hochlad*|hochzuladen|einstell* (\S+ "
        r"){{0,4}}portal|einreich* (\S+ ){{0,5}}(portal|uber|an|via|elektronisch|per)~; "
        r"rechnung* (\S+ ){{0,6}}(nur|ausschliesslich|mussen|muss|bitte) (\S+ ){{0,5}}(per|"
        r"an|uber|als|im|mit|elektronisch|\S+@\S+)~(eingereicht|geschickt|gesendet|senden|"
        "einreichen|stellen|akzeptier*|angeben|annehmen|pdf|verarbeit*|bestellnummer|"
        r"enthalten)*; (senden|schicken|adressieren|stellen) sie (\S+ ){{0,5}}rechnung* "
        r"(\S+ ){{0,5}}(an|per|uber) (\S+@\S+|unser\w*|die zentrale|das)~; bestellnummer "
        r"(\S+ ){{0,5}}(angeben|angabe|auf|erganz*|eintragen|aufnehmen|benotig*|anbringen|"
        r"mit); (angabe|nennung|mit) (\w+ )?(der|unserer|einer) (bestellnummer|po-?nummer|"
        "kostenstelle|auftragsnummer|bestellreferenz); lieferantenregistrier*|als (neuer "
        r")?(lieferant|kreditor) (\w+ )?(anleg*|registrier*|freischalt*|angelegt); nur "
        "(rechnungen )?(mit|per|als) (bestellnummer|pdf|po|e-?rechnung|xrechnung)"
    ),
    "payment_method_request": (
        r"(per|mit|via|uber) (\w+ )?(kreditkarte|karte|paypal|lastschrift|scheck|"
        "sepa-?lastschrift|sofortuberweisung|bankeinzug|stripe|apple pay|klarna|visa|"
        "mastercard|amex) ~(zahlen|bezahlen|begleichen|moglich|abbuch*|einzieh*|"
        "eingezogen)?; lastschrift*|einzugsermachtigung|sepa-?mandat|bankeinzug|"
        r"dauerauftrag; kreditkarte*; zahlungslink|bezahllink|zahllink|link (\S+ "
        "){{0,5}}(funktionier*|geht|abgelaufen|fehler|defekt|zur zahlung|offnet); wie "
        r"(konnen|kann|sollen|soll|darf) (wir|ich|man) (\S+ ){{0,4}}(zahlen|bezahlen|"
        "uberweisen|begleichen); (zahlungsart*|zahlungsmittel|zahlungsweg*|"
        "zahlungsmethode*|zahlungsmoglichkeit*); akzeptieren sie"
    ),
    "payment_method_request-": (
        r"(per|mit) (kreditkarte|lastschrift|paypal|scheck|uberweisung) (\w+ )?(bezahlt|"
        "beglichen|gezahlt|eingezogen worden)"
    ),
    "invoice_question": (
        "(was|welche*|warum|wieso|weshalb|wofur|wann|wer|worauf|woher|wo|worum|wie (viel|"
        r"hoch|kommt|setzt|kommen|lautet|ist)) (\S+ )~~\?; (erklar*|erlauter*|aufschlussel*|"
        "aufklar*|klarstell*) (sie )?~; (rufen|ruf|telefonier*) (sie )?(mich|uns|mir)?~; "
        "(ruckruf|telefonat|telefonisch|anruf|telefontermin)~; (konnen|konnten|wurden) sie "
        r"(mir|uns|bitte)? ?(\S+ ){{0,6}}(bestatigen|mitteilen|sagen|erklaren|prufen|"
        "erlautern|nennen|aufschlusseln|anrufen|zuruckrufen); (ist|sind|war|wurde|haben|"
        r"gibt|stimmt|handelt|gilt|bezieht|kann|konnen) (\S+ ){{0,14}}\?; (bitte )?(teilen|"
        "sagen|bestatigen|nennen|prufen) sie (uns|mir|bitte)~~(was|welche*|ob|wie|warum|"
        r"betrag|fallig*|wofur|wann|noch offen|den|die|das); (nicht|unklar|verstehe\w* "
        r"nicht|keine ahnung|unsicher) (\w+ )?(klar|ersichtlich|nachvollziehbar|wofur|was|"
        "worum|woher|warum|welche); frage* (zu|zur|bezuglich|wegen|uber|:)~; worauf "
        "bezieht; wofur"
    ),
    "invoice_question-": (
        r"(bei|falls|fur|weitere|noch|ihre) (\w+ )?(ruck)?fragen; mehrwert; sollten sie"
    ),
}
