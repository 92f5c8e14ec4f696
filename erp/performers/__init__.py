"""The hands that write to the ERP. Nothing here happens twice, and nothing that differs is kept."""

from erp.performers.applications import PutApplicationsPerformer
from erp.performers.changes import UpdateInvoicePerformer
from erp.performers.credits import ApplyCreditPerformer
from erp.performers.customers import CreateCustomerPerformer
from erp.performers.invoices import CreateInvoicePerformer
from erp.performers.journals import PostJournalPerformer
from erp.performers.memos import CreateCreditMemoPerformer, WriteOffInvoicePerformer
from erp.performers.once import LOOKS
from erp.performers.payments import PostCustomerPaymentPerformer
from erp.performers.refunds import RefundCustomerPerformer
from erp.performers.reversals import ReversePaymentPerformer, UnapplyPaymentPerformer
from erp.performers.voids import VoidRequestPerformer

__all__ = [
    "LOOKS",
    "ApplyCreditPerformer",
    "CreateCreditMemoPerformer",
    "CreateCustomerPerformer",
    "CreateInvoicePerformer",
    "PostCustomerPaymentPerformer",
    "PostJournalPerformer",
    "PutApplicationsPerformer",
    "RefundCustomerPerformer",
    "ReversePaymentPerformer",
    "UnapplyPaymentPerformer",
    "UpdateInvoicePerformer",
    "VoidRequestPerformer",
    "WriteOffInvoicePerformer",
]
