"""Numbers written out, in the languages that letters are written in."""

from __future__ import annotations

import re

_UNITS = {
    "zero": 0, "null": 0, "zéro": 0, "cero": 0, "one": 1, "ein": 1, "eins": 1, "eine": 1,
    "einen": 1, "un": 1, "une": 1, "uno": 1, "una": 1, "two": 2, "zwei": 2, "deux": 2, "dos": 2,
    "three": 3, "drei": 3, "trois": 3, "tres": 3, "four": 4, "vier": 4, "quatre": 4, "cuatro": 4,
    "five": 5, "fünf": 5, "cinq": 5, "cinco": 5, "six": 6, "sechs": 6, "seis": 6, "seven": 7,
    "sieben": 7, "sept": 7, "siete": 7, "eight": 8, "acht": 8, "huit": 8, "ocho": 8, "nine": 9,
    "neun": 9, "neuf": 9, "nueve": 9, "ten": 10, "zehn": 10, "dix": 10, "diez": 10, "eleven": 11,
    "elf": 11, "onze": 11, "once": 11, "twelve": 12, "zwölf": 12, "douze": 12, "doce": 12,
    "dozen": 12, "dutzend": 12, "douzaine": 12, "docena": 12, "thirteen": 13, "dreizehn": 13,
    "treize": 13, "trece": 13, "fourteen": 14, "vierzehn": 14, "quatorze": 14, "catorce": 14,
    "fifteen": 15, "fünfzehn": 15, "quinze": 15, "quince": 15, "sixteen": 16, "sechzehn": 16,
    "seize": 16, "dieciséis": 16, "seventeen": 17, "siebzehn": 17, "diecisiete": 17,
    "eighteen": 18, "achtzehn": 18, "dieciocho": 18, "nineteen": 19, "neunzehn": 19,
    "diecinueve": 19, "twenty": 20, "zwanzig": 20, "vingt": 20, "vingts": 20, "veinte": 20,
    "thirty": 30, "dreißig": 30, "dreissig": 30, "trente": 30, "treinta": 30, "forty": 40,
    "fourty": 40, "vierzig": 40, "quarante": 40, "cuarenta": 40, "fifty": 50, "fünfzig": 50,
    "cinquante": 50, "cincuenta": 50, "sixty": 60, "sechzig": 60, "soixante": 60, "sesenta": 60,
    "seventy": 70, "siebzig": 70, "septante": 70, "setenta": 70, "eighty": 80, "achtzig": 80,
    "octante": 80, "ochenta": 80, "ninety": 90, "neunzig": 90, "nonante": 90, "noventa": 90,
    "quinientos": 500, "quinientas": 500, "doscientos": 200, "doscientas": 200,
    "trescientos": 300, "trescientas": 300, "cuatrocientos": 400, "cuatrocientas": 400,
    "seiscientos": 600, "seiscientas": 600, "setecientos": 700, "setecientas": 700,
    "ochocientos": 800, "ochocientas": 800, "novecientos": 900, "novecientas": 900,
    "um": 1, "uma": 1, "dois": 2, "duas": 2, "três": 3, "sete": 7, "oito": 8, "nove": 9, "dez": 10,
    "doze": 12, "dúzia": 12, "treze": 13, "dezasseis": 16, "dezesseis": 16,
    "dezassete": 17, "dezessete": 17, "dezoito": 18, "dezanove": 19, "dezenove": 19, "vinte": 20,
    "trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60, "oitenta": 80,
    "duzentos": 200, "duzentas": 200, "trezentos": 300, "trezentas": 300,
    "quatrocentos": 400, "quatrocentas": 400, "quinhentos": 500, "quinhentas": 500,
    "seiscentos": 600, "seiscentas": 600, "setecentos": 700, "setecentas": 700,
    "oitocentos": 800, "oitocentas": 800, "novecentos": 900, "novecentas": 900,
    "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "dieci": 10,
    "undici": 11, "dodici": 12, "dozzina": 12, "tredici": 13, "quattordici": 14, "quindici": 15,
    "sedici": 16, "diciassette": 17, "diciotto": 18, "diciannove": 19, "venti": 20, "trenta": 30,
    "quaranta": 40, "cinquanta": 50, "sessanta": 60, "settanta": 70, "ottanta": 80, "novanta": 90,
    "nul": 0, "één": 1, "een": 1, "twee": 2, "drie": 3, "vijf": 5, "zes": 6, "zeven": 7,
    "negen": 9, "tien": 10, "twaalf": 12, "dozijn": 12, "dertien": 13, "veertien": 14,
    "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18, "negentien": 19,
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70,
    "tachtig": 80, "negentig": 90,
}  # fmt: skip
# Inside a longer word only: "due" is English for payable, and Italian drops a vowel before another.
_INSIDE = {
    "due": 2, "vent": 20, "trent": 30, "quarant": 40, "cinquant": 50, "sessant": 60,
    "settant": 70, "ottant": 80, "novant": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 100, "hundert": 100, "cent": 100, "cents": 100, "cien": 100, "ciento": 100,
    "cientos": 100, "thousand": 1000, "tausend": 1000, "mille": 1000, "mil": 1000,
    "million": 10**6, "millions": 10**6, "millionen": 10**6, "millón": 10**6, "millones": 10**6,
    "cem": 100, "cento": 100, "honderd": 100, "mila": 1000, "duizend": 1000, "milhão": 10**6,
    "milhões": 10**6, "milione": 10**6, "milioni": 10**6, "miljoen": 10**6,
}  # fmt: skip
_JOIN = ("and", "und", "et", "y", "e", "en", "ën")
_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = (
    """
null ein eins eine einen zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn
fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig dreissig vierzig fünfzig sechzig
siebzig achtzig neunzig hundert tausend millionen und
""",
    """
een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien
zeventien achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd
duizend en ën
""",
    """
uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici
sedici diciassette diciotto diciannove venti trenta quaranta cinquanta sessanta settanta ottanta
novanta vent trent quarant cinquant sessant settant ottant novant cento mille mila
""",
)
_COMPOUNDS = tuple(
    re.compile("(" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")")
    for words in _COMPOUND
)
_CJK = re.compile(r"[一二三四五六七八九十百千万億〇零壱弐参]{2,}|[一二三四五六七八九十百千万億]+円")


