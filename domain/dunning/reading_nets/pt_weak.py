"""Portuguese: words that hint at an intent when no phrase was found."""

from __future__ import annotations

PHRASES = {
    "_pay": (
        "pag*; transfer*; boleto; pix; valor; fatura*; dinheiro; quit*; regulariz*; "
        "deposit*; liquid*; liber*; acert*; ted; factura*"
    ),
    "_future": (
        r"\w+remos; \w+rei; sera; vamos; vou; vai; programad*; agendad*; previst*; dia; ate;"
        " proxim*; amanha; sai; cai; entra; na (segunda|terca|quarta|quinta|sexta); "
        "liberamos|regularizamos; em breve"
    ),
    "already_paid?": (
        "pag[oa]s?; pagamos; paguei; transferimos; efetua*; quitad*; comprovante; feito; "
        "transferi; depositamos"
    ),
    "dispute?": (
        "errad*; incorret*; nunca; nao (receb*|ped*|concord*|reconhec*|procede|corresponde|"
        "e|foi|esta|aceit*|dev*); duplic*; cancel*; falt*; preco*; recus*; indevid*; "
        "defeit*; juros; multa; desconto; imposto*; nota de credito; devol*"
    ),
    "in_process?": (
        "verific*; aprov*; analis*; processo; process*; aguard*; financeiro; setor; "
        "assinatura; confer*; retorn*; encaminh*; providenci*"
    ),
    "complaint?": (
        "atendimento; absurd*; respeito; mal; cobranca*; ninguem; chega; pessimo; cliente*;"
        " tom; profissional"
    ),
    "request_document?": (
        r"(envi|mand|precis|solicit|encaminh|reenvi|falt|gentileza|favor)\w* ~~ (nota|"
        "fatura|boleto|copia|via|extrato|contrato|comprovante|certidao|documento|"
        r"formulario)\w*"
    ),
    "hardship?": "dificuldade*; dificil; caixa; sem (dinheiro|recursos); crise; complicad*",
    "extension_request?": "prazo; prorrog*; mais tempo; aguard*; adiar*; depois; ate",
    "payment_plan_request?": "parcel*; vezes; metade; mes*; restante; acordo",
    "credit_request?": "credito; reembols*; estorn*; abat*; devolu*",
    "wrong_person?": (
        r"pessoa; setor; \S+@\S+; contat*; responsavel; engan*; trabalh*; empresa; "
        "departamento"
    ),
    "acknowledgement?": "obrigad*; ok; recebid*; ciente*; certo; desculp*; anotad*",
    "invoice_question?": (
        "que; qual; por que; como; quando; quanto; explic*; duvida*; esclarec*; lig*"
    ),
    "submission_requirement?": "portal; pedido; oc; plataforma; cadastr*; xml",
    "payment_method_request?": "cartao; pix; boleto; link; forma de pagamento; cheque",
    "remittance_advice?": "comprovante; aviso; segue",
    "legal_threat?": "juridic*; direito*; justica; process*",
    "stop_contact?": "parem|pare; nao envi*; remov*",
}
