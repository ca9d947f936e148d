from django.urls import path

from careers.cv.views import pages, rows

urlpatterns = [
    path("me/cv/", pages.cv_read, name="cv-read"),
    path("me/cv/edit/", pages.cv_edit, name="cv-edit"),
    path("me/cv/print/", pages.cv_print, name="cv-print"),
    path("me/cv/cv.pdf", pages.cv_pdf, name="cv-pdf"),
    path("me/cv/resume.json", pages.cv_download, name="cv-download"),
    path("me/cv/jobs/add/", rows.job_add, name="job-add"),
    path("me/cv/jobs/<int:pk>/", rows.job_edit, name="job-edit"),
    path("me/cv/jobs/<int:pk>/remove/", rows.job_remove, name="job-remove"),
    path("me/cv/schools/add/", rows.schooling_add, name="schooling-add"),
    path("me/cv/schools/<int:pk>/", rows.schooling_edit, name="schooling-edit"),
    path("me/cv/schools/<int:pk>/remove/", rows.schooling_remove, name="schooling-remove"),
]
