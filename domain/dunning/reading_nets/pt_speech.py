"""Portuguese as it is spoken: idioms, clipped sentences, polite detours."""

from __future__ import annotations

PHRASES = {
    "_ahead": (
        r"(pagamos|liquidamos|transferimos|enviamos|regularizamos) (\S+ ){{0,3}}(amanha|na "
        "(proxima )?(segunda|terca|quarta|quinta|sexta)(-feira)?|esta (segunda|terca|quarta|"
        r"quinta|sexta)|proxim\w+|ate (o )?dia|ate (sexta|segunda|o fim)|no fim do|semana que "
        "vem)(?!.{0,20}passad)"
    ),
    "promise": (
        r"(pagamento|transferencia|boleto|pix|ted|deposito) (\S+ )?(sera|sai|saira|vai ser|"
        r"agendad|programad|previst|marcad|ate|no dia|para|amanha|cai|segue na)\w*~; (pagaremos|"
        "vamos pagar|iremos pagar|liquidaremos|regularizaremos|faremos|efetuaremos|"
        r"transferiremos|pagarei|vou pagar)\b~; (pagamos|liquidamos|transferimos|regularizamos|"
        r"acertamos|quitamos) (\S+ ){{0,3}}(na|no dia|ate|amanha|em breve|esta|logo|assim que|"
        r"quando|semana)~; (em breve|o mais rapido|logo|quanto antes) (\S+ ){{0,3}}(regulariz|"
        r"pag|quit|acert|liquid)\w+; (providenciando|regularizaremos|regularizamos em breve|"
        r"vamos regularizar)\b~; (fica|sera|estara) (pag|quitad|liquidad|regularizad)\w+~; "
        "liberamos o pagamento~"
    ),
    "already_paid": (
        r"(ja|foi|esta) (\S+ ){{0,3}}(pag[ao]|quitad|liquidad|transferid|efetuad|"
        r"depositad)\w*~; (pagamos|quitamos|transferimos|depositamos) (\S+ ){{0,3}}(ontem|"
        r"semana passada|mes passado|em \d|dia \d+|na data)~; (pag[ao]|quitad[ao]|liquidad[ao]) "
        r"(desde|em \d|no dia|dia \d|ontem|ha)~; (consta|aparece) (\S+ )?(como )?(pag[ao]|"
        r"quitad)\w*; (verifiquem|confiram) (\S+ )?(conta|extrato|banco)~"
    ),
    "already_paid-": (
        r"(sera|vai ser|a ser|nao foi|nao esta|ainda nao) (\S+ ){{0,2}}(pag[ao]|efetuad|"
        r"liquidad|quitad)\w*; pag[ao] (duas vezes|a mais|em duplicidade)"
    ),
    "dispute": (
        r"(fatura|valor|cobranca|nota|montante|total|boleto) (\S+ ){{0,3}}(errad|incorret|"
        r"indevid|nao (confere|bate|corresponde|e devid|esta cert|procede))\w*~; (contest|"
        "discord|nao concord|nao reconhec|nao aceit|recus|nos recusamos|reclamacao|nao vamos "
        r"pagar|nao pagaremos|divergenci)\w*\b; (corrijam|cancelem|anulem|retifiquem|corrigir|"
        r"cancelar|anular) (\S+ ){{0,3}}(fatura|nota|cobranca|boleto|valor)\b; (combinamos|"
        r"acordamos|combinado foi) ~\d"
    ),
    "dispute-": (
        r"(assim que|quando|apos|mal) (\S+ ){{0,3}}(nota|fatura) (corrigida|retificada|correta)"
    ),
    "why.pricing": (
        r"(preco|valor|tarifa|taxa) (\S+ ){{0,6}}(acordad|combinad|orcad|orcament|superior|"
        r"diferent|mais alt|cotad|contratad|errad)\w*~; (combinamos|acordamos|combinado|"
        r"orcamento|proposta) (\S+ ){{0,4}}\d~; desconto (\S+ ){{0,5}}(nao|falt|promet|aplicad|"
        r"esquec)\w*"
    ),
    "why.quantity": (
        r"(falta|faltam|faltaram|faltou) (\S+ )?(\d+|um|uma|dois|duas|tres|quatro|cinco|caixa|"
        r"peca|unidade|metade)\w*; (so|apenas|somente) (\S+ ){{0,3}}\d+ (\S+ ){{0,2}}(de|das|"
        r"dos|em vez|unidades|chegaram)?~(receb|cheg|entreg)?; \d+ (em vez de|e nao|ao inves "
        r"de) \d+"
    ),
    "why.not_received": (
        r"(nao|nunca|jamais) (\S+ ){{0,3}}(receb|cheg|entreg|instal|prest)\w+ (\S+ "
        r"){{0,2}}(mercadoria|pedido|produto|material|encomenda|servico|equipamento)\w*; "
        r"(mercadoria|pedido|produto|material|encomenda|servico|equipamento)\w* (\S+ "
        r"){{0,4}}(nao|nunca) (\S+ )?(cheg|receb|entreg|prest)\w*"
    ),
    "why.quality": (
        "(defeito|defeituos|avariad|danificad|quebrad|estragad|ma qualidade|nao funciona|com "
        r"problema|vencid[ao]s?|molhad|enferrujad|devolvemos|devolvid)\w*\b(?! (fatura|"
        "boleto))~(mercadoria|produto|peca|maquina|equipamento|material|lote|caixa)?"
    ),
    "why.quality-": (
        r"(link|site|portal|boleto|pagina) (\S+ ){{0,3}}(nao funciona|com problema|vencid\w*); "
        r"(boleto|fatura|titulo|nota|prazo|parcela) (\S+ ){{0,3}}vencid\w+; (com )?problemas? "
        r"(\S+ )?(financeir|de caixa|no sistema)\w*"
    ),
    "why.cancelled": (
        r"(cancelamos|cancelado|cancelada|rescindi|encerramos|encerrad)\w* (\S+ "
        "){{0,4}}(contrato|pedido|assinatura|servico|em|desde|no)~; (contrato|pedido|"
        r"assinatura|servico) (\S+ ){{0,4}}(cancelad|rescindid|encerrad)\w+"
    ),
    "why.wrong_entity": (
        r"(outra|diferente) (empresa|razao social|filial|cnpj|entidade)\b; (cnpj|razao social|"
        r"nif|destinatario) (\S+ )?(errad|incorret|nao e)\w*; (pertence|refere-se|e da) (\S+ "
        r"){{0,2}}(filial|matriz|outra|coligada)\b"
    ),
    "why.terms": (
        r"(prazo|contrato|condicoes) (\S+ ){{0,5}}\d+ dias; (ainda )?nao (venceu|esta vencid\w|"
        r"vence)\b; vence (so|apenas|somente) ~"
    ),
    "why.not_ordered": (
        r"(nunca|nao|ninguem|quem) (\S+ ){{0,3}}(pedimos|encomend|solicit|contrat|compramos|"
        r"compr)\w*(?! (\w+ )?(copia|fatura|prazo))"
    ),
    "why.late_fee": (
        r"(juros|multa|mora|encargos)\w*~~(nao|retir|remov|isent|cancel|indevid|abusiv|recus)\w*"
    ),
    "why.tax": (
        r"(iva|icms|iss|imposto|retencao|ipi|pis) (\S+ ){{0,5}}(errad|nao|isent|falt|incorret|"
        r"\d+ ?%|indevid)\w*"
    ),
    "why.duplicate": r"(duplicad|em duplicidade|duas vezes|dobro|ja (\S+ )?faturad)\w*\b",
    "why.credit_not_applied": (
        r"(nota de credito|credito|adiantamento|sinal|devolucao|abatimento) (\S+ ){{0,6}}(nao|"
        r"falt|promet|aplicad|abatid|esquec|nunca)\w*~"
    ),
    "why.unapproved_work": (
        r"(ninguem|nao|sem|nunca) (\S+ ){{0,3}}(autoriz|aprov)\w* ~(trabalh|horas|extra|servic|"
        r"visita|adiciona)\w*; (horas extras?|servicos? adiciona\w+)~(nao|ninguem|sem|nunca)"
    ),
    "why.currency": (
        "(dolares|euros|reais|usd) (e nao|em vez de|ao inves de) (em )?(dolares|euros|reais|usd)"
    ),
    "request_document": (
        r"(envi|mand|reenvi|encaminh|fornec|dispon)\w* (\S+ ){{0,5}}(fatura|boleto|copia|"
        r"extrato|nota|comprovante de entrega|contrato|segunda via|2a via|pdf|certificado)\b; "
        r"(nao (tenho|temos|encontr\w+|localiz\w+|recebi|recebemos)) (\S+ ){{0,3}}(fatura|"
        r"boleto|copia|nota|anexo)\b~; segunda via|2a via|(preciso|precisamos|falta) (\S+ "
        r"){{0,3}}(copia|fatura|boleto|extrato)\b"
    ),
    "request_document-": (
        r"(segue|envio|enviamos|anexo) (\S+ ){{0,3}}(comprovante|em anexo)~; (nota|fatura) de "
        r"credito; (sem|falta) (\S+ )?(numero|pedido)~"
    ),
    "submission_requirement": (
        r"(portal|plataforma|ariba|coupa|peppol|nf-?e|xml)\b~(fatura|nota|envi|cadastr|"
        r"fornecedor|carreg|lanc)\w*; (cadastr|carreg|lanc|inclu|inform|coloc|constar|subir)\w* "
        r"(\S+ ){{0,5}}(portal|pedido|ordem de compra|oc|fornecedor)\b~"
    ),
    "wrong_person": (
        r"(nao|ja nao) (trabalho|trabalha|sou|estou|esta|faz|respondo|cuido|trato) (\S+ "
        "){{0,4}}(empresa|aqui|la|ai|responsavel|conosco|setor|area|pessoa|parte|mais|isso|"
        r"disso|assunto)\b~; (pessoa|endereco|e-?mail|contato|setor|numero) (errad|"
        r"incorret)\w+; (se aposentou|deixou a empresa|saiu da empresa|foi desligad\w|meu "
        r"sucessor|substituid\w por)\b; (fal|contat|contact|escrev|dirij|procur|trat)\w+ (\S+ "
        r")?(com|para|a|o|ao) ~(\S+@\S+|financeiro|setor|colega|departamento|contabilidade)"
    ),
    "stop_contact": (
        "(parem|pare|deixem|chega|cessem|para) (de )~(envi|mand|escrev|lig|contat|contact|"
        r"incomod|e-?mail|mensag|cobr)\w*; nao (me |nos )?(escrevam|enviem|mandem|liguem|"
        r"contatem|contactem|incomodem)\b~; nao (quero|queremos|desejo) (\S+ )?(mais )?(receb|"
        r"e-?mail|mensag|cont)\w*; (removam|retirem|excluam|tirem|apaguem|remova|retire|exclua) "
        r"(\S+ ){{0,5}}(lista|e-?mail|cadastro|base|contatos|endereco)\b; me deixem em paz"
    ),
    "payment_plan_request": (
        r"(parcel)\w+; (em|a) (\S+ )?(prestacoes|parcelas|vezes)\b~; por mes\b~; (metade|50 ?%) "
        "(agora|hoje)~; plano de pagamento|acordo de pagamento"
    ),
    "extension_request": (
        r"(mais (prazo|tempo|dias)|prorrog\w+|adiar|adiamento|estender o prazo|postergar|"
        "extensao|outra semana|mais uma semana|alguns dias|esperar ate|aguardar ate|"
        r"dilatacao)\b~"
    ),
    "hardship": (
        r"(sem|falta de|nao temos|nao tenho) (\S+ )?(caixa|dinheiro|liquidez|recursos|fundos|"
        r"verba)\b; (dificuldade|problema|crise|aperto) (\S+ ){{0,2}}(financeir|de caixa|"
        r"economic|de tesouraria)\w*; (situacao|momento|fase) (\S+ ){{0,2}}(dificil|complicad|"
        r"critic|delicad)\w*; (doenca|faleci|luto|incendio|enchente|vendas (\S+ )?cairam)\w*"
    ),
    "legal_threat": (
        "(advogad|processar|processo judicial|acao judicial|medidas (legais|judiciais)|justica|"
        "tribunal|juridic|procon|lgpd|rgpd|notificacao extrajudicial|extrajudicial|dados "
        r"pessoais|danos morais|denunci|ministerio publico|assedio|intimacao|juizado)\w*\b"
    ),
    "legal_threat-": (
        "(pessoa|razao|entidade|natureza) juridica; (recuperacao|falencia|insolvencia|"
        "liquidacao)~(judicial|tribunal|justica); prejuizo"
    ),
    "insolvency_notice": (
        r"(recuperacao (judicial|extrajudicial)|falencia|falid[ao]|insolven\w+|faliu|faliram|"
        "liquidacao (judicial|extrajudicial)|administrador(a)? (judicial|de insolvencia)|"
        r"encerr\w+ (\S+ )?(as )?(atividades|atividade)|fech\w+ as portas|massa (falida|"
        r"insolvente)|liquidatari\w|credores)\b"
    ),
    "bank_details_change": (
        r"(iban|dados bancarios|conta bancaria|chave pix|mud\w+ (\S+ ){{0,3}}(conta|banco)|nova "
        r"conta|troc\w+ de (banco|conta)|nib|alterac\w+ (\S+ )?(conta|banco|dados))\b"
    ),
    "complaint": (
        "(absurd|inadmissivel|inaceitavel|vergonh|falta de respeito|pessim|desrespeit|cansad|"
        "fart[oa]|decepcion|grosseri|indignad|(terceira|quarta|quinta|segunda|enesima) vez|"
        r"ninguem (responde|atende|retorna)|mal atendid|palhacada|descaso|tom (\S+ )?(agressiv|"
        r"rude))\w*\b"
    ),
    "acknowledgement": (
        "(recebido|ciente|anotado|entendido|ok|certo|combinado|de acordo|"
        r"perfeito)\b\W*(obrigad[oa]|muito obrigad[oa])?\W*$; obrigad[oa] (pelo|pela|por) (\S+ "
        r")?(aviso|lembrete|e-?mail|mensagem|contato|informacao|contacto|avisar)\b"
    ),
    "in_process": (
        r"(em|aguardando|pendente de|esperando|falta) (\S+ )?(a |o )?(aprova|analise|validac|"
        r"assinatura|process|liberac|conferencia|autoriz|verific|retorno|lancamento)\w*~; "
        r"(encaminh|pass|repass|envi)\w+ (\S+ ){{0,4}}(financeiro|contabilidade|setor|diretor|"
        r"gestor|responsavel|colega|contas a pagar)\w*; (vou|vamos|estou|estamos) (verific|"
        r"analis|consult|apur|checar|ver)\w*~"
    ),
    "payment_method_request": (
        r"(pagar) (\S+ ){{0,3}}(com|por|via|no|em) (cartao|pix|boleto|paypal|cheque|mb ?way|"
        r"debito|multibanco)\b~; (aceitam) (\S+ )?(cartao|pix|paypal|cheque|mb ?way)\w*; (link|"
        r"boleto|pagina) (\S+ ){{0,3}}(nao funciona|expirou|erro|nao abre)|(forma|meio)s? de "
        "pagamento|debito (direto|automatico)"
    ),
    "credit_request": (
        r"(abat|descont|compens|deduz|aplic)\w+ (\S+ ){{0,4}}(credito|saldo|adiantamento|"
        r"devolucao)\b~; (reembols|estorn|devolv\w+ o (valor|dinheiro))\w*; (emit|aguard|"
        r"precis)\w+ (\S+ ){{0,3}}nota de credito"
    ),
    "invoice_question": (
        r"(a que|por que|porque|o que|qual|quem|quando|quanto|como|de onde) ~\?; (explic|"
        r"esclarec|detalh|liguem|me liga)\w*~"
    ),
    "out_of_office": (
        r"(de|em) (ferias|licenca|viagem|recesso|folga)\b~; (fora do escritorio|ausente|retorno "
        r"(em|no dia|dia)|volto (em|no dia|dia|na))\b~"
    ),
    "remittance_advice": (
        r"(aviso de (pagamento|transferencia))\b; (segue|anexo|envio|em anexo|seguem) (\S+ "
        "){{0,3}}(comprovante|comprovativo) ?(de |da |do )?(pagamento|transferencia|pix|"
        r"ted)?\b; (pagamento|transferencia) (\S+ ){{0,4}}(refere-se|cobre|referente) (\S+ "
        ")?(as )?(faturas|notas)"
    ),
    "remittance_advice-": (r"pagamento (\S+ )?(efetuado|realizado|feito)~(segue|anexo|comprov)~"),
    "other": (
        "(feliz (natal|ano|pascoa|aniversario)|boas festas|newsletter|catalogo|feira|webinar|"
        r"curriculo|vaga)\b~"
    ),
}
