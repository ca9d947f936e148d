"""Programs that a few tests start. Where one is missing and may not be installed, a skip says it in its one line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services import Missing


def or_skip(find: Callable[[], Path]) -> Path:
    try:
        return find()
    except Missing as missing:
        pytest.skip(str(missing))
