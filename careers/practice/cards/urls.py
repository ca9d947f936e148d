from django.urls import path

from careers.practice.cards import views

urlpatterns = [
    path("practice/cards/", views.card_list, name="card-list"),
    path("me/practice/cards/", views.card_answer, name="card-answer"),
    path("me/practice/cards/<int:pk>/undo/", views.card_undo, name="card-undo"),
]
