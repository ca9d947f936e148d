from django.urls import path, register_converter

from careers.occupations import views


class OccupationCode:
    """“43-4051.00”, and nothing else."""

    regex = r"[0-9]{2}-[0-9]{4}\.[0-9]{2}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(OccupationCode, "code")

urlpatterns = [
    path("occupations/", views.occupation_list, name="occupation-list"),
    path("occupations/plan/", views.occupation_route, name="occupation-route"),
    path("occupations/<code:code>/", views.occupation_detail, name="occupation-detail"),
]
