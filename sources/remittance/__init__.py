"""Remittance advices: what payers say their payments are for, in the forms they say it in."""
