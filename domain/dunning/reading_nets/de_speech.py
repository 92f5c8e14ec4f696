"""German as it is spoken: idioms, clipped sentences, polite detours."""

from __future__ import annotations

PHRASES = {
    "promise": (
        r"(ist|sind|steht|stehen|wurde|haben wir|habe ich) (\S+ ){{0,3}}fur (den |nachst\w* |"
        r"kommend\w* |diese\w* )?(\d|montag|dienstag|mittwoch|donnerstag|freitag|morgen|anfang|"
        "ende|mitte)~(angewiesen|eingeplant|terminiert|vorgemerkt|eingestellt|freigegeben|"
        r"hinterlegt)?; (geld|zahlung|uberweisung|betrag) (ist )?(am |bis |zum |ab )?(\d|montag|"
        "dienstag|mittwoch|donnerstag|freitag|morgen|heute|nachste|ende|anfang)~; (am|bis|zum|"
        r"spatestens( am| bis)?|ab) (\d\S*|montag|dienstag|mittwoch|donnerstag|freitag|"
        "monatsende|wochenende|ende)~(raus|uberwiesen|bezahlt|beglichen|bei ihnen|auf ihrem "
        r"konto|angewiesen|ausgeglichen|da)\b; (sie )?(bekommen|kriegen|erhalten|haben) (ihr|"
        "das|euer) geld~; (kummern|kummere) (uns|mich) ~(zahlung|uberweisung|begleichung|"
        "ausgleich|darum|drum); (zahlen|uberweisen|begleichen) (wir|ich)? ?(umgehend|sofort|"
        "sobald|dann|direkt|zeitnah|unverzuglich|asap|gleich|am|bis|zum|morgen|heute|freitag|"
        r"montag); (betrag|rechnung|zahlung|es|das) (wird|werden) (\S+ ){{0,6}}(beglichen|"
        "angewiesen|uberwiesen|bezahlt|ausgeglichen|uberweisen|freigegeben|ausgefuhrt|"
        "veranlasst); (uberweisung|zahlung|geld) (ist |kommt |folgt )?(unterwegs|in kurze|bald|"
        r"zeitnah|umgehend|demnachst)\b; (zahlung|uberweisung|freigabe) (erfolgt|gibt es|kommt) "
        "(erst|nur|nicht vor|nach)~; sie horen von (uns|mir) ~zahl*"
    ),
    "_ahead": (
        r"fur (den |nachst\w* |kommend\w* )?(\d\S*|montag|dienstag|mittwoch|donnerstag|freitag|"
        r"morgen) (angewiesen|eingeplant|freigegeben|uberwiesen|terminiert); (wird|werden) (\S+ "
        "){{0,5}}(uberwiesen|bezahlt|beglichen|angewiesen|ausgeglichen)"
    ),
    "already_paid": (
        r"(betrag|geld|summe|rechnung|zahlung|posten) (\S+ ){{0,6}}(abgebucht|belastet|"
        r"eingezogen|beglichen|uberwiesen|bezahlt|ausgeglichen) (worden|ist|wurde)\b; "
        r"(abgebucht|uberwiesen|bezahlt|beglichen|eingezogen|angewiesen) worden\b; (haben|habe|"
        r"hatten) (wir|ich)? ?(doch |schon |langst |bereits |am \S+ |die |diese |das "
        r"){{1,5}}(\S+ ){{0,4}}(bezahlt|uberwiesen|beglichen|gezahlt|angewiesen|"
        r"ausgeglichen)\b; (geld|betrag) (mussten sie|sollte|musste) (\S+ ){{0,3}}(haben|da "
        "sein|eingegangen)~; (schon|langst|bereits) (erledigt|vom tisch|gezahlt|passiert|"
        r"geschehen)\b; (bitte |nochmal )?(prufen|schauen) sie (\w+ )?(ihr konto|ihre "
        r"(buchhaltung|konten|eingange)|bei ihnen)~; bei (uns|mir) (\w+ )?(ausgeglichen|bezahlt|"
        r"erledigt|ausgebucht)\b"
    ),
    "dispute": (
        r"(stimmt|stimmen|passt|passen) (\S+ ){{0,3}}(so )?(nicht|vorne und hinten nicht|hinten "
        r"und vorne nicht)\b; (erkennen|erkenne|akzeptiere*|anerkenne*|zahle*|bezahle*) (\S+ "
        r"){{0,5}}(nicht( an)?|keinesfalls)\b~(forderung|rechnung|betrag|posten|so)?; "
        r"(widerspr\w*|einspruch|beanstand\w*|bestreit\w*|reklam\w*|rugen?|bemangel\w*|"
        r"zuruckgewiesen|weisen (\S+ ){{0,3}}zuruck)\b; (forderung|rechnung|betrag) (\S+ "
        "){{0,3}}(unberechtigt|ungerechtfertigt|falsch|fehlerhaft|unverstandlich|nicht "
        "nachvollziehbar|strittig|nicht korrekt); nicht einverstanden; (rechnungs|"
        r"abrechnungs)?fehler\b; (korrigieren|stornieren|berichtigen) sie~; (korrigierte|"
        "berichtigte|neue|geanderte) rechnung"
    ),
    "dispute-": (
        "(kunden|auftraggeber|abnehmer|leute|mieter) zahlen nicht; (nach|bei|sobald|gegen) "
        r"(\S+ )?(erhalt|eingang|vorlage)? ?(der |einer )?(korrigierten|berichtigten|neuen|"
        "geanderten) rechnung"
    ),
    "why.pricing": (
        "(vereinbart|ausgemacht|abgesprochen|angeboten|zugesagt|besprochen) (waren|war|wurde*|"
        r"sind|hatten wir) (\S+ ){{0,4}}\d~; (stundensatz|tagessatz|preis|satz|tarif|kurs) (\S+ "
        r"){{0,5}}(zu hoch|falsch|anders|nicht|vereinbart|statt|abweich\w*|hoher)~; (mehr|"
        r"teurer|hoher) als (\S+ )?(vereinbart|angeboten|abgemacht|im angebot|besprochen|"
        r"bestellt|ublich); (rabatt|skonto|nachlass) (\S+ ){{0,5}}(fehlt|nicht|vergessen|"
        "zugesagt|vereinbart|abgezogen); (berechnet|abgerechnet|verlangt) (haben sie|wurden|"
        r"werden) (\S+ ){{0,3}}\d~; (aufschlag|zuschlag|frachtkosten|versandkosten|"
        "preiserhohung) ~(nicht|nie|vereinbart|unberechtigt|falsch)"
    ),
    "why.quantity": (
        r"(nur|lediglich|bloss) (\S+ )?\d+ (\S+ ){{0,3}}(statt|von|anstatt|geliefert|bekommen|"
        r"erhalten|angekommen|da)~; \d+ (\S+ ){{0,2}}(statt|anstatt|nicht) (der )?\d+; (es "
        r"fehl\w+|fehlen|fehlten|fehlt) (\S+ ){{0,2}}(\d+|ein\w*|zwei|drei|vier|funf|teile|"
        r"stuck|paket\w*|karton\w*|palette\w*|halfte)~; (zu wenig|unvollstandig|teillieferung|"
        r"minderlieferung|fehlmenge); stundenzettel ~\d"
    ),
    "why.not_received": (
        r"(nie|nicht|niemals|noch immer nichts|nichts) (\S+ ){{0,3}}(angekommen|geliefert|"
        r"eingetroffen|bekommen|erhalten|erbracht|ausgefuhrt|montiert)\b(?! (rechnung|mail))~; "
        r"(warten|warte) (\S+ ){{0,4}}auf (die |unsere |meine )?(ware|lieferung|bestellung|"
        r"teile|techniker|monteur|gerat|ersatz)\w*; (lieferung|ware|paket|sendung) (\S+ "
        "){{0,4}}(verschwunden|verloren|fehlt|ausgeblieben|nie|nicht da|immer noch)~"
    ),
    "why.not_received-": (
        r"(rechnung|mail|e-?mail|mahnung|antwort|gutschrift|kopie|beleg|schreiben) (\S+ "
        r"){{0,5}}(nie|nicht) (\S+ )?(angekommen|erhalten|bekommen|eingetroffen|da)\b; (keine|"
        r"nie eine|nie|nicht) (rechnung|mail|antwort|gutschrift|kopie) (\S+ ){{0,3}}(erhalten|"
        "bekommen|angekommen)"
    ),
    "why.quality": (
        "(defekt|kaputt|beschadigt|mangelhaft|fehlerhaft|undicht|unbrauchbar|zerkratzt|"
        r"verbogen|verschimmelt|falsche (farbe|grosse|teile|ware))\w*; (funktioniert|lauft|geht|"
        r"passt|halt) (\S+ ){{0,3}}nicht\b(?! (um|so|in ordnung|gut))~(gerat|maschine|anlage|"
        "richtig|mehr)?; (mangel|mangeln|mangelruge|nachbesserung|gewahrleistung|ausfall|"
        r"ausfalle)\b; (zuruckgeschickt|zuruckgesandt|retourniert|retoure)\b"
    ),
    "why.cancelled": (
        r"(gekundigt|storniert|widerrufen|abbestellt|abgesagt|ausgelaufen|beendet)\b~; "
        r"kundigung (\S+ ){{0,4}}(geschickt|zum|vom|bestatigt|per)~"
    ),
    "why.wrong_entity": (
        r"(falsch\w*) (rechnungsempfanger|firma|gesellschaft|adressat|firmierung|"
        r"rechnungsadresse|empfanger|kunde)\w*; (muss|sollte|gehort|musste) (\S+ ){{0,3}}(auf|"
        r"an|zu) (die|unsere|der) (\S+ )?(gmbh|ag|tochter\w*|schwester\w*|mutter\w*|"
        r"gesellschaft|kg|holding)~; betrifft (\S+ ){{0,3}}(tochter|schwester|andere|"
        r"niederlassung|gesellschaft)\w*"
    ),
    "why.terms": (
        r"(zahlungsziel|zahlungsfrist) (\S+ ){{0,5}}(\d+|sechzig|neunzig|dreissig)~; (noch "
        r")?(gar )?nicht fallig\b; erst (am|im|zum|ende) (\S+ ){{0,2}}fallig\b; (haben|"
        r"vereinbart|gelten) (\S+ ){{0,4}}\d+ tage"
    ),
    "why.late_fee": (
        "(mahngebuhr|mahnkosten|verzugszins|zinsen|saumniszuschlag|bearbeitungsgebuhr|"
        r"verzugspauschale)\w*~~(nicht|streich\w*|erlass\w*|kein\w*|storn\w*|unberechtigt|"
        r"zahle*n?|weg|raus|frech\w*)"
    ),
    "why.unapproved_work": (
        r"(nicht|nie|niemand|ohne) (\S+ ){{0,4}}(beauftragt|freigegeben|genehmigt|abgesprochen|"
        r"absprache|auftrag|freigabe|zustimmung)\b~; (zusatz|mehr)(arbeit|stunden|leistung|"
        r"aufwand)\w*~(nicht|nie|ohne|niemand)"
    ),
    "why.unapproved_work-": (
        r"(rechnung|zahlung) (\S+ ){{0,3}}(noch )?nicht freigegeben; ohne (ihre|unsere|die) "
        "(freigabe|zustimmung) (zahlen|konnen)~"
    ),
    "why.not_ordered": (
        r"(nie|nicht|nichts|niemand|wer hat) (\S+ ){{0,3}}(bestellt|beauftragt|in auftrag "
        r"gegeben|geordert|angefordert|gekauft|unterschrieben)\b"
    ),
    "why.credit_not_applied": (
        r"(gutschrift|anzahlung|abschlag|guthaben|retoure) (\S+ ){{0,6}}(fehlt|nicht|vergessen|"
        "nirgends|versprochen|zugesagt|ausstehend|berucksichtigt|unberucksichtigt|offen)~"
    ),
    "why.tax": (
        "(mehrwertsteuer|umsatzsteuer|mwst|ust|steuersatz|reverse.charge|"
        r"steuerschuldnerschaft)\w* (\S+ ){{0,6}}(falsch|nicht|fehlt|zu hoch|statt|entfallt|"
        r"befreit|\d+ ?%|ausgewiesen|durfen|darf)~"
    ),
    "why.currency": (
        "(falsche wahrung|(euro|dollar|franken|chf|usd|eur|pfund) (statt|anstatt|nicht|und "
        "nicht) (in )?(euro|dollar|franken|chf|usd|eur|pfund))"
    ),
    "why.duplicate": (
        r"(doppelt|zweimal|2x) (\S+ )?(berechnet|abgerechnet|in rechnung|fakturiert|erhalten|"
        r"gebucht)~; (schon|bereits) (\S+ ){{0,4}}(berechnet|abgerechnet|in rechnung "
        r"gestellt)\b; doppelte (rechnung|abrechnung|berechnung|buchung)"
    ),
    "request_document": (
        r"(liegt|liegen) (mir|uns|hier)? ?(\S+ ){{0,3}}(keine?|nicht) (\S+ )?(rechnung|vor)\b~; "
        "(mir|uns|hier) (liegt|liegen) (keine?|nicht|die|leider) ~(rechnung|vor|kopie|beleg|"
        r"lieferschein)\w*; (rechnung|kopie|beleg|lieferschein|kontoauszug|op-liste|"
        r"saldenliste) (\S+ ){{0,4}}(zukommen|zusenden|schicken|senden|mailen|nochmal|nochmals|"
        r"erneut|brauche|benotige|fehlt)~; (nie|nicht|keine) (\S+ ){{0,3}}rechnung (\S+ "
        r")?(erhalten|bekommen|gesehen|angekommen)~; welche rechnung\?; (anhang|anlage|pdf) "
        r"(\S+ )?(fehlt|leer|nicht)~; rechnung (\S+ ){{0,3}}(nicht|nie) (\S+ "
        "){{0,2}}(angekommen|erhalten|bekommen|gefunden|auffindbar|vorliegend)"
    ),
    "submission_requirement": (
        "(lieferantenportal|rechnungsportal|portal|xrechnung|zugferd|peppol|ariba|coupa|"
        r"e-?rechnung)\w*; (rechnung|rechnungen) (\S+ ){{0,8}}(hochladen|hoch|einreichen|nur "
        r"(noch )?(als|per|uber|an)|ausschliesslich|zentral|an rechnung\S*@)~; (bestellnummer|"
        r"kostenstelle|auftragsnummer|bestellbezug|leitweg-?id) (\S+ ){{0,5}}(angeben|erganzen|"
        "fehlt|auf (die|der)|notwendig|zwingend|benotigen|erforderlich)~; (laden|reichen) sie "
        r"(\S+ ){{0,4}}(rechnung|sie|diese)~(hoch|ein|portal)"
    ),
    "wrong_person": (
        r"(nicht|kein) (\S+ )?(zustandig|ansprechpartner|der richtige|die richtige|mehr (bei|im|"
        r"in|dabei|beschaftigt|tatig))~; arbeitet (\S+ )?nicht (mehr )?(bei uns|hier|da)~; "
        "(ausgeschieden|verlassen|in rente|im ruhestand|pensioniert|gekundigt worden|"
        r"gewechselt)\b~(unternehmen|firma|abteilung|kolleg\w*)?; verwechsel\w*; (anderes|"
        r"falsches) unternehmen; (falsch\w*) (adresse|person|abteilung|ansprechpartner|"
        r"empfanger|mailadresse|postfach)\w*; (wenden|richten) sie sich (bitte )?an~; "
        r"(nachfolger\w*|neuer ansprechpartner|neue ansprechpartnerin)\b; privatadresse|private "
        "(e-?mail|adresse)"
    ),
    "stop_contact": (
        r"(horen|hore|hort) (sie |ihr )?(\S+ )?auf,? (mir|uns|mich|zu|mit|damit)~; (keine|"
        "keinerlei) (weiteren |mehr )(mails|e-?mails|nachrichten|mahnungen|erinnerungen|anrufe|"
        r"schreiben)\b; (keine|keinerlei) (mails|e-?mails|nachrichten|mahnungen|erinnerungen|"
        r"anrufe|schreiben) mehr\b; (schreiben|kontaktieren|mailen|belastigen) sie (mich|mir|"
        r"uns) (\S+ )?(nicht|nie)~; (lassen|lasst) (sie )?(mich|uns) (endlich )?in ruhe; "
        r"(unterlassen|einstellen|stellen sie) (\S+ ){{0,6}}(mails|nachrichten|anrufe|"
        r"kontakt\w*|schreiben|erinnerungen|ein)\b; (loschen|entfernen|streichen|nehmen) sie "
        r"(mich|uns|meine|unsere|diese) ~(adresse|verteiler|liste|mail|kontakt)\w*; (aus dem|"
        r"vom) verteiler\b; will (\S+ )?nichts mehr (\S+ )?(horen|bekommen|erhalten)"
    ),
    "payment_plan_request": (
        r"\b(in |mit )?(\w+ )?(monats)?raten\b~; "
        r"ratenzahlung\w*; (in|auf) (zwei|drei|vier|"
        r"funf|sechs|mehreren|\d+) (teilen|"
        "teilzahlungen|teilbetragen|monaten|"
        r"etappen|tranchen)~; \d\S* (euro|eur|€)? "
        r"?(im|pro|jeden) monat~; teilzahlung\w*; "
        r"(halfte|\d+ ?%) (jetzt|sofort|"
        "heute)~(rest|halfte|spater)"
    ),
    "extension_request": (
        "(zahlungsaufschub|aufschub|fristverlangerung|stundung|stunden sie|verlangerung|"
        r"verlangern)\w*; (mehr|etwas|bisschen|noch) (\S+ )?(zeit|luft|geduld|aufschub)\b~; "
        r"(erst|spater) (im|am|ende|nachst\w*|anfang) ~(zahlen|begleichen|uberweisen)\?; (frist|"
        r"zahlungsziel|falligkeit) (\S+ ){{0,4}}(verlanger\w*|verschieb\w*|erstreck\w*|bis|"
        "auf)~; (gedulden|warten) (sie )?(sich )?(bitte )?(noch |bis )~"
    ),
    "hardship": (
        r"(finanziell|wirtschaftlich) (\S+ ){{0,3}}(schlecht|schwierig|eng|am ende|angespannt|"
        r"probleme|engpass)\w*~; (liquiditats|zahlungs)(engpass|schwierigkeit|problem)\w*; "
        "(kein geld|pleite gehen|konto (ist )?(leer|gepfandet|gesperrt)|knapp bei kasse|wasser "
        r"(steht )?bis zum hals|umsatz\w* (\S+ )?eingebrochen|auftrage (\S+ )?weggebrochen|"
        r"kurzarbeit|krankheit|krank geworden|todesfall|verstorben)\b"
    ),
    "legal_threat": (
        "(anwalt|anwaltin|rechtsanwalt|kanzlei|rechtsabteilung|rechtsbeistand|jurist|"
        r"syndikus)\w*; (vor gericht|gerichtlich|amtsgericht|landgericht|klage|klagen|verklagen|"
        "rechtliche schritte|rechtsweg|strafanzeige|anzeige erstatten|einstweilige|"
        "unterlassung|abmahnung|schadenersatz|schadensersatz|mahnbescheid|verbraucherzentrale|"
        r"datenschutzbehorde|aufsichtsbehorde)\w*; (dsgvo|art(ikel)?\.? ?1[57]|auskunft (uber|"
        r"nach) (\S+ ){{0,3}}(daten|art|dsgvo)|loschung meiner|personenbezogen\w*)\b"
    ),
    "insolvency_notice": (
        r"insolven\w*; (konkurs|zahlungsunfahig|uberschuldet|liquidation|liquidator|in "
        "abwicklung|glaubigerschutz|glaubigerversammlung|insolvenzverwalter|sachwalter|"
        r"eigenverwaltung|schutzschirm|geschaftsbetrieb (\S+ )?eingestellt|betrieb (\S+ "
        r")?eingestellt|firma (\S+ ){{0,3}}(aufgelost|erloschen|geschlossen)|forderung (\S+ "
        r"){{0,4}}(tabelle|anmelden))\w*"
    ),
    "bank_details_change": (
        r"(bankverbindung|iban|kontoverbindung|kontonummer|bankdaten|kontodaten|bankkonto)\w*; "
        r"(neue|andere|geandert\w*|gewechselt\w*) (\S+ ){{0,2}}(bank|konto)\b; (konto|bank) "
        r"(\S+ ){{0,3}}(geandert|gewechselt|neu)\b"
    ),
    "bank_details_change-": r"unsere bank (\S+ ){{0,3}}(sagt|bestatigt|hat)~",
    "complaint": (
        r"(unverschamt\w*|frechheit|unmoglich\w*|unhoflich\w*|inakzeptabel|saftladen|schlechter "
        r"(service|ton)|katastroph\w*|arger\w*|enttausch\w*|nervt|es reicht|mir reicht|zum "
        r"(dritten|vierten|funften|x-?ten|wiederholten) mal|niemand (\S+ )?(antwortet|reagiert|"
        r"erreichbar|ruft)|keine (antwort|reaktion|ruckmeldung) (\S+ ){{0,2}}(erhalten|bekommen|"
        r"auf)|langjahrig\w* kunde\w*|so geht man nicht|belastig\w*|respektlos|zumutung)\b"
    ),
    "acknowledgement": (
        r"(danke|dank|vielen dank|besten dank|merci)\b(fur| f\.)?~(info\w*|hinweis|erinnerung|"
        r"mail|nachricht|mitteilung|bescheid)\w*; (ist|wurde|habe|haben) (\S+ )?(angekommen|"
        r"gelesen|notiert|zur kenntnis|eingegangen)\b\W*$; (gelesen|erhalten|notiert|verstanden|"
        r"zur kenntnis genommen|alles klar|geht klar|passt|okay)\W*$; (schaue|sehe|gucke) (\S+ "
        r"){{0,3}}(an|nach)\b"
    ),
    "in_process": (
        r"(liegt|ist|steckt|hangt) (\S+ ){{0,4}}(freigabe|prufung|unterschrift|genehmigung|"
        r"bearbeitung|klarung|umlauf|workflow|buchhaltung|fachabteilung)\w*; (prufe*n?|klare*n?|"
        r"frage*n?) (\S+ ){{0,4}}(intern|nach|ab)\b; (weitergeleitet|weitergegeben|"
        r"weitergereicht|vorgelegt)\b; warte*n? (\S+ ){{0,3}}auf (\S+ ){{0,3}}(freigabe|"
        r"unterschrift|ok|genehmigung)\b; (sitzt|liegt) (noch )?beim? ~"
    ),
    "payment_method_request": (
        "(paypal|kreditkarte|karte|lastschrift|sepa-mandat|klarna|uberweisung oder|bar|scheck|"
        r"zahlungslink|bezahllink|link) (\S+ ){{0,4}}(zahlen|bezahlen|moglich|geht|funktioniert|"
        r"akzeptier\w*|begleichen|abgelaufen|einrichten)~; (nehmen|akzeptieren) sie (\S+ "
        r")?(auch )?(paypal|kreditkarte|karte|amex|visa)\w*; (zahlungslink|bezahllink|"
        r"bezahlseite|zahlungsart|zahlungsweise)\w*"
    ),
    "credit_request": (
        r"(verrechnen|verrechnung|aufrechnen|gegenrechnen|anrechnen)\w* ?(sie)?~; (guthaben|"
        r"uberzahlung|gutschrift) (\S+ ){{0,5}}(verrechnen|abziehen|auszahlen|erstatten|"
        "anrechnen|berucksichtigen|ausstellen|erteilen|warten)~; (erstatten|erstattung|"
        r"ruckerstattung|ruckzahlung|gutschreiben)\w*; (warten|warte) (\S+ ){{0,5}}auf (die |"
        r"eine |unsere )?gutschrift\b~; (brauchen|erwarten|benotigen|bitten um) (\S+ "
        "){{0,2}}gutschrift"
    ),
    "credit_request-": (
        r"(neue|neuen|geanderte) (bankverbindung|konto|iban)~erstattung\w*|erstattungen (\S+ "
        ")?(kunftig|an|auf)~"
    ),
    "invoice_question": (
        r"(worauf|wofur|was|welche\w*|warum|wieso|weshalb|woher|wie) ~\?; (rufen|ruf) sie (mich|"
        r"uns) (\S+ ){{0,3}}an\b; (erklaren|erlautern|aufschlusseln|auflisten|"
        r"zusammensetzung)\w*"
    ),
    "invoice_question-": r"welche rechnung\?",
    "out_of_office": (
        r"(bin|sind|bleiben?) (\S+ ){{0,3}}(bis|vom|ab|erst) (\S+ ){{0,4}}(abwesend|urlaub|"
        r"nicht|zuruck|unterwegs|wieder|ausser haus|messe|erreichbar)\b~"
    ),
    "remittance_advice": (
        r"(avis|zahlungsavis|zahlungsmitteilung|uberweisungsdetails)\b~\d; (zahlung|"
        r"uberweisung) (uber|von) \d\S* (\S+ )?(betrifft|fur|umfasst|setzt)~\d"
    ),
    "other": (
        "(frohe|schone) (weihnachten|ostern|feiertage)~; alles gute~; (newsletter|"
        r"messeeinladung|katalog|stellenangebot|bewerbung|webinar)\b~; einladung zu~"
    ),
}
