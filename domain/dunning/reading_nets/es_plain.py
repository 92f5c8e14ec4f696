"""Spanish in plain words: the same matters as a second and a third writer would put them."""

from __future__ import annotations

PHRASES = {
    "_if": (
        r"(manden|mande|envien|envie|manda|den|arreglen)( \S+){{0,6}} y (les |le |te |se "
        r")?(pag\w+|deposit\w+|transfer\w+|liquid\w+)~; sin \w+( \w+)? no hay (pago|dinero)~; "
        r"(en cuanto|cuando|apenas|tan pronto|una vez)~(reciba\w*|llegue\w*|tenga\w*|"
        r"autorice\w*|manden|envien|firme\w*|nos paguen|este\w*)~"
    ),
    "_perhaps": (
        r"(en cuanto|cuando|tan pronto) (\w+ )?(pueda|podamos|se pueda|tenga|haya (dinero|lana|"
        r"fondos))\w*~; a ver si; ahi la llevamos; esper\w+ (poder|pagar|liquidar)~; ojala; si "
        r"dios quiere; intent\w+; a la brevedad; trat\w+ de; ya casi; en estos dias; cualquier "
        "rato"
    ),
    "_courtesy": r"(en cuanto|cuando|tan pronto) (\w+ )?(pueda|podamos|se pueda)\b",
    "promise": (
        r"(les|le|te|lo|la|os) (pago|pagamos|pagare\w*|deposito|depositamos|liquido|liquidamos|"
        r"transfiero|transferimos)( \S+){{0,2}} (en cuanto|cuando|manana|el (lunes|martes|"
        "miercoles|jueves|viernes)|pronto|luego|sin falta|a mas tardar|esta|la proxima)~; (en "
        r"cuanto|cuando|apenas|tan pronto)( \S+){{1,8}},? (les |le |se |te |lo )?(pagamos|pago|"
        r"liquidamos|transferimos|depositamos|abonamos|paga)\b~; (pag\w+|lo pag\w+|liquid\w+)( "
        r"\S+){{0,5}} sin falta~; a ver si~(cae|sale|entra|hay|pag\w+|juntamos|podemos)~; "
        r"(quedara|queda) (pagad|liquidad|programad)\w*~; (manana|el (lunes|martes|miercoles|"
        "jueves|viernes)) (les |le |te |se |lo )?(pago|pagamos|deposito|depositamos|transfiero|"
        r"transferimos|hago|hacemos|cae|sale|entra|mando|mandamos)\b~; (ya casi|en estos dias|"
        r"estos dias|cualquier rato|al rato)\W( \S+)?~(deposit\w+|pag\w+|transfi\w+|mand\w+|"
        r"liquid\w+)~; (se|te|le|les) (lo|la|los|las) (deposito|pago|transfiero|mando|"
        r"depositamos|pagamos|liquido)\b~"
    ),
    "_ahead": (
        r"(pag\w+|deposit\w+|transfer\w+|liquid\w+)( \S+){{0,5}} sin falta~; manana (les|le|te|"
        "se|lo) ~"
    ),
    "already_paid-": (
        r"(lo |les |la )?pagamos( \S+){{0,4}} sin falta~; (en cuanto|cuando|apenas)( "
        r"\S+){{1,8}} pagamos~"
    ),
    "already_paid": (
        r"^\W*(pagamos|pague|transferimos|transferi|depositamos|deposite|liquidamos)( "
        r"\S+){{0,4}} (ayer|anteayer|la semana pasada|el mes pasado|hace|hoy en la manana)~; "
        "(quedo|fue|esta|ha sido|ha quedado) (ya )?(pagad|liquidad|cubiert|saldad|depositad|"
        r"transferid)\w*~; (les|le|te|se|lo) (hicimos|hice|hizo|mandamos|mande|enviamos|envie|"
        r"depositamos|deposite|transferimos)( \S+){{0,2}} (el |la |un |su )?(deposito|pago|"
        r"transferencia|giro|abono|dinero)~; (pasado|pasada|ayer|anteayer)( \S+){{0,2}} (pag\w+|"
        r"deposit\w+|transfer\w+|hic\w+|liquid\w+)~"
    ),
    "already_paid!": (
        r"segun (nuestr|mi|el|la|los)\w* (\w+ )?(banco|registros?|sistema|contabilidad|extracto|"
        r"estado de cuenta|libros)~~(pag\w+|liquid\w+|transfer\w+|abon\w+|cargad\w+|debitad\w+|"
        r"deposit\w+)"
    ),
    "bank_details_change-": (
        r"(esta|mi|este|mi) (direccion|correo|e-?mail|cuenta de correo)~; escrib\w+~"
    ),
    "dispute-": r"(descuent\w+|apliqu\w+|compens\w+)~(nota de credito|saldo a favor|abono)~",
    "why.credit_not_applied-": (
        r"(descuent\w+|apliqu\w+|abaten?|compens\w+|restar?|resten) (\S+ ){{0,3}}(nota de "
        "credito|saldo|abono|anticipo)~"
    ),
    "credit_request": (
        r"(descuent\w+|apliqu\w+|compens\w+|rest\w+|acredit\w+|abon\w+) (\S+ ){{0,4}}(nota de "
        "credito|saldo a favor|abono|anticipo|credito|excedente|devolucion)~; saldo a favor~; "
        r"(emit\w+|hag\w+|mand\w+|expid\w+|necesit\w+|quer\w+|solicit\w+) (\S+ ){{0,3}}(nota de "
        r"credito|abono|reembolso|devolucion)~; (devuelv\w+|reembols\w+|reintegr\w+) (\S+ "
        ")?~(anticipo|deposito|pagado|dinero|diferencia|de mas)?; pagamos (dos veces|de mas|"
        "doble)~; (descuento|bonificacion|compensacion) por (el|la|los) (retraso|demora|"
        r"molestia\w*|falla\w*)~"
    ),
    "invoice_question-": "mercancia que falta~; (factura|pedido) que~",
    "wrong_person": (
        "(eso|esto|lo|la|las facturas|ese tema) (lo |la |las )?(lleva|maneja|ve|tramita|"
        "gestiona|atiende)n? (mi|el|la|otra|otro|contabilidad|administracion)~; ya no (trabajo|"
        r"laboro|estoy|soy|pertenezco)( \S+){{0,3}}~; (no soy|yo no soy) (la persona|el "
        r"encargado|la encargada|quien|responsable)~; (dirijase|dirijanse|escriba\w*|"
        r"contacte\w*|hable\w*) (\S+ )?(a|con|al) (contabilidad|administracion|finanzas|el area|"
        r"mi compa\w+|tesoreria|\S+@\S+)~"
    ),
    "stop_contact": (
        r"(no|ya no|nunca) (me|nos) (escrib\w+|llam\w+|contact\w+|mand\w+|envi\w+|molest\w+|"
        r"busqu\w+)( \S+)? ?(mas)?\b~; (deje|dejen|deja|paren|pare|para) de (mandar\w*|"
        r"enviar\w*|escribir\w*|llamar\w*|molestar\w*|contactar\w*|acosar\w*)\b~; (borre|borren|"
        r"quiten?|eliminen?|saquen?) (\S+ ){{0,4}}(lista|correo|datos|direccion|base)~; (dejen|"
        r"deje|dejenme|dejenos)( \S+)? en paz~; (basta|ya estuvo) (ya |de )~(correos|mensajes|"
        "llamadas)~"
    ),
    "stop_contact-": (
        r"no (me|nos) (llego|llega|mandaron|enviaron|envian|han enviado|mando|escribieron)\b~"
    ),
    "in_process-": r"dejen?(me|nos)? en paz~; deme( \S+){{0,2}} (semanita|semana|dias|mes|tiempo)~",
    "hardship": (
        r"(andamos|estamos|ando|estoy)( \w+)? (cortos?|apretad\w+|ahorcad\w+|sin (lana|dinero|"
        "efectivo|fondos|liquidez)|en numeros rojos|mal de (dinero|efectivo))~; (no (tenemos|"
        r"tengo|hay)|sin|falta de) (liquidez|dinero|efectivo|fondos|flujo|lana)\b~; (ventas|"
        r"negocio|economia)( \S+){{0,3}} (bajas|caid\w+|mal|flojo|flojas|parad\w+)~; (mala "
        r"racha|crisis|situacion (dificil|complicada|critica))\b~"
    ),
    "why.not_received": (
        r"(nunca|jamas|no|todavia no|aun no)( \S+){{0,2}} (llego|lleg\w+|recib\w+|entreg\w+)( "
        r"\S+){{0,2}} ?(pedido|mercancia|material|producto|equipo|nada)?\b~; (pedido|mercancia|"
        r"material|producto|equipo)( \S+){{0,3}} (nunca|no) (llego|se entrego|recib\w+|nos "
        "llego)~"
    ),
    "why.not_received-": (
        r"(en cuanto|cuando|apenas) (recib\w+|llegue\w*|nos llegue)~; no (me|nos) (ha )?lleg\w+ "
        r"(la|su|ninguna) factura~; (llego|recib\w+) (dana|rot|defectuos|golpead)\w+~"
    ),
    "request_document-": (
        r"(precio|importe|tarifa|monto)( \S+){{0,4}} (no coincide|no corresponde|distint\w+|"
        r"diferente)~; mand\w+ (correos|mensajes|recordatorios)~; que nos (enviaron|mandaron)~"
    ),
    "other": (
        r"feliz (navidad|ano|viernes|pascua)\b~; felices fiestas~; (me equivoque|correo "
        "equivocado|perdon,? era para)~; (nos mudamos|cambiamos de (oficina|domicilio|"
        r"direccion))~; (cotizacion|presupuesto) (de|para) (\d+|otr\w+|nuev\w+)~"
    ),
    "payment_plan_request": (
        r"(pagar|pago|pagarlo|pagarles|liquidar)( \S+){{0,4}} (en|a) (\w+ )?(plazos|"
        r"parcialidades|partes|abonos|cuotas|mensualidades|meses|pagos)\b~; (en|a) (dos|tres|"
        r"cuatro|cinco|seis|varios|\d+) (pagos|plazos|partes|abonos|cuotas|meses|parcialidades|"
        r"mensualidades)~; (poco a poco|por partes|de a poco)\b~; (abonos|pagos|cuotas|"
        r"parcialidades) (semanales|mensuales|quincenales|parciales)\b~; (semanal|mensual|"
        "quincenal)mente~"
    ),
    "extension_request": (
        "(nos|me|les)? ?(pueden?|podrian?|puede|dan?|dan) (esperar|aguantar|chance|dar(nos)? "
        r"(mas tiempo|chance|otr\w+|unos|una|un|plazo|prorroga|hasta))~; (nos |me )?dan "
        r"chance~; (una|otra|dos|unas|un|unos)( \w+)? (semanas?|dias?|mes|meses|quincena) "
        r"mas\b~; (prorroga|ampliacion|extension) (del?|de la|hasta|de)~; (deme|denme|dame|"
        r"denos|regaleme|concedame|concedanos)( \S+){{0,2}} (semanita|semana|semanas|dias|"
        "diitas|mes|tiempo|plazo|chance|prorroga)~"
    ),
    "suspicious_instruction-": r"a (robot|bot|sistema)s?\b",
    "why.tax": (
        r"(no|sin|exent\w+|indebid\w+)( \S+){{0,4}} (cobr\w+|factur\w+|aplic\w+|carg\w+|llev\w+|"
        r"inclu\w+)?( \S+){{0,2}} ?(iva|impuestos?|igic|retencion)\b~"
    ),
    "promise-": "(pasado|pasada|ayer) ~",
    "why.duplicate-": "el doble de~",
    "why.pricing": (
        r"(el doble|el triple|mas) (de|que) (lo|la) (cotiz\w+|acord\w+|pactad\w+|convenid\w+|"
        "cotizacion)~"
    ),
    "insolvency_notice": (
        r"(empresa|negocio|compania|sociedad|firma)( \S+){{0,2}} (quebro|quebrada|en quiebra|"
        r"trono|cerro definitivamente)\b~; (quebramos|nos fuimos a la quiebra|tronamos)\b"
    ),
}
