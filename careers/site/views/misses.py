from django.utils import timezone

from careers.search.services.searching import note_miss


def count_miss(request, words, filters=""):
    """Count what a person looked for in vain; a HEAD is a machine's question."""
    if request.method == "GET":
        note_miss(words, filters=filters, day=timezone.localdate())
