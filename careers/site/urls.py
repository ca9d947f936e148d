from django.contrib.sitemaps.views import sitemap
from django.urls import path

from careers.site.views import (
    books,
    certifications,
    companies,
    exits,
    home,
    industries,
    machines,
    questions,
    roles,
    search,
    sections,
    skills,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("guide/", sections.guide_read, name="guide-read"),
    path("roles/", roles.role_list, name="role-list"),
    path("roles/compare/", roles.role_compare, name="role-compare"),
    path("roles/<slug:slug>/", roles.role_detail, name="role-detail"),
    path("paths/ways-out/", exits.exit_list, name="exit-list"),
    path("skills/", skills.skill_list, name="skill-list"),
    path("skills/<slug:slug>/", skills.skill_detail, name="skill-detail"),
    path("certifications/", certifications.certification_list, name="certification-list"),
    path("certifications/<slug:slug>/", certifications.certification_detail, name="certification-detail"),
    path("industries/", industries.industry_list, name="industry-list"),
    path("industries/<slug:slug>/", industries.industry_detail, name="industry-detail"),
    path("companies/", companies.company_list, name="company-list"),
    path("books/", books.book_list, name="book-list"),
    path("faq/", questions.question_list, name="question-list"),
    path("search/", search.search_list, name="search-list"),
    path("search/suggest/", search.search_suggest, name="search-suggest"),
    path("favicon.ico", machines.favicon, name="site-favicon"),
    path("robots.txt", machines.robots, name="site-robots"),
    path("sitemap.xml", sitemap, {"sitemaps": machines.sitemaps()}, name="django.contrib.sitemaps.views.sitemap"),
    path("healthz", machines.health, name="site-health"),
    path("readyz", machines.ready, name="site-ready"),
]
