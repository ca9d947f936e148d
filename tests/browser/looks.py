"""In which windows a page is looked at: each width once, the two schemes on each kind of device."""

LOOKS = [(320, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
LOOKS_WITH_TABLET = [*LOOKS, (768, "light")]
