"""fugong (复工): the ledger of a county's enterprise-assistance campaign."""

__version__ = "0.1.0"
