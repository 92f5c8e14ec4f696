"""Spanish as it is spoken: idioms, clipped sentences, polite detours."""

from __future__ import annotations

PHRASES = {
    "promise": (
        r"(a |para )?(fin|finales|principios|mediados) de (mes|semana|\w+) (queda|estara|se|les|"
        r"la|lo|pagamos|liquidamos)~; (queda|quedara|estara) (\S+ )?(pagad|liquidad|abonad|"
        r"saldad|resuelt|cancelad)\w*~; (se|les|lo|la|le) (\S+ )?(paga|pagamos|pago|abona|"
        "abonamos|liquidamos|transferimos|transfiere|ingresamos|hacemos|mandamos|depositamos) "
        r"(\S+ ){{0,4}}(el|este|proxim\w*|manana|hoy|lunes|martes|miercoles|jueves|viernes|en "
        r"cuanto|a final\w*|antes|la semana|pronto)~; (transferencia|pago|giro|cheque|dinero|"
        r"importe) (sale|saldra|sera|se hara|esta programad\w*|programad\w*|previst\w*|para|el|"
        "este|queda|va|llega|llegara|entra)~; (pagaremos|abonaremos|liquidaremos|"
        r"transferiremos|ingresaremos|regularizaremos|haremos|pagare|realizaremos)\b~; (en "
        r"breve|cuanto antes|lo antes posible|pronto) (\S+ ){{0,3}}(pag\w+|liquid\w+|abon\w+|"
        r"regulariz\w+)~; (pag\w+|liquid\w+|abon\w+|regulariz\w+) (\S+ ){{0,3}}(en breve|cuanto "
        "antes|lo antes posible|pronto)"
    ),
    "_ahead": (
        r"(pagamos|liquidamos|abonamos|transferimos|ingresamos|enviamos|depositamos) (\S+ "
        r"){{0,3}}(este|proxim\w*|manana|el (lunes|martes|miercoles|jueves|viernes),? (dia "
        r")?\d+ de \w+|la proxima|la semana que viene|a fin\w* de|antes "
        "de)(?!.{0,20}pasad)"
    ),
    "already_paid": (
        r"ya (\S+ ){{0,4}}(pagad|abonad|liquidad|transferid|ingresad|saldad|hech|enviad|"
        r"cancelad)\w*~; (pagad|abonad|liquidad|transferid|saldad)\w* (desde|hace|el \d|el "
        r"pasado|la semana pasada|ayer|el mes pasado)~; (se|lo|la|les) (\S+ )?(pago|pagamos|"
        r"abono|abonamos|transferimos|ingresamos|liquido|enviamos) (\S+ ){{0,3}}(ayer|el pasado|"
        r"la semana pasada|hace|el mes pasado)~; (consta|figura|aparece) (\S+ )?(como )?(pagad|"
        r"abonad|liquidad|saldad)\w*; (revisen|miren|comprueben|verifiquen) (\S+ )?(su |sus "
        ")?(banco|cuentas?|extracto|movimientos|registros)"
    ),
    "dispute": (
        r"(factura|importe|cargo|cantidad|total|cobro|monto|esto) (\S+ ){{0,3}}(no (es|esta|"
        r"son) (\S+ )?(correct|bien|el acordad|la acordad|lo acordad|procede|corresponde)|"
        "equivocad|incorrect|mal|errone|indebid|no cuadra|no coincide|no procede|no "
        r"corresponde)\w*~; (disput\w*|impugn\w*|discrepan\w*|no estamos de acuerdo|no estoy de "
        r"acuerdo|no acept\w*|no reconoc\w*|reclamacion\w*|rechaz\w*|nos negamos|error en|no "
        r"vamos a pagar|no pensamos pagar|no pagaremos)\b; (corrijan|anulen|rectifiquen|"
        r"cancelen|revisen|corregir|anular|rectificar|rehacer) (\S+ ){{0,3}}(factura|importe|la|"
        r"cargo)\b; factura (rectificativa|corregida|rectificada|erronea|equivocada)"
    ),
    "why.pricing": (
        r"(precio|tarifa|importe|coste|monto) (\S+ ){{0,6}}(acordad|pactad|presupuest|superior|"
        r"distint|mas alt|no es|no coincide|cotizad|subido|equivocad|convenid)\w*~; (acordamos|"
        r"pactamos|quedamos en|presupuest\w*|cotizaron|ofrecieron) (\S+ ){{0,4}}\d~; descuento "
        r"(\S+ ){{0,5}}(no|falta|prometid|aplicad|olvid)\w*~; (cobrado|facturado) (\S+ )?(de "
        "mas|demasiado)"
    ),
    "why.quantity": (
        r"(falta|faltan|faltaron|faltaban) (\S+ )?(\d+|un|una|dos|tres|cuatro|cinco|seis|diez|"
        r"cajas?|piezas?|bultos?|unidades|palets?|la mitad)~; (solo|solamente|unicamente) (\S+ "
        r"){{0,3}}(\d+|la mitad|parte|dos|tres)~(llegaron|recib\w+|entreg\w+|de|unidades|"
        r"cajas)?; \d+ (\S+ ){{0,2}}(en lugar de|en vez de|y no|no) (las |los )?\d+; (entrega|"
        r"pedido) (parcial|incomplet\w*)"
    ),
    "why.not_received": (
        r"(no|nunca|jamas|todavia no|aun no) (\S+ ){{0,3}}(recibi\w*|lleg\w*|entreg\w*|"
        r"instal\w*|prest\w*|realiz\w*|vino|hicieron) (\S+ ){{0,3}}(mercanc\w*|mercader\w*|"
        r"pedido|producto\w*|material|paquete\w*|servicio|entrega|equipo\w*)\b; (mercanc\w*|"
        r"mercader\w*|pedido|producto\w*|material|paquete\w*|servicio|equipo\w*) (\S+ "
        r"){{0,4}}(no|nunca|jamas) (\S+ ){{0,2}}(recib\w*|lleg\w*|entreg\w*|ha llegado|"
        r"aparec\w*|prest\w*)\b"
    ),
    "why.quality": (
        r"(defectuos\w*|dañad\w*|danad\w*|rot[oa]s?|"
        r"averiad\w*|estropead\w*|mala calidad|no "
        r"funciona\w*|mal estado|caducad\w*|"
        r"deteriorad\w*|equivocad\w* (color|talla|"
        r"modelo)|no cumple\w*|fallos?|mojad\w*|"
        r"oxidad\w*)\b; (devolvimos|devuelt\w*|"
        r"hemos devuelto|devolucion)\b"
    ),
    "why.quality-": (
        r"(credito|abono) (\S+ ){{0,3}}devolucion|link (\S+ ){{0,3}}no funciona|enlace (\S+ "
        "){{0,3}}no funciona|devolucion (de|del) (dinero|importe|pago)"
    ),
    "why.cancelled": (
        "(cancelamos|cancelado|cancelada|anulado|anulamos|dado de baja|dimos de baja|dieron de "
        r"baja|rescindi\w*|dimos por terminado|la baja)\b~(contrat\w*|pedido|servicio|"
        r"suscrip\w*|en|el|desde|hace)?"
    ),
    "why.cancelled-": (
        r"(pago|factura|deuda|saldo|importe) (\S+ ){{0,3}}cancelad\w*|cancelad[oa] (el pago|la "
        "factura|el saldo)"
    ),
    "why.wrong_entity": (
        r"(otra|distinta|diferente) (empresa|sociedad|razon social|filial|entidad)\b; "
        "(corresponde|pertenece|es|va) (a|de) (nuestra|otra|la) (filial|matriz|empresa hermana|"
        r"sociedad|empresa)\b; (razon social|cif|nif|destinatario) (\S+ ){{0,3}}(equivocad|"
        r"incorrect|errone|no es|mal)\w*"
    ),
    "why.terms": (
        r"(segun|por) (contrato|acuerdo|condiciones) (\S+ ){{0,4}}\d+ dias; (todavia|aun) no "
        r"(toca|vence|ha vencido|esta vencid\w*|corresponde)\b; (pagamos|pago|plazo|"
        r"condiciones) (\S+ ){{0,3}}a \d+ dias\b~; no (ha vencido|esta vencid\w*|vence) ~"
    ),
    "why.not_ordered": (
        r"(nunca|no|jamas|nadie|quien) (\S+ ){{0,3}}(pedimos|pedido|pidio|solicit\w*|contrat\w*|"
        r"encarg\w*|compr\w*|ordenamos)\b(?! (\w+ )?(copia|factura|prorroga|plazo))"
    ),
    "why.late_fee": (
        "(recargo|intereses|interes|mora|penalizacion|gastos de (cobro|gestion|"
        r"reclamacion))\w*~~(no|retir\w*|elimin\w*|quit\w*|anul\w*|injust\w*|procede|acept\w*|"
        r"conden\w*)"
    ),
    "why.tax": (
        r"(iva|impuesto|retencion|igic|itbis) (\S+ ){{0,6}}(no|mal|incorrect\w*|exent\w*|"
        r"equivocad\w*|falta|debe\w*|inversion|\d+ ?%)~; exent[oa]s? de (iva|impuesto)"
    ),
    "why.duplicate": (
        r"(duplicad\w*|dos veces|por duplicado|doble (cobro|cargo|factur\w*)|ya (\S+ "
        r")?factur\w*|repetid\w*)\b"
    ),
    "why.duplicate-": (
        r"duplicado de la factura|(enviar|envien|mandar|necesito|copia) (\S+ ){{0,2}}duplicado"
    ),
    "why.credit_not_applied": (
        r"(abono|nota de credito|anticipo|saldo a favor|devolucion) (\S+ ){{0,6}}(no|falta|"
        r"prometid|aplicad|pendiente|descontad|nunca|olvid)\w*~"
    ),
    "why.unapproved_work": (
        r"(nadie|no|sin|nunca) (\S+ ){{0,3}}(autoriz|aprob|aprueb|consent|acord)\w* (\S+ "
        r"){{0,4}}(trabaj|horas|extra|servicio|obra|adicional)\w*; (horas extra\w*|trabajos? "
        r"adicional\w*|extras)~(no|nadie|sin|nunca)"
    ),
    "why.currency": (
        "(dolares|euros|pesos|usd|eur) (y no|en vez de|en lugar de|no) (en |de )?(dolares|"
        "euros|pesos|usd|eur)"
    ),
    "request_document": (
        r"(envi|mand|reenvi|remit|facilit|pas|hac)\w* (\S+ ){{0,5}}(factura|copia|extracto|"
        "estado de cuenta|albaran|contrato|certificado|duplicado|comprobante de entrega|"
        r"pdf)\b; (no (tengo|tenemos|encuentr\w*|localiz\w*|he recibido|hemos recibido|nos ha "
        r"llegado|nos llego|veo|vemos)) (\S+ ){{0,3}}(factura|copia|adjunto|documento)\b~; "
        r"(necesit\w*|falta|quer\w*) (\S+ ){{0,4}}(copia|factura|extracto|estado de cuenta|"
        r"albaran|certificado)\b"
    ),
    "request_document-": (
        r"(adjunt\w*|les envio|le envio|enviamos|mando) (\S+ ){{0,3}}(comprobante|justificante|"
        "copia)~"
    ),
    "submission_requirement": (
        "(portal|plataforma|ariba|coupa|facturae|"
        r"face|peppol|factura electronica)\b; "
        "(subir|suban|cargar|carguen|suba|sube|"
        r"presentar|registr\w*) (\S+ "
        "){{0,6}}(factura|portal|plataforma|"
        r"proveedor\w*|sistema)~; (indicar|incluir|"
        "incluyan|poner|falta|sin|anadir|"
        r"consignar) (\S+ ){{0,4}}(numero|orden|n°) "
        "(de )?(pedido|compra|oc)~"
    ),
    "wrong_person": (
        "(ya no|no) (trabajo|trabaja|estoy|esta|soy|llevo|lleva|pertenezco|me encargo|se "
        r"encarga) (\S+ ){{0,4}}(ahi|alli|aqui|empresa|con nosotros|en|persona|encargad\w*|"
        r"responsable|departamento|tema|eso|contacto|cargo)?\b; (persona|direccion|correo|"
        r"departamento|contacto|numero) (equivocad|incorrect|errone)\w*; (se equivoca\w*|"
        "equivocaron) de~; (dirijan|dirijase|dirijanse|contacten|contacte|escriban|hablen|"
        r"pregunten) (\S+ )?(a|con|al)~(\S+@\S+|mi|el|la|departamento|contab\w*|companer\w*); "
        r"(se jubilo|dejo la empresa|ha dejado|causo baja|fue reemplazad\w*|sustituy\w*|mi "
        r"sucesor)\b"
    ),
    "wrong_person-": (
        r"(precio|importe|factura|monto|total|cantidad|iva) no (es|esta) (\S+ ){{0,3}}; no esta "
        r"(de acuerdo|pagad\w*|correct\w*|conforme|bien|vencid\w*)~; no soy (una |un )?(maquina|"
        "banco)"
    ),
    "stop_contact": (
        "(dejen|deje|dejad|deja|paren|pare|cesen|basta) (ya )?(de )~(escrib|mand|envi|llam|"
        r"molest|contact|correo|acos|mail|mensaj)\w*; no (me |nos )?(escriban|escriba|contacten|"
        r"contacte|llamen|envien|envie|manden|molesten) (\S+ )?(mas|nunca|otra|nada|ningun)~; "
        r"no (quiero|queremos|deseo|deseamos) (\S+ ){{0,3}}(recibir|mas|que me|saber)~(correo|"
        r"mensaj|mail|recordator|ustedes|nada)?\w*; (borren|eliminen|quiten|saquen|den de baja|"
        r"denme de baja|dar de baja) (\S+ ){{0,6}}(lista|correo|direccion|base|datos|"
        r"contacto)~; (dejenme|dejennos) (en paz|tranquil\w*)"
    ),
    "payment_plan_request": (
        r"(a|en) (\S+ )?(plazos|cuotas|mensualidades|pagos|partes|meses|veces)\b~; fraccion\w*|"
        r"aplaz\w* el pago en|parcialidades|abonos mensuales|plan de pagos?|al mes\b~; (mitad|"
        "50 ?%) (ahora|hoy)~"
    ),
    "extension_request": (
        "(prorroga|aplazamiento|aplazar|ampliacion (del )?plazo|ampliar el plazo|mas (tiempo|"
        "plazo|dias)|posponer|retrasar el pago|unos dias mas|otra semana|otro mes|extender el "
        r"plazo|extension del plazo|esperar hasta|nos esperan|paciencia)\b~"
    ),
    "hardship": (
        r"(dificultad\w*|problemas?|apuros?|crisis|ahogad\w*) (\S+ ){{0,3}}(economic\w*|"
        r"financier\w*|liquidez|tesoreria|caja)\b; (sin|no hay|falta de|no tenemos|no tengo) "
        r"(\S+ )?(liquidez|dinero|fondos|efectivo|un duro|ventas)\b; (momento|situacion|epoca|"
        r"racha) (\S+ ){{0,2}}(dificil|complicad\w*|mala|malo|delicad\w*|critic\w*)\b; (no "
        r"llegamos a fin|cuentas embargadas|ventas (\S+ )?(caido|hundido)|enfermedad|fallec\w*|"
        r"incendio|inundacion)\b"
    ),
    "legal_threat": (
        r"(abogad\w*|acciones legales|via judicial|tribunal\w*|demandar(emos|e)?|demanda "
        r"judicial|poner una demanda|denunci\w*|burofax|procurador|juicio|asesoria juridica|"
        "departamento juridico|departamento legal|proteccion de datos|rgpd|derecho de acceso|"
        r"oficina de consumo|acoso|querella|medidas legales)\b"
    ),
    "legal_threat-": (
        r"(concurso|insolvencia|liquidacion|acreedores) ~~(juzgado|tribunal|mercantil)\w*; "
        r"demanda (de |del )?(mercado|producto|cliente)\w*"
    ),
    "insolvency_notice": (
        "(concurso (de acreedores|voluntario|necesario)?|en concurso|preconcurso|"
        r"administrador(a|es)? concursal\w*|insolven\w*|quiebra|bancarrota|suspension de pagos|"
        r"liquidacion de la (empresa|sociedad)|empresa (\S+ ){{0,3}}(cerrad|disuelt|liquidad|"
        r"extinguid)\w*|cese de actividad|cesado (su |la )?actividad|masa (activa|concursal)|"
        r"ley 22/2003|concurso mercantil)\b"
    ),
    "insolvency_notice-": "concurso (publico|de (meritos|fotografia)|oposicion)",
    "bank_details_change": (
        r"(iban|cuenta bancaria|datos bancarios|numero de cuenta|nueva cuenta|cambiad\w* (\S+ "
        r"){{0,3}}(cuenta|banco)|cambio de (cuenta|banco))\b"
    ),
    "complaint": (
        r"(verguenza|vergonzos\w*|inadmisible|inaceptable|hart[oa]s?|pesad\w*|falta de respeto|"
        r"mal (servicio|trato)|pesim\w*|indignad\w*|insoportable|grosero\w*|maleducad\w*|"
        r"incompeten\w*|(tercera|cuarta|quinta|enesima|segunda) (vez|carta)|nadie (\S+ "
        r")?(contesta|responde|llama|atiende)|decepcion\w*|atropello|su tono|ya esta bien|a "
        r"todas horas|amenaz\w*)\b"
    ),
    "acknowledgement": (
        "(recibid[oa]|entendid[oa]|enterad[oa]s?|tomo nota|tomamos nota|anotad[oa]|de acuerdo|"
        r"vale|ok|perfecto|visto)\b\W*(gracias|muchas gracias|por avisar)?\W*$; gracias por (el "
        "|su |la |tu )?(aviso|recordatorio|correo|mensaje|informacion|mail|avisar)~"
    ),
    "in_process": (
        r"(pendiente|a la espera|esperando|falta) (\S+ )?(de |la |el |por )?(\S+ )?(aprob\w*|"
        r"firm\w*|autoriz\w*|valid\w*|visto bueno|revision|respuesta|conform\w*)\b~; en "
        r"(tramite|proceso|revision|curso|aprobacion|validacion)\b; (reenvi\w*|pas\w*|"
        r"traslad\w*|deriv\w*) (\S+ ){{0,5}}(contab\w*|administracion|departamento|companer\w*|"
        r"finanzas|director|jefe)\b; (lo|la|estoy|estamos) (\S+ )?(revis\w*|mir\w*|consult\w*|"
        r"compro?b\w*|verific\w*|averigu\w*)\b~"
    ),
    "payment_method_request": (
        r"bizum\b; (pagar|pago) (\S+ ){{0,3}}(con|por|mediante) (tarjeta|paypal|bizum|cheque|"
        r"domiciliacion|efectivo|recibo)\b~; (aceptan|admiten|tienen) (\S+ )?(tarjeta|paypal|"
        r"bizum|cheques?|visa|amex)\w*~; (enlace|link|pagina) (de pago )?(\S+ ){{0,3}}(no "
        r"funciona|caducad\w*|error|no abre)~; (domiciliar|domiciliacion|forma de pago|metodo "
        r"de pago|medios? de pago)\b"
    ),
    "credit_request": (
        r"(descuent\w*|compens\w*|aplic\w*|restar|resten|deduc\w*) (\S+ ){{0,4}}(saldo|abono|"
        r"credito|anticipo|favor|devolucion)\b~; (reembols\w*|devuelvan|devolver) (\S+ "
        "){{0,4}}(dinero|importe|pago|cobrado|pagado|mas)~; (emitan|emitir|hagan|necesitamos|"
        r"esperando|falta) (\S+ ){{0,3}}(abono|nota de credito|nota de abono)\b~"
    ),
    "invoice_question": (
        r"(a que|por que|que|cual|quien|cuando|cuanto|como|de donde) ~\?; (explic\w*|aclar\w*|"
        r"detall\w*|desglos\w*|llamenme|llamen|me llaman)\b~"
    ),
    "out_of_office": (
        r"(de|en) (vacaciones|permiso|viaje|baja)\b~; (fuera de la oficina|ausente|no estare|"
        r"estare fuera|vuelvo el|regreso el|me reincorporo)\b~"
    ),
    "remittance_advice": (
        r"(adjunt\w*|aviso|detalle|envio|remito) (\S+ ){{0,4}}(justificante|comprobante|"
        r"transferencia|aviso de pago|detalle del pago)\b; aviso de (pago|transferencia)\b; "
        r"(transferencia|pago) (\S+ ){{0,4}}(corresponde|cubre|incluye) (\S+ )?(a )?(las "
        ")?(facturas|siguientes)"
    ),
    "other": (
        r"(feliz|felices) (navidad|ano|cumple\w*|fiestas|pascua\w*)~; (newsletter|feria|"
        r"catalogo|curriculum|webinar|vacante)\b~"
    ),
}
