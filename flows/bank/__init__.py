"""The bank: files taken in whole, movements recorded once, deposits told from their payers."""
