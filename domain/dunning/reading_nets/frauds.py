"""Known tricks and counsel who writes for the debtor, in the words each language has for them.

Secrecy and a chief in a meeting, a refund of too much money to another account, a program to
install before one may see a payment, details by a messenger: nobody who owes money needs those.
"""

from __future__ import annotations

_CHATS = "whatsapp|telegram|signal|wechat|viber"
_EN = {
    "suspicious_instruction": (
        "(this is|it's|i'm|i am) (the|your|our) (\\w+ )?(ceo|cfo|chief executive|president|"
        "managing director|finance director|chairman)~(meeting|call|confiden*|urgent*|quiet*|"
        "discre*|wire|transfer); (don't|do not|never) (tell|mention|discuss|share|inform|involve) ~"
        "(anyone|anybody|nobody|others|team|colleague*|finance|bank); (keep|stays?|strictly) "
        "(this |"
        "it )?(strictly )?(between us|quiet|secret|confidential|to yourself)~(wire|transfer|pay|"
        "send|account)?; (overpaid|paid too much|paid twice|paid double|extra zero)~~(refund|"
        "return|"
        f"send|wire|transfer|remit) ~~(other|another|different|sister|new|spanish|subsidiary|"
        f"{_CHATS}"
        f"|today|account of|third); (details|account|iban|number|code) ~(by|via|over|on) ({_CHATS}|"
        f"text message|sms)\\b; (contact|message|text|write|reach) (me|us) (on|by|via) ({_CHATS}); "
        "(disable|turn off|switch off|deactivate|pause) ~(antivirus|anti-virus|firewall|protection|"
        "defender|security); (download|install|run|launch|execute) ~(program|app|application|"
        "software|viewer|tool|file|exe|plugin|add-?on|setup); enable (macros|content|editing); "
        "(log ?in|sign in|verify|confirm|enter) ~(your )?(password|credentials|account|login) ~"
        "(link|here|below|to (view|see|release|receive)); (one-?time|verification|security|otp) "
        "(code|pin|password) ~(send|forward|reply|tell|give|share)?"
    ),
    "suspicious_instruction-": "(download|install) ~(your|the) invoice*",
    "bank_details_change": (
        "(different|new|another|other) (account name|payer|remitter|sender name|account holder)~; "
        "bank ~(is|are|was|has been|being|got) (\\w+ )?(merg*|taken over|acquired|migrat*|switch*|"
        "chang*)~; (come|coming|arrive|paid|sent) from (a |an )?(different|another|new|"
        "other) "
        "(account|bank|company|name|entity)~; (wrong|invalid|incorrect) (iban|account|bank)~~"
        "(your|right|correct)"
    ),
    "legal_threat": (
        "(this|our|my|the) (firm|office|chambers|practice) (represent*|acts?|is instructed|has "
        "been "
        "(instructed|retained))~; (i|we) (act|am acting|are acting|am instructed|are instructed|"
        "have "
        "been (instructed|retained)) (for|by|on behalf)~; (i|we) represent (?!the (account|finance|"
        "ap|team|purchas)|our)\\w+~; "
        "(on behalf of|for) (my|our) client*~(dispute*|claim|contest*|communicat*|invoice|debt); "
        "(correspondence|communications?|letters?) ~(to|through|with) (my|our|the) (office|firm|"
        "chambers|undersigned|practice)"
    ),
}
_DE = {
    "suspicious_instruction": (
        "(hier (ist|spricht|schreibt)|ich bin) (der|die|ihr|euer) (\\w+ )?(geschaftsfuhrer*|chef*|"
        "vorstand*|finanzvorstand|cfo|ceo|direktor*)~; (vertraulich|geheim|diskret|diskretion) ~"
        "(behandeln|behandelt|bleiben|halten|sitzung|termin|transaktion); (mit niemandem|niemandem|"
        "keinem|keiner) ~(sprechen|sagen|erzahlen|reden|informieren); (zu viel|zuviel|doppelt|"
        "versehentlich|irrtumlich) (\\S+ )?(uberwiesen|gezahlt|bezahlt)~~(anderes|andere|neues|"
        f"tochter*|schwester*|auslandisch*|folgen|{_CHATS}|fremd*); (per|uber|auf) ({_CHATS}|"
        f"sms)\\b;"
        " (virenscanner|antivirus*|virenschutz|firewall|schutz) ~(deaktiv*|ausschalt*|abschalt*|"
        "aus); (makros|inhalte) (aktivieren|zulassen|freigeben); (programm|software|tool|app|datei|"
        "anwendung|viewer) ~(herunterladen|installieren|ausfuhren|starten|laden); (passwort|"
        "zugangsdaten|kennwort|tan|code) ~(eingeben|bestatigen|senden|mitteilen|schicken)"
    ),
    "legal_threat": (
        "(im|in|namens|unter) (namen|auftrag|vollmacht)? ?(und in vollmacht |und )?(unserer|meiner|"
        "unseres|meines) (mandant\\w+)~; (anzeige der|zeigen|zeige ich)~(vertretung|vertrete)~; "
        "(korrespondenz|schriftverkehr|mitteilungen|schreiben) ~(an|uber) (unsere|meine|die) "
        "(kanzlei|praxis)"
    ),
}
_FR = {
    "suspicious_instruction": (
        "(c'est|ici|je suis) (le|la|votre) (\\w+ )?(directeur|directrice|dirigeant|president*|pdg|"
        "daf|patron*)~~(reunion|confiden*|urgen*|discre*|virement|reglez|payez); reunion "
        "confidentielle; (n'en|ne) (parl*|dites|diffus*) ~(personne|a quiconque|rien); (garde*|"
        "rest*|tene*) ~(secret|entre nous|confidentiel*|pour vous); (trop|double|par erreur) (paye|"
        "vers|vire|regle)\\w*~~(filiale|autre compte|nouveau compte|aujourd'hui|" + _CHATS + "); "
        f"(par|via|sur) ({_CHATS}|sms)\\b; (desactiv*|coupe*|arrete*) ~(antivirus|pare-feu|"
        "protection); (telecharge*|install*|execut*|lance*) ~(programme|logiciel|application|"
        "fichier|"
        "outil|module); activ* ~(macros|contenu); (saisi*|confirm*|entre*|envoy*|communiqu*) ~(mot "
        "de passe|identifiants|code (de )?(securite|verification|sms))"
    ),
    "suspicious_instruction-": "telecharge* ~facture*",
    "legal_threat": (
        "(en ma qualite|agissant|es qualite) ~(conseil|avocat|mandataire|compte de)~; (je|nous) "
        "(represent*|defend*|assist*) ~(societe|client*|interets); (au nom|pour le compte) (et "
        "pour "
        "le compte )?de (mon|ma|notre|mes) client*~; (correspondance*|courrier*|echange*|"
        "communication*) ~(a|au|avec|par) (mon|notre|ce) (cabinet|etude)"
    ),
}
_ES = {
    "suspicious_instruction": (
        "(soy|le habla|le escribe|aqui) (el|la|su) (\\w+ )?(director*|gerente|presidente*|ceo|cfo|"
        "jefe|jefa)~~(reunion|confiden*|urgen*|discre*|transfer*|pague*); (no|nunca) (lo |se lo |"
        "le |"
        "les )?(coment*|digas?|diga|cuente*|hable*|inform*) ~(nadie|ninguno|equipo|otros); (entre "
        "nosotros|en secreto|con discrecion|confidencialmente|maxima discrecion)~; (de mas|doble|"
        "dos veces|por error) ~~(devuelv*|reintegr*|reembols*|transfier*|retorn*) ~~(otra|filial|"
        f"nueva|tercero|hermana|distinta|{_CHATS}|hoy); (por|via|al) ({_CHATS}|sms)\\b; (desactiv*|"
        "apag*|deshabilit*) ~(antivirus|firewall|cortafuegos|proteccion|seguridad); (descarg*|"
        "instal*|ejecut*|abra) ~(programa|aplicacion|software|archivo exe|visor|herramienta|"
        "complemento); (habilit*|activ*) ~(macros|contenido); (contrasena|clave|credenciales|"
        "codigo "
        "(de )?(seguridad|verificacion|sms)) ~(introduzc*|ingres*|envi*|confirm*|mand*)?"
    ),
    "legal_threat": (
        "(en nombre|en representacion|por cuenta) (y representacion )?de (mi|nuestr\\w|mis) "
        "(client*|representad*|mandante|defendid*)~; (mi|nuestra) (representada|mandante|"
        "defendida)~;"
        " (comunicacion*|correspondencia|notificacion*|escritos) ~(a|con|en) (este|mi|nuestro|el) "
        "(despacho|bufete|estudio)"
    ),
}
_PT = {
    "suspicious_instruction": (
        "(aqui e|sou|quem fala e|fala) (o|a|seu) (\\w+ )?(diretor*|director*|presidente|ceo|cfo|"
        "chefe|dono)~~(reuniao|confiden*|urgen*|sigil*|transfer*|pague*|pix); (nao|nunca) (coment*|"
        "cont[ae]\\w*|diga*|fal[ae]\\w*|inform*) ~(ninguem|nenhum|outros|equipe); (sigilo|segredo|"
        "entre nos|confidencialmente)~; (a mais|em dobro|duas vezes|por engano) ~~(devolv*|estorn*|"
        f"reembols*|transfir*|transfer*) ~~(outra|filial|nova|terceir*|irma|diferente|{_CHATS}|"
        f"hoje);"
        f" (por|pelo|via|no) ({_CHATS}|sms)\\b; (desativ*|desactiv*|desligu*|desabilit*) ~("
        "antivirus|firewall|protecao|seguranca); (baix[ae]\\w*|descarreg*|instal*|execut*|"
        "transfira) "
        "~(programa|aplicativo|aplicacao|software|arquivo exe|visualizador|ferramenta|modulo); "
        "(habilit*|ativ*) ~(macros|conteudo); (senha|palavra-passe|credenciais|codigo (de )?("
        "seguranca|verificacao|sms)) ~(digit*|envi*|confirm*|inform*|introduz*)?"
    ),
    "suspicious_instruction-": "(baix[ae]\\w*|descarreg*) ~(boleto|fatura|nota)",
    "legal_threat": (
        "(em nome|em representacao|por conta) (e representacao )?d[aeo]s? (minh\\w|noss\\w|meu|"
        "meus) "
        "(client*|constituinte*|representad*|mandante)~; (minha|nossa) (constituinte|"
        "representada)~;"
        " (comunicac*|correspondencia|notificac*|contatos) ~(a|ao|com|para) (este|o|meu|nosso) "
        "(escritorio|gabinete)"
    ),
}
_IT = {
    "insolvency_notice-": (
        "(come|quanto|gia|cosi|avevamo|abbiamo|era|e stato) concordato; concordato "
        "(con|insieme|telefonicamente|ieri|oggi|stamattina|al telefono|per telefono|il)"
    ),
    "suspicious_instruction": (
        "(sono|qui e|le scrive|parla) (il|la|l'|suo|vostro)? ?(\\w+ )?(direttore|direttrice|"
        "amministratore|presidente|titolare|ceo|cfo|capo)~~(riunione|riserv*|urgen*|discrezione|"
        "bonifico|pagate|paghi); (non|mai) (ne )?(parl*|dica|dite|dire|inform*|raccont*) ~(nessuno|"
        "alcuno|altri|colleghi); (tra noi|in segreto|massima (riservatezza|discrezione))~; (in piu|"
        "doppio|due volte|per errore) ~~(restitu*|rimbors*|storn*|bonific*|rimand*) ~~(altro conto|"
        f"filiale|nuovo|terz*|consociata|controllata|diverso|{_CHATS}|oggi); (via|per|su|tramite) "
        f"({_CHATS}|sms)\\b; (disattiv*|spegn*|disabilit*) ~(antivirus|firewall|protezione); ("
        "scaric*|install*|esegu*|avvi*) ~(programma|software|applicazione|file exe|visualizzatore|"
        "strumento|componente); (abilit*|attiv*) ~(macro|contenuto); (password|credenziali|codice "
        "(di )?(sicurezza|verifica|sms|otp)) ~(inser*|invi*|conferm*|comunic*)?"
    ),
    "legal_threat": (
        "(in|a) nome e per conto (di|della|del|dell')~; (per conto|nell'interesse) (di|della|del) "
        "(mia|mio|nostr\\w|mie|miei)? ?(assistit*|client*|rappresentat*)~; (comunicazion*|"
        "corrispondenza|richiest*) ~(al|presso|con|allo) (mio|nostro|questo|lo|scrivente)? "
        "?(studio|"
        "scrivente)~"
    ),
}
_NL = {
    "suspicious_instruction": (
        "(dit is|hier|ik ben|u spreekt met) (de|uw|jullie) (\\w+ )?(directeur|directrice|ceo|cfo|"
        "baas|bestuurder|voorzitter)~~(vergadering|vertrouwelijk|dringend|spoed|discre*|overma*|"
        "betaal); (niemand|met niemand|niet) ~(vertel*|bespre*|zeg*|delen) ~(niemand|anderen|"
        "collega*)?~geheim*; (vertel|zeg|bespreek) ~(niemand|niet aan|met niemand); (onder ons|"
        "geheim|strikt vertrouwelijk)~; (te veel|teveel|per ongeluk|dubbel|abusievelijk) ~(betaald|"
        "overgemaakt|gestort)~~(terug*|retour|boek|stort|maak) ~~(rekening van|andere|dochter|"
        "zuster*"
        f"|nieuw*|buitenland*|spaanse|derde|{_CHATS}); (via|per|over) ({_CHATS}|sms)\\b; (schakel|"
        "zet) ~(virusscanner|antivirus|firewall|beveiliging) ~uit*; (virusscanner|antivirus|"
        "firewall|"
        "beveiliging) ~uit(schakelen|zetten|geschakeld)?; (download|installeer|installeren|start|"
        "open) ~(programma|software|app|tool|viewer|exe|bestand); (macro's|inhoud) (inschakelen|"
        "toestaan|activeren); (wachtwoord|inloggegevens|code) ~(invoeren|bevestigen|sturen|"
        "doorgeven|"
        "invullen)"
    ),
    "suspicious_instruction-": "(download|open) ~factuur",
    "legal_threat": (
        "(namens|voor) (mijn|onze|haar|zijn)? ?client*~; (clienten?|cliente) ~(betwist*|ontken*|"
        "verzet); (ik|wij|ons kantoor) (behartig*|vertegenwoordig*|treed* op|tred* op)~; ("
        "correspondentie|berichten|communicatie) ~(aan|via|met) (mijn|ons|dit) kantoor"
    ),
}
_JA = {
    "suspicious_instruction": (
        "(社長|代表|役員|CFO|CEO|cfo|ceo|部長)(です|だ|の).{0,40}(内密|極秘|至急|会議中|誰にも)|"
        "誰にも"
        "(言わ|話さ|知らせ)|内密に|極秘|(過払|払い過ぎ|多く(支払|振り込|振込)|"
        "二重に).{0,40}(別の|他の|"
        "子会社|関連会社|海外).{0,8}口座|(LINE|WhatsApp|ワッツアップ|line|whatsapp|telegram)"
        "(で|にて|より|経由)|(ウイルス対策|ウィルス対策|アンチウイルス|セキュリティ).{0,12}(無効|"
        "停止|オフ|"
        "解除)|(プログラム|ソフト|アプリ|ツール).{0,16}(ダウンロード|インストール|実行)|"
        "マクロを?(有効|許可)|"
        "(パスワード|暗証番号|認証コード|ログイン情報).{0,12}(入力|送|教え|ご連絡)"
    ),
    "legal_threat": (
        "当職|代理人(と|として|弁護士)|受任(いた|し|通知)|依頼者.{0,12}(代理|直接)|"
        "貴社.{0,8}請求.{0,8}争"
    ),
}
PHRASES = {
    "en": _EN,
    "de": _DE,
    "fr": _FR,
    "es": _ES,
    "pt": _PT,
    "it": _IT,
    "nl": _NL,
    "ja": _JA,
}
