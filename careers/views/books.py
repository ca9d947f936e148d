from django.shortcuts import render

from careers.models import Book
from careers.views.public import public_page


@public_page()
def book_list(request):
    return render(request, "careers/books/list.html", {"books": Book.objects.published()})
