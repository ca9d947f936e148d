"""What somebody sends to the pages about sheets."""

from django import forms

from careers.desk.sheets.rules.tables import EMPTY
from careers.lib.texts import is_key
from careers.plans.files.forms import LONGEST_BEGINNING, MOST_READ
from careers.plans.files.rules.kinds import MOST_BYTES, MOST_BYTES_OF_PICTURE, in_megabytes, most_bytes

ENDINGS = ".xlsx,.csv,.zip,.txt"
PACKED, PLAIN = in_megabytes(MOST_BYTES_OF_PICTURE), in_megabytes(MOST_BYTES)
TAKEN = f"XLSX, or a zip of CSV files, up to {PACKED}; a single CSV up to {PLAIN}."
TOO_LARGE = "This file has {size}. An XLSX or a zip may have {packed}, a CSV {plain}. Cut it into several files."
MOST_CHOSEN = 4000  # characters of an address that names pages
MOST_KEYS = 100_000  # that it names, each as often as it does


class SheetForm(forms.Form):
    """A sheet to bring in. `sent_bytes` is what the whole form says to have: the file of a vast one never arrived."""

    file = forms.FileField(
        label="The sheet",
        help_text=TAKEN,
        error_messages={"required": "Choose a file.", "missing": "Choose a file.", "empty": EMPTY},
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )

    def __init__(self, *args, sent_bytes=0, **kwargs):
        super().__init__(*args, **kwargs)
        if sent_bytes > MOST_READ:
            self.fields["file"].error_messages["required"] = too_large(sent_bytes)

    def clean_file(self):
        file = self.cleaned_data["file"]
        most = most_bytes(file.read(LONGEST_BEGINNING))
        file.seek(0)
        if file.size > most:
            raise forms.ValidationError(too_large(file.size))
        return file


def too_large(size):
    return TOO_LARGE.format(size=in_megabytes(size), packed=PACKED, plain=PLAIN)


def chosen_keys(text):
    """The keys that “1-4,9” names; None where it names none or more than there can be, or is no such list.

    >>> chosen_keys("1-4,9"), chosen_keys("4-1"), chosen_keys("")
    ([1, 2, 3, 4, 9], None, None)
    """
    found = []
    for part in text[:MOST_CHOSEN].split(","):
        first, _, last = part.partition("-")
        if not (is_key(first) and is_key(last or first)):
            return None
        more = range(int(first), int(last or first) + 1)
        if not 0 < len(more) <= MOST_KEYS - len(found):
            return None
        found += more
    return found


def as_chosen(keys):
    """The other way round; None where it would be too long for an address.

    >>> as_chosen([9, 1, 2, 3])
    '1-3,9'
    """
    parts = []
    for key in sorted(keys):
        if parts and parts[-1][1] == key - 1:
            parts[-1][1] = key
        else:
            parts.append([key, key])
    text = ",".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)
    return text if len(text) <= MOST_CHOSEN else None
