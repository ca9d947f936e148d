"""Names of uploaded files, whatever they are sent as."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.plans.files.rules.kinds import (
    BEGINNINGS,
    ENDINGS,
    LONGEST_NAME,
    UNSEEN,
    Unfit,
    clean_name,
    in_megabytes,
    kind_of,
)

kinds = st.sampled_from(sorted(ENDINGS))


@given(st.text(max_size=400), kinds)
def test_a_name_is_short_and_seen_and_of_no_folder(name, kind):
    cleaned = clean_name(name, kind)
    assert cleaned.endswith(ENDINGS[kind])
    assert len(ENDINGS[kind][0]) < len(cleaned) <= LONGEST_NAME
    assert not set(cleaned) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(sign) in UNSEEN - {"Cf"} for sign in cleaned)
    assert not cleaned.startswith((".", " "))
    cleaned.encode()


@given(st.text(max_size=400), kinds)
def test_a_clean_name_stays_as_it_is(name, kind):
    cleaned = clean_name(name, kind)
    assert clean_name(cleaned, kind) == cleaned


@given(st.binary(max_size=20))
def test_a_kind_is_known_by_its_beginning_only(content):
    if any(content.startswith(beginning) for beginning in BEGINNINGS.values()):
        assert content.startswith(BEGINNINGS[kind_of(content)])
    else:
        with pytest.raises(Unfit):
            kind_of(content)


@given(st.integers(0, 10**12))
def test_no_size_looks_smaller_than_it_is(size):
    assert float(in_megabytes(size).removesuffix(" MB")) * 1_000_000 >= size
