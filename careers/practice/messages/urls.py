from django.urls import path

from careers.practice.messages import views

urlpatterns = [
    path("practice/messages/", views.message_list, name="message-list"),
    path("me/practice/messages/", views.answer_write, name="answer-write"),
    path("me/practice/messages/<int:pk>/check/", views.answer_check, name="answer-check"),
    path("me/practice/messages/<int:pk>/delete/", views.answer_delete, name="answer-delete"),
]
