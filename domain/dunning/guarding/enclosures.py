"""What leaves beside a mail: only papers on file, of this customer or of all of them."""

from __future__ import annotations

import re

from domain.dunning.facts import Enclosed, Facts, FiledPaper, Part, Violation, ViolationKind
from domain.dunning.guarding.letters import plain
from domain.ledger.account import Account
from domain.ledger.remittance_block import is_iban

_MOST, _MOST_BYTES, _LONG_WORD = 12, 15 * 1024 * 1024, 12
_LABELLED = re.compile(
    r"\b(?:invoice|rechnung|facture|factura|fatura|fattura|factuur)(?:[ ]?(?:no|nr|n°|nº|number|"
    r"nummer|numéro|número|numero)\b)?[.:#°º ]{1,3}((?=[\w/-]*\d)[\w][\w/-]{2,30})",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?:Page|Seite|Página|Pagina|ページ) ?\d{1,3}")


def check_enclosures(attached: tuple[Enclosed, ...], facts: Facts) -> list[Violation]:
    """Every attachment must be a known paper of this customer, and speak of no other."""
    known = {paper.digest: paper for paper in facts.papers}
    found: list[Violation] = []
    for file in attached:
        paper = known.get(file.digest)
        if paper is None or paper.name != file.name:
            found.append(_blame(f"{file.name} is not on file"))
        else:
            found += _of_paper(file, paper, facts)
    if len(attached) > _MOST or sum(file.size for file in attached) > _MOST_BYTES:
        found.append(_blame("too many or too large attachments"))
    return found


def _of_paper(file: Enclosed, paper: FiledPaper, facts: Facts) -> list[Violation]:
    customer = facts.account.customer
    if paper.customer_id not in (None, customer.id):
        return [_blame(f"{file.name} is a paper of another customer")]
    found = [
        Violation(ViolationKind.INVOICE_NUMBER, f"{number} in {file.name}", Part.ATTACHMENT)
        for number in _strangers(f"{file.name}\n{_without_ibans(file, paper)}", facts.account)
    ]
    if paper.states is not None:
        found += _unstated(file, paper.states, facts)
    return found


def _without_ibans(file: Enclosed, paper: FiledPaper) -> str:
    """The words without the IBANs that the paper was given: they may begin like our invoices."""
    words = file.words
    for text in paper.states or ():
        if is_iban("".join(text.split())):
            words = _pattern(text).sub(" ", words)
    return words


def _strangers(text: str, account: Account) -> list[str]:
    """Numbers that look like invoices of ours, or are called one, and are none of the account."""
    own = {_bare(invoice.number) for invoice in account.invoices}
    own |= {_bare(credit.number) for credit in account.credits}
    shapes = {_shape(i.number) for i in account.invoices if re.match(r"[^\W\d]{2}", i.number)}
    said = [match[1] for match in _LABELLED.finditer(text)]
    for shape in shapes:
        said += [match[0] for match in re.finditer(rf"(?<![\w-]){shape}(?![\w])", text)]
    return sorted({number for number in said if _bare(number) not in own})


def _shape(number: str) -> str:
    return re.sub(r"\d+", lambda _: r"\d+", re.escape(number))


def _bare(number: str) -> str:
    return re.sub(r"[\W_]", "", number).casefold().removesuffix("pdf")


def _unstated(file: Enclosed, states: tuple[str, ...], facts: Facts) -> list[Violation]:
    """A paper made from the books names its customer, and no figure that it was not given."""
    customer = facts.account.customer
    rest = _PAGE.sub(" ", plain(file.words))
    names = [name for name in (customer.legal_name, customer.name) if name.strip()]
    found = []
    if not any(_pattern(name).search(rest) for name in names):
        found.append(_blame(f"{file.name} does not name the customer"))
    own = (*facts.own.text, *facts.own.phones, facts.own.company)
    for text in sorted({*states, *own}, key=len, reverse=True):
        if text.strip():
            rest = _pattern(text).sub("\x00", rest)
    left = re.findall(r"[^\x00\n]{0,8}\d[^\x00\n]{0,8}", rest)
    return found + [_blame(f"{file.name} says {piece}") for piece in left[:3]]


def _pattern(text: str) -> re.Pattern[str]:
    """A stated string as it may be copied out of a page, lines broken where it had to be."""
    words = [
        r"\s?".join(map(re.escape, word)) if len(word) > _LONG_WORD else re.escape(word)
        for word in plain(text).split()
    ]
    spaced = r"\s+".join(words)
    return re.compile(rf"(?<!\d)(?<!\d[.,]){spaced}(?!\d)(?![.,]\d)")


def _blame(detail: str) -> Violation:
    return Violation(ViolationKind.ATTACHMENT, detail[:160], Part.ATTACHMENT)
