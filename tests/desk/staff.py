"""People of the desk, without the guide that brings their groups."""

import json

from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client

from tests.factories import make_user


def held_by(group):
    """Codenames of permissions, as the fixture of the groups has them."""
    groups = json.loads((settings.BASE_DIR / "fixtures/groups.json").read_text())
    [fields] = [one["fields"] for one in groups if one["fields"]["name"] == group]
    return [codename for codename, _, _ in fields["permissions"]]


def client_of(group):
    """A client of somebody who may what a group may, with its `user`."""
    client = Client()
    client.user = make_user(is_staff=True)
    client.user.user_permissions.set(Permission.objects.filter(codename__in=held_by(group)))
    client.force_login(client.user)
    return client
