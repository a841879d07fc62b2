"""What an office calls things in its files."""

from fugong.store import column_types
from fugong.store.tables.base import Record
from fugong.values.texts import LINE, TEXT
from fugong.vocab import Kind


class Profile(Record, table=True):
    """The mappings of an import, under a name (导入方案)."""

    record_kind = Kind.PROFILE

    name: str = column_types.text("name", LINE, unique=True)
    says: str = column_types.text("says", TEXT)
    """Canonical JSON: which column is which field, which value stands for which, and for which columns that holds."""
