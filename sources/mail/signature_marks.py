"""Words that end a mail, by language: courtesies, devices, disclaimers."""

from __future__ import annotations

import re

DEVICE = re.compile(
    r"(?:sent via .{1,40}|(?:sent|typed) (?:from|with|using) (?:my |a |the |samsung|outlook|mail|"
    r"yahoo|proton|typeapp)[^.!?]{0,60}|get outlook for (?:ios|android|mac).{0,80}|"
    r"gesendet (?:von|mit|aus) .{0,60}|"
    r"von meine[mr] .{1,40} gesendet|envoyé (?:de|depuis|à partir) .{0,60}|"
    r"enviado (?:desde|do|da|a partir|pelo) .{0,60}|inviato (?:da|dal|con).{0,60}|"
    r"verstuurd (?:vanaf|met|via) .{0,60}|verzonden (?:vanaf|met|via) .{0,60}|"
    r"obtener outlook para .{0,60}|obter o outlook para .{0,60}|outlook für .{0,20} beziehen|"
    r"télécharger outlook pour .{0,60}|provenance ?: courrier pour .{0,20}|"
    r".{0,20}(?:iphone|ipad|android)から送信)\s?(?:<[^<>]{0,200}>)?",
    re.IGNORECASE,
)
SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:best|kind|warm|many)(?: ?est)? (?:regards|wishes|thanks)|(?:warmest|kindest) "
    r"regards|regards|rgds|best|cheers|thx|thanks(?: again| so much| a lot| in advance)?|thank you"
    r"(?: very much| in advance)?|many thanks|thanks (?:and|&) regards|respectfully(?: yours)?|"
    r"(?:very )?(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?|all the best|talk soon|yours|"
    r"take care|thanking you(?: in anticipation)?|br|kr|x?o?xo(?:xo)?|hugs|(?:lots of )?love|tks|"
    r"have a (?:great|good|nice|lovely) (?:day|weekend|evening|one|week)|speak soon|"
    r"with (?:kind |best |warm )?(?:regards|wishes|thanks)|ever yours|your (?:humble|obedient) \w+|"
    r"mit (?:freundlichen|freundlichem|besten|herzlichen|lieben) gr(?:ü|ue)(?:ß|ss)en?|"
    r"(?:(?:freundliche|beste|viele|liebe|schöne|herzliche) )?gr(?:ü|ue)(?:ß|ss)e(?: aus .{1,30})?|"
    r"hochachtungsvoll|m\.?f\.?g\.?|vg|lg|bg|mbg|i\.? ?a\.|mit (?:vorzüglicher )?hochachtung|"
    r"(?:einen )?schönen (?:tag|abend|feierabend)(?: noch)?|schönes wochenende|servus|ciao|"
    r"gru(?:ß|ss)(?: zurück)?|(?:liebe )?grüsse zurück|danke(?: und gruß)?|vielen dank|"
    r"(?:très |bien )?cordialement|(?:bien )?à (?:vous|toi)|cdlt|cdt|amicalement|sincèrement|"
    r"(?:votre|vos) (?:bien |tout )?dévouée?s?|bonne (?:fin de )?(?:semaine|soirée)|bon week-end|"
    r"(?:bonne|belle|excellente) (?:journée|réception|fin de journée)|belle soirée|"
    r"merci(?: d'avance)?|"
    r"(?:sincères |meilleures )?salutations(?: distinguées)?|"
    r"(?:un (?:cordial |fuerte )?)?(?:saludos?|abrazo)(?: cordial(?:es)?)?|"
    r"(?:que tengan? )?(?:un )?buen(?:a)? (?:día|tarde|fin de semana)|slds\.?|sds\.?|"
    r"(?:reciba un )?cordial(?:es)? saludos?|(?:muy )?atentamente|atte|"
    r"(?:muchas )?gracias(?: y (?:un )?(?:cordial )?saludos?)?|saludos? y (?:muchas )?gracias|"
    r"(?:以上、?)?(?:何卒|どうぞ)?、?(?:宜しく|よろしく)(?:御願い|お願い)(?:いた|致|申し上げ|申しあげ)?し?ます。?|"
    r"敬具|草々|以上。?|"
    r"(?:uma )?(?:boa|ótima) (?:tarde|semana)|bom fim de semana|abs\.?|cumps\.?|att\.te|"
    r"atenciosamente|(?:com os )?(?:melhores |meus )?cumprimentos|att|abraços?|cordialmente|"
    r"(?:muito )?obrigad[oa](?: e .{1,24})?|grat[oa]|"
    r"buona (?:serata|settimana)|cordialità|un saluto|"
    r"(?:cordiali|distinti|i migliori|un cordiale) salut[io]|saluti|(?:molte )?grazie(?: mille)?|"
    r"buon(?:a giornata| lavoro)|"
    r"(?:(?:dans l'attente .{1,60}, )?(?:(?:je|nous) vous (?:prie|prions) |veuillez |recevez|"
    r"croyez)).{0,60}(?:salutations|sentiments|considération|respects)\b.{0,30}|"
    r"sin otro particular,? .{0,40}(?:saludos?|atentamente)(?: cordial\w*)?|"
    r"(?:voglia|vogliate) (?:gradire|ricevere) .{0,40}saluti|(?:porgo|porgiamo) .{0,30}saluti|"
    r"(?:med )?(?:vennlig|venlig) hilsen|hilsen|mvh|(?:med )?(?:vänlig(?:a)? )?hälsning(?:ar)?|"
    r"(?:ystävällisin|parhain) terveisin|pozdrawiam|z poważaniem|s pozdravem|üdvözlettel|"
    r"(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?|m\.?v\.?g|hoogachtend|"
    r"fijne (?:dag|avond)(?: nog)?|fijn weekend|mvrgr|gr\.?|hgr|"
    r"alvast bedankt|bedankt|dank u(?: wel)?)",
    re.IGNORECASE,
)
DISCLAIMER = re.compile(
    r"\bconfidential|\bintended (?:recipient|only|solely|for)|\b(?:before|prior to) (?:you )?print|"
    r"\bprinting this|\bconsider the environment|\bregistered (?:in england|office)|"
    r"\bcompany (?:no|number|reg)\b|\bvertraulich|\bgeschäftsführ|\bhandelsregister|"
    r"\bamtsgericht .{0,40}\bhrb|\bconfidentiel|\bà l'attention exclusive|\bavant d'imprimer|"
    r"\bconfidencia[il]|\bantes de imprimir|\bprotección de datos\b.{0,80}\bdestinatario|"
    r"\bprivileged\b|\bunauthori[sz]ed (?:use|disclos|cop|access)|\briservat\w|"
    r"\bcontained in this (?:e-?mail|message)|\bcontenut[aei] in quest|\bcontenue?s? dans ce|"
    r"\bcontenid[oa]s? en est|\bcontid[oa]s? nest|\bprima di stampare|\bvertrouwelijk|"
    r"\buitsluitend bestemd|\bgeadresseerde|"
    r"\bfreedom of information|\bwithout personal liability|\bas agents? (?:of|for) the (?:company|"
    r"debtor)|\bauthori[sz]ed and regulated|\bregulated by the\b|\bvat (?:reg|no|number)\b|"
    r"\bregistered (?:charity|partnership|trade ?mark)|\btrading (?:as|name)\b|"
    r"\bust-?id|\bsteuernummer\b|\bsitz der gesellschaft|\bsiret\b|\bau capital de\b|"
    r"\bregistro mercantil|\bcapital social|\bcapitale sociale|\bp\.? ?iva\b.{0,40}\brea\b|\bkvk\b|"
    r"\bdit bericht is (?:automatisch|alleen)|"
    r"機密|心当たりのない|scanned (?:by|for) virus",
    re.IGNORECASE,
)
# A disclaimer that says whom the message is for may speak of paying and copying as well.
SURE_DISCLAIMER = re.compile(
    r"\W*(?:confidential\w*|disclaimer|(?:(?:important|legal|security|privacy|fraud|cyber)\w* )?"
    r"(?:notice|warning|alert)(?= ?[:!-])|this (?:e-?mail|message)|diese (?:e-?mail|nachricht)|"
    r"ce (?:message|courriel|mail)|este (?:mensaje|correo|e-?mail|mensagem)|questa (?:e-?mail)|"
    r"questo messaggio|deze e-?mail|dit bericht)\b.{0,400}(?:in error|intended|addressee|recipient|"
    r"irrtümlich|empfänger|destinataire|par erreur|destinatari|por error|por engano|per errore|"
    r"abusievelijk|geadresseerde|privileged|(?:never|not) (?:change|amend|alter)\w*\b.{0,30}\b"
    r"(?:bank|account|payment))",
    re.IGNORECASE | re.DOTALL,
)
# When and how a mailbox or an office can be reached: said below a name, about no matter.
HOURS = re.compile(
    r"(?:this|our) (?:inbox|mailbox|mail ?box|e-?mail address|address|account|phone|line)s? (?:is|"
    r"are) "
    r"(?:only |not |un)*(?:monitored|attended|checked|staffed|read|manned|open)\b.{0,120}|"
    r"(?:our |office |opening |working |business |my working )+(?:hours|times|days)(?: "
    r"are)?\b.{0,120}|"
    r"i (?:only )?work (?:part[- ]time|flexibly|mondays?|from).{0,120}|"
    r"(?:unsere )?(?:öffnungs|büro|geschäfts|sprech|arbeits)zeiten\b.{0,120}|"
    r"(?:nos )?horaires (?:d'ouverture|de bureau)\b.{0,120}|"
    r"(?:nuestro )?horario (?:de (?:atención|oficina)|comercial)\b.{0,120}|"
    r"horário (?:de (?:atendimento|funcionamento)|comercial)\b.{0,120}|"
    r"orari?o? (?:di (?:apertura|ufficio)|d'ufficio)\b.{0,120}|"
    r"(?:onze )?(?:openings|kantoor|werk)(?:tijden|uren|dagen)\b.{0,120}|"
    r"(?:営業|受付|業務)時間.{0,60}",
    re.IGNORECASE,
)
# A number of the writer's trade or registry: "Colegiada 00.000", "Ligne directe : 05 55 00 00".
LABELLED_NUMBER = re.compile(
    r"[A-ZÀ-Þ][^\W\d_]{1,14}(?: [^\W\d_.]{1,14}){0,2} ?(?:n[.º°]{1,2})?[:.#]? ?[+(]?\d[\d "
    r"./()-]{2,24}"
)
ASIAN_CARD = re.compile(
    r"[（(]株[)）]|株式会社|有限会社|合同会社|[部課室係店]|経理|総務|財務|弁護士|管財人|税理士|代表取締役|事務所|"
    r"担当|財団|法人|グループ|主任|課長|部長|工房|商店"
)
MATTER_WORDS = (
    r"invoices?|bill|pay|paid|payment|stop|dispute[ds]?|refund|credit|approved|attached|confirmed|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|today|rechnung|bezahlt|"
    r"zahlung|montag|dienstag|mittwoch|donnerstag|freitag|morgen|heute|facture|payée?|paiement|"
    r"lundi|mardi|mercredi|jeudi|vendredi|demain|factura|pagad[oa]|pago|lunes|martes|jueves|"
    r"viernes|mañana|fatura|pagamento|fattura|pagat[oa]|factuur|betaald|betaling|"
    r"quantity|price|short|deliver\w*|goods|order\w*|damaged|late|fee|tax|vat|shipment|pallets?|"
    r"pending|missing|ware|lieferung|menge|preis|mahnung|livraison|commande|prix|pedido|precio|"
    r"mercanc[íi]a|pre[çc]o|merce|consegna|prezzo|levering|prijs|"
    r"january|february|march|april|june|july|august|september|october|november|december"
)
_ANSWERS_TEXT = """
ok okay yes no noted done sure stop unsubscribe received understood agreed confirmed approved
cancelled canceled rejected declined refused never nothing none wrong duplicate please kindly
dear hello hi good will soon pending see thanks thank
maybe later whatever lol asap fine great perfect deal promise urgent
important attention we i not already
this that these it your our my all new next last check cheque wire bank call send need who what
why when where how remittance statement copy
ja nein erledigt verstanden stopp bitte abgelehnt falsch doppelt storniert hallo guten nicht kein
keine schon bereits wir ich siehe
oui non reçu noté annulé refusé bonjour déjà pas nous je voir sí si recibido hecho anulado
cancelado rechazado hola ya nosotros yo ver sim não nao recebido feito pago olá ola bom já nós
ricevuto fatto annullato buongiorno già noi io vedi nee ontvangen gedaan akkoord geannuleerd
goedendag beste al niet wij ik zie
"""
ANSWERS = frozenset(_ANSWERS_TEXT.split())
GREETING = re.compile(
    r"[^.!?\n]{0,40}[,:]|(?:hi|hello|dear|hallo|bonjour|hola|olá|ciao)\b.{0,30}", re.IGNORECASE
)
_SHARED_TEXT = """
ap ar accounts account accounting payable payables payments finance billing invoices invoice
office info admin mail post contact purchasing procurement treasury bookkeeping supplier suppliers
vendor vendors team hello kontakt buchhaltung rechnung rechnungen finanzen einkauf verwaltung
compta comptabilite facturation fournisseurs achats administracion pagos cuentas contabilidad
proveedores compras financeiro contas fiscal amministrazione contabilita fornitori
administratie facturen crediteuren financien inkoop keiri soumu
factures cxp cxc tesoreria tesouraria pagamentos kreditoren rechnungseingang ledger purchase
direction comptables reglements betalingen debiteuren ufficio
vendorsetup shipping receiving warehouse ict it support service pm projects operations audit legal
litigation claims juridico juridique legale recht direccion direccao direzione gerencia beschaffung
accueil reception empfang rezeption frontdesk clinic shop store sales orders studio praxis kanzlei
"""
SHARED = frozenset(_SHARED_TEXT.split())
# Mail houses and parts of domains: they name nobody who signs.
_MAILBOXES_TEXT = """
gmail googlemail outlook hotmail live msn yahoo aol icloud gmx web proton protonmail mail
orange free wanadoo laposte libero uol terra ziggo qq co com org net gov edu
"""
MAILBOXES = frozenset(_MAILBOXES_TEXT.split())
TEAM = re.compile(
    r"(?:(?:the|le|la|die|das|your|votre|ihr|el|o|a|il|het|de) )?(?:(?:accounts?|payables?|ap|"
    r"finance|accounting|billing|purchase|ledger|treasury|supplier|vendor) ){0,3}(?:team|"
    r"department|dept\.?|service|équipe|abteilung|buchhaltung|dpto\.?|departamento|equipo|setor|"
    r"equipe|ufficio|reparto|afdeling)(?: (?:de |des |di |del |da )?[^\W\d_]{4,20}){0,2}",
    re.IGNORECASE,
)
_UNITS = (
    r"desk|office|team|department|dept|operations|ops|accounts|accounting|bookkeeping|payables?|"
    r"finance|billing|legal|contracts|procurement|purchasing|treasury|board|counsel|reception|"
    r"management|secretariat|administration|admin|warehouse|branch|helpdesk|"
    r"support|helpdesk|registry|curator|liquidator|administrator|insolvenzverwalter(?:in)?|"
    r"kundenservice|assistance|liquidateur|mandataire(?: judiciaire)?|registro|soporte|suporte|"
    r"supporto|administrador(?:a)? (?:concursal|judicial)|curatore|commissario|bewindvoerder|"
    r"director|manager|controller|owner|partner|secretary|bookkeeper|accountant|clerk|trustee|"
    r"buchhaltung|rechnungswesen|einkauf|geschäftsleitung|geschäftsführung|verwaltung|sekretariat|"
    r"kreditoren(?:buchhaltung)?|rechtsabteilung|inhaber(?:in)?|"
    r"service (?:comptabilité|comptable|facturation|fournisseurs|financier|achats|client\w*)|"
    r"comptabilité|compta|direction|secrétariat|achats|fournisseurs|juridique|financière|gérant|"
    r"administración|contabilidad|tesorería|gerencia|secretaría|dirección|compras|proveedores|"
    r"cuentas por pagar|financeiro|contabilidade|tesouraria|diretoria|contas a pagar|gerência|"
    r"amministrazione|contabilità|tesoreria|direzione|acquisti|segreteria|fornitori|"
    r"(?:l')?accueil|asesor[íi]a jur[íi]dica|divis[ãa]o financeira|(?:zentral|einkaufs)einkauf|"
    r"sachgebiet \d[\d.]*|referat \d[\d.]*|services|assurance|"
    r"administratie|boekhouding|crediteuren(?:administratie)?|directie|inkoop|secretariaat"
)
# Who signs for a house rather than for themselves: "Front desk", "Office of the CFO".
UNIT = re.compile(
    rf"(?:(?:{_UNITS}) / (?:{_UNITS})|"
    rf"for and on behalf of .{{2,50}}|(?:[^\W\d_][\w&'’.-]* ){{0,4}}(?:{_UNITS})"
    r"(?:,? (?:of|for|de|del|della|des|du|der|van|general|générale?|financi\w+) ?[^.!?]{0,30}|"
    r" [A-Z][\w&-]{1,20}| (?:fournisseurs|financière|general|t[ée]cnic[oa]|technique|clienti?))?|"
    rf"(?:legal|finance|accounts|sales|it) (?:&|and) (?:{_UNITS}))",
    re.IGNORECASE,
)
