"""Every address of the portal: one list, of each noun's own, what is asked for most first. No two nouns answer the
same address.
"""

from careers.calendars import urls as calendars
from careers.cv import urls as cv
from careers.dashboard import urls as dashboard
from careers.desk import urls as desk
from careers.evidence import urls as evidence
from careers.matching import urls as matching
from careers.occupations import urls as occupations
from careers.people import urls as people
from careers.personal_data import urls as personal_data
from careers.plans import urls as plans
from careers.practice import urls as practice
from careers.readiness import urls as readiness
from careers.reminders import urls as reminders
from careers.routes import urls as routes
from careers.saved import urls as saved
from careers.sharing import urls as sharing
from careers.site import urls as site

urlpatterns = [
    *site.urlpatterns,
    *saved.urlpatterns,
    *calendars.urlpatterns,
    *dashboard.urlpatterns,
    *cv.urlpatterns,
    *desk.urlpatterns,
    *evidence.urlpatterns,
    *matching.urlpatterns,
    *occupations.urlpatterns,
    *people.urlpatterns,
    *personal_data.urlpatterns,
    *plans.urlpatterns,
    *readiness.urlpatterns,
    *practice.urlpatterns,
    *reminders.urlpatterns,
    *routes.urlpatterns,
    *sharing.urlpatterns,
]