def number_words(text: str) -> list[tuple[int, int, int | None, str]]:
    """(start, end, value, words) of every number written out; value None when it is unclear."""
    found: list[tuple[int, int, int | None, str]] = []
    run: list[tuple[int, int, tuple[str, ...]]] = []
    for match in _WORD.finditer(text):
        parts = _parts(match[0].casefold())
        near = not run or re.fullmatch(r"[ -]{1,2}|\s", text[run[-1][1] : match.start()])
        if parts and near:
            run.append((match.start(), match.end(), parts))
            continue
        found += _finished(run, text)
        run = [(match.start(), match.end(), parts)] if parts else []
    found += _finished(run, text)
    return found + [(m.start(), m.end(), None, m[0]) for m in _CJK.finditer(text)]


def _parts(word: str) -> tuple[str, ...]:
    if word in _UNITS or word in _SCALES or word in _JOIN:
        return (word,)
    for words in _COMPOUNDS:
        pieces = words.findall(word)
        if len(pieces) > 1 and "".join(pieces) == word:
            return tuple(pieces)
    return ()


def _finished(
    run: list[tuple[int, int, tuple[str, ...]]], text: str
) -> list[tuple[int, int, int | None, str]]:
    while run and run[-1][2][-1] in _JOIN:
        run = run[:-1]
    while run and run[0][2][0] in _JOIN:
        run = run[1:]
    if not run:
        return []
    words = [word for _, _, parts in run for word in parts]
    start, end = run[0][0], run[-1][1]
    return [(start, end, _value(words), text[start:end])]


def _value(words: list[str]) -> int | None:
    total = current = 0
    german_units = 0
    for index, word in enumerate(words):
        if word in _JOIN:
            continue
        if word in _SCALES:
            scale = _SCALES[word]
            current = max(current, 1) * scale
            if scale >= 1000:
                total, current = total + current, 0
            continue
        value = _UNITS[word] if word in _UNITS else _INSIDE[word]
        if word in ("vingt", "vingts") and current % 100 == 4:
            current += 76
        elif current % 10 > 0 and value < 10 and index:
            return None
        else:
            current += value
        german_units += 1
    return total + current
