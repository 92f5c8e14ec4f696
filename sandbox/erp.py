"""The ERP of the world: seeded once, with an integration the service can sign in with."""

from __future__ import annotations

from pathlib import Path

from sandbox.clock import SandboxClock
from sandbox.company import Company
from sandbox.netsuite.app import build_app
from sandbox.netsuite.keys import generate_key_pair
from sandbox.netsuite.seed import seed
from sandbox.netsuite.store import ErpStore
from sandbox.serving import AsgiApp
from sandbox.settings_file import write_private

ACCOUNT_ID = "TSTDRV1"
CLIENT_ID = "sandbox-integration"
CERTIFICATE_ID = "sandbox-certificate"
# The accounts of sandbox/netsuite/masters.py, by what cash is booked to.
_LEDGER = {
    "NETSUITE_RECEIVABLE_ACCOUNT_ID": "2",
    "NETSUITE_UNDEPOSITED_ACCOUNT_ID": "3",
    "NETSUITE_STRIPE_CLEARING_ACCOUNT_ID": "16",
    "NETSUITE_BANK_FEE_ACCOUNT_ID": "17",
    "NETSUITE_WRITE_OFF_ACCOUNT_ID": "8",
    "NETSUITE_WITHHOLDING_ACCOUNT_ID": "18",
    "NETSUITE_REFUND_ACCOUNT_ID": "1",
    "NETSUITE_DISCOUNT_ACCOUNT_ID": "15",
    "NETSUITE_DEPOSITS_ACCOUNT_ID": "6",
    "NETSUITE_EXCHANGE_ACCOUNT_ID": "7",
    "NETSUITE_JOURNAL_SUBSIDIARY_ID": "1",
    "NETSUITE_TAX_ACCOUNT_ID": "10",
    "NETSUITE_BAD_DEBT_RECOVERY_ACCOUNT_ID": "20",
    "NETSUITE_BAD_DEBT_ITEM_ID": "515",
    "NETSUITE_UNDELIVERED_ITEM_ID": "516",
    "NETSUITE_CONCESSION_ITEM_ID": "517",
    "NETSUITE_SMALL_DIFFERENCE_ITEM_ID": "518",
}


def open_erp(folder: Path, company: Company, key_file: Path) -> ErpStore:
    """The kept ERP of `folder`; on the first start it is seeded and a key pair is made."""
    path = folder / "erp.db"
    is_new = not key_file.exists()
    if is_new:
        for left in folder.glob("erp.db*"):
            left.unlink()
    store = ErpStore(path)
    if is_new:
        pair = generate_key_pair("ec")
        seed(store, company)
        store.register_integration(CLIENT_ID, CERTIFICATE_ID, pair.public_pem)
        write_private(key_file, pair.private_pem)
    return store


def erp_app(store: ErpStore, clock: SandboxClock, company: Company, token: str) -> AsgiApp:
    """The ERP's ASGI application; `token` opens its /admin."""
    return build_app(store, clock, admin_token=token, account_id=ACCOUNT_ID, company=company)


def erp_settings(url: str, key_file: Path) -> dict[str, str]:
    """How the service reaches it."""
    return {
        "NETSUITE_ACCOUNT_ID": ACCOUNT_ID,
        "NETSUITE_BASE_URL": url,
        "NETSUITE_AUTH": "oauth2",
        "NETSUITE_CLIENT_ID": CLIENT_ID,
        "NETSUITE_CERTIFICATE_ID": CERTIFICATE_ID,
        "NETSUITE_PRIVATE_KEY_FILE": str(key_file),
        **_LEDGER,
    }
