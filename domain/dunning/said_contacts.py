"""Who a mail says is the one to write to, and whether its writer has left."""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.dunning.reading import NewContact

_ADDRESS = re.compile(r"(?<![\w.])[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:contact|reach|write|ask|speak|talk|address|direct|deals?|handles?|responsible|"
    r"in charge|absence|take (?:this|it) up|goes? to|bills go|please use|use|now|from now on|"
    r"going forward|instead|"
    r"copied|copying|cc'?d?|loop(?:ed|ing)? in|add(?:ed|ing)|introduc\w+|hand(?:ed|ing) over|hilft|"
    r"helfen|weiterhelfen|in kopie|en copie|en copia|em cópia|in copia|in cc|ayudar\w*|aiutar\w*|"
    r"aider\w*|ajudar\w*|helpen|helpt|"
    r"urgent\w*|help|assist\w*|replace[sd]?|took over|takes over|successor|my colleague|"
    r"wenden|kontakt\w*|zuständig|ansprechpartner\w*|künftig|vertret\w*|schreiben sie|kollegin|"
    r"kollege|nachfolg\w*|adress\w+|transme\w+|transfér\w+|reenvi\w+|weitergeleitet|contacte[rz]|"
    r"écrivez|remplac\w*|désormais|collègue|responsable|"
    r"interlocut\w*|urgence|contact[oae]\w*|escrib\w+|diríj\w+|encargad\w+|compañer\w+|"
    r"urgente\w*|contat\w+|fale|escrev\w+|favor|responsável|scriva|contatt\w+|rivolg\w+|collega|"
    r"si occupa|riferimento|referente|mail|mailen|neem|bereik\w*|"
    r"gaat over|behandelt)\b|ご連絡|担当|まで|後任",
    re.IGNORECASE,
)
_NOT_A_CONTACT = re.compile(
    r"\b(?:from|received|von|de la part de|reçu de|de parte de|recibimos|ricevut\w+ da|van)\s*$|"
    r"\b(?:submit\w*|resubmit\w*|upload\w*|sent|einzureichen|einreichen|export|ledger|audit|copy|"
    r"invoices? (?:must|should|have to|need to|are)|all invoices|rechnungen (?:müssen|bitte|nur)|"
    r"(?:e-?mail|send|post|address) (?:(?:your|all|the|future|any|new|further) )*"
    r"(?:invoices?|bills?|statements?|reminders?)|(?:rechnungen|factures|facturas|faturas|fatture|"
    r"facturen)(?: \w+){0,4} (?:an|à|a|para|naar|al?)|"
    r"forward (?:the|all|last|every)|send (?:the|all|us|me|it|them)\b)[^.\n]{0,70}$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:\b(?i:contact|colleague|with|to|by|is|ask|reach(?: out to)?|successor|an|Frau|Herrn?|"
    r"collègue|à|M\.|Mme|compañer[oa]|con|a|collega|met|aan|Ms\.?|Mr\.?|Mrs\.?))[ ,]{1,2}"
    r"(?P<name>[A-ZÀ-Þ][\w'-]{1,20} (?:(?:de|van|von|di|da|del|la) ){0,2}[A-ZÀ-Þ][\w'-]{1,24})"
)
_FULL = (
    r"(?P<name>[A-ZÀ-Þ][\w'-]{1,20} (?:(?:de|van|von|di|da|del|la|den|der) ){0,2}"
    r"[A-ZÀ-Þ][\w'-]{1,24})"
)
_BESIDE = re.compile(rf"{_FULL}[ ]?(?:[(<:,–-]|at|via|unter|à|en)?[ ]?(?:<|\()?$")
_NAMED = re.compile(
    r"\b(?:(?i:contact|reach out to|ask for|speak (?:to|with)|talk to|write to|"
    r"wenden sie sich an|adressez-vous à|contacte(?:r|z)? a?|fale com|rivolgersi a|"
    r"contatta(?:re|te)|neem contact op met))[ ](?:(?i:my colleague|our|frau|herrn|mme|m\.|sr\.|"
    rf"sra\.) ){{0,2}}{_FULL}"
)
_LEFT = re.compile(
    r"\bno longer (?:with|works?|working|employed|at|part of)\b|"
    r"\b(?:has|have|had) left\b|\bleft (?:the )?(?:company|organi[sz]ation|business|firm)|"
    r"\b(?:retired|resigned)\b|\bnicht mehr (?:im unternehmen|bei (?:uns|der)|für uns|tätig|in der "
    r"firma)|\bausgeschieden|\bne travaille plus|\ba quitté|\bne fait plus partie|\bn'est plus "
    r"(?:chez|parmi|dans)|\bya no (?:trabaja|forma parte|está)|\bha dejado la empresa|"
    r"\bnão (?:trabalha mais|faz mais parte|está mais)|\bdeixou a empresa|\bnon lavora più|"
    r"\bha lasciato l|\bwerkt (?:hier )?niet (?:meer|langer)|\bniet meer werkzaam|"
    r"\buit dienst|退職|異動",
    re.IGNORECASE,
)


class SaidContact(NamedTuple):
    """Nothing of it is believed: a person decides whom we write to."""

    new_contact: NewContact | None = None
    left_company: bool = False


def read(text: str) -> SaidContact:
    """The other person or mailbox that a mail names as the one to write to.

    Addresses that a mail came from, or that papers are to be handed in at, are no contacts.
    """
    return SaidContact(_contact(text), _LEFT.search(text) is not None)


def _contact(text: str) -> NewContact | None:
    """The first address that is asked to be written to, else the only one that could be meant."""
    named = [m for m in _ADDRESS.finditer(text) if not _NOT_A_CONTACT.search(_before(text, m))]
    for match in named:
        if _ASKED.search(f"{_before(text, match)} {text[match.end() : match.end() + 60]}"):
            return _at(text, match)
    if len({match[0].casefold() for match in named}) == 1:
        return _at(text, named[0])
    person = _NAMED.search(text)
    return NewContact("", person["name"], person[0]) if person else None


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 120) : match.start()]


def _at(text: str, match: re.Match[str]) -> NewContact:
    name = _name(text[max(0, match.start() - 60) : match.start()])
    return NewContact(match[0].casefold().rstrip("."), name, match[0])


def _name(before: str) -> str:
    beside = _BESIDE.search(before)
    if beside:
        return beside["name"]
    names = [match["name"] for match in _PERSON.finditer(before)]
    return names[-1] if names else ""
