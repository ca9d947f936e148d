"""Which pages are measured, in a guide and among people that `make_load` made."""

# For everybody.
PUBLIC = [
    "/",
    "/roles/",
    "/roles/?level=lead&skill=load-skill-3&sort=name",
    "/roles/?q=load+role+7",
    "/roles/load-role-7/",
    "/roles/compare/?role=load-role-7&role=load-role-8",
    "/roles/compare/?role=load-role-7&find=load+role+9",
    "/skills/",
    "/skills/load-skill-3/",
    "/certifications/",
    "/certifications/load-certification-3/",
    "/industries/",
    "/industries/load-industry-2/",
    "/guide/",
    "/paths/",
    "/paths/?around=load-role-7",
    "/paths/plan/",
    "/paths/plan/?from=load-role-1&to=load-role-9",
    "/paths/plan/?from=new&to=load-role-9&by=cheapest",
    "/match/",
    "/search/?q=load+role+7",
    "/search/?q=xqzxq",
    "/search/suggest/?q=load",
    "/sitemap.xml",
]
# Of somebody with an account who has saved roles, holds a certificate and works towards another; {plan} is theirs.
OWN = [
    "/roles/load-role-7/",
    "/match/",
    "/me/",
    "/me/saved/",
    "/me/plans/",
    "/me/plans/{plan}/",
    "/me/evidence/",
    "/me/profile/",
    "/me/profile/certificates/",
    "/me/calendar/",
    "/me/reminders/",
    "/me/shares/",
    "/me/data/",
]
# Of a superuser.
DESK = [
    "/admin/",
    "/admin/careers/user/",
    "/admin/careers/user/?q=load-person-7",
    "/admin/careers/remindermail/",
    "/admin/careers/searchmiss/",
]
