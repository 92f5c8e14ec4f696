"""Spanish: papers that customers ask for."""

from __future__ import annotations

PHRASES = {
    "_we_send": (
        "(adjunto|adjuntamos|anexo|anexamos|aqui (esta|tienen|va)|les (envio|enviamos|"
        "mando|adjunto|adjuntamos|remito|remitimos|hago llegar)|le (envio|enviamos|"
        "adjunto)|envio adjunto|enviamos adjunto|hemos enviado|ya (enviamos|les envie))"
    ),
    "doc.invoice_copy": (
        r"(copia*|pdf|duplicado|xml) (\S+ ){{0,5}}(factura*|fac\S*|\S*\d\S*)?; factura* "
        r"(\S+ ){{0,6}}(copia|pdf|de nuevo|nuevamente|otra vez|adjunta|por correo|original|"
        "por favor|correspondiente|en cuestion|no (me |nos )?(ha |la )?(lleg*|consta|"
        "recib*|aparece|encontr*)); (envi*|mand*|reenvi*|remit*|facilit*|adjunt*|pas*|"
        r"necesit*|compart*|recibir|hac* llegar) (\S+ ){{0,4}}factura*; (no|nunca) (\S+ "
        r"){{0,5}}(recib*|lleg*|encontr*|consta|tenemos|localiz*) (\S+ ){{0,4}}(factura*|"
        r"\S*\d\S*|documento)"
    ),
    "doc.statement": (
        r"estado* de (la )?cuenta*; extracto* (\w+ )?(de )?(cuenta*)?; (relacion|listado|"
        r"detalle|lista|resumen|situacion) (\S+ ){{0,3}}(factura*|pendiente*|cuenta|saldo*|"
        "deuda); antiguedad de saldos; mayor de cuenta|saldo de (la )?cuenta|conciliacion"
    ),
    "doc.w9": r"w-?9; w-?8\w*",
    "doc.pod": (
        r"albaran*; (comprobante*|prueba*|constancia|acuse|nota|justificante) (\w+ )?(de "
        ")?(entrega|recepcion|recibo|envio|recibido)*(?! de pago); remision*; conduce|guia "
        "de (remision|despacho|transporte)|carta de porte|cmr|numero de (guia|seguimiento);"
        " parte de trabajo"
    ),
    "doc.contract": (
        "contrato*; convenio; acuerdo firmado; presupuesto (firmado|aceptado)|cotizacion|"
        "propuesta firmada|confirmacion de pedido"
    ),
    "doc.timesheet": (
        "(hoja*|parte*|registro*|reporte*|detalle|control) (de )?(las )?(horas|tiempo*|"
        "trabajo|asistencia); timesheet*; desglose de (las )?horas"
    ),
    "doc.usage": (
        "(reporte*|informe*|detalle|datos|registro*|desglose) (de |del )(uso|consumo*|"
        "utilizacion|llamadas|trafico|api); consumo*"
    ),
    "doc.purchase_order": (
        "(copia|pdf) (de |del )(la |nuestra |nuestro |su )*(orden de compra|pedido|oc)"
    ),
    "doc.bank_letter": (
        r"(certificado*|carta|constancia|certificacion) (\w+ )?(bancari*|de titularidad|del "
        "banco|de cuenta)"
    ),
    "doc.bank_details": (
        "datos bancarios; (cuenta|numero de cuenta) (bancaria|iban|clabe)?; iban; clabe|"
        "cbu|swift; datos (para|de) (la )?transferencia"
    ),
    "doc.vendor_form": (
        "(formulario*|ficha|alta|formato|cuestionario|registro|solicitud) (de |del |como "
        ")*(proveedor*|alta|acreedor*|homologacion); (llenar|rellenar|completar|"
        r"diligenciar) (\S+ ){{0,4}}(formulario|formato|ficha|cuestionario)"
    ),
    "doc.tax_certificate": (
        r"(certificado*|constancia*|comprobante) (\w+ )?(de )?(residencia fiscal|situacion "
        "fiscal|estar al corriente|corriente de pago|tribut*|retencion*|hacienda|fiscal|"
        "exencion|rut)|cedula fiscal|constancia fiscal|opinion de cumplimiento|tarjeta "
        "fiscal"
    ),
    "doc.insurance_certificate": (
        r"(certificado*|poliza*|comprobante) (\w+ )?(de )?(seguro*|responsabilidad civil|"
        "cobertura); poliza*; seguro de responsabilidad"
    ),
    "request_document-": (
        "(comprobante|justificante|aviso) de (pago|transferencia|deposito); factura "
        "(corregida|rectificativa|nueva)"
    ),
}
