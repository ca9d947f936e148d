from django.contrib.sitemaps.views import sitemap
from django.urls import path, register_converter

from careers.views import (
    books,
    certificates,
    certifications,
    companies,
    data,
    evidence,
    goals,
    home,
    industries,
    matches,
    me,
    moves,
    occupations,
    paths,
    profiles,
    questions,
    roles,
    routes,
    saved,
    saved_groups,
    saving,
    search,
    sections,
    shares,
    site,
    skills,
)


class OccupationCode:
    """“43-4051.00”, and nothing else."""

    regex = r"[0-9]{2}-[0-9]{4}\.[0-9]{2}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(OccupationCode, "code")

urlpatterns = [
    path("", home.home, name="home"),
    path("guide/", sections.guide_read, name="guide-read"),
    path("roles/", roles.role_list, name="role-list"),
    path("roles/compare/", roles.role_compare, name="role-compare"),
    path("roles/<slug:slug>/", roles.role_detail, name="role-detail"),
    path("roles/<slug:slug>/save/", saving.role_save, name="role-save"),
    path("roles/<slug:slug>/unsave/", saving.role_unsave, name="role-unsave"),
    path("match/", matches.match_list, name="match-list"),
    path("match/rate/", matches.match_rate, name="match-rate"),
    path("paths/", paths.path_map, name="path-map"),
    path("paths/plan/", routes.path_plan, name="path-plan"),
    path("paths/ways-out/", moves.exit_list, name="exit-list"),
    path("skills/", skills.skill_list, name="skill-list"),
    path("skills/<slug:slug>/", skills.skill_detail, name="skill-detail"),
    path("certifications/", certifications.certification_list, name="certification-list"),
    path("certifications/<slug:slug>/", certifications.certification_detail, name="certification-detail"),
    path("industries/", industries.industry_list, name="industry-list"),
    path("industries/<slug:slug>/", industries.industry_detail, name="industry-detail"),
    path("companies/", companies.company_list, name="company-list"),
    path("books/", books.book_list, name="book-list"),
    path("faq/", questions.question_list, name="question-list"),
    path("occupations/", occupations.occupation_list, name="occupation-list"),
    path("occupations/plan/", occupations.occupation_plan, name="occupation-plan"),
    path("occupations/<code:code>/", occupations.occupation_detail, name="occupation-detail"),
    path("search/", search.search_list, name="search-list"),
    path("search/suggest/", search.search_suggest, name="search-suggest"),
    path("me/", me.me_dashboard, name="me-dashboard"),
    path("me/profile/", profiles.profile_read, name="profile-read"),
    path("me/profile/about/", profiles.profile_about, name="profile-about"),
    path("me/profile/working-life/", profiles.profile_working_life, name="profile-working-life"),
    path("me/profile/skills/", profiles.profile_skills, name="profile-skills"),
    path("me/profile/certificates/", certificates.profile_certificates, name="profile-certificates"),
    path("me/profile/certificates/<int:pk>/", certificates.profile_certificate, name="profile-certificate"),
    path(
        "me/profile/certificates/<int:pk>/remove/",
        certificates.profile_certificate_remove,
        name="profile-certificate-remove",
    ),
    path("me/profile/target/", profiles.profile_target, name="profile-target"),
    path("me/evidence/", evidence.evidence_list, name="evidence-list"),
    path("me/evidence/<int:pk>/withdraw/", evidence.evidence_withdraw, name="evidence-withdraw"),
    path("me/evidence/<int:pk>/restore/", evidence.evidence_restore, name="evidence-restore"),
    path("me/goal/", goals.goal_read, name="goal-read"),
    path("me/goal/adopt/", goals.goal_adopt, name="goal-adopt"),
    path("me/goal/steps/<int:pk>/tick/", goals.goal_step_tick, name="goal-step-tick"),
    path("me/goal/steps/<int:pk>/confirm/", goals.goal_step_confirm, name="goal-step-confirm"),
    path("me/goal/take-over/", goals.goal_take_over, name="goal-take-over"),
    path("me/goal/keep/", goals.goal_keep, name="goal-keep"),
    path("me/goal/drop/", goals.goal_drop, name="goal-drop"),
    path("me/saved/", saved.saved_list, name="saved-list"),
    path("me/saved/compare/", saved.saved_compare, name="saved-compare"),
    path("me/saved/<slug:slug>/edit/", saved.saved_edit, name="saved-edit"),
    path("me/saved/<slug:slug>/remove/", saved.saved_remove, name="saved-remove"),
    path("me/saved/<slug:slug>/restore/", saved.saved_restore, name="saved-restore"),
    path("me/saved/<slug:slug>/seen/", saved.saved_seen, name="saved-seen"),
    path("me/groups/add/", saved_groups.group_add, name="group-add"),
    path("me/groups/<int:pk>/rename/", saved_groups.group_rename, name="group-rename"),
    path("me/groups/<int:pk>/delete/", saved_groups.group_delete, name="group-delete"),
    path("me/data/", data.data_read, name="data-read"),
    path("me/data/download/", data.data_download, name="data-download"),
    path("me/data/delete/", data.data_delete, name="data-delete"),
    path("me/shares/", shares.share_list, name="share-list"),
    path("me/shares/add/", shares.share_add, name="share-add"),
    path("me/shares/<int:pk>/revoke/", shares.share_revoke, name="share-revoke"),
    path("me/shares/<int:pk>/delete/", shares.share_delete, name="share-delete"),
    path("shared/<path:token>/", shares.share_read, name="share-read"),
    path("favicon.ico", site.favicon, name="site-favicon"),
    path("robots.txt", site.robots, name="site-robots"),
    path("sitemap.xml", sitemap, {"sitemaps": site.sitemaps()}, name="django.contrib.sitemaps.views.sitemap"),
    path("healthz", site.health, name="site-health"),
]
