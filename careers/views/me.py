from django.shortcuts import render

from careers.views.people import own_page


@own_page
def me_dashboard(request):
    return render(request, "careers/me/dashboard.html")
