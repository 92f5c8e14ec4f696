"""The nets of the rule-based reader: one pattern for each intent, most restrictive first."""

from __future__ import annotations

import re

from domain.dunning.reply import Intent

_LEGAL = (
    r"\b(?:our|my|the|unser\w*|notre|nuestro)? ?(?:lawyers?|attorneys?|solicitors?|counsel|"
    r"barrister|"
    r"rechtsanw\w+|anwalt\w*|anwält\w+|avocats?|abogad[oa]s?)\b|\bsu(?:e|ing)\b|\blawsuit|"
    r"\blitigat|"
    r"\blegal (?:action|dep|team|proceed|step|advice|rep|claim|notice)|\bcourt\b|\bsubpoena|"
    r"\bcease and desist|\bgericht\w*|\bklage\b|\bverklag|\brechtlich\w* schritt|\brechtsabteilung|"
    r"\btribunal\w*|\bjuridique|\ben justice|\bmise en demeure|\bjuzgado|\bdemanda(?:r|remos)?\b|"
    r"\blegales\b|\bvía judicial|\bdata (?:subject|protection)|\bgdpr\b|\bdsgvo\b|\brgpd\b|"
    r"\battorney general|\bombuds|\bharass|\bpolice\b|\bfraud dep"
)
_INSOLVENCY = (
    r"\bchapter (?:7|11|13)\b|\bbankrupt|\binsolven|\breceiver(?:ship)?\b|\bliquidat|"
    r"\bin administration\b|\badministrators?\b|\bautomatic stay|\bwinding[- ]up|\binsolvenz|"
    r"\bkonkurs|\bschutzschirm|\bredressement judiciaire|\bliquidation|\bprocédure de sauvegarde|"
    r"\bfaillite|\bconcurso (?:de acreedores|voluntario)|\bquiebra|\bsuspensión de pagos|"
    r"\btrustee\b"
)
_BANK = (
    r"\b(?:bank(?:ing)?|account|wire|ach|remittance|payment) (?:\w+ )?(?:details?|info\w*|number|"
    r"instructions?|letter|change)|\biban\b|\bswift\b|\brouting\b|\bmicro-?deposit|\bvoided che|"
    r"\bnew (?:bank|account)|\bchang\w+ .{0,30}\b(?:bank|account)|\bbankverbindung|"
    r"\bkontoverbindung|"
    r"\bbankdaten|\bkontodaten|\bneue[ns]? konto|\bcoordonnées bancaires|\brib\b|\bcompte bancaire|"
    r"\bcuenta bancaria|\bdatos bancarios|\bnueva cuenta|\bvendor (?:form|portal|onboarding)|"
    r"\b(?:which|what|your) (?:bank )?account\b|\bw-?9\b|\bkonto.{0,20}geändert"
)
_SUSPICIOUS = (
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|previous|above|prior|"
    r"everything|rules?|policy)|\b(?:system|developer) ?(?:prompt|message|:)|\byou are (?:now|"
    r"an? ai)|"
    r"\b(?:note|message|attention|instruction\w*) (?:to|for) (?:the )?(?:ai|agent|bot|assistant|"
    r"model)|"
    r"\bai (?:agent|assistant)\b|\bllm\b|\bas an ai\b|\bmark (?:it|this|all|them|invoice\w*|"
    r".{0,20}) "
    r"(?:as )?(?:paid|approved)|\bissue a credit|\bauto-?approve|\bpre-?approved|"
    r"\bapproved by (?:the )?"
    r"(?:cfo|ceo|operator)|<\|?\w+\|?>|\bbase64|\bjailbreak|\bignorier\w*.{0,40}anweisung|"
    r"\bignore[rz]?.{0,40}(?:instructions|consignes)|\bignora.{0,40}instrucciones|"
    r"\bnew priority|\byour operator|\bconfirm by replying|\bgift ?cards?|\bforward .{0,40}@|"
    r"\bcopy \S+@|\bwaive all|\bapply .{0,30} to the whole account"
)
_STOP = (
    r"\b(?:stop|quit|cease) (?:\w+ ){0,3}(?:email|e-mail|contact|writ|send|message|spam|bother|"
    r"chas)|"
    r"\bremove (?:me|us|my|this)|\bunsubscribe|\btake (?:me|us) off|\bdo not (?:contact|email|"
    r"write)|"
    r"\bdon'?t (?:contact|email|write|send)|\bno more (?:e-?mails?|reminders?|messages?)|"
    r"\bleave (?:me|us) alone|^\s*stop\b[.! ]*$|\bopt[- ]?out|\bspam\b|"
    r"\bkeine (?:weiteren )?(?:e-?mails?|"
    r"mails?|mahnungen|nachrichten)\b|\bhören sie auf|\bunterlassen sie|\babmelden|"
    r"\bschreiben sie (?:mir|uns) nicht|\barrêtez|\bcessez|\bne (?:m'|nous |me )\w*(?:écri|"
    r"contact)|"
    r"\bdésinscri|\bdej[ae]n? de (?:escrib|enviar|contact|mandar)|\bno (?:me|nos) (?:escrib|"
    r"contact|env)|"
    r"\bdar(?:me|nos) de baja|\bborr[ae](?:me|nos)"
)
_WRONG = (
    r"\bwrong (?:person|address|email|e-mail|company|contact|number|department)|"
    r"\bno longer (?:work|with|"
    r"at|employ|responsible|handle)|\bleft (?:the )?(?:company|organi[sz]ation)|"
    r"\bnot (?:the right|my "
    r"department|responsible|the correct)|\bfalsche[rn]? (?:adress|ansprech|person|empfäng|firma)|"
    r"\bnicht (?:mehr )?(?:zuständig|im unternehmen|für uns tätig)|\bausgeschieden|"
    r"\bmauvais(?:e)? (?:adresse|personne|interlocut|destinat)|\bplus (?:dans|chez|parmi)|"
    r"\bpas (?:la bonne personne|le bon)|\bpersona (?:equivocada|incorrecta)|\bya no (?:trabaja|"
    r"labora|"
    r"est[áa])|\bequivocad|\bno soy (?:la persona|el responsable|quien)"
)
_DISPUTE = (
    r"\bdisput|\bincorrect|\bnot (?:ordered|received|delivered|correct|what|ours|agreed|liable)|"
    r"\bnever (?:ordered|received|got|delivered|agreed|authori|approved|signed|pay twice)|"
    r"\bovercharg|\bover-?bill|\bwrong (?:amount|price|invoice|quantity|rate|po|vat|tax|entity)|"
    r"\bduplicate|\bdouble[- ]?(?:bill|charg|invoic)|\bdamaged|\bdefect|\bfaulty|"
    r"\bshort[- ]?(?:shipped|"
    r"deliver)|\bmissing\b|\bprice (?:is|was|should)|\bshould (?:be|have been) .{0,30}(?:\d|less|"
    r"rate|price)|"
    r"\bcancel(?:l?ed)\b|\bdo not owe|\bdon'?t owe|\bwon'?t (?:be )?pay|\bwill not (?:be )?pay|"
    r"\brefuse|"
    r"\bnot going to pay|\bdoes ?n[o']t match|\bsame as invoice|\bdon'?t recogni|\breklam|"
    r"\bbeanstand|"
    r"\bwiderspr|\bbestreit|\bnicht (?:korrekt|bestellt|erhalten|geliefert|richtig|akzept|"
    r"einverstanden)|"
    r"\bfalsch(?:er|e|es)? (?:betrag|preis|rechnung|menge)|\bdoppelt|\bmangel|\bmängel|"
    r"\bbeschädigt|"
    r"\bstorni|\bzu hoch|\bfehlt\b|\bfehlerhaft|\bcontest|\blitige|\berreur|\berron|"
    r"\bpas (?:reçu|commandé"
    r"|livré|conforme|d'accord)|\bjamais (?:reçu|commandé)|\bdoublon|\bendommag|\bdéfect|"
    r"\btrop élevé|"
    r"\bincorrect[ao]|\berror\b|\bno (?:recibimos|hemos recibido|pedimos|corresponde|reconoce|"
    r"estamos de "
    r"acuerdo)|\bduplicad|\bdisconform|\bdañad|\bdefectuos|\bfactura equivocada|\breclam"
)
_HARDSHIP = (
    r"\bcash[- ]?flow|\bcan(?:no|')t (?:afford|pay|make payroll)|\bunable to pay|\bnot able to pay|"
    r"\bno (?:money|funds|cash)|\bfinancial (?:diffic|trouble|hard|situation|problem)|\bstruggl|"
    r"\bpayroll|"
    r"\bgoing under|\bclosing (?:down|the business)|\bout of business|\bliquidität|"
    r"\bzahlungsschwierig|"
    r"\bzahlungsunfähig|\bkein geld|\bnicht zahlen können|\btrésorerie|\bdifficultés? financi|"
    r"\bpas les moyens|\bimpossible de (?:payer|régler)|\bliquidez|\bdificultad\w* (?:económic|"
    r"financier)|"
    r"\bno podemos pagar|\bsin fondos|\bproblemas? de (?:caja|tesorería)"
)
_PLAN = (
    r"\binstal?l?ments?|\bpayment plan|\bsplit (?:the|this|it|into|payment)|\bpartial payments?|"
    r"\bin (?:two|three|four|five|six|\d+) (?:payments|parts|instal)|\bmonthly payments?|\braten|"
    r"\bteilzahl|\bmehrere\w* fois|\béchéancier|\béchelonn|\ben (?:\w+|\d+) (?:fois|mensualit)|"
    r"\bcuotas|"
    r"\bplazos|\bfraccion|\bplan de pago|\bparcel|\bhalf (?:now|today|of)|\brest (?:in|next|later)"
)
_EXTENSION = (
    r"\bextension|\bextend|\bmore time|\bextra (?:\w+ )?(?:day|week|month|time)|\bpostpone|\bdefer|"
    r"\bpush (?:it|this|the|back)|\banother (?:\w+ )?(?:weeks?|days?|months?)\b|\baufschub|"
    r"\bstundung|"
    r"\bfrist\w*|\bverläng|\bmehr zeit|\bdélai|\breport(?:er)?\b|\bprolong|\bprórroga|\baplaz|"
    r"\bmás tiempo|"
    r"\bbear with us|\bgive us (?:until|till|a few)"
)
_SETTLE = (
    r"\bsettle (?:for|at|this for)|\bsettlement|\bdiscount|\breduce\b|\bwaive|"
    r"\blower (?:the )?amount|"
    r"\bif you accept|\bin full (?:and final|settlement)|\bskonto|\brabatt|\bnachlass|"
    r"\bvergleich\b|"
    r"\bremise|\brabais|\bescompte|\bdescuento|\brebaja|\bquita\b|\bmeet (?:us )?half"
)
_COMPLAINT = (
    r"\bunacceptable|\brude\b|\bunprofessional|\bridiculous|\bdisappoint|\bcomplain|\bfed up|"
    r"\bannoy|"
    r"\bterrible|\boutrag|\bso behandelt|\bunverschämt|\bfrechheit|\bbeschwer|\bärger|\bunmöglich|"
    r"\bscandaleux|\binadmissible|\binacceptable|\bplainte|\binaceptable|\bqueja|\bvergüenza|"
    r"\bmolest|\bharcel|\bhow dare|\bsick of|\btoll,"
)
_PAID = (
    r"\b(?:already|was|were|has been|have been|been) (?:paid|sent|wired|transferred|remitted|"
    r"settled|"
    r"processed|mailed)|\b(?:we|i) (?:have )?(?:already )?(?:paid|wired|transferred|remitted|"
    r"sent (?:the )?"
    r"(?:payment|wire|funds|check))|\bpaid (?:it|this|on|via|by|in full|last|yesterday)|"
    r"\bpayment (?:was|"
    r"went|has) (?:been )?(?:made|sent|out|cleared|through)|\bcleared\b|\bbereits (?:bezahlt|"
    r"überwiesen|"
    r"beglichen|gezahlt|angewiesen)|\bschon (?:bezahlt|überwiesen|beglichen)|\b(?:haben|wurde|"
    r"habe) .{0,60}"
    r"\b(?:bezahlt|überwiesen|beglichen|gezahlt)|\bdéjà (?:été )?(?:payé|réglé|viré|effectué)|"
    r"\b(?:avons|ai|a été) (?:déjà )?(?:payé|réglé|viré|effectué)|\bvirement (?:a été )?effectué|"
    r"\bya (?:est[áa]|fue|hemos|se|la|lo) ?(?:pag|abon|transf|hizo|hemos)\w*|"
    r"\bhemos (?:ya )?(?:pagado|"
    r"transferido|realizado)|\bpagad[ao]\b|\bpagamos (?:el|la|ya|ayer)|\bfue (?:pagad|abonad|"
    r"transferid)|"
    r"\bcheck (?:#|no)|(?:^|[.!?,;:]\s{0,3})(?:all |now |just |it's |already |done,? )?paid\b|"
    r"\bjust (?:now )?(?:paid|sent|wired|transferred|remitted|made (?:the|a) )|"
    r"\b(?:we|i)'ve (?:\w+ )?(?:paid|sent|wired|transferred|remitted|settled)|"
    r"\bpayment (?:made|sent|done|completed|executed)\b|\b(?:been|already) taken care of|"
    r"\b(?:money|funds|payment|transfer) (?:has |have )?left our|"
    r"\b(?:transferred|wired|remitted|settled) (?:it |this )?(?:on|last|yesterday|this|today)\b|"
    r"\bist (?:\w+ ){0,2}(?:bezahlt|überwiesen|beglichen|angewiesen|gezahlt)|"
    r"\bgeld ist (?:\w+ )?(?:raus|unterwegs|angewiesen)|\bschon erledigt|"
    r"\bc'est (?:\w+ )?(?:réglé|payé|viré)|\b(?:est|sont|a été) (?:\w+ )?(?:réglé|payé)e?s?\b|"
    r"\bfactures? (?:\S+ )?(?:réglé|payé)es?\b|\bvirement (?:est |a été )?(?:parti|émis|exécuté)\b|"
    r"\b(?:venons|viens) de (?:\w+ )?(?:payer|régler|virer|faire|effectuer)|"
    r"\b(?:acabamos|acabo) de (?:pagar|transferir|hacer|abonar|realizar)|"
    r"\btransferencia (?:ya )?(?:salió|está hecha|se hizo|fue hecha)"
)
_REMITTANCE = (
    r"\bremittance|\bzahlungsavis|\bavis de paiement|\bavis de virement|\baviso de pago|\bproof of "
    r"payment|\bzahlungsbeleg|\bjustificatif|\bcomprobante|\bpayment advice|\bpayment confirmation"
)
_CREDIT = (
    r"\bcredit (?:memo|note|balance)|\bopen credit|\bapply .{0,40}credit|\bgutschrift|\bavoir\b|"
    r"\bnote de crédit|\bnota de crédito|\bcn-\d|\bcm-\d|\brefund|\berstatt|\brembours|\breembols"
)
_DOCUMENT = (
    r"\b(?:send|resend|re-send|provide|forward|need|share|attach|copy of)\b.{0,50}\b(?:invoices?|"
    r"statement|copy|pdf|pod|proof of delivery|contract|timesheet|po|certificate|document|"
    r"breakdown)|"
    r"\b(?:senden|schicken|zusenden|benötigen|brauchen)\b.{0,60}\b(?:rechnung|kopie|kontoauszug|"
    r"beleg|"
    r"lieferschein|vertrag)|\brechnungskopie|\b(?:envoyer|renvoyer|transmettre|"
    r"recevoir)\b.{0,60}\b(?:"
    r"facture|copie|relevé|duplicata|document)|\b(?:enviar|envíe|mandar|reenviar|"
    r"necesit)\w*\b.{0,60}"
    r"\b(?:factura|copia|extracto|estado de cuenta|albarán)|\bcertificate|\bstatement\b"
)
_SUBMISSION = (
    r"\bportal\b|\bariba\b|\bcoupa\b|\btungsten\b|\bupload|\bsubmit\w*|\bpo (?:number|is|required|"
    r"missing)|\bpurchase order|\bbestellnummer|\bhochladen|\bdéposer|\bchorus\b|\bbon de commande|"
    r"\bsubir\b|\borden de compra|\bnúmero de pedido|\bnew supplier"
)
_METHOD = (
    r"\bpay by (?:card|credit|check|cheque|ach|wire)|\bcredit card|\bpayment link|\bach\b|"
    r"\bdirect debit|"
    r"\blastschrift|\bkreditkarte|\bzahlungslink|\bcarte (?:bancaire|bleue|de crédit)|"
    r"\bprélèvement|"
    r"\btarjeta|\bdomicilia|\blink (?:is|does|gives|isn)|\bhow (?:can|do|should) (?:we|i) pay|"
    r"\bsepa\b"
)
_QUESTION = (
    r"\b(?:what|which|why|when|how|could you|can you|please (?:explain|clarify|confirm|"
    r"call))\b[^.\n]{0,120}"
    r"\?|\bcall me\b|\blet's talk|\bclarify|\bexplain|\b(?:was|welche|warum|wann|wie|"
    r"können sie)\b[^.\n]"
    r"{0,120}\?|\b(?:quel|pourquoi|quand|comment|pouvez)\w*\b[^.\n]{0,120}\?|\b(?:qué|cuál|"
    r"por qué|cuándo|"
    r"cómo|pued)\w*\b[^.\n]{0,120}\?|\?\s*$"
)
_PROMISE = (
    r"\b(?:will|shall|going to|gonna|can|plan to|expect to|intend to|aim to|commit(?:ted)? to|"
    r"scheduled "
    r"(?:to|for)|'ll)\b.{0,60}\b(?:pay|paid|payment|send|sent|wire|transfer|remit|settle|process|"
    r"clear|go "
    r"out|release|take care)|\b(?:pay|payment|wire|transfer|check|ach|it)\b.{0,40}\b(?:will|'ll|"
    r"goes|go|"
    r"scheduled|on its way|planned|going|run|by|on|in|this|next)\b.{0,40}|\bcommit\b|\bpayment "
    r"(?:fortnight|tomorrow|today|friday|monday|tuesday|wednesday|thursday)|\byou(?:'ll|"
    r" will) (?:have|get|"
    r"receive|see)|\bexpect (?:payment|it|funds|the)|\bpaying\b|\b(?:werden|wird|"
    r"werde)\b.{0,80}\b(?:"
    r"zahl|überw|beglich|begleich|angewiesen|bezahl|veranlass|anweis)\w*|\b(?:zahlen|überweisen|"
    r"begleichen|"
    r"bezahlen|überweise|zahle|zahlung|überweisung)\b.{0,50}\b(?:am|bis|wir|ich|kommt|erfolgt|"
    r"geht|zum|"
    r"morgen|heute|nächst|freitag|ende)|\b(?:paierons|réglerons|payerons|paierai|réglerai|virerons|"
    r"effectuerons|procéderons)\b|\b(?:allons|vais|sera|serez|va être|paiement|règlement|"
    r"virement)\b.{0,60}"
    r"\b(?:pay\w+|régl\w+|vir\w+|effectu\w+|prévu|partira|le|avant|d'ici|fin)\b|\b(?:pagaremos|"
    r"pagaré|"
    r"transferiremos|abonaremos|realizaremos|haremos|liquidaremos)\b|\b(?:vamos a|voy a|será|"
    r"se (?:hará|"
    r"realizará|pagará)|pago|transferencia)\b.{0,60}\b(?:pag\w+|transf\w+|abon\w+|realiz\w+|el|"
    r"antes|"
    r"programad\w+|previst\w+|mañana)\b|\bprocess\b.{0,40}\bon\b"
)
_OOO = (
    r"\bout of (?:the )?office|\bauto(?:matic)?[- ]?reply|\bon (?:annual |parental |maternity |"
    r"sick |paid )?"
    r"(?:leave|vacation|holiday|pto)|\bwill (?:be back|return)|\babwesen|\bnicht im (?:büro|"
    r"haus)|\burlaub|"
    r"\babsence du bureau|\babsent|\bde retour|\ben congés?|\bfuera de (?:la )?oficina|"
    r"\bvacaciones|"
    r"\bausente|\brespuesta automática|\bréponse automatique|\bno access to (?:my )?email"
)
_BOUNCE = (
    r"\bundeliver|\bdelivery (?:has )?failed|\bmail delivery|\buser unknown|\bmailbox (?:full|"
    r"unavailable|"
    r"not found)|\baddress (?:not found|rejected)|\bdoes not exist\b|\b5\.1\.1\b|\bunzustellbar"
)
_PROCESS = (
    r"\bin process|\bprocessing\b|\bbeing processed|\bwaiting (?:for|on)|\bawaiting|"
    r"\bin the (?:queue|"
    r"system|next run)|\bpending approval|\bwith (?:our )?(?:ap|accounts)|\bforward(?:ed|"
    r"ing) (?:this|it|"
    r"to)|\blooking into|\bwill check|\bchecking|\bexpect some delay|\bin bearbeitung|"
    r"\bweitergeleitet|"
    r"\bprüfen|\bklären|\bwird (?:gerade )?bearbeitet|\ben cours|\btransmis|\bvérifi|\ben proceso|"
    r"\ben trámite|\brevisa|\bverific"
)
_POLITE = (
    r"thanks?|thank|you|so|very|much|many|ok|okay|noted|got|it|received|understood|sure|great|"
    r"perfect|for|the|your|reminder|e?-?mail|message|letting|me|us|know|hi|hello|dear|all|best|"
    r"kind|warm|regards|cheers|danke|vielen|dank|für|die|den|ihre|erinnerung|nachricht|verstanden|"
    r"erhalten|viele|grüße|gruß|merci|beaucoup|pour|le|votre|rappel|bien|reçu|cordialement|"
    r"muchas|gracias|por|el|su|recordatorio|recibido|saludos|entendido"
)
_ACK = rf"\A[\W]*(?:(?:{_POLITE})\b\W*)+\Z|\A\s*[👍🙏✅👌][\W]*\Z"


