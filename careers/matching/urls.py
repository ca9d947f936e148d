from django.urls import path

from careers.matching.views import matches

urlpatterns = [
    path("match/", matches.match_list, name="match-list"),
    path("match/rate/", matches.match_rate, name="match-rate"),
]
