"""German: what customers write about invoices."""

from __future__ import annotations

from domain.dunning.reading_nets import (
    de_asks,
    de_dangers,
    de_disputes,
    de_papers,
    de_plain,
    de_speech,
    de_weak,
)
from domain.dunning.reading_nets.phrases import together

WORDS = {
    "pay": (
        "zahl*|bezahl*|uberweis*|ueberweis*|begleich*|beglich*|ausgleich*|anweis*|"
        "veranlass*|regulier*|freigeb*|transferier*|einzahl*|tilg*|abschick*|nachhol*|"
        "vornehm*|ausfuhr*|losschick*|rausschick*|einplan*|erledig*"
    ),
    "paid": (
        "(be|ge|aus|ein|an|ab|voraus)?zahlt|uberwiesen|ueberwiesen|beglichen|ausgeglichen|"
        "angewiesen|veranlasst|abgebucht|raus|unterwegs|verschickt|losgeschickt|eingezogen|"
        "transferiert|gebucht|gutgeschrieben|reguliert|abgeschickt|getatigt|ausgefuhrt|raus"
    ),
    "money": (
        "zahlung*|uberweisung*|ueberweisung*|geld|betrag|summe|rechnung*|posten|restbetrag|"
        r"anweisung|zahlungseingang|begleichung|ausgleich|es|das|sie|alles|\S*\d\S*|scheck"
    ),
    "goods": (
        "ware*|lieferung*|artikel|teile*|sendung*|paket*|palette*|leistung*|gerat*|"
        "maschine*|produkt*|bestellung*|stuck|positionen|sensor*|module*|kartons?|anlage|"
        "software|lizenz*|arbeiten|reparatur|montage|roboter|pumpe*|schulung"
    ),
}

