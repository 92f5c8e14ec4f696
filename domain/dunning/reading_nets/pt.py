"""Portuguese: what customers write about invoices."""

from __future__ import annotations

from domain.dunning.reading_nets import (
    pt_asks,
    pt_dangers,
    pt_disputes,
    pt_papers,
    pt_plain,
    pt_speech,
    pt_weak,
)
from domain.dunning.reading_nets.phrases import together

WORDS = {
    "pay": (
        "pag*|quit*|liquid*|transfer*|deposit*|sald*|efetu*|efectu*|realiz* (o|a|um|uma) "
        "(pagamento|transferencia|deposito|pix)|faz* (o|a|um|uma) (pagamento|transferencia|"
        "deposito|pix|ted)|regulariz*|process* o pagamento|emit* (o|a) (pagamento|cheque|"
        "transferencia)|acert*|envi* (o|a) (pagamento|valor|transferencia)"
    ),
    "future": (
        "pagaremos|pagarei|pagara|quitaremos|transferiremos|transferirei|liquidaremos|"
        "liquidarei|faremos|farei|fara|efetuaremos|efectuaremos|realizaremos|depositaremos|"
        "enviaremos o|regularizaremos|sera|serao|saira|saem|receberao|recebera|terao|caira|"
        "acontecera|ocorrera|entrara|seguira|estara|procederemos|acertaremos|"
        "providenciaremos"
    ),
    "money": (
        "pagamento*|transferencia*|boleto|valor|cheque|dinheiro|fatura*|factura*|nota*|"
        r"deposito|pix|ted|saldo|titulo|montante|remessa|isso|isto|tudo|\S*\d\S*"
    ),
    "goods": (
        "mercadoria*|pedido*|entrega*|produto*|material*|materiais|servico*|peca*|unidade*|"
        "equipamento*|maquina*|encomenda*|caixa*|artigo*|licenca*|instalacao|carga|lote|"
        "trabalho*|bomba*|sensor*"
    ),
}

