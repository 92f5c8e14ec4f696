"""Whether a NetSuite account is ready for us, and what to change in it when it is not."""

from erp.netsuite.doctor.examine import examine
from erp.netsuite.doctor.finding import Finding

__all__ = ["Finding", "examine"]
