"""How mail programs announce what they quote, by language: words and the lines made of them."""

from __future__ import annotations

import re

_FROM = (
    "from von de da van fra från od lähettäjä от 差出人 发件人 보낸사람 mittente remitente "
    "expéditeur"
)
_WHEN = (
    "date sent message datum gesendet envoyé enviado enviada fecha data inviato verzonden sendt "
    "dato skickat "
    "wysłano odesláno lähetetty дата отправлено 日時 送信日時 发送时间 보낸날짜"
)
_TO = (
    "to cc bcc an kopie à a para aan til till kopi do komu vastaanottaja кому копия 宛先 收件人 "
    "받는사람 "
    "destinatario destinataire reply-to"
)
_SUBJECT = (
    "subject betreff objet asunto assunto oggetto onderwerp emne ämne temat předmět aihe тема "
    "件名 主题 제목"
)
_WROTE = (
    "wrote|writes|schrieb|schrieben|geschrieben|a écrit|écrit|escribió|escribio|escreveu|"
    "ha scritto|"
    "scrisse|schreef|geschreven|skrev|napisał|napisała|napisał\\(a\\)|napsal|napsala|kirjoitti|"
    "пишет|pisze|"
    "написал|написала|yazdı|のメール|書きました|写道|작성"
)
_ORIGINAL = (
    "original message|ursprüngliche nachricht|original-nachricht|originalnachricht|"
    "message d'origine|"
    "message original|mensaje original|mensagem original|messaggio originale|"
    "oorspronkelijk bericht|"
    "oprindelig meddelelse|oprindelig besked|original besked|opprinnelig melding|"
    "ursprungligt meddelande|wiadomość oryginalna|"
    "původní zpráva|alkuperäinen viesti|исходное сообщение|元のメッセージ|原始邮件|reply message"
)
_FORWARD = (
    "begin forwarded message|forwarded message|weitergeleitete nachricht|"
    "anfang der weitergeleiteten nachricht|(?:début du )?message (?:transféré|réexpédié)|"
    "(?:inicio del )?mensaje reenviado|(?:início da )?mensagem (?:re)?encaminhada|"
    "(?:inizio (?:del )?)?messaggio inoltrato|begin doorgestuurd bericht|"
    "doorgestuurd bericht|пересылаемое сообщение|転送されたメッセージ|转发的邮件"
)


def _kinds() -> dict[str, str]:
    tables = (("from", _FROM), ("when", _WHEN), ("to", _TO), ("subject", _SUBJECT))
    return {word: kind for kind, words in tables for word in words.split()}


FIELD_KINDS = _kinds()
_LABEL = re.compile(
    r"[*_]{0,2}([^\W\d_][^\W\d_ -]{0,16}(?:[ -][^\W\d_]{1,8})?)"
    r"[*_]{0,2}[ \t]{0,3}[:：][*_]{0,2}(.*)"
)

