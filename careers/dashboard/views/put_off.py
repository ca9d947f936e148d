"""“Not this week”: what is next waits until Monday. It is kept in the session, as a browser's wish: no plan changes."""

import re
from datetime import date, timedelta

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from careers.lib.days import weekday_seen_from
from careers.people.views.requests import own_page

PUT_OFF = "put_off"  # in the session: {token: the day from which it is asked again}
MOST = 50
TOKEN = re.compile(r"(result|renew|prepare|step|finish|renew-in-time)-(plan|held)-[0-9]{1,18}", re.ASCII)
SAID = "Put off until {}, on this browser. Nothing else changes."


@own_page
@require_POST
def me_put_off(request):
    token, today = request.POST.get("what", ""), timezone.localdate()
    if request.profile and TOKEN.fullmatch(token):
        monday = today + timedelta(days=7 - today.weekday())
        kept = {**put_off(request, today=today), token: monday.isoformat()}
        request.session[PUT_OFF] = dict(list(kept.items())[-MOST:])
        messages.info(request, SAID.format(weekday_seen_from(today, monday)))
    return redirect("me-dashboard")


def put_off(request, *, today):
    """{token: day} of what is not to be asked again yet. Reads no session of who has none."""
    kept = request.session.get(PUT_OFF, {}) if request.profile else {}
    return {token: day for token, day in kept.items() if date.fromisoformat(day) > today}
