"""Spanish: what customers write about invoices."""

from __future__ import annotations

from domain.dunning.reading_nets import (
    es_asks,
    es_dangers,
    es_disputes,
    es_papers,
    es_plain,
    es_speech,
    es_weak,
)
from domain.dunning.reading_nets.phrases import together

WORDS = {
    "pay": (
        "pag*|abon*|transfer*|transfir*|liquid*|cancel* (la|el|esta|su) (factura|saldo|"
        "deuda)|sald*|realiz* (el|la|un|una|su) (pago|transferencia|abono|deposito|"
        "ingreso)|efectu*|emit* (el|un|la) (pago|cheque|transferencia)|hac* (el|la|un|una) "
        "(pago|transferencia|abono|deposito|ingreso)|envi* (el|la) (pago|transferencia|"
        "dinero)|deposit*|ingres*|proces* (el|su) pago|gir*|orden* (el|la) (pago|"
        "transferencia)"
    ),
    "future": (
        "pagaremos|pagare|pagara|pagaran|abonaremos|abonare|abonara|transferiremos|"
        "transferire|liquidaremos|saldaremos|realizaremos|realizare|efectuaremos|haremos|"
        "hare|emitiremos|enviaremos el|procederemos|tramitaremos|programaremos|"
        "cancelaremos|ingresaremos|depositaremos|recibiran|recibira|tendran|tendra|saldra|"
        "saldran|llegara|se pagara*|se abonara*|se realizara|se efectuara|se hara|se "
        "emitira|se procesara|sera|seran|quedara|giraremos|regularizaremos"
    ),
    "money": (
        "pago*|transferencia*|cheque|dinero|importe|abono|factura*|saldo|deposito|giro|"
        r"remesa|ingreso|esto|todo|\S*\d\S*"
    ),
    "goods": (
        "mercancia*|mercaderia|pedido*|entrega*|producto*|material*|articulo*|servicio*|"
        "pieza*|unidad*|equipo*|maquina*|envio|paquete|caja*|palet*|trabajo*|licencia*|"
        "instalacion|bomba*|sensor*|robot*|formacion|lote"
    ),
}

