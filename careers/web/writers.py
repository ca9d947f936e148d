"""A mark in a form that is not sent yet: of whom it is, which it says to nobody else."""

from django.utils.crypto import constant_time_compare, salted_hmac

WRITER = "writer"  # the field


def writer_of(user):
    return salted_hmac("careers.web.writers", str(user.pk)).hexdigest()[:20] if user.is_authenticated else ""


def is_anothers(request, user):
    """Whether the form that was sent is somebody's, and `user` is signed in and not that one."""
    mark = request.POST.get(WRITER, "")
    return bool(mark and user and user.is_authenticated and not constant_time_compare(mark, writer_of(user)))
