"""Japanese: words that hint at an intent when no phrase was found."""

from __future__ import annotations

PHRASES = {
    "_pay": "支払|振込|振り込|送金|入金|精算|払|お金",
    "_future": "予定|いたします|致します|ます|させていただ|手配|見込|まで|次第|日に|末に",
    "already_paid?": "済|払いました|振り込み|振込しま|送金しま|完了",
    "dispute?": "違|誤|間違|ない|おりません|ません|異な|不足|相違|不良|納得",
    "in_process?": "確認|社内|担当|承認|経理|手続|検討|お待ち",
    "acknowledgement?": "ありがとう|承知|了解|受領|失礼|お世話|すみません|申し訳",
    "invoice_question?": "か。|か？|教え|内容|いつ|何|どの",
    "complaint?": "不満|失礼|困|残念|度目|しつこ|対応",
    "request_document?": "送|請求書|書類|コピー|再発行|証明",
    "hardship?": "厳し|困難|資金|経営|苦し",
    "extension_request?": "待|延|猶予|遅れ",
    "payment_plan_request?": "分割|回|月々|半|残",
    "wrong_person?": "担当|部署|退職|@|間違い",
    "credit_request?": "返金|相殺|値引|過払",
    "submission_requirement?": "登録|番号|ポータル|提出",
    "payment_method_request?": "カード|方法|口座",
    "remittance_advice?": "明細|通知|添付",
    "legal_threat?": "法|弁護",
    "stop_contact?": "送らない|不要|停止",
}
