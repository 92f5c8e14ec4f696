"""Portuguese: what customers ask for, and trouble they tell of."""

from __future__ import annotations

PHRASES = {
    "extension_request": (
        r"prorrog*; adi(ar|amento|ado|amos|em)\b~; (mais|um pouco (mais )?de|algum) (tempo|"
        r"prazo|folga|dias|paciencia); (estend*|dilat*|alarg*|ampli*|aument*) (\S+ "
        r"){{0,5}}(prazo|vencimento|pagamento)~; (mais|outr[oa]s?|uns|alguns|uma|duas|\d+|"
        r"dez|quinze|cinco|tres) (\w+ )?(dias|semana*|mes|meses) ?(a mais|adiciona*|de "
        r"prazo|extra|mais|para pagar)~; (posterg*|remarc*|mudar|transferir|passar) (\S+ "
        "){{0,5}}(vencimento|pagamento|data|para o|para dia|boleto)~; (podemos|poderi*|"
        r"podiamos|seria possivel|e possivel|haveria|da para|posso|teria como) (\S+ "
        r"){{0,6}}(pagar|esperar|quitar|liquidar|aguardar|pagamento|transferir) (\S+ "
        "){{0,6}}(depois|mais tarde|ate|no final|em|dia|na|proxim*|mes|semana|para|no)~; "
        r"(aguard*|paciencia|esper*) (\w+ )?(ate|mais|um pouco|alguns dias|uns dias)~"
    ),
    "payment_plan_request": (
        r"parcel*; prestac*; (em|de) (\w+ )?(parcelas|vezes|prestacoes|pagamentos); (em|a) "
        r"(duas|tres|quatro|cinco|seis|varias|\d+) (\w+ )?(vezes|parcelas|prestacoes|meses|"
        r"x|pagamentos)|\d+x; fracion*|faseado; plano de pagamento*|acordo de pagamento; "
        r"(metade|\d+ ?%|entrada|uma parte) (\S+ ){{0,6}}(agora|hoje|esta semana|este mes|"
        r"ja|dia|e) ~(resto|restante|outra metade|saldo)~; (o )?(restante|resto|saldo) (\S+ "
        r"){{0,4}}(em|no|dia|mes|depois|proximo|daqui)~; \S*\d\S* (reais|euros|€)? ?(por|ao|"
        r"cada) ?mes; (desconto (se|para|a vista)|abatimento (se|para)|aceit* (\S+ "
        "){{0,5}}(para quitar|como quitacao|a vista)|quitacao com desconto|proposta de "
        "acordo|acordo (para|de) quit*|perdao parcial)~"
    ),
    "hardship": (
        r"dificuldade* (\w+ )?(financeir*|economic*|de caixa|tesouraria|de pagamento)*; "
        r"fluxo de caixa; tesouraria (\S+ )?(apertad*|dificil|limitad*); (sem|falta de) "
        "(dinheiro|caixa|fundos|liquidez|recursos|verba); nao (conseguimos|consigo|temos|"
        r"tenho|podemos|ha) (\S+ ){{0,4}}(pagar|honrar|recursos|dinheiro|condicoes|como "
        "pagar|liquidar|caixa|fundos|cumprir)(?! (sem|ate|porque|antes)); (momento|"
        r"situacao|fase|periodo|altura|mes) (\w+ )?(financeir* )?(dificil|complicad*|"
        r"critic*|delicad*|apertad*|dificeis); (perdemos|perda de) (\S+ ){{0,4}}(client*|"
        r"contrato*); (vendas|faturamento|faturacao|negocio|receita) (\S+ ){{0,4}}(cai*|"
        "baix*|despenc*|fraco*|fracas|parad*); conta* (bloquead*|penhorad*); salario*|"
        "folha de pagamento|demiss*|despedimento*; (internad*|doenca|faleci*|incendio|"
        "inundacao|enchente|acidente)|crise"
    ),
    "hardship-": (
        r"nao (conseguimos|podemos|consigo) (pagar|processar|liberar|lancar)\w* (\S+ "
        "){{0,4}}(sem|ate|porque|antes|enquanto)"
    ),
    "complaint": (
        "pouco profissional; inaceitavel|inadmissivel; absurd*; vergonh*; decepcion*|"
        r"desapont*|desilud*; (pessim*|horrivel|terrivel|mau|lamentavel|pior) (\w+ "
        ")?(atendimento|servico|experiencia|comunicacao|tratamento); (terceir*|quart*|"
        r"quint*|segund*|enesim*|3[aoª]|4[aoª]) (\w+ )?(vez|e-?mail|lembrete|mensagem|"
        r"cobranca|aviso) ~; (ninguem|nunca) (\w+ )?(nos |me )*(respond*|atend*|retorn*|"
        "lig*|resolv*|le)~; (grosseir*|agressiv*|mal[- ]?educad*|ameac*|intimidat*|"
        "ofensiv*|desrespeit*); falta de (respeito|profissionalismo|consideracao|educacao);"
        " (insatisfeit*|chatead*|indignad*|revoltad*|irritad*|fart[oa]s?|cansad[oa]s?|"
        "aborrecid*) ~; (palhacada|piada|ridicul*|brincadeira|paciencia tem limite); "
        r"(parabens|que otimo|otimo|que maravilha|bravo|excelente|que beleza|lindo) ,?(\S+ "
        "){{0,5}}(atendimento|de novo|outra|lembrete|cobranca|forma de|servico|terceir*|"
        "client*)~; reclam(o|ar|acao) (do|da|formal|de) (atendimento|servico|tratamento)?; "
        r"client\w* (fiel|antigo|ha)~; ja (disse|expliquei|informei|respondi|avisei|falei|"
        r"explicamos|informamos|avisamos)~(vezes|varias|duas|tres|mil)~; tom (\S+ "
        "){{0,4}}(inaceitavel|ameac*|agressiv*|desagradavel)"
    ),
    "credit_request": (
        r"(nota* de credito|credito|adiantamento|saldo (credor|a favor)) (\S+ "
        "){{0,6}}(abat*|aplic*|descont*|compens*|emit*|contra|na fatura|utiliz*|usar|"
        "deduz*|favor); (abat*|aplic*|descont*|compens*|emit*|deduz*|us*|utiliz*|ger*|"
        r"precis*|solicit*|envi*) (\S+ ){{0,7}}(nota* de credito|nosso credito|credito de|"
        "credito da|credito no|saldo (credor|a favor)|adiantamento|o credito|um credito); "
        r"reembols*|estorn*|devol\w+ (do|o|de) (valor|dinheiro|pagamento|montante); pag\w+ "
        "(a mais|duas vezes|em duplicidade|em duplicado|em excesso); pagamento (em "
        "duplicidade|a maior|duplicado)"
    ),
    "submission_requirement": (
        "portal*; ariba|coupa|basware|tungsten|peppol|saphety|plataforma*|edi|nf-?e|"
        "sistema de fornecedores|fatura eletronica; (subir|carregar|lancar|inserir|"
        r"submeter|postar|cadastrar|enviar|anexar|carreg*|lanc*|submet*|cadastr*) (\S+ "
        "){{0,8}}(portal|plataforma|sistema|atraves|eletron*|site)~; (fatura*|nota*|"
        r"factura*|boleto*|nf*) (\S+ ){{0,5}}(devem|deve|so|apenas|somente|tem que|tem de|"
        "precisam|exclusivamente|sao aceit*) ~; (indic*|inclu*|mencion*|inform*|coloc*|"
        r"const*|acrescent*|adicion*|refer*) (\S+ ){{0,4}}(numero do pedido|ordem de compra|"
        "pedido de compra|oc|po|centro de custo|nota de encomenda|numero da oc|numero de "
        r"encomenda)~; (ordem de compra|numero do pedido|oc|nota de encomenda) (\S+ "
        "){{0,4}}(obrigatori*|deve|necessari*|na nota|na fatura|requisito); (envi*|"
        r"encaminh*|remet*) (\S+ ){{0,3}}(fatura*|nota*|factura*) (\S+ ){{0,4}}(para|a|ao) "
        r"(\S+@\S+|caixa|nosso|o e-?mail)~; (cadastr*|registr*|regist*|homolog*) (\S+ "
        "){{0,5}}fornecedor*; novo fornecedor; formato (pdf|xml|eletronico)"
    ),
    "payment_method_request": (
        r"(com|por|via|no|em|atraves de) (\w+ )?(cartao|cartao de credito|boleto|pix|cheque|"
        "paypal|debito direto|debito automatico|mbway|multibanco|sepa|link|dinheiro) "
        r"~(pag*|aceit*|possivel)?; cartao|cartoes; pix (\S+ )?(possivel|aceit*|\?); debito "
        r"(direto|automatico|em conta); (link|pagina|site) (\w+ )?(de |para )?(o "
        r")?(pagamento|pagar)~; (link|boleto|qr code) (\S+ ){{0,5}}(nao (funciona|abre|"
        r"carrega)|expir*|venc*|erro|invalid*); (aceit*) (\S+ ){{0,3}}(cartao|cartoes|pix|"
        r"cheque*|paypal|boleto|amex); como (\w+ )?(podemos|posso|pagar|pagamos|faco|fazer|"
        "fazemos|efetuar|devo|devemos)~; (forma*|metodo*|meio*|modalidade) de pagamento; "
        "(novo|atualizar o|gerar (o |um )?|emitir (o |um )?novo) boleto|referencia "
        "multibanco"
    ),
    "payment_method_request-": (
        "(pag[oa]|pagamos|paguei|efetuad*|feit*|realizad*|enviad*|transferimos|fizemos) "
        r"(\S+ )?(com|por|via|em|no) (\w+ )?(cartao|boleto|pix|cheque|transferencia|ted); "
        r"(pagaremos|faremos|sera|vamos pagar|vou pagar) (\S+ ){{0,4}}(por|via|com) (boleto|"
        "pix|transferencia|cheque|cartao|ted)"
    ),
    "invoice_question": (
        "(que|qual|quais|por que|porque|porquê|quando|como|quanto*|quem|onde|a que|do que|"
        r"de que) (\S+ )~~\?; (expli*|esclare*|detalh*|justifi*|discrimin*|especifi*) (\S+ "
        "){{0,4}}(o|a|essa|que|por|me|nos|valor|cobranca|fatura|a que|este|esta)~; (lig*|"
        r"telefon*)(ue|uem|ar|a|em)(-me|-nos)? ~; (pod(em|e|eria|eriam)) (\S+ "
        "){{0,4}}(confirmar|informar|dizer|explicar|esclarecer|verificar|ligar|indicar)~; "
        r"(e|sao|esta|estao|ha|tem|refere-se|corresponde|foi|inclui|seria|trata-se|ja) ~~\?;"
        " a que (se refere*|corresponde*|diz respeito); (duvida*|pergunta*|questao) (sobre|"
        "com|quanto|em relacao|:|do|da)~; nao (entend*|sei|sabemos|compreend*|percebo|"
        r"percebemos|esta claro) (\w+ )?(por que|o que|a que|o|a|de onde|este|porque|qual)~;"
        r" (confirm*|inform*|indi*|esclare*) (\S+ ){{0,3}}(se|que|qual|quanto|o (valor|"
        "saldo|montante)|a data|a que|o vencimento)~"
    ),
    "invoice_question-": "(qualquer|alguma|mais|outra) (duvida|pergunta|questao)",
}
