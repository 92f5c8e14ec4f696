"""German in plain words: the same matters as a second and a third writer would put them."""

from __future__ import annotations

PHRASES = {
    "_if": (
        r"(schick|send|gib|gebt|senden|schicken|geben)\w* (sie )?(mir|uns)~~(dann|und) (zahl\w*|"
        r"uberweis\w*|bezahl\w*|geht|kommt|gibt|bekomm\w*)~; (ohne|kein) ~ (kein|keine|keinen) "
        r"(geld|zahlung|uberweisung|cent)~; erst ~,? dann (zahl\w*|geld|kommt|gibt)~; soweit "
        "(die|der|das|uns|wir)~; sowie (die|der|das|wir|uns|ich)~"
    ),
    "_perhaps": (
        r"ich schau\w*~; mal sehen; die tage; demnachst; irgendwie; sobald (ich|wir) (kann|"
        "konnen|konnte)~; wenn (wieder )?geld (da|reinkommt|kommt)~; so gut es geht"
    ),
    "promise": (
        r"(mit|nach) \w+ (sofort|umgehend|gleich)\b; komm(t|en) (bald|demnachst|noch|die tage|"
        r"in kurze)\b~; (kein|keine) ~ (kein|keine) (geld|zahlung)~; ohne ~ kein (geld|cent)~; "
        r"(mit|nach) ~ (sofort|umgehend|gleich)\b~; (ich schau\w*|wir schauen|mal "
        r"sehen)~(uberweis\w*|zahl\w*|bezahl\w*|raus)~; (zahle|bezahle|uberweise|begleiche)n? "
        r"(wir|ich)\b~; (geld|betrag|zahlung) (kommt|ist unterwegs|folgt|geht raus)~; (wird|"
        r"werden) (bezahlt|uberwiesen|beglichen|angewiesen|erledigt)\b~; sobald (ich|wir) (kann|"
        r"konnen)~(zahl\w*|uberweis\w*)?; kummer\w* (mich|uns) um die (zahlung|uberweisung)~"
    ),
    "already_paid": (
        r"(betrag|geld|zahlung|summe|uberweisung)( \S+){{0,6}} (abgegangen|abgebucht|"
        r"rausgegangen|eingegangen)\b~; (ist|wurde|war|sind)( \S+){{0,5}} (abgegangen|abgebucht|"
        r"bezahlt|beglichen|uberwiesen|angewiesen|eingezogen)\b~; (schauen|prufen|gucken|sehen) "
        r"sie (\w+ )?(bitte )?(auf|in) ihr\w* (konto|kontoauszug|bank|buchhaltung)~; (hab|habe|"
        r"haben) (ich |wir )?(\w+ ){{0,4}}(bezahlt|uberwiesen|beglichen|gezahlt)\b~; scheck ist "
        "(in der post|unterwegs|raus)~"
    ),
    "already_paid-": (
        "(noch|bisher|leider) nicht ~; (wird|werden|werde) ~; sobald ~ (bezahlt|uberwiesen)~; "
        "mitbezahlt; (doppelt|zweimal) ~"
    ),
    "dispute-": (
        "nicht flussig~; (momentan|derzeit|aktuell|gerade|zurzeit) (leider )?(nicht|"
        r"kein\w*)~(flussig|zahlen|moglich|leisten)~; nicht (zustandig|mehr|der richtige|"
        "mein)~; fehl(t|en) (uns |mir |hier )?(noch |derzeit |momentan |gerade |aktuell )*(die|"
        "eine|diese|ihre|das|der)? ?(rechnung|kopie|geld|liquiditat|mittel|freigabe|"
        "unterschrift|bestellnummer|zeit)~"
    ),
    "hardship": (
        r"(nicht|kaum|wenig) (\w+ )?flussig\b; knapp bei kasse; (kein|keine|ohne) (geld|"
        r"liquiditat|mittel|budget|cash)\b~(mehr|ubrig|da|gerade|momentan|derzeit|auf dem "
        r"konto)?; (lauft|laufen|gehen|geht) (\w+ )?(schlecht|nicht gut|mies|"
        r"ruckwarts)~(geschaft\w*|umsatz\w*)?; (geschafte?|auftrage?|umsatze?)~(schlecht|mies|"
        "eingebrochen|weggebrochen|am boden)~; pleite (?!gegangen)~; (grosser|wichtigster|"
        "grosster) kunde~(pleite|insolvent|weg|ausgefallen|abgesprungen)~; (gerade|momentan|"
        r"derzeit) (ist es |wird es |sehr )?(eng|klamm|knapp)\b~; fehl(t|en) (uns |mir |hier "
        r")?(\w+ )?(das |die )?(geld|liquiditat|mittel|liquiden|kapital|kunden|auftrage|"
        r"einnahmen)\b~"
    ),
    "hardship-": (
        r"kein geld\W~lieferschein~; ohne \w+ kein geld~; (rechnung|lieferschein|gutschrift) ~ "
        "kein geld~"
    ),
    "request_document": (
        r"(konnen|konnten|wurden|kannst|kann) (sie|du|ihr) (mir|uns)?( \S+){{0,2}} (die|eine|"
        r"diese|das) (rechnung|kopie|beleg|lieferschein|aufstellung)( \S+){{0,4}} (schicken|"
        r"senden|zusenden|mailen|zukommen|nochmal\w*|erneut|ubermitteln|als pdf)~; (finde|find|"
        r"finden|habe|haben|hab)( \S+){{0,3}} (rechnung|beleg|die|sie|s)( \S+){{0,2}} (nicht|"
        r"nimmer|nirgends|keine)\b~(schick|send|bitte|nochmal|erneut)*; fehl(t|en) (uns |mir |"
        "hier )?(noch )?(die|eine|diese|ihre|der|das) (rechnung|rechnungskopie|kopie|"
        "lieferschein|beleg|stundennachweis|vertrag)~"
    ),
    "doc.invoice_copy": (
        r"rechnung( \S+){{0,4}} (noch ?mal\w*|noch einmal|erneut|als pdf|nochmals)~(schicken|"
        r"senden|zusenden|mailen)?; rechnungskopie\w*; fehl(t|en) (uns |mir |hier )?(noch "
        ")?(die|eine|diese|ihre) (rechnung|rechnungskopie|kopie)~"
    ),
    "submission_requirement-": (
        r"(noch ?mal\w*|noch einmal|erneut) als pdf~; (schicken|senden) sie (mir|uns) ~ "
        "rechnung~(nochmal|noch einmal|erneut|als pdf)?"
    ),
    "credit_request": (
        "(hatten|hatte|mochten|wollen|brauchen|erwarten|fordern|verlangen|bitten um)( "
        r"\w+){{0,2}} (eine |einen )?(gutschrift|nachlass|erstattung|ruckerstattung|minderung|"
        "entschadigung|rabatt)~; (gutschrift|nachlass|minderung|entschadigung|rabatt) (fur|"
        "wegen|aufgrund)~; (ziehen|rechnen|setzen|nehmen) sie (das|es|den betrag|die "
        r"gutschrift|unser guthaben)~(ab|an|dagegen|herunter)\b~; (zu viel|doppelt|zweimal) "
        "(gezahlt|bezahlt|uberwiesen)~(zuruck|verrechnen|gutschreiben|erstatten)?"
    ),
    "wrong_person": (
        "(da |hier )?(sind|seid|bist) (sie|ihr|du) (hier |da )?(bei mir |bei uns )?(falsch|"
        r"verkehrt)\b~; (bei mir|bei uns) (sind sie )?(falsch|verkehrt|an der falschen)~; "
        "(mache|macht|erledigt|betreut) (jetzt |nun |bei uns )?(die |der |das |herr |frau "
        ")~(kollegin|kollege|buchhaltung|zentrale)~; nicht (meine|mein) (aufgabe|baustelle|"
        "bier|gebiet|bereich)~"
    ),
    "wrong_person-": (
        r"(rechnung|lauft|ausgestellt|adressiert)\w* ~ falsche\w* (firma|gesellschaft|empfanger|"
        r"name)~; falsche\w* (ware|artikel|menge|preis|betrag|farbe|rechnung|teil|produkt|"
        r"lieferung)\w*; wird nicht weitergeleitet~; nachricht(en)? ~ nicht (weitergeleitet|"
        "gelesen)~"
    ),
    "why.wrong_entity": (
        r"rechnung( \S+){{0,4}} (lauft|ausgestellt|adressiert|geht|ist|lautet)~(falsche\w*|"
        r"andere\w*|alte\w*|verkehrte\w*) (firma|gesellschaft|empfanger|unternehmen|namen?|"
        r"adressat\w*)~; (auf|an) (die|unsere|eine) (schwester|tochter|mutter|andere|"
        r"falsche)\w* ?(gesellschaft|firma)?~(rechnung|ausgestellt|stellen)?"
    ),
    "why.quality": (
        r"(lauft|funktioniert|geht|tut|arbeitet)( \S+){{0,4}} (nicht|immer noch nicht|bis heute "
        r"nicht|nie)\b~; (maschine|gerat|anlage|software|pumpe|robotor?|steuerung|sensor|"
        r"motor)( \S+){{0,4}} (defekt|kaputt|steht still|ausgefallen|streikt|spinnt)~; "
        r"mangel\w* (an|bei|nicht|noch|behoben|beseitigt)~; (sobald|bis|wenn)( \S+){{0,4}} "
        r"(mangel|fehler|schaden|defekt)( \S+){{0,6}} (behoben|beseitigt|repariert|erledigt)~; "
        "(falsche|verkehrte) (farbe|grosse|ware|teile|modell)~; zerkratzt|verbeult|undicht|"
        r"verschimmelt|gebrochen; (passen|passt|halten|halt|schliesst|schliessen) (\w+ "
        r")?nicht\b~"
    ),
    "why.pricing": (
        r"(angebot|auftrag|vertrag|bestellung)( \S+){{0,3}} (standen|stand|stehen|waren|war|"
        r"sind|steht)~\d\S*~; (berechnen|berechnet|verrechnet|verlangen|fordern)( \S+){{0,3}} "
        r"\d[\d.,]*~(vereinbart|angebot|statt|ausgemacht)~; (vereinbart|ausgemacht|abgesprochen|"
        r"angeboten) (waren|war|wurden|sind)~\d\S*~; skonto~(nicht|fehlt|berucksichtigt|"
        r"abgezogen)~; (preis\w*|betrag|summe|stundensatz|rate)( \S+){{0,2}} (stimm\w+|weich\w+|"
        r"entsprich\w+|pass\w+|ist)( \S+){{0,2}} (nicht|ab|falsch|zu hoch|hoher|uberhoht)\b~"
    ),
    "payment_plan_request-": r"pro stunde~; (vereinbart|berechnet|angebot)~\d\S*~",
    "other": (
        "hausmesse~; (wann|wo) ist (eigentlich )?(ihre|eure|die) (messe|hausmesse|feier|"
        r"veranstaltung)~; schone\w* (feiertage|weihnachten|ostern|wochenende)\W*$; falsch(es|"
        "er)? (fenster|thread|chat|mail)~; (neue|geanderte) (lieferadresse|anschrift|"
        r"adresse)\b~(umgezogen|umzug|ab)?; (wir (sind|ziehen) um(gezogen)?)\b~"
    ),
    "acknowledgement": (
        r"(habe|hab|haben)( \S+){{0,2}} (rechnung|mail|nachricht|mahnung|erinnerung|schreiben)( "
        r"\S+){{0,2}} (gesehen|gelesen|erhalten|bekommen|vorliegen)\b~; (rechnung|mail|"
        "nachricht|erinnerung) (habe|hab|haben) (ich|wir) (gesehen|erhalten|gelesen|"
        "bekommen)~; (schaue|schau|sehe|seh|gucke|guck) (ich )?(mir )?(das |es )?(mal |gleich "
        r")?an\W*$; schone feiertage~"
    ),
    "extension_request": (
        r"(reicht|genugt|geht|ginge|passt|langt|ware)( es| das)?( \S+){{0,3}} (noch|auch|erst|"
        r"bis)( \S+){{0,3}}\?; (geben|gebt|gewahren|lassen) (sie )?(mir|uns)( \S+){{0,3}} (zeit|"
        "tage|wochen|monat|frist|aufschub|luft)~"
    ),
    "stop_contact": (
        r"(nehmen|streichen|loschen|nimm) sie (mich|uns|meine|unsere)( \S+){{0,4}} (verteiler|"
        r"liste|adresse|datenbank)~; (keine|kein) (weitere\w*|mehr)? ?(mails?|anrufe?|"
        r"nachrichten|briefe?|kontakt\w*) (mehr|bitte)?\W*$; (rufen|ruf|rufe) (sie )?(mich|uns|"
        r"hier)( \w+){{0,3}} (nicht|nie) (mehr|wieder|an)~; (lassen|lass) (sie )?(mich|uns) in "
        "(ruhe|frieden)~"
    ),
    "bank_details_change": (
        r"(stimmt|stimmen|gilt|passt)( \S+){{0,4}} (konto\w*|iban|bank\w*)~; (andere|anderes|"
        r"neue|neues|verschiedene|abweichende) (konto\w*|iban|bank\w*)~; (konto\w*|iban|"
        r"bank\w*)( \S+){{0,6}} (andere\w*|anders|verschieden|geandert|gewechselt|als (bisher|"
        "fruher|sonst))~"
    ),
    "complaint": (
        "(schon wieder|zum (dritten|vierten|funften|x-ten|wiederholten) mal)~(mahnung|mail|"
        r"erinnerung|schreiben|brief)~; nerv(t|en|ig|end)\b~; so (geht|behandelt|redet|spricht|"
        "springt) man (doch )?nicht( mit)?~; (geht|gehen) (sie )?(so )?nicht mit kunden um~"
    ),
    "in_process": (
        r"(hangt|liegt|steckt|ist)( \w+){{0,3}} (noch )?(in der freigabe|im umlauf|in der "
        "buchhaltung|beim chef|bei der geschaftsfuhrung|in bearbeitung|in prufung|im "
        r"genehmigungsprozess)~; (an|bei) (die|den|unsere\w*|meine\w*) (kolleg\w*|buchhaltung|"
        r"fachabteilung|zustandige\w*|chef\w*)( \S+){{0,3}} (weitergeleitet|weitergegeben|"
        "gegeben|nachgefragt|geschickt)~"
    ),
    "why.unapproved_work-": (
        r"(preis\w*|betrag|menge|rechnung|summe)~nicht mit~(auftrag|bestellung)\w*~"
    ),
    "why.duplicate": (
        "schon (ein|zwei)mal (bekommen|erhalten|bezahlt|gestellt|berechnet)~; (schon|bereits) "
        "(einmal|mal) ~(bezahlt|bekommen|erhalten|berechnet)~"
    ),
    "promise-": (
        r"(wird|werden|ist)( \S+){{0,3}} (gepruft|bearbeitet|geklart|kontrolliert|freigegeben|"
        r"weitergeleitet|uberpruft|gesucht|erfasst)\b"
    ),
    "submission_requirement": (
        "ohne (bestellnummer|po|auftragsnummer|kostenstelle|bestellreferenz|referenz)( "
        r"\S+){{0,5}} (nicht|keine|kein)( \S+){{0,3}}~"
    ),
    "why.quality-": "so geht man~; nicht mit kunden~",
    "payment_method_request": (
        r"(wo|wie|womit) (kann|konnen|konnte) (ich|wir|man)( \S+){{0,3}} (online )?(bezahlen|"
        r"zahlen|uberweisen)\b~; (online|per app|digital|per link) (bezahlen|zahlen)\b~"
    ),
    "invoice_question-": (
        r"(wo|wie|womit) (kann|konnen) (ich|wir|man)( \S+){{0,3}} (bezahlen|zahlen)~"
    ),
}
