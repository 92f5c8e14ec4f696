"""What is billed when: charges of a contract line become dated instalments and invoices."""
