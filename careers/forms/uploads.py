"""A file that somebody sends: never more of it in memory than may be kept, none on the disk."""

import io

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from careers.forms.fields import LineField, step_helper
from careers.planning.uploads import EMPTY, LONGEST_NAME, MOST_BYTES, in_megabytes

# So much is read to its end, as a browser shows the answer to a form only when it has sent all of it.
MOST_READ = 30_000_000
ENDINGS = ".pdf,.png,.jpg,.jpeg"


class BoundedUpload(FileUploadHandler):
    """Keeps five megabytes of a request in memory, forgets the rest and remembers its length only.

    It holds for every form of the portal, with or without a field for files: nobody fills a disk by sending.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.kept = self.read = 0  # bytes of the whole request

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.chunks, self.length = [], 0

    def receive_data_chunk(self, raw_data, start):
        self.read += len(raw_data)
        if self.read > MOST_READ:
            raise StopUpload(connection_reset=True)
        self.length += len(raw_data)
        if self.kept + len(raw_data) <= MOST_BYTES + self.chunk_size:
            self.kept += len(raw_data)
            self.chunks.append(raw_data)
        else:
            self.chunks = []
        return None

    def file_complete(self, file_size):
        whole = io.BytesIO(b"".join(self.chunks))
        about = self.content_type, self.length, self.charset, self.content_type_extra
        return InMemoryUploadedFile(whole, self.field_name, self.file_name, *about)


class FileForm(forms.Form):
    """A proof to keep. `sent_bytes` is how much the whole form says to have: the file of a vast one never arrived."""

    name = LineField(
        max_length=LONGEST_NAME,
        required=False,
        label="What to call it",
        help_text="If empty, it keeps the name it has on your device.",
    )
    file = forms.FileField(
        label="The file",
        help_text="PDF, PNG or JPEG, up to 5 MB.",
        error_messages={"required": "Choose a file.", "missing": "Choose a file.", "empty": EMPTY},
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )

    def __init__(self, *args, sent_bytes=0, **kwargs):
        super().__init__(*args, **kwargs)
        if sent_bytes > MOST_READ:
            self.fields["file"].error_messages["required"] = too_large(sent_bytes)
        self.helper = step_helper()

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(too_large(file.size))
        return file


def too_large(size):
    most = in_megabytes(MOST_BYTES)
    return f"This file has {in_megabytes(size)}, and {most} is the most. Save it smaller and choose it again."
