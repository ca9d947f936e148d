"""Fixture: signed."""

import pytest
from django.contrib.auth.models import Permission

from tests.factories import make_user


@pytest.fixture
def signed(db, client):
    """`signed("view_role")`: the client as somebody of HR with these permissions and no others."""

    def signed(*permissions):
        client.user = make_user(is_staff=True)
        client.user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client.force_login(client.user)
        return client

    return signed
