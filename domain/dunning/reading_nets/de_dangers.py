"""German: what stops everything, who is not to be written to, and what only sounds like it."""

from __future__ import annotations

PHRASES = {
    "legal_threat": (
        "(rechts)?anwalt*; rechtsanwalt*; anwaltlich*; jurist*; rechtsabteilung*; "
        r"rechtlich\w* (schritte|prufung|mittel|weg|vor|beistand|vertret*|konsequenz*|"
        "auseinandersetzung); rechtsweg; rechtsbeistand; rechtsstreit; gericht*; klage|"
        "klagen|klageweg|klageschrift|verklag*|gegenklage|widerklage; mahnbescheid; "
        "strafanzeige|anzeige (erstatten|gegen); polizei; staatsanwalt*; schadenersatz*|"
        r"schadensersatz*; unterlassung*; einstweilig*; dsgvo|datenschutz*|art(\.|ikel)? "
        r"?(15|17)|auskunft (uber|nach|gemass) ~ (daten|art)|personenbezogen*|daten\w* "
        "loschen|loschung (meiner|unserer|aller|der) ~daten; verbraucherzentrale|"
        "schlichtungsstelle|ombuds*|wettbewerbszentrale|aufsichtsbehorde*|"
        "datenschutzbehorde; vertritt uns|mandant*|mandatiert; vollmacht; notigung|"
        "belastigung; widerspruch gegen den mahnbescheid"
    ),
    "legal_threat-": (
        r"rechtlich\w* (einheit|name|firma|gesellschaft); amtsgericht \w+,? hr[ab]; "
        "registergericht*; gerichtsstand*; handelsregister ~gericht"
    ),
    "insolvency_notice": (
        "insolven*; zahlungsunfahig*; konkurs*; schutzschirm*; insolvenzverwalter*; "
        r"eigenverwaltung; glaubigerversammlung; forderungsanmeldung|(forderung\w*) (\w+ "
        ")?(bitte )?anmeld*|anmeldung ~forderung; liquidation*|liquidator; "
        "geschaftsbetrieb ~(eingestellt|einstellen); betrieb ~ (eingestellt|aufgegeben|"
        "geschlossen)~; firma ~ (aufgelost|abgewickelt|geloscht|erloschen|pleite); pleite|"
        r"bankrott; nachlassverfahren|nachlassstundung; vorlaufig\w* (insolvenz)?verwalter; "
        "starug|restrukturierungsplan; uberschuld*"
    ),
    "bank_details_change": (
        r"bankverbindung*; kontoverbindung*; bankdaten; kontodaten; iban; bic; neue\w* "
        "(konto|bank|iban|bankverbindung|kontonummer|hausbank)*; konto(nummer)? ~(geandert|"
        "gewechselt|neu|anders|aktualisier*|stimmt|korrekt|richtig|abweich*); (auf|zu) "
        r"(ein|das|unser|mein|welches|folgendes|dieses) (\w+ )?konto ~(uberweisen|erstatten|"
        "zahlen|anweisen|gehen|sollen|einzahlen); welches konto; bank ~ (gewechselt|"
        "geandert|wechsel*|neu); kontowechsel|bankwechsel; probeuberweisung|"
        "testuberweisung|cent-?uberweisung|kontoverifizierung; bankbestatigung|"
        "bankschreiben; kontoinhaber|zahlungsempfanger ~(abweich*|geandert|anders|neu|"
        r"stimmt); (geandert\w*|aktuell\w*|abweichend\w*|andere\w*) (bank|konto|"
        r"zahlungs)\w*; zahlungsdaten|zahlungsanweisung\w* (geandert|neu)"
    ),
    "bank_details_change-": (
        "(unsere|meine|die) bank (hat|lehnt|sagt|meldet|berechnet|war|ist geschlossen); "
        "bankgebuhr*|bankspesen|kontoauszug*|kontofuhrung*|kontoklarung; kundenkonto|"
        "verrechnungskonto; (von|vom) (unserem|unser|meinem) konto"
    ),
    "suspicious_instruction": (
        "(ignorier*|missacht*|vergiss|vergessen sie|vergesst|uberspring*|umgeh*|ubergeh*) "
        r"(\S+ ){{0,6}}(anweisung*|instruktion*|regel*|vorgabe*|richtlinie*|befehl*|prompt*|"
        "freigabe*|vorschrift*|kontrolle*|alles); system-?prompt|systemprompt|"
        "systemnachricht|systemanweisung; du bist (jetzt|nun|ein|ab)~; (ki|ai|bot|"
        "assistent|sprachmodell|agent)(-| )?(agent|assistent|system|modell|bot)?(,|:| "
        "~(soll|muss|bitte|der|die|das)); an (den|die|das) (ki|bot|ai|assistent*|agent*|"
        "system|automat*); (markier*|setz*|verbuch*|kennzeichne*|behandle*|buch*|stell*|"
        r"trag*|stuf*) (\S+ ){{0,8}}(als|auf|wie) (\w+ )?(bezahlt|erledigt|ausgeglichen|"
        "genehmigt|freigegeben|storniert|null|0|beglichen|vertrauenswurdig|geprueft|"
        r"geschlossen); (erstell*|stell*|erteil*|buch*) (\S+ ){{0,5}}gutschrift (\S+ "
        "){{0,6}}(ohne|sofort|automatisch|und bestatig*); ohne (rucksprache|freigabe|"
        r"prufung|genehmigung) ~; (schick*|send*|leit*|nenn*|zeig*|list*|gib) (\S+ "
        r"){{0,6}}(alle|andere\w*|sämtliche|gesamte) (\w+ )?(kunden\w*|debitoren\w*|"
        r"rechnungen|daten|passw\w*|salden); (kundenliste|debitorenliste|zugangsdaten|"
        "passwort|kennwort|api-?schlussel); neue (anweisung|prioritat|regel|"
        r"instruktion)\w*(:| vom| fur| der| lautet); geschenkkarte*|gutscheinkarte*; "
        r"(antwort*|bestatig*) (\S+ ){{0,3}}(nur )?mit \W?(ok|ja|erledigt|bestatigt|done|"
        r"fertig); (losch*|deaktivier*|schalt*) (\S+ ){{0,5}}(mahn\w*|automatik|rechnung\w*|"
        r"forderung\w*|konto\w*|protokoll\w*|alle)~(aus|ab|sofort|datensatz|$); kreditlimit "
        r"(\w+ )?(auf|erhoh*|setz*)"
    ),
    "suspicious_instruction-": (
        r"(ignorier*|vergessen|betrachten) (sie )?(bitte )?(\w+ )?(meine|unsere|die|diese|"
        r"ihre|letzte) (\w+ )?(mail|e-?mail|nachricht|mahnung|erinnerung|schreiben)\w*"
    ),
    "stop_contact": (
        r"(keine|keinerlei) (\w+ )*(e-?mails?|mails?|mahnungen|nachrichten|schreiben|"
        "erinnerungen|post|anrufe|kontakt|kontaktaufnahme|spam)( mehr)?; (horen|hort|hor) "
        r"(sie |endlich |bitte )*auf ~; unterlassen sie (\w+ )?~; (abmelden|austragen|"
        "abbestellen|abmeldung); (schreiben|schreibt|kontaktier*|schicken|senden|rufen|"
        r"belastigen|nerven|mailen|anschreiben) (sie )?(mir|uns|mich)? ?(\w+ )?(bitte "
        ")?(nicht|keine|nie)( mehr| weiter| wieder)?~; nicht (mehr|weiter|wieder|langer) "
        r"(\w+ )?(kontaktier*|angeschrieben|anschreiben|schreiben|anrufen|belastig*|mailen|"
        r"erhalten|angemahnt|gemahnt); (losch*|streich*|entfern*|nehm\w*|nimm|entfernt) "
        r"(\S+ ){{0,6}}(adresse|e-?mail|kontakt*|verteiler|liste|mailingliste|datenbank|"
        r"mich|uns|daten|namen); lassen sie (mich|uns) ~ruhe; (in ruhe|stopp?\W*$|schluss "
        "(jetzt|damit)); spam; widerspreche ~ (kontakt|nutzung|verwendung|werbung); "
        "einstellen ~ (mails?|mahnungen|schreiben|kontakt); (mails?|mahnungen|"
        r"kontaktaufnahme|schreiben|nachrichten|anrufe) (\w+ )?(sofort |umgehend |bitte "
        ")*(ein(zu)?stellen|unterlassen)"
    ),
    "stop_contact-": (
        "keine (rechnung|gutschrift|ware|lieferung|mail|e-?mail|nachricht|antwort|mahnung|"
        r"erinnerung|post) (\w+ )?(erhalten|bekommen|eingegangen|vor|angekommen); nicht "
        "bestellt"
    ),
    "wrong_person": (
        r"falsche\w* (adress*|ansprech*|person|empfang*|abteilung|kontakt|stelle|e-?mail*|"
        r"mail*|postfach|nummer|firma); (nicht|nicht mehr|kein|langer nicht) (\w+ "
        r")?(zustandig|verantwortlich|richtige\w*|im unternehmen|bei uns|fur uns tatig|im "
        "haus|beschaftigt|mein (bereich|gebiet|thema|ressort|aufgabe*)|ansprechpartner*|in "
        r"der buchhaltung|fur (die|das|rechnungen|buchhaltung)|bei (der |dem )?\w+ (tatig|"
        r"beschaftigt)|angestellt|tatig); ausgeschieden; (hat|haben|habe) (\S+ "
        "){{0,5}}(verlassen|gekundigt|gewechselt|aufgehort); (wenden|richten|schreiben|"
        r"schicken|senden|kontaktieren|leiten) sie (\S+ ){{0,10}}(an (\w+ )?(\S+@\S+|"
        r"kolleg*|buchhaltung|frau|herrn|die|den|unsere|meine)|\S+@\S+); (neue\w*|"
        r"richtige\w*|zustandig\w*|aktuelle\w*) (\w+ )?(ansprechpartner*|kontakt*|adresse|"
        "e-?mail*|kolleg*|person|stelle|abteilung|nachfolg*); zustandig (ist|sind|dafur|"
        r"fur|ware)~; nachfolger*; kummert sich~(jetzt|nun|\S+@|kolleg*|buchhaltung|frau|"
        r"herr); (kenne|kennen) (sie|ihre|die|diese|wir|ich) (\w+ )?(nicht|firma)~; kein "
        "kunde; im ruhestand|in rente|pensioniert; (ubernommen|verkauft)~(von|an|worden|"
        r"\S+@); bin (\w+ )?(nur|blos*) (\w+ )?(empfang|vertrieb|praktikant*|lager|aushilfe)"
    ),
    "wrong_person-": (
        r"falsche\w* (betrag|preis|rechnung|menge|artikel|ware|steuer*|konto|firmierung|"
        "rechnungsadresse|anschrift auf); (firma|gesellschaft) (auf der rechnung)"
    ),
}
