"""Portuguese: what stops everything, who is not to be written to, and what only sounds like it."""

from __future__ import annotations

PHRASES = {
    "legal_threat": (
        "advogad*; (acao|accao|acoes|medida*|via|vias|departamento|assessoria|processo*|"
        r"providencia*|setor|meios|area|parecer|consultor*|equipe) (\w+ )?(legai*|judicia*|"
        "juridic*|legal); juridico; process(ar|aremos|a-los|o judicial|o contra); "
        "judicialmente|extrajudicial*; tribunal|tribunais; justica; notificacao "
        "extrajudicial; liminar; (danos morais|perdas e danos|indenizacao|indemnizacao); "
        "procon|reclame aqui|ministerio publico|livro de reclamacoes|defesa do consumidor; "
        "lgpd|rgpd|dados pessoais|protecao de dados|anpd|cnpd|titular dos dados; (apag*|"
        r"elimin*|exclu*|acesso) (\S+ ){{0,5}}dados; queixa-crime|boletim de ocorrencia|"
        "policia; assedi*; protesto indevido|cobranca (vexatoria|abusiva)"
    ),
    "legal_threat-": (
        "(entidade|razao|nome|pessoa|personalidade|endereco|denominacao) (legal|social|"
        "juridica); representante legal"
    ),
    "insolvency_notice": (
        "recuperacao (judicial|extrajudicial); falencia|falid*; insolv*; concordata; "
        "liquidacao (judicial|da empresa|da sociedad*|extrajudicial); em liquidacao; "
        "liquidatario; administrador* (judicia*|da insolvencia|de insolvencia); massa "
        r"(falida|insolvente); (encerr*|cess*) (\w+ )?(as |a |suas |nossas |definitiv* "
        ")*(atividade|atividades|operacoes|actividade|empresa)~; habilitacao de credito*|"
        "reclamacao de creditos|reclamar creditos; processo especial de revitalizacao; "
        "dissolucao da empresa; credores; stay period"
    ),
    "bank_details_change": (
        "dados bancarios; (conta|contas) (bancaria*|corrente); (nova|novo|novos|outra|"
        r"alter*|mud*|atualiz*|actualiz*|confirm*|verific*|valid*|troc*|corret*) (\S+ "
        "){{0,6}}(conta|banco|bancari*|iban|nib|chave pix|pix|dados para (pagamento|"
        "transferencia|deposito)|agencia); iban|nib|bic; chave pix; (conta|banco|dados|"
        r"agencia) (\S+ ){{0,5}}(alter*|mud*|nov*|diferente*|encerrad*|bloquead*|correta); "
        r"(em|na|para|para a|a) (qual|que|nova|outra|seguinte|nossa|esta|minha) (\w+ "
        r")?conta ~; (carta|comprovante|declaracao|comprovativo) (\w+ )?(do banco|bancari*|"
        "de titularidade|de iban|de conta); deposito teste|transferencia teste|pix teste; "
        "cessao de credito|factoring; favorecido|beneficiario (diferente|novo)"
    ),
    "bank_details_change-": (
        "(nosso|o|meu) banco (recus*|devolv*|rejeit*|cobr*|inform*|confirm*|estornou|esta);"
        " (tarifa*|taxa*|extrato*|feriado*|transferencia*|boleto*|comiss*|dia*) (bancari*|"
        "do banco); (saiu|debitad*) (da|na|de) nossa conta; conta corrente (cliente|de "
        "cliente)"
    ),
    "suspicious_instruction": (
        r"(ignor*|desconsider*|esquec*|desrespeit*|burl*|contorn*|pul[ea]*) (\S+ "
        "){{0,6}}(instruc*|regra*|orient*|politica*|diretri*|ordens|prompt|restric*|"
        "aprovac*|controle*|norma*|tudo acima); (prompt|mensagem|instruc*) (do |de "
        r")?sistema; (voce e|voce agora|tu es|aja como|agora es) (\w+ )?(um|uma|ia|"
        "assistente|agente|o)~; (para|ao|a|nota para|mensagem para|atencao|caro|prezado|"
        "ola) (a |o |as )?(ia|assistente|agente|bot|robo|inteligencia artificial|modelo|"
        "sistema automat*)~; (marqu*|registr*|regist*|consider*|dê|de|coloqu*|mud*|trat*|"
        r"alter*|atualiz*|defin*|baix*|lanc*|lan\we) (\S+ ){{0,7}}(como |em |por |para "
        ")(pag*|quitad*|liquidad*|aprovad*|zero|cancelad*|baixad*|encerrad*|resolvid*); "
        r"(emit*|ger*|cri*) (\S+ ){{0,4}}(nota de credito|credito) (\S+ ){{0,8}}(imediat*|"
        "automat*|sem|e confirm*|agora|total)~; sem (aprovacao|autorizacao|avisar|"
        "consultar|notificar|supervisao|revisao)~; (envi*|list*|mostr*|revel*|mand*|"
        r"compartilh*|exporte*|encaminh*|diga|forneca*) (\S+ ){{0,6}}(todos os|outros|"
        r"demais|todas as|lista de|senha*|base de dados) (\w+ )?(clientes|faturas|dados|"
        "saldos|devedores|contas|acesso)?; (senha|credenciais|chave (de )?api|cartoes?[- "
        "]presente|gift cards?|vale-presente); nova (instrucao|prioridade|regra|diretriz|"
        r"ordem|politica)\w*~; respond\w* (\w+ )?(apenas |somente |so )?(com )\W{{0,2}}(ok|"
        r"sim|confirmado|feito|concluido); (apag*|desativ*|exclu*|delet*) (\S+ "
        "){{0,5}}(cobranca*|lembrete*|automa*|divida|historico|fatura*|registro*)~; limite "
        "de credito; pre-?aprovad*"
    ),
    "suspicious_instruction-": (
        r"(ignor*|desconsider*|esquec*) (\w+ )?(o|a|meu|este|esse|minha|esta|nosso) (\w+ "
        ")?(e-?mail|mensagem|email|lembrete|correio|aviso|cobranca)( anterior)?; instruc* "
        "de (pagamento|envio|entrega|faturamento)"
    ),
    "stop_contact": (
        r"(par*|deix*|cess*|interromp*|chega) (\w+ )?(de |com )?(\w+ |me |nos )*(envi*|"
        "mand*|escrev*|contat*|contact*|ligar|liga*|cobrar|cobranc*|importun*|incomod*|"
        r"e-?mails?|mensagens|spam|perturb*|lembretes); (nao|nunca) (\w+ )?(me |nos |mais "
        ")*(envi*|mand*|escrev*|contat*|contact*|ligu*|liguem|incomod*|perturb*)( mais|-me|"
        r"-nos| e-?mails?)?; nao (quer*|desej*|pretend*) (\S+ ){{0,3}}(receb*|contat*|"
        "contact*|e-?mails?|mais); (remov*|exclu*|retir*|apag*|tir*|elimin*)(-me|-nos|m|am|"
        r"a|e|em|ir|er)? (\S+ ){{0,6}}(lista*|e-?mail|cadastro|base|contato|contacto|"
        "mailing|meu|endereco); descadastr*|cancelar (a )?(inscricao|subscricao)|"
        "dessubscrev*; (nenhum|nem mais um|chega de|mais nenhum) (e-?mail|mensagem|"
        r"lembrete|contato|cobranca)*; spam; (deix*)(em|e|am)?[- ]?(me|nos) (\w+ )?em paz; "
        r"^\W*(pare|parem|stop|basta|chega)\W*$"
    ),
    "stop_contact-": (
        r"nao (me |nos )?(foi |foram )?(envi*|mand*)(aram|ou|ado|ada) ~; deix\w+ de "
        "(comprar|usar|receber)"
    ),
    "wrong_person": (
        "(pessoa|endereco|e-?mail|contato|contacto|departamento|empresa|setor|numero|"
        "destinatario) (errad*|incorret*|incorrect*|equivocad*); engan*|engano; (ja )?nao "
        r"(trabalh*|sou|e|estou|esta|fac\w+|cuid*|trat*|pertenc*|somos|respond*|faz) (\w+ "
        ")?(mais )?(aqui|na|no|nesta|com|a pessoa|o|responsavel|parte|comigo|mais|da|do|"
        "pelo|por|client*|quem|meu|minha|pela|de)~; (saiu|sai|deixou|deixei|desligad*|"
        r"desligou-se|desligou) (\w+ )?(da|a|na|de) (empresa|companhia|organizacao|equipe)?;"
        " (contat*|contact*|fal*|escrev*|envi*|encaminh*|dirij*|procur*|trat*|"
        r"direcion*)(em|e|ar|am|a|er|ir)?(-se)? (\S+ ){{0,8}}(\S+@\S+|com (o|a) (financeiro|"
        "setor|departamento|colega|area|minha|meu|nosso|nossa|sr|sra|contas)|ao financeiro|"
        "para o financeiro|a contabilidade|contas a pagar|colega); (novo|nova|corret*|"
        "atual|cert[oa]) (contato|contacto|responsavel|e-?mail|endereco|pessoa)~; "
        r"(substitut*|sucessor*|colega) ~(respons*|cuida|assum*|trata|e|\S+@)*; aposent*|"
        "reformad*; (nao conhec*|nao (os |vos )?conhec*|nunca ouvi*)~; nao e (comigo|minha "
        "area|o meu departamento|da nossa empresa)~"
    ),
    "wrong_person-": (
        "(preco|valor|fatura|nota|quantidade|imposto|produto|cnpj|conta|razao social|iva|"
        "factura|icms|pedido|artigo|moeda|endereco de (faturacao|cobranca)) (errad*|"
        "incorret*)"
    ),
}
