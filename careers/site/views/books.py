from django.shortcuts import render

from careers.guide.models.books import Book
from careers.web.public_pages import public_page


@public_page()
def book_list(request):
    return render(request, "careers/site/books/list.html", {"books": Book.objects.published()})