PHRASES = {
    "_not": "no; nunca; jamas; ningun*; nadie; tampoco; sin; ni; nada; imposible",
    "_please": (
        "por favor; favor de; (pueden|puede|podrian|podria|podeis|puedes|podemos|"
        "podria[ns]?)( (usted|ustedes|alguien))?; (necesit*|requier*|solicit*|precis*|"
        "quisier*|agradec*|falta*|esper*|rog*|ruego|pid*); (envie*|envia*|mand*|reenvi*|"
        "remit*|facilit*|comparti*|adjunt*|hagan|proporcion*|pas*)(me|nos|n|nme|nnos|"
        r"n\w*)?; (me|nos) (envia*|envie*|manda*|pasa*|facilita*|hace llegar|reenvia*|"
        r"remit*|comparte*|podria\w*|puede\w*); seria posible; sin; recibir|obtener|"
        "disponer; tendrian"
    ),
    "_if": (
        "si; cuando (recib*|teng*|nos|se|el|la|cobr*|est*|lleg*|hay*|resuelv*|correg*|"
        "conf*); en cuanto; una vez; siempre que|siempre y cuando; sujeto a; tan pronto; a "
        "condicion; depend*; hasta (que|tener|recibir); tras (la|recibir|el|su); despues "
        "de (recib*|la|que|su|aprob*); al recibir; a la espera; pendiente de; mientras; a "
        "no ser|salvo que; con la condicion; luego de; previa"
    ),
    "_perhaps": (
        "quizas?; tal vez; esper*; ojala; probablemente; posiblemente; deberia*; podria*; "
        "intent*; trat*; procur*; si es posible; en principio; aproximadamente; sobre el; "
        "a lo mejor; creo|creemos; previsiblemente; calcul*; hara lo posible; haremos lo "
        "posible; puede que; seguramente; supongo; estim* (que|poder); pretend*; pensamos|"
        "pienso"
    ),
    "_courtesy": (
        "si (tiene*|necesita*|desea*|hay) (alguna|mas|cualquier|otra|dudas)~; no duden?~; "
        "no dude en~; sin falta; a mas tardar; (no|nunca) mas tarde; sin problema; no hay "
        "(ningun )?problema; no se preocupen?; lo antes posible; cuanto antes; sin demora|"
        "sin (mas )?(dilacion|tardar); si les parece( bien)?; no solo; disculpen; si no "
        "hay~inconveniente; si les viene bien"
    ),
    "_unsaid": (
        "vence*; vencimiento*; segun (el|nuestro|lo|contrato); contrato; (ustedes|usted|ud|"
        "uds) (dice*|dijo|dijeron|indica*|pide*); condiciones de pago; siempre; "
        "normalmente|habitualmente|generalmente; cada (mes|semana|viernes|quincena); todos "
        "los; mitad; parte|parcial*; anticipo; avisar*; inform*; revis*; verific*; "
        "confirmar* (con|cuando|si); (paguen|pague|devuelv*|reembols*|abonen|"
        "transfieran)(nos|me)?; reunion; debe*; tenemos que ver; hablar*"
    ),
    "promise": (
        r"se (paga|abona|transfiere|liquida) (el|la|en|manana|este|con)~; F?\S*\d\S* se "
        "(paga|abona); {future}; (vamos|voy|va|van) a {pay}; (pago|transferencia|abono|"
        r"giro|cheque|dinero|factura) (\S+ ){{0,5}}(programad*|previst*|saldra|sale|"
        "agendad*|planificad*|queda|esta para|se (hara|realizara|efectuara|abonara|pagara|"
        r"hace|emite|realiza)|entra en|incluid*|lanzad*|para el|sera|ordenad*|el (dia )?\d|"
        "el (lunes|martes|miercoles|jueves|viernes)|manana|antes del|en el proximo); (les|"
        "os|te|lo|la|se lo|le) (pago|pagamos|transfiero|transferimos|abonamos|abono|"
        r"hacemos|ingresamos); ^\W*(pagamos|pago|transferencia|abonamos|transferimos|"
        r"realizamos|hacemos)\b ~~(el|lunes|martes|miercoles|jueves|viernes|manana|esta|"
        r"antes|fin|proxim*|la|para|hoy|en \w+ dias|a final*|dentro|pronto|programad*); "
        "(nos comprometemos|me comprometo|prometo|garantiz*|confirm*) ~~({pay}|el (dia "
        r")?\d|pago|transferencia); (entra|entrara|incluid*|va|ira|esta|sale) ~(en|con) (la|"
        r"el|nuestra|nuestro) (proxim\w* |siguiente )?(remesa|lote|corrida|ronda|propuesta|"
        "ciclo|tanda) ~; (tendran|recibiran|veran|tendra|recibira) ~(pago|dinero|importe|"
        r"transferencia|abono|ingreso|el \S*\d); (esper*|podremos|podemos|puedo|intent*|"
        r"tratar*|prev*|pens*|quizas?|procur*|podriamos|cre\w+|calcul*) (\S+ ){{0,4}}{pay}; "
        "(pago|transferencia|abono) (el|para el|este|manana|previsto|programado|antes|a "
        "final*|la semana|en breve|pronto); pagamos (el|manana|este|la|a|antes|en)~; fecha "
        "de pago"
    ),
    "promise-": (
        "no ~{pay}; no (vamos|voy|podemos|podremos|puedo|sera posible) ~; nunca ~ {pay}; "
        "ningun (pago|abono|centavo|euro)"
    ),
    "already_paid": (
        "(ya|hemos|he|ha|han|fue|fueron|esta|estan|estaba|sido|quedo|acabamos de|acabo de|"
        r"recien) (\S+ ){{0,5}}(pagad*|abonad*|transferid*|liquidad*|saldad*|cancelad[ao]s?$|"
        "realizad*|efectuad*|pagar|transferir|abonar|depositad*|hecho|ingresad*|girad*|hacer|"
        "realizar|emitid*); (pagamos|pague|abonamos|transferimos|transferi|realizamos|hicimos|"
        "hice|efectuamos|depositamos|deposite|enviamos|liquidamos|ingresamos|giramos|emitimos|"
        "se pago|se abono|se transfirio|se realizo|se hizo|se efectuo|se emitio|lo pague|la "
        r"pague) (\S+ ){{0,6}}(ayer|el (dia )?\d|el (lunes|martes|miercoles|jueves|viernes|"
        "pasado|mes)|la semana|esta manana|hace|hoy|ya|por (transferencia|banco|cheque)|"
        "mediante|anteayer|transferencia|pago|en (enero|febrero|marzo|abril|mayo|junio|julio|"
        r"agosto|septiembre|octubre|noviembre|diciembre)|\d+ de); (transferencia|pago|dinero|"
        r"cheque|importe|abono|deposito) (\S+ ){{0,4}}(ya |fue |se |esta |quedo |ha )(\w+ "
        "){{0,3}}(salio|hech*|hizo|realiz*|efectu*|enviad*|ejecutad*|emitid*|sido|cobrad*|"
        r"descontad*|cargad*|salid*|pagad*|abonad*); ^\W*(ya |esta |factura )*(pagad[ao]s?|"
        r"abonad[ao]s?|liquidad[ao]s?|transferid[ao]s?)\b; (transferencia|pago) (realizad*|"
        r"efectuad*|hech*|enviad*|salio|del \d|de fecha|emitid*|ejecutad*); ya (pague|pagamos|"
        "lo pague|la pagamos|lo pagamos|se pago|transferimos|lo hicimos|salio); comprobante "
        "~(adjunt*|anex*); (adjunt*|anex*|envi*)~comprobante ~(pago|transferencia|deposito); "
        "(cargad*|debitad*|descontad*) (de|en) nuestra cuenta; salio de nuestra cuenta"
    ),
    "already_paid-": (
        "(no|nunca|aun no|todavia no|sin|sera|seran|debe*|puede*|podra*|cuando|si|una vez|"
        r"hasta|a ser|para ser|por ser) (\S+ ){{0,4}}(pagad*|abonad*|transferid*|realizad*|"
        "liquidad*|efectuad*|pagamos|pagar|recibid*|entregad*)( todavia)?; (vamos|voy|va|"
        r"podemos|podremos|queremos|quisieramos|poder) a? ?(\S+ ){{0,2}}(pagar|abonar|"
        "transferir|realizar|hacer); (pagad*|pagamos|abonad*) (dos veces|doble|por "
        "duplicado|de mas); siempre (hemos )?pag*; {future}"
    ),
    "remittance_advice": (
        "aviso de (pago|transferencia|abono); (adjunt*|anex*|envi*|aqui|remit*|"
        "detalle)~~(comprobante|justificante|aviso de pago|detalle (de|del) (pago|"
        r"transferencia)|swift|remesa); (pago|transferencia|abono) (\S+ "
        "){{0,4}}(corresponde|cubre|incluye|comprende|ampara|se desglosa|es de las "
        "facturas); detalle (de|del) (nuestro |nuestra |la |el )*(pago|transferencia|"
        "remesa); desglose del pago; comprobante de (pago|transferencia) (adjunto|anexo)"
    ),
    "out_of_office": (
        "fuera de (la )?oficina; de vacaciones; ausente|ausencia; respuesta automatica; "
        "mensaje automatico; (regreso|vuelvo|volvere|regresare|reincorpor*|estare de "
        r"vuelta|de regreso) ~; (de |en )?(baja|permiso|licencia) (\w+ )?(medica|maternal|"
        "paternal|maternidad|paternidad)~; acceso limitado; cerrad[ao]s? (por|del|desde|"
        r"hasta)~(vacaciones|festiv*|\d); no (podre|estare) (\w+ )?(responder|leyendo|"
        "disponible)"
    ),
    "out_of_office-": (
        "(jefe|director*|gerente|responsable|quien|firmante|contador*) ~ (vacaciones|"
        "ausente|regresa|vuelve)"
    ),
    "in_process": (
        "en (proceso|tramite|revision|aprobacion|curso|gestion|validacion|firma); (esper*|"
        r"pendiente*|falta*|a la espera) (de |por |la |el |que )*(\w+ )?(aprobacion|"
        "autorizacion|firma|visto bueno|validacion|confirmacion|aprobar|respuesta|firme|"
        "autorice|apruebe|conformidad|recepcion); (reenvi*|pas*|remit*|traslad*|transmit*|"
        r"envi*|escal*|deriv*) (\S+ ){{0,8}}(a|al) (\w+ )?(contabilidad|administracion|"
        "departamento|tesoreria|companer*|finanzas|equipo|jefe|cuentas|gerencia|"
        "responsable|colega|area|direccion|compras); (revis*|verific*|consult*|investig*|"
        r"averig*|comprob*|checar*) (\w+ )?(con|internamente|esto|lo|la|el|este|que|y|"
        "porque|nuestr*|su|si|,|tema|caso|mi|este|los)~; (le|les|te|os) (aviso|avisamos|"
        "aviso|aviare|avisare|avisaremos|confirmo|confirmamos|confirmaremos|informo|"
        "informare|informaremos|digo|decimos|actualizo|mantendremos|mantengo|comento|"
        r"respondo)~; (esta|sigue|lo tiene|se encuentra) (\S+ )?(con|en manos|en el sistema|"
        "en la mesa|en el escritorio|en|registrad*|ingresad*|cargad*|contabilizad*) "
        "~(contabilidad|gerencia|tesoreria|sistema|jefe|direccion|revision|aprobacion|"
        "finanzas)*; cambio de sistema|migracion|migrando; (deme|denme|dame|dejeme|"
        r"permitame|dejenme)~; estamos (\w+ )?(revisando|verificando|tramitando|procesando|"
        "gestionando|validando|trabajando|esperando)~"
    ),
    "acknowledgement": (
        "recibid[ao]; (tomo|tomamos|tomada|queda) nota; entendid[oa]; enterad[oa]s?; "
        r"(muchas )?gracias (por|,|\W*$)~; (ok|vale|perfecto|de acuerdo|listo|bien|anotado|"
        r"conforme)\W*(,|\.|gracias|$)~; (disculp*|lo siento|lament*|perdon*|mil "
        r"disculpas)~; (no|aun no|todavia no) (\w+ )?(tengo|tenemos|hay|puedo|podemos|"
        r"contamos) (\w+ )?(con )?(una |dar* |confirmar* |indicar* |decir* |la |dar(le|les) "
        ")*(fecha|noticias|novedades|informacion|respuesta|plazo)~; acus* (de )?recibo; "
        "estamos (al tanto|enterados)"
    ),
}

ES = (
    WORDS,
    together(
        PHRASES,
        es_asks.PHRASES,
        es_dangers.PHRASES,
        es_disputes.PHRASES,
        es_papers.PHRASES,
        es_plain.PHRASES,
        es_speech.PHRASES,
        es_weak.PHRASES,
    ),
)
