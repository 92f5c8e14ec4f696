"""Amounts in a text: every way a number can be read, and the currencies beside it."""

from __future__ import annotations

import re

from domain.dunning.guarding.letters import BESIDE, STARTS
from domain.ledger.money import Money, exponent

_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "CLP", "COP", "ARS", "TWD")
SIGNS: dict[str, tuple[str, ...]] = {
    "us$": ("USD",), "c$": ("CAD",), "ca$": ("CAD",), "can$": ("CAD",), "a$": ("AUD",),
    "au$": ("AUD",), "nz$": ("NZD",), "s$": ("SGD",), "hk$": ("HKD",), "mx$": ("MXN",),
    "r$": ("BRL",), "$": _DOLLARS, "€": ("EUR",), "£": ("GBP",), "¥": ("JPY", "CNY"),
    "円": ("JPY",), "元": ("CNY",), "₹": ("INR",), "₩": ("KRW",), "₽": ("RUB",), "₺": ("TRY",),
    "₪": ("ILS",), "฿": ("THB",), "zł": ("PLN",), "kč": ("CZK",), "₴": ("UAH",), "₦": ("NGN",),
    "₱": ("PHP",), "₫": ("VND",), "₿": (), "rs.": ("INR",), "fr.": ("CHF",), "sfr": ("CHF",),
    "米ドル": ("USD",), "ドル": _DOLLARS, "ユーロ": ("EUR",), "ポンド": ("GBP",),
    "フラン": ("CHF",), "人民元": ("CNY",), "ウォン": ("KRW",),
}  # fmt: skip
WORDS: dict[str, tuple[str, ...]] = {
    "dollar": _DOLLARS, "dollars": _DOLLARS, "dólar": _DOLLARS, "dólares": _DOLLARS,
    "bucks": _DOLLARS, "euro": ("EUR",), "euros": ("EUR",), "pound": ("GBP",),
    "pounds": ("GBP",), "pfund": ("GBP",), "livres": ("GBP",), "libras": ("GBP",),
    "sterling": ("GBP",), "yen": ("JPY",), "yens": ("JPY",), "yenes": ("JPY",), "yuan": ("CNY",),
    "renminbi": ("CNY",), "francs": ("CHF",), "franken": ("CHF",), "francos": ("CHF",),
    "pesos": ("MXN", "CLP", "COP", "ARS"), "rupees": ("INR",), "rupien": ("INR",),
    "roupies": ("INR",), "rupias": ("INR",), "kronor": ("SEK",), "kronen": ("SEK", "NOK", "DKK"),
    "kroner": ("NOK", "DKK"), "krona": ("SEK",), "bitcoin": (), "bitcoins": (), "dinar": ("KWD",),
    "dinars": ("KWD",), "reais": ("BRL",), "zloty": ("PLN",),
}  # fmt: skip
_CODES_TEXT = """
USD EUR GBP JPY CHF CAD AUD NZD SGD HKD CNY INR KRW BRL MXN SEK NOK DKK PLN CZK HUF RON BGN TRY
ILS ZAR THB IDR MYR PHP VND TWD AED SAR QAR KWD BHD OMR JOD TND EGP NGN KES CLP COP ARS PEN UYU
RUB UAH ISK HRK XAF XOF BTC ETH USDT USDC RMB
"""
CODES = frozenset(_CODES_TEXT.split())
_WORD_LIST = "|".join(sorted(WORDS, key=len, reverse=True))
_SIGN_LIST = "|".join(re.escape(s) for s in sorted(SIGNS, key=len, reverse=True))
CURRENCY = (
    rf"(?:(?-i:(?<![^\W\d_{BESIDE}])(?:{'|'.join(sorted(CODES, key=len, reverse=True))})"
    rf"(?![^\W\d_{BESIDE}]))"
    rf"|(?<![^\W\d_])(?:usd|eur|gbp|jpy|chf|cad|aud|kwd)(?![^\W\d_])"
    rf"|(?<![^\W_])(?:rs\.|fr\.|sfr|zł|kč)(?![^\W_])|(?:us|ca?|can|au?|nz|s|hk|mx|r)?\$"
    rf"|米ドル|ドル|ユーロ|ポンド|フラン|人民元|ウォン|[€£¥円元₹₩₽₺₪฿₴₦₱₫₿]|(?<![^\W_])(?:{_WORD_LIST})(?![^\W_]))"
)
NUMBER = r"(?:\d{1,3}(?:[ '.,]\d{2,3})+(?:[.,]\d{1,3})?|\d+(?:[.,]\d+)?)"
_GAP = r"[ \t]{0,3}(?:\|[ \t]{0,3}){0,2}"
AMOUNT = re.compile(
    rf"(?:(?P<before>{CURRENCY}){_GAP}:?{_GAP})?(?P<sign>-?){STARTS}(?<!\d[.,/-])"
    rf"(?P<number>{NUMBER})(?![^\W_])?(?:[.,]?-(?=\W|$))?"
    rf"(?P<scale>[ ]?(?:k|m|mn|mio|mrd|bn|tsd|million|millions|thousand|tausend|mille|mil|millones"
    rf"|millionen|hundred|hundert|cents?)\b\.?)?"
    rf"(?(before)(?:[ ]?(?P<again>{CURRENCY})(?!{_GAP}\d))?|"
    rf"(?:{_GAP}(?P<after>{CURRENCY})(?![ ]?\d))?)",
    re.IGNORECASE,
)
_SPACED = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?|[^ ']+")
ANY_CURRENCY = re.compile(CURRENCY, re.IGNORECASE)


def currencies_of(sign: str) -> tuple[str, ...]:
    """The currencies a sign, code or word may mean."""
    key = sign.casefold()
    if key in SIGNS:
        return SIGNS[key]
    if key in WORDS:
        return WORDS[key]
    return ("CNY",) if key == "rmb" else (sign.upper(),)


def readings(number: str, currency: str) -> frozenset[Money]:
    """Every amount of `currency` the digits may mean, whichever mark is the decimal one."""
    found: set[Money] = set()
    if not _SPACED.fullmatch(number):
        return frozenset()
    compact = number.replace(" ", "").replace("'", "")
    for decimal_mark, grouping in ((".", ","), (",", ".")):
        whole_part = compact.partition(decimal_mark)[0]
        if grouping in compact and not _grouped(whole_part):
            continue
        text = compact.replace(grouping, "").replace(decimal_mark, ".")
        whole = compact.replace(".", "").replace(",", "")
        for candidate in (text, whole if _grouped(number) else ""):
            found |= _parsed(candidate, currency)
    return frozenset(found)


def _grouped(number: str) -> bool:
    return bool(re.fullmatch(r"\d{1,3}(?:[ '.,]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+", number))


def _parsed(text: str, currency: str) -> set[Money]:
    whole, _, digits = text.partition(".")
    if not whole.isdigit() or len(text) > 18:
        return set()
    if digits and len(digits) not in (exponent(currency), 1 if exponent(currency) > 1 else 0):
        if digits.strip("0") or exponent(currency):
            return set()
        text = whole
    return {Money.parse(text, currency)}
