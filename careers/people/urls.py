from django.urls import path

from careers.people.views import profile

urlpatterns = [
    path("me/profile/", profile.profile_read, name="profile-read"),
    path("me/profile/about/", profile.profile_about, name="profile-about"),
    path("me/profile/working-life/", profile.profile_working_life, name="profile-working-life"),
    path("me/profile/target/", profile.profile_target, name="profile-target"),
]
