"""Where people's files are kept while a test runs."""

from contextlib import contextmanager

from careers.plans.files.models import EvidenceFile, private_storage


@contextmanager
def kept_in(folder, monkeypatch):
    """In a folder of the test's own. The column has the storage of its birth; other STORAGES make a second one."""
    both = private_storage(), EvidenceFile._meta.get_field("file").storage
    for one in both:
        monkeypatch.setattr(one, "_location", str(folder))
    forget_place(both)
    yield
    forget_place(both)


def forget_place(storages):
    for one in storages:
        for name in ("base_location", "location"):
            one.__dict__.pop(name, None)
