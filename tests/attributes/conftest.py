"""What these tests share: the synthetic county in the test's own store."""

from pathlib import Path

import pytest
from tests.county import lay


@pytest.fixture
def county(store: Path) -> Path:
    """A store that holds the synthetic county; commands use it by themselves."""
    return lay(store)
