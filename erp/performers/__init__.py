"""The hands that write to the ERP. Nothing here happens twice, and nothing that differs is kept."""

from erp.performers.applications import PutApplicationsPerformer
from erp.performers.changes import UpdateInvoicePerformer
from erp.performers.customers import CreateCustomerPerformer
from erp.performers.invoices import CreateInvoicePerformer
from erp.performers.once import LOOKS
from erp.performers.payments import PostCustomerPaymentPerformer

__all__ = [
    "LOOKS",
    "CreateCustomerPerformer",
    "CreateInvoicePerformer",
    "PostCustomerPaymentPerformer",
    "PutApplicationsPerformer",
    "UpdateInvoicePerformer",
]
