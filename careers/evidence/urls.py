from django.urls import path

from careers.evidence import views

urlpatterns = [
    path("me/profile/skills/", views.profile_skills, name="profile-skills"),
    path("me/evidence/", views.evidence_list, name="evidence-list"),
    path("me/evidence/<int:pk>/withdraw/", views.evidence_withdraw, name="evidence-withdraw"),
    path("me/evidence/<int:pk>/restore/", views.evidence_restore, name="evidence-restore"),
]
