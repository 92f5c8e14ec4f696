"""Spanish: what stops everything, who is not to be written to, and what only sounds like it."""

from __future__ import annotations

PHRASES = {
    "legal_threat": (
        "abogad*; (accion*|medida*|via|vias|departamento|asesor*|equipo|proceso*|"
        r"procedimiento*|demanda|reclamacion|recurso*|area|representante*) (\w+ )?(legal*|"
        "judicial*|juridic*); demand(a|ar|aremos|are|ado|arlos|arles)( judicial)?; "
        "tribunal*; juzgado*; juicio|litigio; querella*; denunci*; burofax; por la via "
        "judicial; juez|corte; daños y perjuicios|danos y perjuicios; acoso|acosando|"
        "hostigamiento; (rgpd|lopd|lopdgdd|proteccion de datos|datos personales|derecho "
        "(de|al) (acceso|supresion|olvido)|aepd|habeas data|articulo (15|17)); (elimin*|"
        r"borr*|suprim*|acceso) (\S+ ){{0,5}}datos; condusef|profeco|consumidor|ombudsman|"
        "defensor; policia|fiscalia; nuestro representante legal; bufete|despacho juridico|"
        "letrad*; requerimiento notarial"
    ),
    "legal_threat-": (
        "(entidad|razon|nombre|representacion|direccion|domicilio|denominacion|persona|"
        "festivo|dia) (legal|social|juridica); cedula juridica; representante legal (firm*|"
        "debe|tiene que|autori*)~"
    ),
    "insolvency_notice": (
        "concurso (de acreedores|voluntario|necesario|mercantil|preventivo); preconcurso; "
        "en concurso; quiebra; insolv*; bancarrota; suspension de pagos; administrador* "
        "concursal*; liquidacion (de la|concursal|judicial|de nuestra) ?(empresa|sociedad|"
        "compania)?; en liquidacion; liquidador; acreedores; (cese|cesado|ces*|cierre|"
        r"cerr*) (\w+ )?(de |la |toda |sus |nuestra |definitiv* )*(actividad|actividades|"
        "operaciones|empresa definitivamente); reestructuracion (judicial|de deuda); "
        "(disolucion|disuelta|extinguida|extincion); comunicacion de creditos|insinuacion "
        "de creditos; ley concursal|ley 1116; sindico"
    ),
    "bank_details_change": (
        "(cuenta|cuentas) (bancaria*|corriente*|de banco|clabe); datos bancarios; (nueva*|"
        "nuevo|otra|distint*|cambi*|modific*|actualiz*|confirm*|verific*|valid*|correct*|"
        r"antigua) (\S+ ){{0,6}}(cuenta*|banco|iban|clabe|datos (de pago|de transferencia|"
        r"bancarios)|bancari*|cbu); iban; clabe|cbu|bic; (cuenta|banco|datos) (\S+ "
        "){{0,5}}(cambi*|modific*|nuev*|distint*|actualiz*|diferente*|cerrad*|bloquead*); "
        r"(a|en) (que|cual|cualquier|otra|esta|la siguiente|nuestra|mi|la nueva|una) (\w+ "
        ")?cuenta ~(transfer*|pag*|deposit*|hac*|ingres*|devol*|abon*|debe*|debo|reembols*|"
        r"envia*|bancaria)*; (certificad*|carta|constancia|certificacion) (\w+ )?(de "
        "(titularidad|cuenta)|bancari*|del banco); transferencia de prueba|deposito de "
        "prueba|microdeposito*; cesion de credito*|factoring; titularidad"
    ),
    "bank_details_change-": (
        "(nuestro|el|mi|su) banco (rechaz*|devolvi*|nos|cobr*|confirm*|dice|esta cerrado|"
        "indica|debito|tard*); (comision*|gasto*|extracto*|feriado*|festivo*|"
        "transferencia*|cargo*|dia*|prestamo*|linea de credito) (bancari*|del banco|de "
        "banco); (estado|extracto) de cuenta*; (salio|debitad*|cargad*|descontad*) (de|en) "
        "nuestra cuenta"
    ),
    "suspicious_instruction": (
        r"(ignor*|olvid*|omit*|desestim*|salt*|pas* por alto|desobede*) (\S+ "
        "){{0,6}}(instruccion*|indicacion*|regla*|politica*|directri*|orden*|prompt|"
        "restriccion*|aprobacion*|control*|lo anterior|norma*); (prompt|mensaje|"
        "instruccion*|nota) (de |del )?sistema; (eres|ahora eres|usted es ahora|actua "
        r"como) (\w+ )?(un|una|ia|asistente|agente|el)~; (para|al|nota para|mensaje para|a|"
        "atencion|estimado|estimada|hola) (la |el |los )?(ia|asistente|agente|bot|robot|"
        "inteligencia artificial|modelo|sistema automat*)~; (marc*|registr*|pon*|consider*|"
        r"da* por|cambi*|establec*|trat*|fij*|dejar*|deje*|anot*|actualiz*|coloc*) (\S+ "
        "){{0,7}}(como |a |en |por )?(pagad*|liquidad*|saldad*|aprobad*|cero|cancelad*|"
        r"anulad*|cerrad*|resuelt*|confiable*); (emit*|gener*|cre*|aplic*) (\S+ "
        r"){{0,4}}nota de credito (\S+ ){{0,8}}(inmediat*|automat*|sin|y confirm*|ahora|"
        "total)~; sin (aprobacion|autorizacion|consultar|avisar|revision|notificar|"
        "supervision)~; (envi*|list*|muestr*|revel*|mand*|comparti*|export*|dame|dime|"
        r"reenvi*) (\S+ ){{0,6}}(todos los|otros|demas|todas las|lista de|contrasen*|clave|"
        r"base de datos) (\w+ )?(clientes|facturas|datos|saldos|deudores|cuentas|acceso)?; "
        "(contrasena|clave de acceso|credenciales|clave api|tarjetas? (de )?regalo); nueva "
        r"(instruccion|orden|prioridad|directriz|regla|politica)\w*( |:)~; respond\w* (\w+ "
        r")?(solo |unicamente )?(con )\W{{0,2}}(ok|si|confirmado|hecho|listo|aprobado); "
        r"(elimin*|desactiv*|borr*) (\S+ ){{0,5}}(recordatori*|automat*|deuda|historial|"
        "cobranza|registro|cuenta)~; limite de credito; preaprobad*"
    ),
    "suspicious_instruction-": (
        r"(ignor*|omit*|hag\w+ caso omiso|olvid*) (\w+ )?(a |de |mi|el|este|nuestro|su|la|"
        r"del) (\w+ )?(correo|mensaje|email|e-?mail|mail|recordatorio|nota)( anterior| "
        "previo)?; instruccion* de (pago|envio|entrega|facturacion)"
    ),
    "stop_contact": (
        r"(dej*|par*|ces*|basta|deten*|termin*) (\w+ )?(de |con )?(\w+ )?(escrib*|envi*|"
        "contact*|mand*|llam*|molest*|acos*|hostig*|recordatori*|correo*|mensaje*|insist*|"
        r"spam); (no|nunca) (\w+ )?(me|nos) (\w+ )?(escrib*|contact*|envi*|mand*|llam*|"
        "molest*|vuelv* a|moleste*)~; no (vuelv*|quier*|dese*|siga*|sigan|queremos|"
        r"deseamos) (\S+ ){{0,3}}(escrib*|recib*|contact*|llam*|envi*|mand*|molest*|mas "
        "correos|correos|mensajes); (darme|darnos|dar|deme|denos|dar de|dame) (de )?baja; "
        "(borr*|elimin*|quit*|remuev*|remov*|saqu*|suprim*|retir*)(me|nos|nme|nnos|n)? "
        "~(de (su|sus|la|esta|vuestra)|mi (correo|direccion|email|contacto)|lista*|correo|"
        r"base); (no|ni un) (\w+ )?mas (correos?|mensajes?|recordatori*|llamadas?|e-?mails?|"
        "avisos); spam; (dej*|dejen*)(me|nos|nme|nnos) en paz; desuscri*|cancelar (la |mi "
        r")?suscripcion|darse de baja; ^\W*(basta|alto|stop)\W*$; ni un (correo|mensaje)"
    ),
    "stop_contact-": (
        r"no (me|nos) (\w+ )?(ha|han|llego|llegado|lleg*|consta|aparece|envi\w+ (la factura|"
        "el pedido|factura|copia|mercancia|nada))~; dejar de (comprar|pedir|usar)"
    ),
    "wrong_person": (
        "(persona|direccion|correo|contacto|departamento|empresa|numero|destinatario) "
        "(equivocad*|incorrect*|erronea|erroneo); equivocad* de (persona|empresa|direccion|"
        "destinatario|contacto|correo); se (han |ha )?equivoc*; ya no (trabaj*|labor*|"
        "esta*|pertene*|soy|form*|me encarg*|llev*|estoy|se encarga|es|somos|gestion*|"
        r"atiend*)~; no (soy|es|somos) (\w+ )?(la |el |quien|responsable|encargad*|persona|"
        "su contacto|su cliente|client*|mi (area|departamento)|yo|contacto)~; (no|ya no) "
        "(me|nos) (encarg*|ocup*|corresponde|compete)~; (dej*|ha dejado|abandon*|salio de|"
        r"se fue de) (\w+ )?(la |nuestra )?(empresa|compania|organizacion); (dirij*|dirig*|"
        "contact*|escrib*|comuni*|envi*|pong*|habl*|mand*|remit*)(se|anse|nse|n|en|an|a|le|"
        r"la|lo)* (\S+ ){{0,8}}(\S+@\S+|a contabilidad|con contabilidad|a mi companer*|con "
        "mi companer*|con (el|la) (departamento|area|persona|responsable|encargad*)|al "
        "departamento|a administracion|a mi (sucesor*|colega)|nuestra central); (nuevo|"
        "nueva|correcto|correcta|adecuad*) (contacto|responsable|encargad*|direccion|"
        "correo|persona)~; (sustitut*|sucesor*|reemplaz*|companer*) ~(encarg*|lleva|es|"
        r"ocup*|atiend*|\S+@)*; jubil*; (no (los|les|la|lo) conoc*|no conozco|nunca (hemos "
        ")?oid*)~; no es (nuestra|mi) (factura|empresa|area|departamento); (departamento|"
        "area) de (marketing|ventas|recursos humanos|almacen|recepcion)~; solo (soy|llevo) "
        "~"
    ),
    "wrong_person-": (
        "(precio|importe|factura|cantidad|iva|producto|articulo|monto|cuenta|datos "
        "fiscales|razon social|direccion fiscal|direccion de facturacion|moneda) "
        "(equivocad*|incorrect*|erroneo|erronea)"
    ),
}
