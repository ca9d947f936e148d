"""A file that somebody sends: never more of it in memory than may be kept, none on the disk."""

import io

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from careers.fields.forms import LineField, step_helper
from careers.plans.files.rules.kinds import (
    EMPTY,
    LONGEST_NAME,
    MOST_BYTES,
    MOST_BYTES_OF_PICTURE,
    TAKEN,
    in_megabytes,
    most_bytes,
)

# So much is read to its end, as a browser shows the answer to a form only when it has sent all of it.
MOST_READ = 30_000_000
LONGEST_BEGINNING = 16  # bytes that say what kind it is
ENDINGS = ".pdf,.png,.jpg,.jpeg"


class BoundedUpload(FileUploadHandler):
    """Keeps of a request in memory what a file may have, forgets the rest and remembers its length only.

    It holds for every form of the portal, with or without a field for files: nobody fills a disk by sending.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.read = 0  # bytes of all files of the request

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.content, self.length, self.is_whole = io.BytesIO(), 0, True

    def receive_data_chunk(self, raw_data, start):
        self.read += len(raw_data)
        if self.read > MOST_READ:
            raise StopUpload(connection_reset=True)
        self.length += len(raw_data)
        if self.is_whole:
            self.content.write(raw_data)
            beginning = bytes(self.content.getbuffer()[:LONGEST_BEGINNING])
            if self.read > most_bytes(beginning) + self.chunk_size:
                self.content, self.is_whole = io.BytesIO(beginning), False
        return None

    def file_complete(self, file_size):
        self.content.seek(0)
        about = self.content_type, self.length, self.charset, self.content_type_extra
        return InMemoryUploadedFile(self.content, self.field_name, self.file_name, *about)


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
        help_text=TAKEN,
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
        most = most_bytes(file.read(LONGEST_BEGINNING))
        file.seek(0)
        if file.size > most:
            raise forms.ValidationError(too_large(file.size))
        return file


def too_large(size):
    pdf, picture = in_megabytes(MOST_BYTES), in_megabytes(MOST_BYTES_OF_PICTURE)
    may = f"A PDF may have {pdf}, a picture {picture}"
    return f"This file has {in_megabytes(size)}. {may}: save it smaller and choose it again."
