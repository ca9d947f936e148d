"""A page's form as a browser would send it, taken from its HTML: each line break as two characters."""

import re
from html.parser import HTMLParser

BREAK = re.compile("\r\n|\r|\n")
# What HTML takes out of the value of an input with one line; other kinds are left as they are.
ONE_LINE = ("text", "search", "tel", "url", "email", "password")
TRIMMED = ("url", "email", "number", "date")
NEVER_SENT = ("submit", "button", "reset", "image", "file")


def as_sent(html, *, form_id):
    """{name: [values]} of the form's successful controls, as they stand there."""
    reader = FormReader(form_id)
    reader.feed(html)
    assert reader.fields, f"no form {form_id}"
    return {name: [BREAK.sub("\r\n", value) for value in values] for name, values in reader.fields.items()}


class FormReader(HTMLParser):
    def __init__(self, form_id):
        super().__init__(convert_charrefs=True)
        self.form_id, self.is_inside = form_id, False
        self.fields, self.select, self.area = {}, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.is_inside = attrs.get("id") == self.form_id
        if not self.is_inside or "disabled" in attrs:
            return
        if tag == "input":
            self.take_input(attrs)
        elif tag == "select":
            self.select = {"name": attrs["name"], "many": "multiple" in attrs, "options": []}
        elif tag == "option" and self.select:
            self.select["options"].append((attrs.get("value", ""), "selected" in attrs))
        elif tag == "textarea":
            self.area = (attrs["name"], [])

    def take_input(self, attrs):
        kind, value = attrs.get("type", "text"), attrs.get("value", "")
        if kind in NEVER_SENT or not attrs.get("name"):
            return
        if kind in ("checkbox", "radio"):
            if "checked" in attrs:
                self.add(attrs["name"], attrs.get("value", "on"))
            return
        value = re.sub("[\r\n]", "", value) if kind in ONE_LINE else value
        self.add(attrs["name"], value.strip() if kind in TRIMMED else value)

    def handle_data(self, data):
        if self.area:
            self.area[1].append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "textarea" and self.area:
            name, texts = self.area
            self.add(name, BREAK.sub("\n", "".join(texts)).removeprefix("\n"))  # HTML leaves a first line break out
            self.area = None
        elif tag == "select" and self.select:
            self.take_select(**self.select)
            self.select = None

    def take_select(self, name, many, options):
        chosen = [value for value, is_chosen in options if is_chosen]
        for value in chosen if many or chosen else [options[0][0]] if options else []:
            self.add(name, value)

    def add(self, name, value):
        self.fields.setdefault(name, []).append(value)