PHRASES = {
    "_not": (
        "nicht; kein*; nie; niemals; niemand; nichts; weder; ohne; unbezahlt; unmoglich; "
        "keinesfalls"
    ),
    "_please": (
        "bitte*; (konnten|konnen|wurden|kann|konnte|wurde|durften|darf) (sie|ihr|ich|wir|"
        "man|jemand); (benotig*|brauch*|fehlt|fehlen|erbitten|wunschen|mochte*|hatte*|"
        "bitten wir|vermisse*|warten auf|erwarten); (senden|schicken|mailen|lassen|reichen|"
        "stellen|ubersenden) sie; (schick|send|mail)(t|e)? (mir|uns|mal); zukommen lassen; "
        r"ohne; (liegt|liegen) (uns|mir|hier)? ?(\w+ )?nicht vor; gerne|gern; um ~ (gebeten|"
        "zusendung|ubersendung|zustellung|kopie)"
    ),
    "_if": (
        "sobald; wenn; falls; sofern; vorbehaltlich; vorausgesetzt; unter der "
        "(voraussetzung|bedingung); erst (wenn|nach|bei|dann); nach (erhalt|eingang|"
        "klarung|prufung|freigabe|korrektur|lieferung|zusendung|abnahme|ruckmeldung|"
        "genehmigung|unterschrift|eintreffen|vorlage); bevor|bis (wir|sie|die|der|das|ich);"
        " abhangig; solange; bei (erhalt|vorliegen|eingang)"
    ),
    "_perhaps": (
        "voraussichtlich; vielleicht; hoffentlich; hoffe*; versuch*; eventuell|evtl; "
        "wahrscheinlich; vermutlich; moglicherweise; sollte*; konnte*; wurde*; bemuh*; "
        "denke|glaube; wohl; moglichst; ungefahr; circa|ca; geplant ware; ware*; nach "
        "moglichkeit; irgendwann; anstreb*; peilen; beabsichtig*; schatze; gegebenenfalls|"
        "ggf; kann (ich|man|noch) nicht"
    ),
    "_courtesy": (
        r"(falls|wenn|sollten) (sie )?(\S+ ){{0,4}}(ruck)?fragen~; nicht (spater als|"
        "vergessen|zogern); kein (problem|thema|ding); keine sorge; so ?bald (wie|als) "
        "moglich; schnellstmoglich; zogern sie nicht~; wenn~(passt|recht ist|in ordnung|ok|"
        "geht); sollten sie~fragen~; sollten sie nicht~; nicht nur; ohne (weiteres|verzug|"
        "abzug|verzogerung)"
    ),
    "_unsaid": (
        "laut; gemass; fallig*; (sie|ihr) (haben )?(schreiben|schrieben|geschrieben|sagten|"
        "fordern|verlangen|behaupten); zahlungsziel; zahlungsbedingung*; vertrag*; muss*; "
        "mussen; soll*; ublicherweise|normalerweise|immer|grundsatzlich|generell; jeden|"
        "jede|jeweils|monatlich; melden|melde; ruckmeldung; klaren|klare|prufen|prufe; "
        "zahlen sie|uberweisen sie|erstatten sie; halfte|teil*|teilbetrag|anzahlung|"
        "abschlag; fruhestens; besprech*; bescheid; ihre (zahlung|uberweisung|erstattung); "
        "gutschreiben sie; wurden gerne wissen"
    ),
    "promise": (
        r"(geben|gebe) (\S+ ){{0,4}}(zahlung|betrag|rechnung|uberweisung) (\S+ )?frei; "
        "(erledigen|erledige|regeln|regle|kummern) (wir|ich)( uns| mich)? ~; das erledigen "
        r"wir; versprochen; (werde*|wird|wirst) ~~{pay}; {money} (\S+ ){{0,6}}(wird|werden|"
        "erfolgt|erfolgen|geht|gehen|kommt|folgt|lauft|wurde|ist|sind|steht) ~~({paid}|"
        "raus|ein|heraus|erfolgen|eingeplant|terminiert|vorgemerkt|vorgesehen|geplant|"
        "eingehen|im zahllauf|zahllauf|im zahlungslauf|beauftragt|freigegeben|in der "
        r"zahlliste|auf den weg|an sie|bei ihnen|am \d|zum \d|bis); (wir|ich|man|"
        r"buchhaltung|kollegin|kollege) (\w+ ){{0,3}}(zahle*n?|uberweise*|begleiche*|"
        "bezahle*|ueberweise*|veranlasse*|uberweist|zahlt|bezahlt|regele*|transferiere*|"
        "erledige*|schicke* das geld|weise* an|weisen|gleiche*); (zahle|uberweise|"
        "begleiche|bezahle|ueberweise|veranlasse)n? (wir|ich); {money} (erfolgt|geht|kommt|"
        "folgt|lauft|eingeplant|terminiert|vorgesehen|veranlasst|steht|ist|wird); (geht|"
        "gehen) ~ (raus|ein|heraus|weg|an sie|auf die reise|uber die bank); (zahllauf|"
        "zahlungslauf|zahlungstermin|wertstellung|zahltag); (erhalten|bekommen|haben) sie "
        "(das|ihr|den|die|es|unser)~(geld|zahlung|betrag|rechnung|uberweisung|am|bis); sie "
        "(erhalten|bekommen|haben) (das|ihr|den|die|es)~(geld|zahlung|betrag|uberweisung); "
        r"^\W*(zahlung|uberweisung|anweisung|begleichung|ausgleich|zahle|uberweise|bezahle|"
        r"wird)\b ~~(am|bis|zum|kommt|morgen|heute|nachst|freitag|ende|erfolgt|montag|"
        "dienstag|mittwoch|donnerstag|in|folgt|bald|demnachst|asap); (sage|sagen|"
        "verspreche*|garantiere*|bestatige*|zusichern|sichere*) ~ (zahlung|zu|dass|"
        "uberweisung|ausgleich); (planen|plane|hoffe*|versuch*|rechne*n? damit|bemuhe*) "
        "~~{pay}; (konnen|kann|konnten) (wir|ich)? ?~{pay}; (konnen|kann) (wir|ich)~(am|"
        "bis|zum|erst)~{pay}; (zahlung|geld|uberweisung|betrag) (am|bis|zum|kommt|heute|"
        r"morgen|ende|nachste*|diese*|folgt|in \w+ tagen); nachsten (zahllauf|zahlungslauf|"
        r"lauf); ist (fur|auf) (den|die|nachst\w*|morgen|kommend\w*|\w+tag) ~(eingeplant|"
        "terminiert|vorgemerkt|vorgesehen|angesetzt|geplant); so ?bald wie moglich ~{pay}; "
        "rechnen sie mit~(zahlung|geld|eingang|betrag); mit zahlung~rechnen; in kurze "
        "~{pay}; wird (bald|demnachst|zeitnah|umgehend|kurzfristig|schnellstmoglich|am|bis|"
        r"zum|nachste\w*|morgen|heute|diese\w*)~"
    ),
    "promise-": (
        "nicht ~{pay}; {pay} ~ nicht; kein* (zahlung|uberweisung|geld|cent|euro); (will|"
        r"wollen|mochte*) (\w+ )?nicht"
    ),
    "already_paid": (
        "(bereits|schon|langst|gestern|heute|soeben|gerade|eben|inzwischen|mittlerweile|"
        r"vorgestern|letzte\w*|vor \w+ \w+|am \S+|ist|wurde*|sind|haben|habe|hat|alles|war|"
        r"waren|worden) (\S+ ){{0,8}}((be|ge|aus|ein|voraus)?zahlt|uberwiesen|ueberwiesen|"
        "beglichen|ausgeglichen|angewiesen|abgebucht|reguliert|transferiert|erledigt|"
        r"eingezogen|gezahlt|belastet)( worden)?; ^\W*(ist |alles |schon |bereits |wurde |"
        "langst )*(bezahlt|uberwiesen|beglichen|erledigt|gezahlt|ueberwiesen|angewiesen); "
        r"(geld|zahlung|uberweisung|betrag|scheck) (ist|wurde|ging|sind|hat) (\S+ "
        "){{0,5}}(raus|unterwegs|angewiesen|ausgefuhrt|veranlasst|abgebucht|abgegangen|"
        "erfolgt|ausgegangen|weg|raus|verlassen|heraus|geschickt|belastet|eingelost|"
        r"gesendet); (zahlung|uberweisung) (\S+ ){{0,4}}(erfolgt|ausgefuhrt|veranlasst|"
        r"getatigt) ~(ist|worden|bereits|gestern); (ging|gingen) (\S+ ){{0,6}}(raus|ab|ein|"
        r"an sie|heraus|per); (haben|habe) (\S+ ){{0,8}}(die zahlung|uberweisung|geld|den "
        "betrag) ~(veranlasst|geschickt|getatigt|ausgefuhrt|vorgenommen|angewiesen); "
        "zahlungsnachweis ~(anbei|anhang|beigefugt); laut (kontoauszug|unserer buchhaltung|"
        "unserem system)~(bezahlt|ausgeglichen|abgebucht|beglichen); (von unserem konto|"
        "unser konto) ~ (abgebucht|belastet|verlassen|runter); (sie haben|ihnen) ~ (das "
        r"geld|die zahlung|den betrag) (\w+ )?(erhalten|bekommen|gutgeschrieben)"
    ),
    "already_paid-": (
        r"(noch )?(nicht|nie|kein\w*) (\S+ ){{0,4}}(bezahlt|uberwiesen|beglichen|gezahlt|"
        "angewiesen|erhalten|ausgeglichen|geliefert|ausgefuhrt); (wird|werden|werde|soll|"
        r"sollte*|muss|kann|konnte) (\S+ ){{0,8}}(bezahlt|uberwiesen|beglichen|gezahlt|"
        "angewiesen|ausgeglichen|abgebucht|erledigt|eingezogen|ausgefuhrt|veranlasst); "
        "(sobald|wenn|bis|erst|falls|nachdem) ~ (bezahlt|uberwiesen|beglichen|angewiesen|"
        "gezahlt); (doppelt|zweimal|zu viel|zuviel) (bezahlt|uberwiesen|gezahlt); immer "
        "(punktlich )?(bezahlt|gezahlt)"
    ),
    "remittance_advice": (
        "zahlungsavis*; avis (anbei|im anhang|beigefugt|fur|zu); (anbei|beigefugt|anhang|"
        "hier|angehangt)~~(avis|zahlungsbeleg|uberweisungsbeleg|zahlungsnachweis|"
        "zahlungsbestatigung|uberweisungsbestatigung|kontoauszug); (zahlung|uberweisung|"
        "sammeluberweisung|betrag) ~(setzt sich zusammen|beinhaltet|umfasst|betrifft|"
        "enthalt|verteilt|fur die rechnungen|fur folgende); zahlung fur (rechnung*|"
        r"folgende|re)~\d~\d; bitte ~(verbuchen|zuordnen|buchen) (sie )?(die|unsere|"
        "wie)~(zahlung|folgt|uberweisung)?; aufstellung der (zahlung|bezahlten)"
    ),
    "remittance_advice-": "(kein|ohne|senden|schicken) ~ zahlungsavis (nach|folgt|sobald)",
    "out_of_office": (
        r"abwesen*; nicht im (buro|haus|hause); (im|in|bin im|bis) (\w+ )?(urlaub|"
        "elternzeit|mutterschutz|krankenstand); im urlaub; automatische (antwort|"
        r"ruckmeldung); (wieder|zuruck|ab dem \S+) (im (buro|haus|hause)|erreichbar|da|fur "
        r"sie da|zuruck|am platz); bin (\w+ )?(wieder )?(ab|bis|vom|ausser haus|auf reisen|"
        "unterwegs|krank|nicht im)~; kein(en)? zugriff auf (meine |mein )?(e-?mails?|"
        "postfach|mails); nicht (gelesen|bearbeitet|weitergeleitet); betriebsferien|"
        "betriebsurlaub|werksferien; vertritt mich|vertretung (ubernimmt|ist|durch|hat); "
        "dienstreise"
    ),
    "out_of_office-": (
        r"(chef|geschaftsfuhrer|kollege|kollegin|zeichnungsberechtigt\w*|leiter\w*|er|sie|"
        "der|die) ~ (urlaub|zuruck|krank)"
    ),
    "in_process": (
        "(in|zur) (bearbeitung|prufung|freigabe|klarung|genehmigung|unterschrift|kontrolle|"
        r"abstimmung|umlauf); (wird|werden) (\S+ ){{0,5}}(gepruft|bearbeitet|geklart|"
        "freigegeben|weitergeleitet|genehmigt|abgestimmt|nachgefragt|kontrolliert|verbucht|"
        r"erfasst); (habe*|hat|wurde|ist|sind) (\S+ ){{0,8}}(weitergeleitet|weitergegeben|"
        "weitergereicht|ubergeben|abgegeben|eingereicht|freigegeben|erfasst|gebucht|"
        r"nachgefragt|verbucht|angefragt|vorgelegt); (leite*|gebe*|reiche*) (\S+ "
        "){{0,6}}(weiter|ab); (prufe*|klare*|kummer*|schaue*|frage*|recherchier*|"
        "uberprufe*|hake*) (wir |ich |das |es |intern |gerade |mich |uns |beim |noch |bei |"
        "nach|die |den |mal |ihr )~; (melde*|meldet|komme) (mich|uns|sich) ~; (warten|"
        r"warte) (\w+ )?(noch )?auf (\w+ )?(die |eine |den |unser\w* )?(freigabe|"
        "unterschrift|genehmigung|ruckmeldung|bestatigung|antwort|wareneingang|ok|"
        "zustimmung|budget|geschaftsleitung|chef|abteilung|leitung|projektleiter); "
        "freigabe (fehlt|steht|noch|durch|liegt|lauft|ausstehend|erforderlich); (liegt|"
        r"liegen|ist|hangt|befindet sich|steckt) (\S+ ){{0,4}}(bei|beim|auf dem tisch|im "
        r"system|in der|im workflow|zur) ~(buchhaltung|geschaftsfuhr\w*|abteilung|chef|"
        r"leitung|einkauf|freigabe|prufung|unterschrift|tisch|workflow|system|kolleg\w*|"
        "bearbeitung); systemumstellung; umstellung; personalmangel|unterbesetzt; gebe* "
        r"(ihnen |euch )?(\w+ )?bescheid; ruckmeldung (folgt|geben|erhalten|bis); in den "
        "workflow; geben sie (mir|uns)~(zeit|tage|moment)"
    ),
    "acknowledgement": (
        "(zur )?kenntnis genommen; verstanden; (vielen |besten |herzlichen )?dank (fur|,|"
        r"\W*$)~; danke (fur|,|\W*$|ihnen|schon)~; (ist |ok |okay |alles )?(notiert|"
        r"vermerkt|angekommen|eingegangen|erhalten|klar|gut)\W*$; (ok|okay|alles klar|in "
        r"ordnung|passt|gut|super|prima)\W*$; (leider )?(noch )?(keine|keinen) (neuigkeiten|"
        "neuen stand|zahlungstermin|termin|informationen|konkreten|genauen|auskunft|"
        "aussage)~; kann (ihnen |ich |dazu )*~ (noch )?(nichts|keine|keinen) ~ (sagen|"
        "nennen|mitteilen|angeben|zusagen); entschuldig*; tut (mir|uns) leid; (habe|haben) "
        "(ihre|die|den) ~ (erhalten|gelesen|bekommen)"
    ),
}

DE = (
    WORDS,
    together(
        PHRASES,
        de_asks.PHRASES,
        de_dangers.PHRASES,
        de_disputes.PHRASES,
        de_papers.PHRASES,
        de_plain.PHRASES,
        de_speech.PHRASES,
        de_weak.PHRASES,
    ),
)