ORIGINAL = re.compile(
    rf"[-–—_=]{{2,40}} {{0,4}}(?:{_ORIGINAL}) {{0,4}}[-–—_=]{{2,40}}", re.IGNORECASE
)
BARE_ORIGINAL = re.compile(rf"(?:{_ORIGINAL})[:：]?", re.IGNORECASE)
FORWARD = re.compile(
    rf"(?:[-–—_=]{{2,40}} {{0,4}})?(?:{_FORWARD}) {{0,4}}(?:[-–—_=]{{2,40}}|[:：])", re.IGNORECASE
)
DASHED_WROTE = re.compile(rf"-{{2,20}} ?[^\n]{{1,120}} (?:{_WROTE}) ?-{{2,20}}", re.IGNORECASE)
STARTS_DATED = re.compile(
    r"(?:[^\W\d_]{2,10}[.,]{0,2} ?|\d{1,2}:\d\d(?: ?[ap]m)?,? )?"
    r"(?:\d{1,4}[-./] ?\d{1,2}[-./] ?\d{1,4}|\d{4}年|"
    r"\d{1,2} [^\W\d_]{3,9}\.? \d{4}|[^\W\d_]{3,9}\.? \d{1,2}, \d{4})",
    re.IGNORECASE,
)
ENDS_ADDRESSED = re.compile(r"[<(\[][^<>]{1,80}@[^<>\s]{1,160}[:：]?$")
RULE = re.compile(r"[_=-]{5,}")
WROTE_END = re.compile(
    rf"(?:{_WROTE})(?:[:：]?$|\b(?:[^.!?\n]{{0,60}}[:：]$|"
    r"[^!?\n]{1,40}\d{1,2}[:.]\d\d(?:[:.]\d\d)?\)?[:：]$))",
    re.IGNORECASE,
)
WROTE = re.compile(rf"-{{2,20}} ?[^\n]{{1,120}} (?:{_WROTE}) ?-{{2,20}}", re.IGNORECASE)
STARTS_DATED = re.compile(
    r"(?:[^\W\d_]{2,10}[.,]{0,2} ?|\d{1,2}:\d\d(?: ?[ap]m)?,? )?"
    r"(?:\d{1,4}[-./] ?\d{1,2}[-./] ?\d{1,4}|\d{4}年|"
    r"\d{1,2} [^\W\d_]{3,9}\.? \d{4}|[^\W\d_]{3,9}\.? \d{1,2}, \d{4})",
    re.IGNORECASE,
)
ENDS_ADDRESSED = re.compile(r"[<(\[][^<>]{1,80}@[^<>\s]{1,160}[:：]?$")
RULE = re.compile(r"[_=-]{5,}")
WROTE_END = re.compile(
    rf"(?:{_WROTE})\b[^.!?\n]{{0,60}}[:：]$|(?:{_WROTE})[:：]?$|"
    rf"(?:{_WROTE})\b[^!?\n]{{1,40}}\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?\)?[:：]$",
    re.IGNORECASE,
)
WROTE = re.compile(rf"\b(?:{_WROTE})\b", re.IGNORECASE)
OPENING = re.compile(
    r"(?:on|am|le|el|em|il|op|den|dnia|dne|w dniu|på|kl\.?|в|vào)\s|\d{1,4}[-./年:]|"
    r"[^\W\d_]{2,10}[.,]{1,2} ?\d|[^\W\d_]{2,10}[.,] [^\W\d_]{3,9}\.? \d",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\w.+'=-]{1,64}@[\w-]{1,63}\.[\w.-]{1,100}")
DATE = re.compile(
    r"\d{1,4}[-./] ?\d{1,2}[-./] ?\d{1,4}|\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d\d\b|\d{1,4}年|\d월|"
    r"\b\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\b|\b[^\W\d_]{3,9}\.? \d{1,2}\b"
)
BANNER = re.compile(
    r"\W{0,4}(?:caution|warning|external|attention|\[?external (?:e-?mail|sender)|achtung|extern)\b"
    r".{0,200}\b(?:external|outside|extern|außerhalb)\b|\W{0,4}you don't often get email from|"
    r"##- ",
    re.IGNORECASE,
)
SAME_LINE = re.compile(
    r"(?<=[.!?,)\w])[ -]{1,6}(?=On (?:\w{3,9}, )?(?:\w{3,9} \d{1,2},? \d{4}|\d{1,2} \w{3,9} \d{4}|"
    r"\d{1,2}[-/]\d{1,2}[-/]\d{2,4})[^\n]{0,200} wrote:$)"
)
# "[SK] It did": an answer within somebody else's lines, signed with the initials of its writer.
INITIALLED = re.compile(r"\[[A-ZÀ-Þ]{1,3}\][:]? ?\S.*")


def field_kind(line: str) -> tuple[str, str] | None:
    """("from" | "when" | "to" | "subject", value) if a line looks like a quoted mail header."""
    match = _LABEL.fullmatch(line.strip(" \t>*|"))
    if match is None:
        return None
    words = match.group(1).lower().split()
    kind = FIELD_KINDS.get(words[0]) or FIELD_KINDS.get("".join(words))
    return (kind, match.group(2).strip(" *")) if kind else None