PHRASES = {
    "_not": "nao; nunca; jamais; nenhum*; ninguem; nem; sem; nada; impossivel",
    "_please": (
        "por favor; favor; por gentileza; pod(em|e|eria|eriam|emos|erao|iam|ia); poderi*; "
        "precis*; necessit*; solicit*; gostari*; agradec*; agrade*; pec*; aguard*; falt*; "
        "envi(em|e|ar)*; reenvi*; mand(em|e|ar)*; encaminh(em|e)*; remet*; forne*; sem; "
        "consegu(e|em)|teria como; queria; receber|obter"
    ),
    "_if": (
        "se; quando (receb*|tiv*|o|a|os|for*|estiv*|cheg*|nos); assim que; logo que; desde "
        "que; caso; sujeito a; mediante; apos (a|o|receb*|aprov*|confer*); depois (de|que);"
        " uma vez; condicionad*; depend*; ao receber; ate (que|receb*|ter); enquanto; "
        "aguardando; na dependencia; contra (apresentacao|entrega)"
    ),
    "_perhaps": (
        "talvez; esper* (pagar|poder|conseguir|fazer|que|efetuar|liquidar|quitar); espero|"
        "esperamos; provavelmente; possivelmente; deve|devemos|deveria*|devera*; poderia*; "
        r"tentar*; tentando|tentamos; se possivel; em principio; previsao de|prev\wmos|"
        "previsivelmente; acredit*|ach[oa]|pens*; aproximadamente|cerca de; quem sabe; "
        "tomara; fazer o possivel; faremos o possivel; pretend*|contamos; algum momento"
    ),
    "_courtesy": (
        "se (tiver*|houver|precis*) (alguma|qualquer|mais|duvida*)~; nao hesit*~; sem "
        "falta; o mais tardar; no maximo; nao (ha|tem) problema; sem (mais )?demora; o "
        "mais breve possivel; assim que possivel; o quanto antes; nao se preocup*; nao so"
    ),
    "_unsaid": (
        "venc*; vencimento*; segundo (o|nosso)|conforme (o )?contrato|contrato; (voces|"
        r"voce|v\. exas) (diss*|escrev*|ped*); condic* de pagamento; prazo contratual; "
        "sempre|normalmente|geralmente|habitualmente; todo (mes|dia)|todos os|cada; metade;"
        " parte|parcial*; avis*|inform*; verific*; (paguem|pague|devolv*|reembols*|"
        "transfiram|depositem)(-nos|-me)?; reuniao; deve ser pago"
    ),
    "promise": (
        "(liberamos|regularizamos|acertamos|quitamos|providenciamos|transferimos) (o |a |"
        r"em |os |as |isso |assim |no |na |ate ); {money} (\S+ ){{0,5}}{future}; {future} "
        "~{pay}; {future} ~(pag*|transferid*|quitad*|liquidad*|efetuad*|realizad*|"
        "efectuad*|feit*|em conta|o pagamento|a transferencia|o deposito|o pix); pagaremos|"
        "pagarei|transferiremos|quitaremos|liquidaremos|transferirei; (vamos|vou|vai|"
        r"iremos|irei|ira) (\w+ )?{pay}; (pagamento|transferencia|valor|pix|boleto|ted|"
        r"fatura|nota|factura) (\S+ ){{0,6}}(programad*|agendad*|previst*|sai|saem|entra|"
        "cai|marcad*|fica|esta para|segue|para (o dia|dia|amanha|sexta|segunda|terca|"
        r"quarta|quinta)|dia \d|sera|ate|na (sexta|segunda|terca|quarta|quinta|proxima)|"
        "amanha); (pagamos|pago|transferimos|transfiro|quitamos|fazemos|faco|efetuamos|"
        r"liquidamos|deposito|depositamos) (\S+ ){{0,4}}(dia|amanha|na|ate|hoje|segunda|"
        r"terca|quarta|quinta|sexta|no|em|esta|proxim*|a \d|este)~; ^\W*(pagamento|"
        r"transferencia|pago|pagamos)\b ~~(dia|amanha|ate|na|no|sexta|segunda|terca|quarta|"
        "quinta|programad*|agendad*|previst*|em breve|hoje|em); (comprom*|garant*|promet*|"
        r"confirm*) ~~({pay}|pagamento|dia \d|ate); (proxim\w*|nossa|nosso) (remessa|lote|"
        r"rodada|ciclo|programacao) (\w+ )?~; (inclu*|esta|entra|entrou) (\S+ )?(na|no) "
        "(remessa|lote|programacao|borderô|bordero) ~; (esper*|pretend*|conseg*|tent*|pod*|"
        r"talvez|devemos|contamos|prev*|deve|gostar*) (\S+ ){{0,4}}{pay}; (voces |vao |irao "
        ")(receber|ter) ~(pagamento|valor|dinheiro|ate|dia)"
    ),
    "promise-": (
        "nao ~{pay}; nao (vamos|vou|podemos|posso|conseguimos|conseguiremos|iremos) ~; "
        "nunca ~{pay}; nenhum pagamento"
    ),
    "already_paid": (
        "(ja|foi|foram|esta|estao|esteve|acabamos de|acabei de|sido|temos|tenho|tinha) "
        r"(\S+ ){{0,5}}(pag[oa]s?|quitad*|liquidad*|transferid*|efetuad*|efectuad*|"
        "realizad*|feit[oa]s?|debitad*|pagar|transferir|fazer|depositad*|compensad*|"
        "enviad* o pagamento|regularizad*|efetuar); (pagamos|paguei|transferimos|transferi|"
        "quitamos|efetuamos|efectuamos|fizemos|fiz|depositamos|realizamos|liquidamos|"
        r"efetuei|liquidei) (\S+ ){{0,7}}(ontem|no dia|dia \d|em \d|a \d|na (segunda|terca|"
        "quarta|quinta|sexta|semana)|semana passada|hoje|ja|por|via|esta manha|ha|mes "
        "passado|anteontem|pagamento|transferencia|pix|boleto|no (ultimo|passado|mes)|em "
        "(janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|"
        r"dezembro)|\d+/\d+); (pagamento|transferencia|pix|boleto|valor|ted|deposito|"
        r"dinheiro|cheque) (\S+ ){{0,4}}(saiu|caiu|ja \w+|foi (feit*|enviad*|efetuad*|"
        r"realizad*|debitad*|pag*|compensad*)); ^\W*(ja |esta |fatura |foi )*(pag[oa]s?|"
        r"quitad[oa]s?|liquidad[oa]s?)\b; (pagamento|transferencia|pix|ted) (efetuad*|"
        r"realizad*|feit*|efectuad*|enviad*|do dia|de \d); comprovante*~(anexo|segue|abaixo|"
        "em anexo)~; saiu da nossa conta|debitado (da|na|em) nossa conta"
    ),
    "already_paid-": (
        "(nao|nunca|ainda nao|sem|sera|serao|deve ser|para ser|quando|se|assim que|a ser|"
        r"so sera|apos) (\S+ ){{0,4}}(pag[oa]s?|quitad*|transferid*|efetuad*|liquidad*|"
        "realizad*|feit[oa]|pagamos|pagar|agendad*|programad*|pagamento)( ainda)?; (vamos|"
        r"vou|vai|podemos|posso|iremos) (\S+ ){{0,2}}(pagar|transferir|fazer|efetuar); "
        r"(esta|foi|ja esta) (\w+ )?(programad*|agendad*|previst*|em processamento|em "
        r"aprovacao|lancad*|atrasad*|vencid*|errad*|incorret*); pag\w+ (duas vezes|em "
        "duplicidade|a mais|em duplicado)"
    ),
    "remittance_advice": (
        "aviso de (pagamento|transferencia|remessa); (segue*|anexo|anex*|envi*|em anexo|"
        "abaixo|junto)~~(comprovante*|comprovativo|aviso de pagamento|detalhe do pagamento|"
        r"relacao (do pagamento|das notas pagas)); (pagamento|transferencia|ted) (\S+ "
        "){{0,4}}(refere-se|referente|cobre|corresponde|engloba|inclui|quita as); "
        "comprovante*|comprovativo (de )?(pagamento|transferencia)"
    ),
    "out_of_office": (
        "fora do escritorio; (de|em) (ferias|licenca); ausente|ausencia; resposta "
        "automatica; mensagem automatica; (retorno|regresso|volto|retornarei|regressarei|"
        "estarei de volta) ~; acesso limitado; recesso|ferias coletivas; (fechad*|"
        "encerrad*) (para|de|ate|por|entre|do dia)~; licenca (maternidade|paternidade|"
        "medica)|de baixa"
    ),
    "out_of_office-": (
        "(diretor*|gerente|responsavel|chefe|quem) ~ (ferias|ausente|retorna|volta|regressa)"
    ),
    "in_process": (
        "em (processo|processamento|andamento|analise|aprovacao|tramitacao|curso|validacao|"
        "conferencia|tratamento); (aguard*|pendente|falta|espera*) (de |a |o |da |do |pela "
        r"|por )*(\w+ )?(aprovacao|autorizacao|assinatura|validacao|liberacao|confirmacao|"
        "conferencia|retorno|resposta|aceite|diretoria|recebimento); (encaminh*|repass*|"
        r"reencaminh*|envi*|transmit*|pass*|escal*|reporte*) (\S+ ){{0,8}}(ao|a|para|pro|"
        r"pra|com) (\w+ )?(\w+ )?(financeiro|contabilidade|departamento|setor|colega*|"
        "equipe|equipa|tesouraria|contas|gestor|diretor*|gerente|responsavel|compras|area);"
        r" (verific*|consult*|confir*|apur*|analis*|averigu*|checar|checando|confer*) (\w+ "
        ")?(com|internamente|isso|o|a|e|junto|aqui|porque|este|esta|se|situacao)~; "
        "(retorno|retornamos|retornarei|retornaremos|dou|damos|darei|daremos|aviso|"
        "avisamos|avisarei|avisaremos|informo|informarei|informaremos|respondo|volto a "
        r"contactar|digo) (\w+ )?(com|retorno|em breve|assim|quando|posicao|feedback|uma|"
        "ate|noticias|resposta|sobre|algo|logo|-)*; (esta|continua|encontra-se|fica) (com|"
        "no|na|em) ~(financeiro|diretor*|sistema|mesa|gerente|aprov*|fluxo|contabilidade|"
        "setor|gestor); mudanca de sistema|migracao|troca de sistema; (lancad*|registrad*|"
        r"registad*|contabilizad*) (no|em) ~sistema; estamos (\w+ )?(verificando|analisando|"
        "a (verificar|analisar|tratar|confirmar)|processando|apurando|conferindo|tratando|"
        "providenciando)"
    ),
    "acknowledgement": (
        "recebid[oa]; (ciente|cientes|anotad[oa]|entendid[oa]|tomei nota|tomamos nota|"
        r"registado|compreendid[oa]); (muito )?obrigad[oa] (por|pel[oa]|,|\W*$)~; (ok|certo|"
        r"beleza|perfeito|de acordo|combinado|tudo bem|confirmo|bem|ta bom)\W*(,|\.|"
        "obrigad[oa]|$)~; (desculp*|lament*|perdao|pedimos desculpa)~; (nao|ainda nao) "
        r"(\w+ )?(temos|tenho|ha|posso|podemos|consigo|conseguimos) (\w+ )?(uma |dar |"
        "informar |confirmar |indicar |previsao|a )*(data|novidade*|previsao|informacao|"
        "resposta|prazo)~; agradecemos (o|pelo|a)~; acus* (a )?rececao"
    ),
}

PT = (
    WORDS,
    together(
        PHRASES,
        pt_asks.PHRASES,
        pt_dangers.PHRASES,
        pt_disputes.PHRASES,
        pt_papers.PHRASES,
        pt_plain.PHRASES,
        pt_speech.PHRASES,
        pt_weak.PHRASES,
    ),
)
