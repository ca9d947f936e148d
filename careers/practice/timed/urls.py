from django.urls import path

from careers.practice.timed.views import pages, results, runs

urlpatterns = [
    path("practice/typing/", pages.practice_typing, name="practice-typing"),
    path("practice/data-entry/", pages.practice_entry, name="practice-entry"),
    path("me/practice/begin/", runs.result_begin, name="result-begin"),
    path("me/practice/finish/", runs.result_add, name="result-add"),
    path("me/practice/check/", runs.result_check, name="result-check"),
    path("me/practice/", results.result_list, name="result-list"),
    path("me/practice/goal/", results.result_goal, name="result-goal"),
    path("me/practice/results/<int:pk>/", results.result_read, name="result-read"),
    path("me/practice/results/<int:pk>/count/", results.result_count, name="result-count"),
    path("me/practice/results/<int:pk>/withdraw/", results.result_withdraw, name="result-withdraw"),
    path("me/practice/results/<int:pk>/delete/", results.result_delete, name="result-delete"),
]
