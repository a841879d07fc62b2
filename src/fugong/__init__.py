"""fugong (复工): the ledger of a county's enterprise-assistance campaign."""

__version__ = "1.0.0"
