"""Words no reminder may use by itself, in Portuguese, Italian, Dutch and Japanese."""

from __future__ import annotations

CONCESSION = (
    # Portuguese
    r"(?:\bdescontos?\b|\babatiment|\bperdoa|\bperdão|\bisen(?:ç|ta)|\bbonifica|\bparcel(?:a|am|"
    r"ad)|"
    r"\bprestaç|\bplano de pagamento|\bmetade\b|\breduç|\breduzi|\badia(?:r|mento|mos|do)\b|"
    r"\bprorrog|\banula(?:r|mos|ção|remos)|\bcancela(?:r|mos|mento|remos)? (?:a |da )?"
    r"(?:fatura|dívida)|\breembols|\bgrátis|\bgratuit|\bcreditar(?:emos|mos|íamos)?\b|"
    r"\bacordo extrajudicial|\bdeduz|\bdeduç|\bmais (?:prazo|tempo)|\bprazo adicional|"
    r"\bnão (?:precisa|tem|têm) de pagar|\bem (?:duas|três|quatro|cinco|seis|várias) (?:vezes|"
    r"partes)|\bdívida fica (?:saldada|liquidada)|\babdica|\brenuncia"
    # Italian
    r"|\bscont[oi]\b|\bribass|\babbuon|\bcondon|\brinunci|\besent|\besoner|\brate\b|\brateizz|"
    r"\brateal|\bdilazion|\bpiano di (?:pagamento|rientro)|\bmetà\b|\briduzion|\bridurre|"
    r"\briduciamo|\bproroga|\bposticip|\bdifferi(?:re|amo|mento)|\bannull(?:are|iamo|ament|eremo)|"
    r"\bstorn(?:are|o\b|iamo|eremo)|\brimbors|\bgratis\b|\bgratuit|\btransattiv|\bstralcio|"
    r"\bdedurre|\bdeduzion|\bdetra(?:rre|zion)|\baccredit(?:eremo|iamo|are)|"
    r"\bin (?:due|tre|quattro|cinque|sei|più) (?:volte|parti|tranche)|\bpiù tempo|"
    r"\bnon (?:dovete|deve|occorre|serve) pagare|\bchiud\w+ un occhio"
    # Dutch
    r"|\bkorting|\bkwijtschel|\bkwijtgescholden|\bafbetal|\bbetalingsregeling|\btermijnen\b|"
    r"\btermijnbetaling|\bdeelbetaling|\bhelft\b|\bverlag(?:en|ing)|\bverminder|\buitstel|"
    r"\bcoulance|\bkosteloos|\bgecrediteerd|\bcrediteren\b|\bcrediteer\b|\bterugbetal|\brestitu|"
    r"\bannuler|\bgeannuleerd|\bschikking|\bafboek|\bafschrijven|\baftrek|\bverleng|\bmeer tijd|"
    r"\bhoe(?:ft|ven) (?:\w+ ){0,4}niet te betalen|\bhoe(?:ft|ven) (?:\w+ ){0,4}niets te betalen|"
    r"\bniet hoeft te betalen|\bin (?:twee|drie|vier|vijf|zes|"
    r"meerdere) (?:delen|keer|betalingen)|\btegemoet ?(?:kom|te)|\bzien (?:\w+ )?door de vingers)"
    # Japanese
    r"|割引|値引|減額|免除|放棄|分割|半額|半分|猶予|延期|延長|帳消し|返金|無料|無償|取り消|取消|"
    r"キャンセル|和解|相殺|控除|ディスカウント|返済計画|支払計画|支払う必要|お支払いただかなくて|"
    r"お支払(?:いは|は)?不要|見送ります|リスケ|おまけ|サービスいたし"
)
THREAT = (
    # Portuguese
    r"(?:\bjudicia|\bjurídic|\btribuna(?:l|is)|\badvogad|\bmedidas legais|\bações legais|"
    r"\bação legal|\bvia legal|\bcobrança (?:judicial|coerciva|extern)|"
    r"\b(?:empresa|agência) de cobrança|\bpenhor|\bjuros\b|\bmora\b|\bmultas?\b|\bpenaliz|"
    r"\bpenalidad|\bsuspen|\bcort(?:ar|e de|aremos)|\bcartório|\bserasa|\bspc\b|\binsolv|"
    r"\bfal[êe]ncia|\bpol[íi]cia|\bqueixa\b|\bdenúncia|\búltimo aviso|\bextrajudicial|"
    r"\bconsequências|\bnegativ(?:ar|ação)|\binterromp|\bbloque(?!i?a? ?[?.,]| (?:le|ce|la|cette|"
    r"votre|vos|son|el|este|su|o|esse|seu)"
    r" (?:paiement|règlement|virement|validation|facture|pago|factura|pagamento|fatura)|i?a (?:el|"
    r"este|"
    r"su|o|esse|seu|a|la) (?:pago|factura|pagamento|fatura))|\bpagamento antecipado|"
    r"\brescis|\brescindi"
    # Italian
    r"|\blegal[ei]\b|\bgiudizi(?:ar|al)|\btribunal|\bavvocat|\bingiun|\bpignor|"
    r"\brecupero (?:del )?credit|\bsocietà di recupero|\bmessa in mora|\bcostituzione in mora|"
    r"\binteressi\b|\bmora\b|\bpenal[ei]\b|\bsanzion|\bsospen|\bsospend|\binterromp|\brevoc|"
    r"\bblocc(?:o|are|heremo|hiamo|at\w)\b|\bultimo (?:avviso|sollecito)|\bdiffid|"
    r"\bcentrale (?:dei )?rischi|\bcrif\b|\bprotest(?:o|are)\b|\bfalliment|\binsolven|\bpolizia|"
    r"\bdenunci|\bquerela|\bconseguenz|\bpagamento anticipato|\brisoluzione (?:del )?contratto"
    # Dutch
    r"|\bjuridisch|\bgerechtelijk|\brechtbank|\brechter\b|\brechtszaak|\badvoca|\bdeurwaarder|"
    r"\bincasso|\bdagvaard|\bbeslag\b|\bfaillis|\bin ?gebreke|\bverzuim\b|\brente\b|\bboete|"
    r"\bsanctie|\baanmaningskosten|\bopschort|\bopgeschort|\bstop(?:ge)?zet|"
    r"\bstop(?:pen)? (?:met )?(?:\w+ )?(?:lever|dienst)|\bafsluit|\bafgesloten|\bblokke|"
    r"\bgeblokkeerd|\bontbind|\bopzegg|\blaatste (?:waarschuwing|aanmaning|kans)|\bpolitie|"
    r"\baangifte|\bbkr\b|\bgevolgen\b|\bconsequentie|\brechtsmaatregel|\bmaatregelen\b|"
    r"\bvooruitbetal)"
    # Japanese
    r"|法的|訴訟|裁判|弁護士|提訴|告訴|差押|差し押さえ|強制執行|督促状|内容証明|債権回収|"
    r"回収会社|回収業者|損害金|延滞金|遅延利息|利息|損害賠償|違約金|罰金|罰則|信用情報|"
    r"ブラックリスト|取引停止|(?:停止|解除|解約)(?:いたし|させ|し)|出荷を止|供給を止|破産|倒産|"
    r"警察|最終通告|最後通告|最終警告|最後の警告|措置|しかるべき|然るべき|制裁|前払い(?:のみ|"
    r"とさせ)|与信"
)
BANK_CHANGE = (
    # Portuguese
    r"(?:\b(?:nov[ao]s?|alterad[ao]s?|alterámos|alteramos|mudou|mudámos|mudamos|mudança|outr[ao])\b"
    r".{0,40}\b(?:banco|bancári[ao]s?|conta\b|iban|nib|pix)|\b(?:conta|banco|dados bancários)\b"
    r".{0,40}\b(?:mud(?:ou|ança)|nov[ao]|alterad|atualizad)|\bpix\b|\bnib\b|"
    r"\bnúmero d[ae] conta|\bconta seguinte|\bseguinte conta|\ba partir de agora\b.{0,60}\bconta|"
    r"\bdados bancários"
    # Italian
    r"|\b(?:nuov[aoei]|cambi(?:o|ato|ata|ati)|modificat[aoie]|altr[ao]|aggiornat[aoei])\b.{0,40}"
    r"\b(?:banc(?:a|ari\w*)|conto (?:corrente|bancario)|coordinate)|\b(?:banca|conto|coordinate)\b"
    r".{0,40}\b(?:cambiat|nuov[aoei]|modificat|aggiornat)|\bconto seguente|\bseguente conto|"
    r"\bnumero di conto|\bd'ora in (?:poi|avanti)\b.{0,60}\bconto|\bcoordinate bancarie"
    # Dutch
    r"|\b(?:nieuwe?|gewijzigde?|veranderde?|andere?|aangepaste?|bijgewerkte?)\b.{0,40}"
    r"\b(?:bank\w*|rekening(?:nummer)?\b|begunstigde)|\b(?:bank\w*|rekeningnummer|rekening)\b"
    r".{0,40}\b(?:gewijzigd|veranderd|nieuw|aangepast|overgestapt)|\brekeningnummer|"
    r"\b(?:volgende|onderstaande) rekening\b|\brekening hieronder|"
    r"\b(?:voortaan|vanaf nu)\b.{0,60}\brekening\b|\bbankgegevens)"
    # Japanese
    r"|振込先|送金先|口座(?:が|を|の)?(?:変更|変わ|番号)|新しい(?:口座|銀行)|新口座|"
    r"銀行(?:が|を|の)?変更|別の口座|(?:下記|以下|次)の?口座|今後は.{0,30}口座|仮想通貨|ペイパル|"
    r"ギフトカード|商品券"
)
PERCENT = r"\bpor cento\b|\bper cento\b|\bprocent\b|パーセント|割引"
ELSEWHERE = (
    r"\bsenha\b|\bpalavra-passe|\bwachtwoord|\bparola d'ordine|パスワード|暗証番号|QRコード|"
    r"\bligue-me|\bmi chiami\b|\bbel (?:me|mij)\b"
)
RECEIVED = (
    r"\b(?:recebemos|recebido) (?:o |a |já )?(?:seu |sua |vosso )?(?:pagamento|valor|transfer)|"
    r"\babbiamo (?:già )?ricevuto|\bci è pervenut|\b(?:hebben|is|ontvingen) [^.\n]{0,40}"
    r"(?:betaling|bedrag)[^.\n]{0,40}(?:ontvangen|binnen)|\bbedankt voor (?:uw|de) betaling|"
    r"\bobrigado pelo (?:seu |vosso )?pagamento|\bgrazie per il (?:vostro )?pagamento|"
    r"(?:ご?入金|お?支払い?|お?振込)[をがはの]?(?:確認(?:いた|でき)|受領|拝受|いただき(?:、|まし))"
)
SETTLED = (
    r"\b(?:está|estão|foi|foram|fica|ficou|ficam) (?:\w+ ){0,3}(?:pag[ao]s?\b|quitad|liquidad|"
    r"saldad)|"
    r"\b(?:è|sono|risultano?|resta) (?:\w+ ){0,3}(?:pagat|saldat)|"
    r"\b(?:is|zijn) [^.\n]{0,30}(?:betaald|voldaan|afgelost)\b|"
    r"(?:支払済|決済済|完済|入金済)(?!みと)"
)
SAID = (
    r"\b(?:você|o senhor|a senhora|nos) (?:disse|informou|garantiu)|\b(?:aveva|avete|ha|hai|avevi) "
    r"(?:promesso|indicato|garantito|confermato|detto|assicurato|scritto)|\b(?:u|je|jij|"
    r"jullie) (?:zei|"
    r"zeiden|schreef)|\b(?:zei|zeiden|schreef) (?:u|je|jij|jullie)\b"
)
PROMISED = (
    r"\bprometeu|\bcomprometeu|\b(?:como|conforme) (?:combin|acord|prometid)|\bsua promessa|"
    r"\bindicou-nos que pag|\bavevate (?:promesso|indicato|garantito)|\bci avevate|\bsua promessa|"
    r"\bcome (?:concordat|convenut|promess)|\bvostra promessa|"
    r"\b(?:u|je|jij|jullie) (?:had|hebt|heb|heeft|hebben|liet|zegde|beloofde|"
    r"zei) [^.\n]{0,40}(?:toegezegd|"
    r"beloofd|weten dat (?:u|je|jullie)|toe\b)|\b(?:zegde|zei|beloofde|zeiden|beloofden) (?:u|je|"
    r"jij|"
    r"jullie)\b[^.\n]{0,12}\btoe\b|\b(?:u|je|jij|jullie) beloofden?\b|\bbeloofden? (?:u|je|jij|"
    r"jullie)\b|"
    r"\bzoals (?:afgesproken|beloofd|overeengekomen|besproken)|\buw (?:belofte|toezegging)|"
    r"お約束|約束(?:いただ|して)|支払[^。\n]{0,40}(?:とおっしゃ|と仰)|と(?:伺って|聞いて|承って)おり"
)
NOT_SO = (
    r"\bnão\b|\bainda\b|\bnem\b|\bquando\b|\baté\b|\bsem\b|\bnon\b|\bancora\b|\bse\b|\bsenza\b|"
    r"\bné\b|\bniet\b|\bnog\b|\bgeen\b|\bals\b|\bzodra\b|\btot\b|\bzonder\b|"
    r"ません|おらず|ない|場合|次第|まだ"
)
