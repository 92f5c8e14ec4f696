"""Spanish: words that hint at an intent when no phrase was found."""

from __future__ import annotations

PHRASES = {
    "_pay": (
        "pag*; abon*; transfer*; transfier*; factura*; importe; dinero; cheque; deposit*; "
        "liquid*; giro*; ingres*; regulariz*; hacer algo"
    ),
    "_future": (
        r"\w+remos; \w+ara; \w+aran; \w+aremos; vamos; voy; va; se (paga|abona|hace|"
        "transfiere); programad*; previst*; el; para el; antes del; proxim*; sale; saldra; "
        "entra; manana; queda"
    ),
    "complaint?": (
        "hart[oa]s?; llamadas; servicio; respeto; otra vez; profesional*; molest*; mal*; "
        "cliente*; cansad*; recordatori*; insist*; tono"
    ),
    "already_paid?": (
        "pagad*; pagamos; pague; pago; transferi*; realiz*; hecho; abonad*; comprobante; "
        "salio; cargo"
    ),
    "dispute?": (
        "error*; incorrect*; nunca; no (recib*|ped*|corresponde|estamos|es|coincide|"
        "proced*|acept*|deb*|nos); mal; dobl*; duplicad*; cancel*; falt*; rechaz*; precio*;"
        " iva; interes*; descuento; nota de credito; abono; danad*; defect*; devuel*"
    ),
    "in_process?": (
        "revis*; aprob*; tramit*; proceso; pendiente*; autoriz*; contabilidad; "
        "departamento; firma*; jefe; verific*; confirm*; sistema; consult*"
    ),
    "submission_requirement?": (
        "portal*; subir; orden de compra; plataforma; proveedor*; formato; numero de pedido"
    ),
    "request_document?": (
        r"(envi|mand|necesit|reenvi|solicit|falt|tenemos|por favor|facilit|remit)\w* ~~ "
        "(factura|copia|pdf|estado|contrato|albaran|certificado|comprobante|documento|"
        r"formulario|hoja)\w*"
    ),
    "hardship?": (
        "dificil*; problema*; liquidez; fondos; caja; crisis; no podemos; dinero; complicad*"
    ),
    "extension_request?": (
        "tiempo; plazo; prorrog*; esper*; dias mas; semana*; mas tarde; aplaz*; margen; hasta"
    ),
    "payment_plan_request?": (
        "plazos; cuotas; partes; mitad; mes*; parcial*; resto; fraccion*; descuento"
    ),
    "credit_request?": (
        "nota* de (credito|abono); abono; reembols*; devol*; compens*; aplic*; saldo a favor"
    ),
    "wrong_person?": (
        r"persona; departamento; correo; contact*; \S+@\S+; responsable; equivocad*; "
        "trabaj*; empresa; encarg*"
    ),
    "acknowledgement?": (
        "gracias; recibid*; ok; entendid*; enterad*; nota; disculp*; lament*; de acuerdo; vale"
    ),
    "payment_method_request?": "tarjeta; enlace; link; cheque; domicili*; paypal; forma de pago",
    "invoice_question?": (
        "que; por que; cual*; como; cuando; cuanto; explic*; aclar*; duda*; llam*; "
        "corresponde; entiend*"
    ),
    "remittance_advice?": (
        "justificante; comprobante; aviso; adjunto ~(transferencia|pago); detalle del pago"
    ),
    "legal_threat?": (
        "ley; derechos; justicia; denunci*; datos; autoridad*; juez; proceso; legal*; "
        "derecho*; denuncia*; justicia"
    ),
    "insolvency_notice?": "concurs*; cierre; cerrad*; acreedor*; disuelt*",
    "stop_contact?": "dej*; basta; no mas; nunca mas; borr*; quit*",
}
