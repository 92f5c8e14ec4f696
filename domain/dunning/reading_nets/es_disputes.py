"""Spanish: why an invoice is contested."""

from __future__ import annotations

PHRASES = {
    "dispute": (
        r"disput*; (factura|importe|monto|cobro|cargo|total|\S*\d\S*|esto|eso|cantidad) "
        r"(\S+ ){{0,3}}(incorrect*|erroneo|erronea|equivocad*|mal|no (es|esta) (correct*|"
        "bien|conforme)|no corresponde*|no procede|no cuadra*|indebid*|no coincide*|"
        r"injustificad*); (error*|discrepancia*|diferencia*|inconsistencia*) (\S+ "
        "){{0,3}}(factura*|importe|monto|precio|cobro|cargo|calculo|cantidad|facturacion); "
        "(no (estamos|estoy) (de acuerdo|conforme*)|desacuerdo|disconform*|no acept*|no "
        "reconoc*|no deb(emos|o)|no (vamos|voy) a pagar|no pagar(emos|e)|nos negamos|"
        "rechaz* (la|esta|su|el|este|dich)|no corresponde|no procede|impugn*|objet*)~; "
        "reclam(o|acion|aciones|amos)(?! (de|por) (credito|pago))~; (corrij*|correg*|anul*|"
        r"rectific*|refactur*|reemit*|cancel*|sustitu*) (\S+ ){{0,5}}(factura|\S*\d\S*); "
        "factura (rectificativa|corregida|rechazada|devuelta|sustitutiva)"
    ),
    "dispute-": (
        r"(ningun*|no hay|sin) (\w+ )?(reclam*|disputa|objecion|desacuerdo|error*|problema)"
    ),
    "why.pricing": (
        r"(precio*|tarifa*|costo|coste|valor|importe) (\S+ ){{0,8}}(no (es|coincide|"
        "corresponde|cuadra)|incorrect*|acordad*|pactad*|cotizad*|mas alto|superior|"
        "distint*|diferente|equivocad*|erroneo|presupuest*|contrato|era|debe|subi*|pedido|"
        "oferta|mayor); (presupuesto|cotizacion|contrato|oferta|orden de compra|acuerdo|"
        r"pedido|pacto) (\S+ ){{0,5}}(era|dice|indica|es|de|por|establece|marca|fue|"
        r"firmad*) (\S+ ){{0,3}}\d\S*; (acord*|pact*|cotiz*|quedamos|presupuest*|ofrec*) "
        r"(\S+ ){{0,5}}\d\S*; (cobr*|factur*) (\S+ ){{0,4}}(de mas|demasiado|mas (de lo|"
        "caro)|en exceso|otro precio); (demasiado|muy) (alto|caro|elevado); (descuento|"
        r"rebaja|bonificacion|rappel) (\S+ ){{0,6}}(no|falta|acordad*|aplic*|promet*|"
        r"pactad*|olvid*); en (lugar|vez) de (los |las )?\d\S* ?(eur|euros|€|pesos|usd|por|"
        "la hora)?; sobreprecio|sobrecosto|sobrefactur*|portes (no|de mas|incluid*)"
    ),
    "why.quantity": (
        r"cantidad* (\S+ ){{0,6}}(incorrect*|no (es|coincide|corresponde)|equivocad*|"
        "errone*|facturad*|recibid*|menor|distint*); (solo|solamente|unicamente|nada mas) "
        r"(\S+ ){{0,4}}(recib*|lleg*|entreg*|pedimos|vinieron|\d+)~(de (las|los)|unidades|"
        r"cajas|piezas|palets|\d+)*; (recib*|lleg*|entreg*) (\S+ ){{0,3}}(solo|solamente|"
        r"unicamente|\d+ de|\d+ en (lugar|vez)|\d+ y no|menos|la mitad); (falt*) (\S+ "
        r"){{0,4}}(\d+|un|una|dos|tres|cuatro|cinco|diez|unidad*|caja*|pieza*|articulo*|"
        r"bulto*|palet*|licencia*|parte)~; \d+ (\S+ ){{0,3}}(en (lugar|vez) de|y no) \d+; "
        "entrega (parcial|incompleta); incomplet*; (horas|licencias|unidades) de mas"
    ),
    "why.not_received": (
        r"(no|nunca|jamas|aun no|todavia no|ni) (\S+ ){{0,4}}(recib*|lleg*|entreg*|prest*|"
        r"realiz*|ejecut*|complet*|instal*|vin*|apareci*) ~{goods}; {goods} (\S+ "
        r"){{0,5}}(no|nunca|jamas|sigue sin|aun no|todavia no) (\S+ ){{0,4}}(recib*|lleg*|"
        r"entreg*|prest*|realiz*|complet*|apareci*|instal*); (no|nunca|jamas) (\S+ "
        r")?(recib*|lleg*|entreg*)(?! (la|el|su|una|esta|ningun\w*|copia)? ?(factura|correo|"
        "copia|nota|respuesta|pago|confirm*|comprobante|documento|mail|aviso|recordatorio|"
        r"nada)); (segui\w*|estamos|seguimos) (esperando|a la espera de) (\w+ )?{goods}; "
        r"(perdid*|extravi*) (\S+ )?(envio|paquete|pedido|transporte|en)~; sin (recibir|"
        "entregar)~{goods}"
    ),
    "why.not_received-": (
        "(factura*|correo*|copia|nota de credito|respuesta|pago|comprobante|documento*|"
        r"mail|aviso|reembolso|abono|albaran|orden de compra)( \S+){{0,4}} (no|nunca|aun no|"
        r"todavia no) (\S+ ){{0,3}}(recib*|lleg*); (no|nunca|aun no|todavia no) (\S+ "
        r"){{0,4}}(recib*|lleg*|consta|encontr*) (\w+ )?(la |el |su |una |esta |ningun\w* |"
        "copia |de )*(factura*|correo*|copia|nota de credito|respuesta|pago|comprobante|"
        "documento*|mail|aviso|reembolso|abono|albaran)"
    ),
    "why.quality": (
        "defect*; danad*|dano*|daño*; rot[ao]s?; averiad*|averia*; estropead*; mal estado; "
        r"(mala|pesima|baja|deficiente) (\w+ )?(calidad|ejecucion|instalacion); calidad "
        r"(\S+ ){{0,4}}(mala|no|deficiente|pesima|baja|inferior|esperada); no (funcion*|"
        "sirv*|cumpl*|arranc*|encend*) ~; (golpead*|oxidad*|vencid*|caducad*|podrid*|"
        "inservible*|manchad*|fuga*|fallo*|falla*); (trabajo|servicio|obra|instalacion) "
        r"(\S+ ){{0,4}}(mal hech*|incomplet*|inacabad*|sin terminar|deficient*|no terminad*|"
        r"a medias); devolv* (\S+ ){{0,4}}{goods}; no conforme* (con|a)~(calidad|producto|"
        "pedido|especific*)"
    ),
    "why.duplicate": (
        "duplicad*; (dos veces|doble*|por duplicado|2 veces|doblemente) ~(factur*|cobr*|"
        r"pag*|mism*|cargo)*; (ya|tambien) (\S+ ){{0,3}}(facturad*|cobrad*|incluid*)~; "
        r"(mism*|identic*|igual) (\S+ ){{0,4}}(factura|concepto|servicio|pedido|importe|que "
        "(la|el)|periodo|cargo)~; repetid*"
    ),
    "why.duplicate-": "(enviar|envien|copia|necesito|un) duplicado; pagad* dos veces",
    "why.po_missing": (
        "(orden de compra|numero de (pedido|orden|oc)|oc|po|pedido de compra|numero de "
        r"orden de compra|referencia de pedido|centro de coste*) (\S+ ){{0,4}}(falta*|"
        "incorrect*|no|erroneo|equivocad*|obligatori*|necesari*|invalid*|vencid*|cerrad*|"
        "requerid*); (sin|falta*|no (indica|incluye|trae|lleva|tiene|aparece|figura|"
        r"menciona|viene)) (\S+ ){{0,3}}(orden de compra|numero de (pedido|orden)|oc|po|"
        "pedido de compra|referencia de pedido)"
    ),
    "why.wrong_entity": (
        r"(otra|equivocad*|incorrect*|distint*|errone*|antigua) (\w+ )?(empresa|razon "
        "social|entidad|sociedad|filial|compania|nif|cif|rfc|datos fiscales); (razon "
        "social|datos fiscales|direccion fiscal|cif|nif|rfc|empresa|entidad|sociedad|"
        r"direccion de facturacion|titular|denominacion) (\S+ ){{0,5}}(incorrect*|"
        "equivocad*|errone*|no (es|corresponde|son)|cambi*|debe*|distint*|mal|antigu*); "
        r"(factur*|emitid*|a nombre) (\S+ ){{0,5}}(a nombre de|a|de) (\w+ )?(otra|empresa|"
        r"equivocad*|filial|matriz|sociedad)~; (debe|deberia|tiene que|deben) (\S+ "
        r"){{0,3}}(facturar*|emitir*|ir|estar|salir) (\S+ ){{0,3}}(a nombre de|a)~; no "
        "(somos|es nuestra|es una empresa nuestra)~"
    ),
    "why.tax": (
        r"(iva|impuesto*|igv|irpf|retencion*|itbis|igic) (\S+ ){{0,6}}(incorrect*|exent*|no|"
        "errone*|mal|inversion|equivocad*|debe*|no aplica|cobrad*|falta*|de mas|doble); "
        "(sin|exent*|mal|no (aplica|corresponde|procede|lleva)|tasa|tipo|falta*|incorrect*|"
        r"inversion) (\S+ ){{0,3}}(iva|impuesto*|igv|irpf|retencion*|sujeto pasivo|igic); "
        "inversion del sujeto pasivo; intracomunitari*; operacion exenta"
    ),
    "why.cancelled": (
        r"(cancel*|anul*|dimos de baja|dado de baja|rescind*|desist*|suspendi*) (\S+ "
        "){{0,6}}(pedido|contrato|servicio|orden|suscripcion|en|hace|antes|el|proyecto|"
        "licencia*|desde)~; (pedido|contrato|servicio|orden|suscripcion|proyecto|"
        r"licencia*) (\S+ ){{0,6}}(cancelad*|anulad*|rescindid*|dad* de baja|terminad*|"
        r"finaliz*|no renov*|se cancelo|fue cancel*); (no|sin) (\w+ )?renov*; baja (del|de "
        "la) (servicio|contrato|suscripcion)"
    ),
    "why.cancelled-": (
        "(favor de |pueden |por favor )?(cancelen|anulen|cancelar|anular|cancele|anule) "
        r"(la|esta|su|y) (factura|\S*\d\S*|emit*|refactur*)~; cancelar (el|la|su|esta) "
        "(pago|saldo|deuda|factura)"
    ),
    "why.credit_not_applied": (
        "(nota* de credito|abono*|anticipo*|devolucion*|rappel|saldo a favor|deposito) "
        r"(\S+ ){{0,8}}(no (se|ha|han|esta|aparece|fue|lo|la)|falta*|pendiente*|nunca|sin|"
        "prometid*|aplicad*|descontad*|aun|esper*|donde|acordad*); (falta*|esper*|"
        "pendiente*|no (han|ha|se|aparece|aplic*|descont*|inclu*|recog*)|sin|nunca|"
        r"prometi*|descont*) (\S+ ){{0,6}}(nota* de credito|abono|anticipo|saldo a favor|"
        "devolucion)"
    ),
    "why.terms": (
        r"(plazo*|condicion*|termino*) (\w+ )?(de |del )?(pago|credito|contrato)? ?(\S+ "
        r"){{0,5}}(\d+|son|es|acordad*|pactad*|contrato|incorrect*|distint*|dias|no); (30|"
        r"45|60|90|treinta|sesenta|noventa) dias ~; (no|aun no|todavia no) (\S+ "
        r"){{0,3}}(venc*|exigible|caduc*)~; vence (\S+ ){{0,3}}(el|hasta|en)~; vencimiento "
        r"(\S+ ){{0,5}}(es|no|correct*|incorrect*|el|erroneo|pactad*)~; retencion de "
        r"garantia; (acta|hito) (\S+ ){{0,4}}(no|sin|pendiente)"
    ),
    "why.not_ordered": (
        r"(no|nunca|jamas|nadie|ningun*) (\S+ ){{0,5}}(ped(i|imos|ido|i)|solicit*|contrat*|"
        "orden*|compr*|encarg*|autorizado este pedido|firm*|pedido|suscri*|tenemos "
        r"(contrato|pedido|orden))~; no (reconoc*|nos consta|consta|tenemos) (\S+ "
        "){{0,4}}(pedido|compra|servicio|contrato|orden|cargo|solicitud)~; ningun (pedido|"
        "contrato)"
    ),
    "why.not_ordered-": "no (hemos )?(pedido|solicitado) (copia|que|mas)",
    "why.late_fee": (
        r"(interes*|recargo*|cargo*|penaliza*|mora|multa|gastos|comision) (\w+ )?(de |por "
        ")(demora|mora|retraso|atraso|tardio|reclamacion|pago tardio|cobranza|gestion de "
        "cobro|recobro|impago)|interes* moratorio*|intereses; recargo*"
    ),
    "why.unapproved_work": (
        r"(sin|no|nunca|nadie|ningun*) (\S+ ){{0,5}}(aprob*|autoriz*|consent*|acord*|visto "
        r"bueno|presupuesto|orden|firm*) (\S+ ){{0,5}}(trabajo*|hora*|servicio*|adicional*|"
        "extra*|cambio*|visita*|gasto*|previa|desplazamiento*|ampliacion*|obra)~; "
        r"(trabajo*|hora*|servicio*|gasto*|obra*|cargos?) (\S+ )?(adicional*|extra*|no "
        r"(autoriz*|aprob*|contempl*|presupuest*))( (\S+ ){{0,6}}(no|sin|nunca)~)?; fuera "
        "(del|de) (alcance|presupuesto|contrato)"
    ),
    "why.currency": (
        r"(otra|equivocad*|incorrect*|distint*) (moneda|divisa)|(moneda|divisa) (\S+ "
        "){{0,5}}(equivocad*|incorrect*|no|debe*|errone*|distint*|pactad*|acordad*); en "
        r"(dolares|usd|euros|eur|pesos|mxn|libras|soles|gbp) (\S+ ){{0,5}}(en (lugar|vez) "
        "de|y no|cuando|pero|no en)~; tipo de cambio"
    ),
}
