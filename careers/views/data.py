from django.shortcuts import render

from careers.views.people import own_page


@own_page
def data_read(request):
    return render(request, "careers/data/read.html")
