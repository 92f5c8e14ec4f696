"""Words that stand beside a day: what money does on it, and what makes it a wish or an answer.

"_sum" is what is paid, "_flows" what it does or what is done with it, "_rest" whatever may stand
around a day that is the whole answer, "_suits" asks whether a day will do, "_elsewhere" tells of
days of other things, "_record" goes by what is booked.
"""

from __future__ import annotations

_EN = {
    "_record": (
        r"(our|my|the) (\w+ )?(records?|books|system|ledger|bank|statement|side|portal)( \w+)? "
        "(show|shows|say|says|has|have|had|indicate|confirms?|list|lists)|(according to|per|as "
        r"per|going by) (our|my|the) (\w+ )?(bank|records?|books|system|ledger|statement|"
        "treasury|accounting)"
    ),
    "_sum": (
        "it|this|that|these|those|they|them|yours|everything|all of it|the (lot|rest|whole|"
        "full)|(your |the |our |full |total |outstanding |remaining )*(money|payment|payments|"
        "funds|cash|balance|amount|sum|transfer|wire|cheque|check|ach|bacs|deposit|settlement|"
        "remittance|remainder|total|credit)|half( of it)?|both|(first|second|other) (one|half|"
        r"part)|(your |the |this |that )?(invoice|bill|one)s?|inv\S*\d\S*|[$€£]?\d[\d.,]*\d( "
        "?k| (usd|eur|gbp|dollars|euros|pounds))?"
    ),
    "_flows": (
        "goes; go( out)?; going (out|through|over|across|to); leaves; leave; leaving; lands?; "
        "landing; arrives?; arriving; hits?; drops?; clears?; moves; reach(es)?; follows?; "
        "comes; coming; booked; queued; loaded; set( up)?; slated; scheduled; released; "
        "approved( for)?; marked (for|to)|marked; earmarked; lined up; instructed; (has been |"
        "is |was )?submitted; debited; executed; (value|settlement|payment|pay|transfer|debit|"
        "posting) date; (in|on|part of|make|makes|made|first on|next on|with) (the|our|that|"
        "this) ~(run|batch|list|cycle|file|one on); (you'll|you will|you) (have|get|see|"
        "receive|be paid|got it); there|with you|in your account|at your (bank|end); (drop|"
        "drops|put|push|cut|cutting|send|sending|transfer|transferring|wire|wiring|pay|paying|"
        "deposit) ~(it|deposit|in|check|cheque|lot|through|over|this|balance|money|cash|rest|"
        "off)"
    ),
    "_elsewhere": (
        "{goods}; (go|goes|going) live; room; table; desk; sample*; truck; van; driver; crew; "
        "replacement*; visitor*; lands? in; they land; meeting; delivery; deliver*; ship*; "
        "goods; parts?; visit; install*; holiday; vacation; leave (of|until|from); office; "
        "closed?; audit*; call; demo; workshop; training; contract; order (for|of|was|is|"
        "will); appointment; interview; flight; trip; engineer; technician; review; back (on|"
        "in|at|from); return*; open(s|ing)?; inspection; launch; event; fair; show; court; "
        "hearing; quote; proposal; due (on|date|by)?; dated; issued; expire*; your (bank|end) "
        "(is|was); credit (note|memo)s?; statement; po|purchase order; reminder; (reply|answer|"
        "respond|update|news|feedback|decision|approval|sign-?off|confirmation|board|"
        "management)"
    ),
    "_rest": (
        "(on|by|for|the|of|at|very|latest|make it|that|is|it|it's|it is|will|be|then|done|for "
        "sure|sure|definitely|promise|promised|guaranteed|absolutely|firm|final|certain|"
        "written in stone|locked in|no later than|not later than|before|in full|full|amount|"
        "whole amount|payment|paid|pay day|obviously|without fail|at|ok|okay|yes|yep|sorry|"
        "lets|let's|say|you have my word|my word|i've put my name on it|guys|thanks|thank you|"
        "instead|this time|cheers|you got it|end|eod|cob|close of business)"
    ),
    "_suits": (
        "(would|will|is|could|can|does|might) ~~(work|ok|okay|o.k|fine|suit|do|alright|all "
        "right|acceptable|possible|good|enough|late|live with|accept|manage|agree|too late|a "
        "problem|instead|wait); (ok|okay|fine|alright|good) (with|for|by) you; any chance ~; "
        "can you (live|wait|hold|give)~; what about; how about"
    ),
}
_DE = {
    "_record": (
        r"(laut|gemass|nach) (unser|mein|dem|der|den)\w* (\w+ )?(bank|konto\w*|buch\w*|system|"
        "unterlagen|auszug)|(konto|auszug|kontoauszug|system|bank) (zeigt|sagt|weist)"
    ),
    "_sum": (
        r"es|das|dies\w*|sie|alles|(der |die |das |ihr |unser\w* |den )*(geld|betrag|zahlung|"
        "summe|rest|restbetrag|uberweisung|rechnung|posten|ausgleich)|die (ganze )?(summe|"
        r"rechnung)|beide|re-?\d\S*|r\d\S+|\d[\d.,]*\d( ?(eur|euro|€))?"
    ),
    "_flows": (
        "geht; gehen; kommt; kommen; folgt; lauft; liegt; ist (das|es|auf|bei|da|drauf|raus|"
        "geld)?; steht; raus; rausgehen; angewiesen; eingeplant; terminiert; vorgemerkt; "
        "gebucht; beauftragt; freigegeben; uberwiesen; bezahlt; gezahlt; begleichen; "
        "begleiche; uberweis*; zahle*n?; weise*; haben sie; bekommen sie; bekommst du; hast "
        "du; erhalten sie; im zahllauf|zahllauf|zahlungslauf; valuta|wertstellung"
    ),
    "_elsewhere": (
        "{goods}; weiter; vorbei; langs; muster; fahrer; besuch; termin; lieferung; liefer*; "
        "geliefert; urlaub; zuruck; messe; besprech*; sitzung; rechnung vom; fallig; "
        "techniker; monteur; montage; schulung; abnahme; feiertag; geschlossen; ruckmeldung; "
        "entscheid*; antwort; bescheid; freigabe; gutschrift"
    ),
    "_rest": (
        "(am|bis|zum|bis zum|der|den|die|das|ist|es|wird|dann|spatestens|allerspatestens|fix|"
        "fest|versprochen|sicher|garantiert|bestimmt|definitiv|ganz|zahlung|bezahlt|geht klar|"
        "ok|ja|sorry|entschuldigung|danke|sagen wir|passt|in voller hohe|im)"
    ),
    "_suits": (
        "(reicht|ginge|geht|ware|passt|genugt|ist|langt|konnten|konnen|wurde) ~~(auch|noch|"
        "erst|ok|okay|in ordnung|moglich|recht|passen|reichen|gehen|warten|zu spat)?; wie ware"
    ),
}
_FR = {
    "_record": (
        r"(selon|d'apres) (notre|nos|mon|ma|la|le) (\w+ )?(banque|releve\w*|comptab\w*|systeme|"
        "livres|compte)"
    ),
    "_sum": (
        "il|elle|ca|cela|c'|l'|(le |la |votre |notre |l'|du )*(virement|reglement|paiement|"
        "argent|montant|solde|somme|totalite|facture|cheque|tout|reste|moitie)|les fonds|"
        r"\d[\d., ]*\d( ?(eur|euros|€))?"
    ),
    "_flows": (
        "part; partira; partent; arrive; arrivera; tombe; tombera; sera (fait|effectue|regle|"
        "paye|vire|chez vous|sur)?; seront; est (prevu|programme|planifie|fixe); prevu; "
        "programme; planifie; passe; passera; suit; suivra; l'aurez; aurez; recevrez; recevez; "
        r"(on|nous|je) (\w+ )?(paie|paye|paierai|paierons|payons|regle|reglons|reglerai|vire|"
        "virons|verse|versons|fait|fais|ferai|ferons) ~; date de valeur"
    ),
    "_elsewhere": (
        "{goods}; chef; directeur; colis; camion; echantillon*; nouveau*|nouvelle*; reunion; "
        "livraison; livre*; conges?; retour; vacances; rendez-vous; salon; technicien; "
        "intervention; commande; echeance; echue?; facture du; fermeture|ferme; reponse; "
        "decision; validation; avoir; formation; audience"
    ),
    "_rest": (
        "(le|la|au|pour|d'ici|plus tard|c'est|ce|sera|promis|sur|sans faute|certain|garanti|"
        "fait|dernier delai|au plus tard|oui|ok|desole|merci|paiement|disons|jure|prochain)"
    ),
    "_suits": (
        "(est-ce|serait-il|peut-on|pourrait-on|cela|ca|vous) ~~(convient|conviendrait|va|irait|"
        "possible|irait-il|attendre|acceptable|arrange*)"
    ),
}
_ES = {
    "_record": (
        r"segun (nuestr|mi|el|la|los)\w* (\w+ )?(banco|registros?|sistema|contabilidad|extracto|"
        "estado de cuenta|libros)"
    ),
    "_sum": (
        "lo|la|eso|esto|le|les|te|se|(el |la |su |nuestra |nuestro |los )*(pago|transferencia|"
        "dinero|deposito|importe|monto|saldo|total|factura|abono|cheque|fondos|resto|mitad|"
        r"todo)|\d[\d.,]*\d( ?(eur|euros|€|pesos|usd))?"
    ),
    "_flows": (
        "sale; salen; saldra; llega; llegara; cae; caera; entra; entrara; queda (programad|"
        "agendad|list|autorizad|pagad|hech)*; programad*; agendad*; previst*; estara; estaran; "
        "tendra*; tiene*; recibira*; se (paga|hace|hara|pagara|deposita|transfiere|liquida|"
        r"realiza*); (lo |la |les |te |le )(pag\w+|deposit\w+|transfer\w+|transfier\w+|hag\w+|"
        r"liquid\w+|envi\w+|mand\w+|abon\w+|gir\w+); fecha valor"
    ),
    "_elsewhere": (
        "{goods}; contador; paquete; camion; muestra*; jefe; licenciado; reunion; entrega; "
        "envio de; pedido; vacaciones; regres*; vuelv*; cita; visita; vence*; vencimiento; "
        "factura del; cerrad*; tecnico; feria; respuesta; autorizacion; nota de credito; "
        "audiencia; ayer"
    ),
    "_rest": (
        "(el|la|para|a mas tardar|mas tardar|sin falta|seguro|segurisimo|prometido|lo|es|sera|"
        "queda|dia|si|ok|vale|perdon|gracias|pago|digamos|fijo|antes del|proximo|este)"
    ),
    "_suits": (
        "(les|le|te|os) ~(parece|sirve|viene|va) ~; (seria|es|sera|hay) ~~(posible|problema|"
        "chance|tarde); (puede|podria|pueden|podrian)(n|mos)? ~~(ser|esperar|quedar|aguantar)"
    ),
}
_PT = {
    "_record": (
        r"(segundo|conforme|de acordo com) (noss|meu|o|a|os)\w* (\w+ )?(banco|registros?|"
        "sistema|contabilidade|extrato)"
    ),
    "_sum": (
        "isso|ele|ela|o|lhe|(o |a |seu |nosso |esse |este )*(pagamento|boleto|pix|"
        "transferencia|dinheiro|valor|deposito|saldo|total|fatura|nota|resto|metade|tudo)|"
        r"\d[\d.,]*\d( ?(reais|eur|euros))?|r\$"
    ),
    "_flows": (
        "sai; saira; cai; caira; entra; entrara; chega; chegara; fica (programad|agendad)*; "
        "programad*; agendad*; previst*; estara; (pago|pagamos|deposito|transfiro|faco|fazemos|"
        "acerto|quito|mando|faremos|pagarei|vou pagar) ~; recebem; terao; sera (pago|feito|"
        "efetuad)*"
    ),
    "_elsewhere": (
        "{goods}; pacote; caminhao; amostra*; chefe; contador; reuniao; entrega; pedido; "
        "ferias; retorn*; volto; visita; venc*; nota de|nota do; fechad*; tecnico; feira; "
        "resposta; autorizacao; aprovacao; ontem"
    ),
    "_rest": (
        "(na|no|dia|em|ate|para|a|o|sem falta|certeza|com|prometo|pode confiar|garantido|sera|"
        "sim|ok|desculpa|obrigado|pagamento|feira|que vem|proxima|proximo|mais tardar)"
    ),
    "_suits": (
        "(pode|poderia|daria|da|seria|tem como|serve) ~~(ser|esperar|possivel|problema|para)?"
    ),
}
_IT = {
    "_record": (
        r"(secondo|dalla|dal|come da) (nostr\w*|il|la|i)? ?(nostr\w* )?(banca|registri|sistema|"
        "contabilita|estratto)"
    ),
    "_sum": (
        "lo|la|vi|le|li|(il |la |vostro |nostro |l'|lo )*(bonifico|pagamento|saldo|importo|"
        r"accredito|fattura|denaro|soldi|somma|assegno|totale|resto|meta|tutto)|\d[\d.,]*\d( "
        "?(eur|euro|€))?"
    ),
    "_flows": (
        "parte; partira; arriva; arrivera; esce; entra; sara (eseguito|effettuato|fatto|pagat|"
        "accreditat|saldat)*; saranno; previst*; programmat*; pianificat*; disposto per; "
        "(avrete|avrai|avra|riceverete|ricevera) ~; (facciamo|faccio|faremo|faro|paghiamo|pago|"
        "bonifichiamo|saldiamo|versiamo|disponiamo) ~; valuta"
    ),
    "_elsewhere": (
        "{goods}; pacco; camion; campione; capo; corriere; riunione; consegna; ordine; ferie; "
        "rientr*; torn*; visita; scaden*; scadut*; fattura del; chius*; tecnico; fiera; "
        "risposta; autorizzazione; approvazione; nota di credito; ieri"
    ),
    "_rest": (
        "(il|la|al|entro|per|e|sara|senza fallo|sicuro|promesso|garantito|certo|al piu tardi|"
        "piu tardi|si|ok|scusate|grazie|pagamento|diciamo|prossimo|lo|giuro)"
    ),
    "_suits": (
        "(va|andrebbe|sarebbe|potrebbe|puo|possiamo|vi) ~~(bene|possibile|andare|aspettare|"
        "problema|ok)"
    ),
}
_NL = {
    "_record": (
        r"volgens (onze|ons|de|het|mijn) (\w+ )?(bank|administratie|systeem|boekhouding|"
        "afschrift)"
    ),
    "_sum": (
        "het|dit|dat|deze|u|hij|(de |het |uw |onze )*(betaling|geld|bedrag|overboeking|factuur|"
        r"saldo|rest|restant|som)|alles|\d[\d.,]*\d( ?(eur|euro|€))?"
    ),
    "_flows": (
        "gaat; komt; volgt; loopt; staat (op|gepland|ingepland|klaar|bij|er)*; is (betaald|"
        "over|overgemaakt|binnen|er)*; wordt; gepland; ingepland; klaargezet; mee in; heeft u; "
        "hebt u; ontvangt u; krijgt u; (maken|maak|betalen|betaal|boeken|boek|voldoen) ~; "
        "betaalrun|betaalbatch; valutadatum"
    ),
    "_elsewhere": (
        "{goods}; pakket*; langs; vrachtwagen; monster*; chauffeur; vergadering; levering; "
        "lever*; bestelling; vakantie; terug; afspraak; bezoek; verval*; factuur van; "
        "gesloten; monteur; beurs; antwoord; akkoord; goedkeuring; creditnota; gisteren"
    ),
    "_rest": (
        "(op|de|het|voor|uiterlijk|is|dat|wordt|dan|beloofd|zeker|gegarandeerd|vast|ja|ok|"
        "sorry|bedankt|betaling|betaald|laten we zeggen|komende|aanstaande|echt)"
    ),
    "_suits": (
        "(kan|mag|zou|is|past|schikt|lukt|komt) ~~(ook|goed|uit|akkoord|wachten|ok|oke|"
        "mogelijk|later)"
    ),
}
_JA = {
    "_past": "しました|致しました|済|完了して",
    "_record": "(?:銀行|記録|帳簿|システム|通帳|明細).{0,8}(?:によると|では|上)",
    "_sum": "支払|振込|振り込|送金|入金|代金|金額|全額|残額|請求",
    "_flows": "予定|します|致します|いたします|なります|処理|完了|手配|行い|実行|着金|振込",
    "_elsewhere": "会議|納品|配送|届|休|出張|訪問|回答|返信|承認|打合",
    "_rest": "(?:に|です|ます|は|必ず|支払|振込|お|いたし|致し|予定|まで|で|し|、|。)+",
    "_suits": "(?:よろしい|大丈夫|可能|いかが|待って|お待ち)",
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