def _net(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


NETS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (Intent.LEGAL_THREAT, _net(_LEGAL)),
    (Intent.INSOLVENCY_NOTICE, _net(_INSOLVENCY)),
    (Intent.BANK_DETAILS_CHANGE, _net(_BANK)),
    (Intent.SUSPICIOUS_INSTRUCTION, _net(_SUSPICIOUS)),
    (Intent.STOP_CONTACT, _net(_STOP)),
    (Intent.WRONG_PERSON, _net(_WRONG)),
    (Intent.DISPUTE, _net(_DISPUTE)),
    (Intent.HARDSHIP, _net(_HARDSHIP)),
    (Intent.PAYMENT_PLAN_REQUEST, _net(_PLAN)),
    (Intent.EXTENSION_REQUEST, _net(_EXTENSION)),
    (Intent.SETTLEMENT_OFFER, _net(_SETTLE)),
    (Intent.COMPLAINT, _net(_COMPLAINT)),
    (Intent.ALREADY_PAID, _net(_PAID)),
    (Intent.REMITTANCE_ADVICE, _net(_REMITTANCE)),
    (Intent.CREDIT_REQUEST, _net(_CREDIT)),
    (Intent.REQUEST_DOCUMENT, _net(_DOCUMENT)),
    (Intent.SUBMISSION_REQUIREMENT, _net(_SUBMISSION)),
    (Intent.PAYMENT_METHOD_REQUEST, _net(_METHOD)),
    (Intent.INVOICE_QUESTION, _net(_QUESTION)),
    (Intent.PROMISE_TO_PAY, _net(_PROMISE)),
    (Intent.BOUNCE, _net(_BOUNCE)),
    (Intent.OUT_OF_OFFICE, _net(_OOO)),
    (Intent.IN_PROCESS, _net(_PROCESS)),
    (Intent.ACKNOWLEDGEMENT, _net(_ACK)),
)
