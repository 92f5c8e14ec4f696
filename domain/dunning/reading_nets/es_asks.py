"""Spanish: what customers ask for, and trouble they tell of."""

from __future__ import annotations

PHRASES = {
    "extension_request": (
        "prorrog*; aplaz*; (mas|un poco (mas )?de|algo de|algo mas de) (tiempo|plazo|"
        r"margen|dias|paciencia); (extens*|ampli*|extend*|alarg*) (\S+ ){{0,5}}(plazo|pago|"
        "vencimiento|fecha|credito)~; (otr[ao]s?|unos|un par de|dos|tres|una|cinco|diez|"
        r"quince|\d+|algunos|un) (\w+ )?(dias|semana*|mes|meses|quincena) (mas|adicional*|"
        "extra|de (margen|plazo|prorroga|gracia)); (posterg*|retras*|mover|pospon*|difer*|"
        r"correr) (\S+ ){{0,5}}(pago|fecha|vencimiento|hasta|al|para|a|unos)~; (podemos|"
        r"podria*|podriamos|seria posible|es posible|nos permit*|pueden|puedo|habria) (\S+ "
        r"){{0,6}}(pagar|abonar|esperar|transferir|liquidar|pago) (\S+ ){{0,6}}(despues|mas "
        "tarde|hasta|a fin*|el|en|la proxima|proximo|mes|semana|al|para|a final*|mas "
        r"adelante|quincena)~; (esper*|paciencia|aguant*) (\w+ )?(hasta|un poco|unos dias|a "
        "que|una semana|unas semanas)~; plazo (adicional|mayor|de gracia|extra)"
    ),
    "payment_plan_request": (
        r"cuota*; (en|a) (\w+ )?(plazos|mensualidades|partes|pagos parciales|parcialidades|"
        "abonos|exhibiciones|tramos); (en|a) (dos|tres|cuatro|cinco|seis|varias|varios|"
        r"\d+) (\w+ )?(cuotas|pagos|plazos|partes|mensualidades|parcialidades|meses|veces|"
        "abonos|letras); fraccion*; plan de pago*; acuerdo de pago; calendario de pago*; "
        r"mensualidad*; (mitad|\d+ ?%|parte|anticipo|un tercio) (\S+ ){{0,6}}(ahora|hoy|"
        "esta semana|este mes|el|ya|inmediatamente|y) ~(resto|otra mitad|restante|la otra|"
        r"saldo)~; (el )?(resto|restante|otra mitad|saldo restante) (\S+ ){{0,4}}(en|el|a "
        r"fin*|mes|despues|proximo|luego|dentro|la)~; \S*\d\S* (eur|euros|€|pesos)? ?(al|"
        "por|cada|mensual*) ?(mes)?; pago* (parcial*|mensual*|fraccionado*|semanal*|"
        r"escalonado*); (quita|descuento (si|por|para)|rebaja (si|por)|acept* (\S+ "
        "){{0,5}}(como pago total|por el total|finiquito|para cerrar|para saldar)|"
        "finiquit*|pago unico|transaccion|condon*|liquidar con descuento)~"
    ),
    "hardship": (
        r"liquidez; (problema*|dificultad*|falta|situacion|crisis|apuro*) (\S+ "
        "){{0,3}}(economic*|financier*|de caja|tesoreria|flujo|liquidez|efectivo|de pago|"
        "complicad*|de fondos|critic*|dific*); (flujo de (caja|efectivo)|caja|tesoreria) "
        r"(\S+ ){{0,4}}(mal*|limitad*|baj*|apretad*|no|ajustad*|negativ*|complicad*)*; no "
        "(podemos|puedo|podremos|tenemos|nos es posible|estamos en condiciones|contamos|"
        r"hay|alcanza*) (\S+ ){{0,5}}(pagar|fondos|dinero|afrontar|hacer frente|recursos|"
        "para pagar|efectivo|cumplir|cubrir|asumir|abonar)(?! (hasta|sin|porque|si|antes));"
        r" (momento*|situacion|etapa|epoca|mes*|racha|temporada) (\w+ )?(dificil*|"
        r"complicad*|delicad*|critic*|mal*|dur*); (perdimos|hemos perdido|perdida de) (\S+ "
        r"){{0,4}}(client*|contrato*|venta*); (ventas|ingresos|facturacion|negocio) (\S+ "
        "){{0,4}}(baj*|cay*|caid*|desplom*|par*|mal|lent*|floj*); (cuenta*) (embargad*|"
        "bloquead*|congelad*); nomina*|despid*|erte|ere; (hospital*|enferm*|falleci*|"
        "incendio|inundacion|robo|accidente); sin (fondos|dinero|liquidez|recursos)"
    ),
    "hardship-": (
        r"no (podemos|puedo|podremos) (pagar|procesar|abonar)\w* (\S+ ){{0,4}}(sin|hasta|"
        "porque|si|antes|mientras)"
    ),
    "complaint": (
        "hart[oa]s?; poco profesional*; a todas horas; inaceptable; inadmisible; queja*|"
        "quejar*; verguenza|vergonzos*; molest[oa]s?|molestia que; indign*; (decepcion*|"
        "decepcionad*); (hart[oa]s?|cansad[oa]s?) (de|ya); falta de (respeto|"
        "profesionalidad|seriedad|educacion|consideracion); (pesimo|mal|terrible|horrible|"
        r"lamentable|malisim*) (\w+ )?(servicio|trato|atencion|gestion|comunicacion); "
        r"(tercer*|cuart*|quint*|segund*|enesim*|\dª|\d[ao]) (\w+ )?(vez|correo|"
        r"recordatorio|mensaje|aviso|reclamo|llamada) ~; (nadie|nunca|jamas) (\w+ )?(nos |"
        "me |se )*(contest*|respond*|atiend*|llam*|hace caso|lee|resuelv*)~; (grosero|"
        "agresiv*|amenaza*|maleducad*|impertinent*|intimidat*|ofensiv*|insult*|"
        r"desagradable*|prepotent*); (tono|forma|manera|trato) (\S+ ){{0,5}}(inaceptable|"
        "amenaz*|agresiv*|tratar|client*|grosero|no me|correo*); (burla|tomadura de pelo|"
        "ridicul*|absurd*|increible|no puede ser); (vaya|que|bonit*|genial|estupendo|"
        r"fantastico|bravo|enhorabuena|felicidades|magnifico) (\S+ ){{0,5}}(servicio|otra "
        "vez|otro recordatorio|client*|atencion|forma de|manera de|de nuevo|tercer*|"
        "profesional*)~; (cliente* (fiel|leal|desde|de toda)); (ya (les |se lo )?(dije|"
        "dijimos|explique|explicamos|respondi|conteste|comentamos|informamos)) ~(veces|"
        "ocasiones|varias|dos|tres|mil)~; (harcel|acoso|agobi*|hostig*)*(acos|hostig|"
        r"agobi)\w*"
    ),
    "credit_request": (
        "apliquen la nota; (nota* de credito|saldo a favor|abono|anticipo|credito a favor|"
        r"notas de abono) (\S+ ){{0,6}}(aplic*|descont*|compens*|emit*|contra|por favor|"
        "deduc*|utiliz*|a la factura|usar|pendiente de aplicar); (aplic*|descont*|compens*|"
        r"emit*|deduc*|us*|utiliz*|gener*|necesit*|solicit*|envi*|hagan|hac*|realic*) (\S+ "
        "){{0,7}}(nota* de credito|saldo a favor|credito|abono de|abono por|anticipo|una "
        "nota de abono|factura rectificativa|el abono)(?! (bancari*|limite|linea)); "
        "reembols*|devoluci* (del|de) (dinero|importe|pago|lo pagado|saldo|cantidad)|"
        "devuelv* (el|la|nos) ~(dinero|importe|cantidad|pago|diferencia); (pag*|abon*) "
        r"(\w+ )?(de mas|dos veces|doble|por duplicado|en exceso); pago* (duplicado|en "
        "exceso|doble); reintegr*"
    ),
    "submission_requirement": (
        "portal*; ariba|coupa|tungsten|basware|face|facturae|peppol|sii|plataforma*|edi|"
        "factura electronica|e-?factura|cfdi; (subir|suban|suba|cargar|carguen|cargue|"
        r"registrar|ingresar|presentar|presenten|enviar|remitir) (\S+ ){{0,8}}(portal|"
        r"plataforma|sistema|a traves|por (medio|via)|electronic*|web|sap)~; factura* (\S+ "
        "){{0,5}}(deben|debe|solo|unicamente|tienen que|tiene que|exclusivamente|han de|"
        r"siempre) (\S+ ){{0,6}}(envi*|present*|subir*|carg*|inclu*|llev*|indic*|mencion*|"
        "ir|recib*|acept*|por|traer|consign*|contener|venir)~; (indi*|inclu*|pon*|mencion*|"
        r"agreg*|anad*|consign*|con el|con la|reflej*|hacer constar) (\S+ ){{0,4}}(numero "
        "de (pedido|orden|oc|proveedor)|orden de compra|oc|po|centro de coste*|referencia|"
        r"pedido de compra)~; (orden de compra|numero de (pedido|orden)|oc) (\S+ "
        "){{0,4}}(obligatori*|requisito|necesari*|debe|en (la|todas)|imprescindible|"
        r"requerid*); (envi*|remit*|mand*|dirij*) (\S+ ){{0,3}}factura* (\S+ ){{0,4}}(a|al) "
        r"(\S+@\S+|buzon|correo|nuestr*|la direccion)~; (alta|registr*|dar de alta|darlos "
        r"de alta|inscrib*) (\S+ ){{0,5}}proveedor*; nuevo proveedor; formato (pdf|xml|"
        "electronico)"
    ),
    "payment_method_request": (
        r"(con|por|mediante|via|a traves de) (\w+ )?(tarjeta|tarjeta de credito|cheque|"
        "paypal|domiciliacion|bizum|sepa|transferencia inmediata|stripe|giro|un pagare|"
        "confirming|efectivo|oxxo|deposito|spei|link) ~(pag*|acept*|posible|abon*)?; "
        r"tarjeta*; domicili*; (enlace|link|liga|pagina|boton) (\w+ )?(de |para )?(el "
        r")?(pago|pagar)~; (enlace|link|liga) (\S+ ){{0,5}}(no (funciona|abre|carga|sirve)|"
        r"caduc*|expir*|roto|error); (acept*|admit*) (\S+ ){{0,3}}(tarjeta*|cheque*|paypal|"
        r"domicili*|amex|pagare*|efectivo|confirming); como (\w+ )?(podemos|puedo|pagar|"
        "pagamos|se paga|realizar|hacer|hacemos|debemos|debo|realizamos)~; (forma*|metodo*|"
        "medio*|modalidad) de pago; a (que|nombre de quien) ~cheque; un pagare|confirming"
    ),
    "payment_method_request-": (
        r"(pagad*|pagamos|pague|realizad*|hicimos|enviad*|abonad*|transferid*|salio) (\S+ "
        r")?(con|por|mediante|via) (\w+ )?(tarjeta|cheque|transferencia|paypal|domicili*); "
        r"(pagaremos|haremos|sera|abonaremos) (\S+ ){{0,4}}(por|con|mediante|via) (cheque|"
        "transferencia|tarjeta)"
    ),
    "invoice_question": (
        r"(que|cual*|por que|cuando|como|cuanto*|cuanta*|quien|donde|a que|de que) (\S+ "
        r")~~\?; (explic*|aclar*|detall*|desglos*|justific*|especific*) (\S+ ){{0,4}}(el|la|"
        "esta|que|por|me|nos|cargo|importe|concepto|factura|a que)~; (llam*)(me|nos|eme|"
        r"enos|enme|ennos|ar|ada) ~; (pueden|puede|podrian|podria) (\S+ ){{0,4}}(confirmar|"
        "indicar|decir|explicar|aclarar|verificar|revisar|informar|llamar)~; (es|son|esta|"
        "estan|hay|tienen|corresponde|incluye|se trata|debo|debemos|tengo|fue|seria|ya) "
        r"~~\?; a que (corresponde*|se refiere*|se debe*|concepto); (duda*|pregunta*|"
        "consulta*) (sobre|con|acerca|respecto|:|de)~; (no (entiend*|entend*|se|sabemos|"
        r"comprend*|tengo claro|veo)) (\w+ )?(por que|que|a que|el|la|de donde|este|esta|"
        r"cual)~; (confirm*|indi*|digan|dig*|aclar*)(me|nos|nme|nnos|n|en|en) (\S+ "
        "){{0,3}}(si|que|cual|cuanto|el (importe|saldo|monto|total)|la fecha|a que|por "
        "que)~"
    ),
    "invoice_question-": (
        "(cualquier|alguna|tiene*|otra|mas) (duda|pregunta|consulta)*(duda|pregunta|"
        r"consulta)\w*"
    ),
}
