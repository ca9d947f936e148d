from django.shortcuts import render

from careers.views.people import own_page


@own_page
def saved_list(request):
    return render(request, "careers/saved/list.html")
