import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError

from careers.models import User
from tests.factories import make_user


@pytest.mark.django_db
class TestUser:
    def test_signs_in_with_the_address_in_any_case(self):
        user = make_user(email="Jane@Example.org", password="a long passphrase")
        assert authenticate(username="jane@example.ORG", password="a long passphrase") == user

    def test_cannot_be_made_without_an_address(self):
        with pytest.raises(ValueError, match="e-mail"):
            User.objects.create_user("")

    def test_a_second_account_for_an_address_is_refused_in_words(self):
        make_user(email="jane@example.org")
        with pytest.raises(ValidationError, match="an account with this e-mail address"):
            User(email="JANE@example.org", password="x").full_clean()

    def test_a_new_password_is_no_longer_one_time(self):
        user = make_user(password_is_one_time=True)
        user.password_is_one_time = True
        user.set_password("my own passphrase")
        assert not user.password_is_one_time
