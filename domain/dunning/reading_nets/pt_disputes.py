"""Portuguese: why an invoice is contested."""

from __future__ import annotations

PHRASES = {
    "dispute": (
        "contest*; disput*; discord*; (fatura*|factura*|nota|valor|cobranca|boleto|"
        r"\S*\d\S*|isso|montante|total) (\S+ ){{0,3}}(errad*|incorret*|incorrect*|indevid*|"
        "nao (esta |e |sao )?(corret*|certo|corresponde*|bate|confere|procede|devid*)|"
        r"equivocad*|divergent*|a mais); (erro*|divergenci*|discrepanci*|diferenca) (\S+ "
        "){{0,3}}(fatura*|nota|valor|cobranca|boleto|preco|factura|calculo|quantidade|"
        "faturamento|faturacao); (nao (concord*|acei*|reconhec*|dev(emos|o)|procede|vamos "
        "pagar|iremos pagar|pagaremos)|em desacordo|recus*|rejeit*) ~; (corrij*|corrig*|"
        r"cancel*|retific*|reemit*|anul*|refatur*|substitu*) (\S+ ){{0,5}}(fatura|nota|"
        r"factura|boleto|cobranca|\S*\d\S*); (fatura|nota|boleto|factura) (corrigid*|"
        "rejeitad*|devolvid*|recusad*|retificad*|bloquead*); cobranca indevida; reclamacao "
        "(sobre|do|da|aberta)|reclamamos"
    ),
    "dispute-": r"(sem|nenhum*|nao ha) (\w+ )?(disputa|contestacao|problema|erro*|divergencia)",
    "why.pricing": (
        r"(preco*|valor|tarifa|taxa|custo) (\S+ ){{0,8}}(acordad*|combinad*|errad*|"
        "incorret*|cotad*|cotacao|proposta|orcad*|contratad*|mais alto|superior|diferente*|"
        "maior|contrato|era|orcamento|negociad*|nao (e|foi|corresponde|bate|confere)|acima|"
        "aumentou|pedido|ajustad*); (orcamento|proposta|contrato|cotacao|pedido|acordo|"
        r"combinado) (\S+ ){{0,5}}(era|diz|de|foi|preve|indica|por|consta) (\S+ "
        r"){{0,3}}\d\S*; (cobr*|fatur*) (\S+ ){{0,4}}(a mais|demais|em excesso|outro preco|"
        r"maior); (desconto|abatimento) (\S+ ){{0,6}}(nao|falt*|combinad*|acordad*|aplic*|"
        r"promet*); (muito|demasiado) (alto|caro|elevado); em vez (de|dos) (r\$ |€ )?\d\S*; "
        "sobrepreco|frete (indevid*|nao|incluid*)"
    ),
    "why.quantity": (
        r"quantidade* (\S+ ){{0,6}}(errad*|incorret*|nao|diferente|faturad*|recebid*|"
        r"divergent*|menor); (so|apenas|somente) (\S+ ){{0,4}}(receb*|cheg*|entreg*|vieram|"
        r"\d+)~; (receb*|cheg*|entreg*) (\S+ ){{0,3}}(so|apenas|somente|\d+ (das|dos|de|em "
        r"vez)|menos|metade); (falt*) (\S+ ){{0,4}}(\d+|um|uma|dois|duas|tres|quatro|cinco|"
        r"dez|unidade*|caixa*|peca*|item|itens|volume*|artigo*)~; \d+ (\S+ ){{0,3}}(em vez "
        r"de|e nao) \d+; entrega (parcial|incompleta); incomplet*"
    ),
    "why.not_received": (
        r"(nao|nunca|jamais|ainda nao|nem) (\S+ ){{0,4}}(receb*|cheg*|entreg*|prest*|"
        r"realizad*|executad*|conclui*|instalad*|feit*) ~{goods}; {goods} (\S+ ){{0,5}}(nao|"
        r"nunca|ainda nao|jamais) (\S+ ){{0,3}}(receb*|cheg*|entreg*|prest*|realiz*|"
        r"conclui*|instalad*|foi); (nao|nunca) (\S+ )?(receb*|cheg*|entreg*)(?! (a|o|um|uma|"
        "sua|essa|esta|nenhum*|copia|qualquer|segunda)? ?(fatura|boleto|nota|copia|e-?mail|"
        "resposta|pagamento|nota de credito|via|factura|documento|comprovante|email|"
        "retorno|nada)); (extravi*|perdid*) ~"
    ),
    "why.not_received-": (
        "(fatura*|boleto|nota|e-?mail|copia|resposta|pagamento|nota de credito|factura|"
        r"documento|reembolso|email)( \S+){{0,4}} (nao|nunca|ainda nao) (\S+ "
        r"){{0,3}}(receb*|cheg*); (nao|nunca|ainda nao) (\S+ ){{0,3}}(receb*|cheg*|encontr*|"
        r"localiz*) (\w+ )?(a |o |sua |essa |uma |nenhum\w* |copia |da )*(fatura*|boleto|"
        "nota|e-?mail|copia|resposta|factura|nota de credito|segunda via|documento|"
        "reembolso)"
    ),
    "why.quality": (
        "defeit*|defeituos*; danific*|avari*|avaria; quebrad*|estragad*|partid[oa]s; (ma|"
        r"baixa|pessima|fraca) (\w+ )?(qualidade|execucao); qualidade (\S+ ){{0,4}}(ruim|"
        "nao|inferior|pessima|baixa|ma|deficiente); nao (funcion*|atend*|deslig*|lig[ao]) "
        "~; (enferrujad*|vazament*|vencid[oa]s|mofad*|riscad*|inutilizav*|falha*|molhad*); "
        r"(servico|trabalho|obra|instalacao) (\S+ ){{0,4}}(mal (feito|executad*)|incomplet*|"
        r"inacabad*|nao (foi )?(conclui*|terminad*)|malfeito|deficient*); devolv* (\S+ "
        "){{0,4}}{goods}; nao conform*"
    ),
    "why.duplicate": (
        "duplicad*|duplicidade|em duplicado; (duas vezes|em dobro|2 vezes|2x) ~(cobr*|"
        r"fatur*|mesm*)*; (ja|tambem) (\S+ ){{0,3}}(faturad*|cobrad*|incluid*|facturad*)~; "
        r"(mesm*|identic*|igual) (\S+ ){{0,4}}(fatura|nota|servico|pedido|valor|que a|"
        "cobranca|periodo|factura)~; repetid*"
    ),
    "why.duplicate-": r"pag\w+ (duas vezes|em duplicid*|em duplicado)",
    "why.po_missing": (
        "(ordem de compra|numero do pedido|pedido de compra|oc|po|numero da oc|nota de "
        r"encomenda|requisicao|numero de encomenda) (\S+ ){{0,4}}(falt*|incorret*|nao|"
        "errad*|obrigatori*|invalid*|ausente|encerrad*|necessari*); (sem|falt*|nao (consta|"
        r"traz|tem|indica|inclui|menciona|veio)) (\S+ ){{0,3}}(ordem de compra|numero do "
        "pedido|pedido de compra|oc|po|nota de encomenda|numero de encomenda|requisicao)"
    ),
    "why.wrong_entity": (
        r"(outra|errad*|incorret*|diferente) (\w+ )?(empresa|razao social|entidade|filial|"
        "cnpj|nif|contribuinte|sociedade); (razao social|cnpj|nif|empresa|entidade|filial|"
        r"contribuinte|denominacao|tomador) (\S+ ){{0,5}}(errad*|incorret*|nao (e|"
        r"corresponde)|mudou|deve|diferente|alterad*); (fatur*|emitid*|nota) (\S+ "
        r"){{0,5}}(em nome de|contra|para|no cnpj) (\w+ )?(outra|errad*|empresa|filial|"
        r"matriz|cnpj)~; (deve|deveria|tem que|tinha de) ser (\S+ )?(faturad*|emitid*) (\S+ "
        "){{0,3}}(em nome|para|contra|a|no)~; nao (somos|e nossa)~"
    ),
    "why.tax": (
        r"(iva|imposto*|icms|iss|ipi|retencao|retencoes|irrf|pis|cofins|tributo*) (\S+ "
        "){{0,6}}(incorret*|errad*|isent*|nao|indevid*|autoliquidacao|falt*|retid*|"
        r"destacad*|a mais|cobrad*); (sem|isent*|aliquota|falt*|errad*|taxa|reter) (\S+ "
        "){{0,3}}(iva|imposto*|icms|iss|retencao|retencoes); autoliquidacao|inversao do "
        "sujeito; intracomunitari*; substituicao tributaria"
    ),
    "why.cancelled": (
        r"(cancel*|rescind*|desist*|anul*|suspend*|denunci*) (\S+ ){{0,6}}(pedido|contrato|"
        "servico|ordem|assinatura|encomenda|em|ha|antes|o|projeto|no|desde|licenca*|"
        "subscricao)~; (pedido|contrato|servico|ordem|assinatura|encomenda|projeto|"
        r"subscricao) (\S+ ){{0,6}}(cancelad*|rescindid*|anulad*|encerrad*|nao (foi "
        ")?renov*|terminad*); nao renov*"
    ),
    "why.cancelled-": (
        "(favor |por favor |podem )?(cancelar|cancelem|anular|anulem|cancele) (a|essa|esta|"
        "o|e) (fatura|nota|factura|cobranca|boleto|emit*)~"
    ),
    "why.credit_not_applied": (
        r"(nota* de credito|credito*|adiantamento|devolucao|abatimento|sinal|entrada) (\S+ "
        "){{0,8}}(nao (foi|consta|aparece|esta|abatid*)|falt*|pendente*|nunca|promet*|"
        "abat*|desconta*|ainda|aguard*|cade|considerad*); (falt*|aguard*|nao (foi|aplic*|"
        r"abat*|consider*|descont*|deduz*)|sem|nunca|promet*|cade|onde esta) (\S+ "
        "){{0,6}}(nota* de credito|adiantamento|credito(?! (do|no) (cartao)))"
    ),
    "why.terms": (
        r"(prazo*|condic*) (\w+ )?(de |do )?(pagamento|contrato|contratual)? ?(\S+ "
        r"){{0,5}}(\d+|sao|e de|acordad*|combinad*|contrato|incorret*|dias|nao|negociad*); "
        r"(30|45|60|90|trinta|sessenta|noventa) dias ~; (nao|ainda nao) (\S+ "
        r"){{0,3}}(venc*)~; vence (\S+ ){{0,3}}(em|no|dia|so|a)~; vencimento (\S+ "
        "){{0,5}}(e|nao|corret*|errad*|correto|dia|era|combinad*)~"
    ),
    "why.not_ordered": (
        r"(nao|nunca|jamais|ninguem|nenhum*) (\S+ ){{0,5}}(pedimos|pedi|pediu|encomend*|"
        "solicit*|contrat*|compr*|assin*|fizemos (este |esse )?pedido|autoriz* (a|esta|"
        r"essa) compra|pedido|adquir*)~; nao (reconhec*|temos) (\S+ ){{0,4}}(pedido|compra|"
        "servico|contrato|encomenda|cobranca|ordem|registro (de|do) (pedido|servico))~"
    ),
    "why.late_fee": "(juros|multa*|mora|encargos|taxa de atraso|juros de mora|penalidade*)",
    "why.unapproved_work": (
        r"(sem|nao|nunca|ninguem) (\S+ ){{0,5}}(aprov*|autoriz*|consent*|combinad*|aval|"
        r"orcamento) (\S+ ){{0,5}}(trabalho*|hora*|servico*|adiciona*|extra*|visita*|"
        r"despesa*|previa|deslocac*)~; (trabalho*|hora*|servico*|despesa*) (\S+ "
        r")?(adiciona*|extra*|nao (autoriz*|aprov*|previst*))( (\S+ ){{0,6}}(nao|sem|"
        "nunca)~)?; fora do escopo|fora do ambito"
    ),
    "why.currency": (
        r"(moeda|divisa) (\S+ ){{0,5}}(errad*|incorret*|nao|deve*|diferente|acordad*|"
        r"contrato); (outra|errad*) moeda; em (dolar*|usd|euros|eur|reais|brl|libras) (\S+ "
        "){{0,5}}(em vez|e nao|quando|mas|nao em); cambio|taxa de cambio"
    ),
}
