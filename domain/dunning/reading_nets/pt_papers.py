"""Portuguese: papers that customers ask for."""

from __future__ import annotations

PHRASES = {
    "_we_send": (
        "(segue*|em anexo|anexo|anexamos|envio|enviamos (em|o|a)|estou (enviando|a enviar)|"
        "ja (enviamos|enviei)|junto envio)"
    ),
    "doc.invoice_copy": (
        r"(segunda via|2a via|2ª via|copia*|pdf|xml|danfe|via) (\S+ ){{0,5}}(fatura*|nota*|"
        r"boleto*|factura*|\S*\d\S*)?; (fatura*|nota fiscal|boleto|factura*|nf) (\S+ "
        "){{0,6}}(copia|pdf|novamente|de novo|por e-?mail|anexad*|atualizad*|original|nao "
        "(receb*|cheg*|encontr*|localiz*)); (envi*|mand*|reenvi*|encaminh*|remet*|precis*|"
        r"receber|forne*|facult*) (\S+ ){{0,4}}(fatura*|nota fiscal|boleto|factura*|nf); "
        r"(nao|nunca) (\S+ ){{0,5}}(receb*|encontr*|localiz*|cheg*) (\S+ ){{0,4}}(fatura*|"
        r"nota|boleto|factura*|\S*\d\S*)"
    ),
    "doc.statement": (
        "extrato*|extracto*|(conta corrente)|posicao financeira; (relacao|lista|listagem|"
        r"resumo|mapa) (\S+ ){{0,3}}(titulos|faturas?|pendente*|aberto|notas|facturas?|"
        "debitos|pendentes)"
    ),
    "doc.w9": r"w-?9; w-?8\w*",
    "doc.pod": (
        r"(comprovante*|comprovativo|prova|canhoto|guia|protocolo) (\w+ )?(de |da "
        ")?(entrega|recebimento|remessa|transporte|assinad*|rececao)*(?! de pagamento); "
        "canhoto; ct-?e|cte|guia de (remessa|transporte)|cmr; codigo de rastreio"
    ),
    "doc.contract": (
        "contrato*; proposta assinada|orcamento assinado|acordo assinado|proposta comercial"
    ),
    "doc.timesheet": (
        "(folha*|registo*|registro*|relatorio*|controle|planilha|apontamento*|mapa) (de |"
        "das )?(horas|ponto|presenca|tempo); timesheet*; detalhe das horas"
    ),
    "doc.usage": (
        "(relatorio*|dados|detalhe*|registro*|registo*|extrato|detalhamento) (de |do |da "
        ")?(uso|consumo*|utilizacao); consumo"
    ),
    "doc.purchase_order": (
        "(copia|pdf) (da |do |de )(nossa |nosso )?(ordem de compra|pedido|oc|nota de encomenda)"
    ),
    "doc.bank_letter": (
        r"(carta|declaracao|comprovante|comprovativo) (\w+ )?(bancari*|do banco|de "
        "titularidade|de iban)"
    ),
    "doc.bank_details": (
        "dados bancarios; dados para (deposito|pagamento|transferencia|pix); conta "
        "bancaria|iban|nib|chave pix"
    ),
    "doc.vendor_form": (
        "(formulario*|ficha|cadastro|questionario) (de |do |como )*(fornecedor*|cadastral|"
        r"homologacao); (preencher|preencham) (\S+ ){{0,4}}(formulario|ficha|cadastro)"
    ),
    "doc.tax_certificate": (
        "certida*|certidao negativa|cnd; (certificado*|atestado|declaracao|comprovante) "
        r"(\w+ )?(de )?(residencia fiscal|fiscal|nao divida|situacao tributaria|"
        "regularidade)"
    ),
    "doc.insurance_certificate": (
        r"(certificado*|apolice*|comprovante) (\w+ )?(de |do )?(seguro*|responsabilidade "
        "civil); apolice*; seguro de responsabilidade"
    ),
    "request_document-": (
        "comprovante de (pagamento|transferencia)|comprovativo de pagamento|aviso de "
        "pagamento; (fatura|nota|boleto) (corrigid*|nov*|retificad*)"
    ),
}
