"""NetSuite as an ERP: what the port asks, answered over SuiteQL and the record service."""

from __future__ import annotations

from erp.netsuite.reading.ledger import Ledger
from erp.netsuite.reading.revenue_ledger import RevenueLedger
from erp.netsuite.writing.credit_writes import CreditWrites

_TRANSACTIONS = "/app/accounting/transactions"
_PAGES = {
    "invoice": f"{_TRANSACTIONS}/custinvc.nl?id=",
    "payment": f"{_TRANSACTIONS}/custpymt.nl?id=",
    "credit_memo": f"{_TRANSACTIONS}/custcred.nl?id=",
    "deposit": f"{_TRANSACTIONS}/custdep.nl?id=",
    "deposit_application": f"{_TRANSACTIONS}/depappl.nl?id=",
    "refund": f"{_TRANSACTIONS}/custrfnd.nl?id=",
    "journal": f"{_TRANSACTIONS}/journal.nl?id=",
    "customer": "/app/common/entity/custjob.nl?id=",
}


class NetSuite(CreditWrites, Ledger, RevenueLedger):
    """One NetSuite account behind erp.port.Erp."""

    def link(self, kind: str, netsuite_id: str) -> str:
        return f"{self.client.config.pages}{_PAGES[kind]}{netsuite_id}"
