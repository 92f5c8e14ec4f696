"""GL: will it post where it should?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from erp.masters import ErpAccount
from erp.review.asking.customer import is_listed
from erp.review.asking.hit import Ask, Hit, hit
from erp.review.journal import account_of, deferrable, gaps
from erp.review.names import same_name, words_of
from erp.review.subject import ReviewSubject

_LAST = 3


def income_account(s: ReviewSubject) -> Iterator[Hit]:
    """GL-001. Not asked where the role sees no item's accounts."""
    for item in {line.item.netsuite_id: line.item for line in s.lines if line.item}.values():
        chosen = item.income_account_netsuite_id
        if sees_accounts(s) and (why := _unusable(s, chosen)):
            yield hit(item.netsuite_id, item=item.name, why=why)


def sees_accounts(s: ReviewSubject) -> bool:
    """Whether the integration's role may see accounts, and which ones items post to."""
    items = s.masters.items.values()
    return bool(s.masters.accounts) and any(item.income_account_netsuite_id for item in items)


def _unusable(s: ReviewSubject, chosen: str) -> str:
    account = s.masters.accounts.get(chosen)
    if account is None:
        return f"the ERP lists none with id {chosen}" if chosen else "there is none"
    if account.inactive or account.summary:
        return f"{account.name} is {'inactive' if account.inactive else 'a summary account'}"
    allowed = account.subsidiary_netsuite_ids
    if s.subsidiary and allowed and s.subsidiary.netsuite_id not in allowed:
        return f"{account.name} is not for {s.subsidiary.name}"
    return ""


def no_deferral(s: ReviewSubject) -> Iterator[Hit]:
    """GL-002."""
    undated = s.policy.revenue.rules_without_dates
    for line in s.lines:
        if line.item is None or line.item.deferral_account_netsuite_id or not sees_accounts(s):
            continue
        if why := deferrable(line, s.masters, undated):
            yield hit(line.subject, item=line.item.name, why=why)


def unusual_account(s: ReviewSubject) -> Iterator[Hit]:
    """GL-003. Against the last three invoices of this customer with the item."""
    for line in s.lines:
        account = account_of(line, s.masters, s.policy.revenue.rules_without_dates)
        if line.item is None or account is None:
            continue
        usual = _usual(s, line.item.netsuite_id)
        if usual and account.netsuite_id not in usual:
            told = " or ".join(_named(s, one) for one in usual)
            yield hit(line.subject, item=line.item.name, usual=told, account=account.name)


def _usual(s: ReviewSubject, item: str) -> tuple[str, ...]:
    """The accounts the item was posted to on the last three invoices, the latest first."""
    newest = sorted(s.alive, key=lambda invoice: (invoice.issued_on, invoice.id), reverse=True)
    found = [
        [known.account_netsuite_id for known in invoice.lines if known.item_netsuite_id == item]
        for invoice in newest
    ]
    posted = [accounts for accounts in found if any(accounts)][:_LAST]
    return tuple(dict.fromkeys(account for accounts in posted for account in accounts if account))


def _named(s: ReviewSubject, netsuite_id: str) -> str:
    account = s.masters.accounts.get(netsuite_id)
    return account.name if account else netsuite_id


def suspense(s: ReviewSubject) -> Iterator[Hit]:
    """GL-004."""
    for line in s.lines:
        account = account_of(line, s.masters, s.policy.revenue.rules_without_dates)
        if account is not None and _is_suspense(s, account):
            yield hit(line.subject, item=line.item_name, account=account.name)


def _is_suspense(s: ReviewSubject, account: ErpAccount) -> bool:
    rules = s.policy.lines
    words = set(words_of(account.name))
    return account.netsuite_id in rules.suspense_accounts or bool(words & {*rules.suspense_words})


def out_of_balance(s: ReviewSubject) -> Iterator[Hit]:
    """GL-005. In transaction currency and in base currency."""
    for gap in gaps(s.journal):
        yield hit(gap.currency, gap=gap)


def intercompany(s: ReviewSubject) -> Iterator[Hit]:
    """GL-006. Named in the policy, or called as a subsidiary of the seller is."""
    if s.customer is None:
        return
    names = [own.name for own in s.masters.subsidiaries.values()]
    alike = any(same_name(s.customer.legal_name or s.customer.name, own) for own in names)
    if alike or is_listed(s.policy.customers.intercompany, s.customer):
        yield hit(customer=s.customer.name)


ACCOUNTING: Mapping[str, Ask] = {
    "GL-001": income_account,
    "GL-002": no_deferral,
    "GL-003": unusual_account,
    "GL-004": suspense,
    "GL-005": out_of_balance,
    "GL-006": intercompany,
}
