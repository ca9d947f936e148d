"""The examples in docstrings are true."""

import doctest
from importlib import import_module

import pytest
from django.conf import settings

MODULES = sorted(
    ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
    for path in (settings.BASE_DIR / "careers").rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_what_a_docstring_shows_is_what_comes_out(name):
    failed, tried = doctest.testmod(import_module(name))
    assert tried > 0
    assert failed == 0
