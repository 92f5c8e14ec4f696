"""Portuguese in plain words: the same matters as a second and a third writer would put them."""

from __future__ import annotations

PHRASES = {
    "_if": (
        r"(mande|manda|mandem|envie|enviem|corrija\w*)( \S+){{0,6}} (e|que) (eu |a gente |nos |"
        r"ja )?(pag\w+|deposit\w+|quit\w+|acert\w+)~; sem \w+( \w+)? (nao|nada de) (tem|pag\w+|"
        r"ha)~; (assim que|quando|logo que|depois que|tao logo)~(cheg\w+|receb\w+|pag\w+|"
        r"liber\w+|corrig\w+|autoriz\w+|tiver\w*|estiver\w*|entreg\w+|final\w+)~"
    ),
    "_perhaps": (
        r"vou tentar|tentar\w*|vamos tentar; quando (der|puder|pudermos|sobrar)\w*; espero "
        "(conseguir|poder)|esperamos; logo logo; assim que (der|puder|possivel)~; se deus "
        "quiser; em breve"
    ),
    "_courtesy": r"quando (der|puder|pudermos)\b; assim que (der|puder|pudermos|possivel)\b",
    "promise": (
        r"(assim que|quando|logo que|depois que|tao logo)( \S+){{1,8}},? (a gente |nos |eu |ja "
        r")?(pagamos|pago|pagaremos|quitamos|acertamos|depositamos|paga|transferimos)\b~; (vou|"
        "vamos|iremos|a gente vai) (tentar )?(pagar|acertar|quitar|resolver|depositar|"
        r"transferir|regularizar|mandar|fazer o (pix|pagamento|deposito))\b~; (sexta|segunda|"
        r"terca|quarta|quinta|amanha|dia \d+)( feira|-feira)? (eu |a gente |nos |ja )?(pago|"
        r"pagamos|cai|sai|entra|faco|deposito|transfiro|acerto|mando|esta na conta)\b~; (pago|"
        r"pagamos|deposito|transfiro|acerto|quito)( \S+){{0,4}} (amanha|sem falta|sexta|segunda|"
        r"terca|quarta|quinta|semana que vem|dia \d+|em breve|quando)~; (correndo atras|dando "
        r"um jeito|me virando|nos virando)( \S+){{0,3}} (pagar|acertar|quitar|resolver)~; (\w+ "
        r")?que vem( eu| a gente| nos)? (pago|pagamos|acerto|deposito|transfiro|paga)\b~"
    ),
    "already_paid-": (
        r"(assim que|quando|logo que)( \S+){{1,8}} pag\w+~; pag(o|amos)( \S+){{0,4}} (amanha|"
        "sem falta|semana que vem|quando)~; pagamos assim que~; que vem( eu| a gente| nos)? "
        r"(pago|pagamos)\b~"
    ),
    "complaint-": r"(cliente|clientes) (final|finais)? ?(nos )?pag\w+~; assim que o cliente~",
    "already_paid": (
        r"(boleto|fatura|nota|titulo|isso|esse|essa|este|pagamento|pix|ted)( \S+){{0,3}} (ja "
        r")?(foi|esta|consta|ficou) (pag|quitad|liquidad|feit|efetuad|compensad)\w*~; (paguei|"
        r"pagamos|transferi|transferimos|depositei|depositamos|quitei|quitamos)( \S+){{0,3}} "
        r"(ontem|hoje|semana passada|mes passado|dia \d+|via|por pix|anteontem|em \d)~; "
        r"(transferimos|transferi|pagamos|paguei|depositamos|depositei|quitamos)( \S+){{0,4}} "
        "(passad[oa]|ontem|anteontem)~"
    ),
    "extension_request": (
        r"(precis\w+|gostar\w+|queri\w+|pedi\w+|solicit\w+)( \S+){{0,3}} (mais|de mais) (\w+ "
        r")?(\d+ )?(dias?|semanas?|mes|meses|prazo|tempo)\b~; (prorroga\w*|adiar|adiamento|"
        r"estender|estica\w*|empurrar)\b~; (podem|pode|da pra|daria para|tem como) (\w+ "
        ")?(esperar|aguardar|segurar|prorrogar|adiar|deixar para)~"
    ),
    "invoice_question-": r"precis\w+ de mais~; mais \d+ dias~",
    "why.pricing": (
        r"(cobraram|cobrado|cobrando|faturad\w+|cobrou)( \S+){{0,3}} (a mais|demais|errado|"
        r"acima)\b~; (preco|valor|combinado|orcamento|cotacao|proposta)( \S+){{0,4}} (era|foi|"
        r"outro|outra|diferente|errado|nao (bate|confere|e)|combinad\w+|menor)\b~"
    ),
    "why.not_ordered-": r"(foi|servico|pedido|contrato)( \S+){{0,2}} cancelad\w+~",
    "wrong_person": (
        r"(nao sou|nao e|nunca fui|ja nao sou)( \S+){{0,2}} (mais )?(responsavel|encarregad\w+|"
        r"a pessoa|comigo|minha area|meu setor|eu)\b~; (fale|fala|falar|procur\w+|trat\w+|"
        r"contat\w+) (\S+ )?com (a|o|as|os) ~; nao trabalho mais~; (isso|quem cuida|quem ve|"
        r"quem resolve)( \S+){{0,3}} (e|com) (a|o) (financeiro|contabilidade|fulan\w+|\w+)\W*$"
    ),
    "stop_contact": (
        r"(para|pare|parem|chega) (de|com) (me |nos )?(mand\w+|envi\w+|escrev\w+|lig\w+|cobr\w+|"
        r"incomod\w+|perturb\w+|contat\w+|esse\w*|isso)\b~; nao (me|nos) (mand\w+|envi\w+|"
        r"escrev\w+|lig\w+|incomod\w+|procur\w+|contat\w+)( \S+){{0,3}} ?(mais)?\b~; (tir\w+|"
        r"remov\w+|exclu\w+|apag\w+) (\S+ ){{0,4}}(lista|e-?mail|contato|cadastro|base)~; me "
        r"deix\w+ em paz~; nao (me |nos )?(entr\w+|faca\w*|tent\w+)( \S+){{0,2}} (mais )?(em "
        r")?contato\w*( \S+)?~; nao (quero|queremos)( \S+){{0,3}} (contato|mensag\w+|e-?mails?|"
        r"cobranca\w*|ligac\w+)~"
    ),
    "stop_contact-": (
        r"nao (me|nos) (mandaram|enviaram|mandou|enviou|chegou)\b~; parem de cobrar~(taxa|juros|"
        "duas)~"
    ),
    "hardship": (
        r"(estamos|estou|ficamos|a gente ta|tamos)( \w+)? (sem (caixa|dinheiro|grana|capital|"
        r"recursos|verba)|apertad\w+|no vermelho|quebrad\w+|descapitalizad\w+)\b~; (crise|"
        r"situacao (dificil|complicada|critica)|fase (dificil|ruim))\b~"
    ),
    "credit_request": (
        r"(abat\w+|descont\w+|compens\w+|us\w+|aplic\w+) (\S+ ){{0,4}}(credito|adiantamento|"
        r"saldo|devolucao|nota de credito)\b~; (estorn\w+|reembols\w+|devolv\w+|ressarc\w+)\b~; "
        "pagamos (a mais|duas vezes|em duplicidade|em dobro)~; temos (um )?(credito|saldo)~"
    ),
    "bank_details_change": (
        r"(mudou|mudaram|mudaram de|trocou|trocaram|alterou|alteraram)( \S+){{0,4}} (conta|"
        r"banco|pix|dados|chave)\b~; (pix|conta|chave|banco|dados)( \S+){{0,4}} (outro|outra|"
        r"diferente|diferentes|mudou|mudaram|novo|nova)\b~"
    ),
    "complaint": (
        r"(atendimento|servico)( \S+)? (pessimo|horrivel|ruim|lamentavel|vergonhos\w+)~; "
        "(pessimo|horrivel|ridiculo|absurdo|vergonha|falta de respeito|desrespeito|"
        r"palhacada)\b~"
    ),
    "remittance_advice-": "pagamento efetuado~comprovante~",
    "other": (
        r"(feliz (natal|ano)|boas festas|bom feriado)\b~; (mudamos de (endereco|escritorio|"
        r"sede)|novo endereco)\b~; (mandei|email) errado,? ~; orcamento (para|de) (mais|\d+|"
        r"nov\w+)~"
    ),
    "why.quantity": (
        r"(receb\w+|cheg\w+|vieram|entreg\w+)( \S+){{0,2}} (so|apenas|somente)( \S+){{0,2}} "
        r"\d+~; (falt\w+)( \S+){{0,2}} (\d+|uma|um|dois|duas|tres|caix\w+|pec\w+|unidad\w+|item|"
        "itens)~"
    ),
    "promise-": r"(na |no )?\w+ passad[oa]~; ontem~",
    "why.quality": (
        r"(parou|deixou) de (funcionar|operar|ligar|rodar)\b~; (nao|nunca) (\w+ )?(funciona|"
        r"funcionou|liga|presta|roda)\w*\b~; (quebrad|defeituos|estragad|avariad|danificad|"
        r"rachad)\w+~"
    ),
}
