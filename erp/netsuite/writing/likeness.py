"""Customers that may be one another, by name and by e-mail address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from erp.netsuite import queries
from erp.netsuite.config import CustomFields
from erp.netsuite.suiteql import Select
from erp.port import ErpCustomer

_FORMS = frozenset(
    re.findall(
        r"\w+",
        """ab ag as bv co corp corporation company gmbh group holding holdings inc incorporated kg
        kk limited llc llp ltd nv oy plc pte pty sa sarl sas se spa srl the""",
    )
)
# Domains at which anybody may have an address say nothing about a company.
_ANYBODY = frozenset(
    re.findall(
        r"\S+",
        """aol.com gmail.com gmx.de gmx.net googlemail.com hotmail.com icloud.com live.com mail.com
        me.com msn.com outlook.com proton.me protonmail.com web.de yahoo.com ymail.com""",
    )
)
_SHORTEST = 3


def normal(name: str) -> str:
    """A company's name without accents, punctuation and legal form."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", bare.replace("&", " and "))
    return " ".join([word for word in words if word not in _FORMS] or words)


def searches(name: str, email: str, fields: CustomFields) -> Iterator[Select]:
    """Queries that find at least all that are alike; `alike` decides."""
    words = [word for word in re.findall(r"\w+", name) if word.lower() not in _FORMS]
    longest = max(words, key=len, default="")
    if len(longest) >= _SHORTEST:
        yield queries.containing(fields, ("c.altname", "c.companyname"), longest.upper())
    yield from _by_email(email, fields)


def _by_email(email: str, fields: CustomFields) -> Iterator[Select]:
    local, _, domain = email.strip().upper().rpartition("@")
    if local and domain.lower() in _ANYBODY:
        yield queries.containing(fields, ("c.email",), f"{local}@{domain}")
    elif local and domain:
        yield queries.containing(fields, ("c.email",), f"@{domain}")


def alike(customer: ErpCustomer, name: str, email: str) -> bool:
    """Whether the customer has that normalised name, that address, or its company's domain."""
    wanted = normal(name)
    if wanted and wanted in (normal(customer.name), normal(customer.legal_name)):
        return True
    theirs, ours = customer.email.lower(), email.strip().lower()
    domain = ours.rpartition("@")[2]
    if "@" not in ours or "@" not in theirs:
        return False
    return theirs == ours or (domain not in _ANYBODY and theirs.rpartition("@")[2] == domain)
