"""The glossary: the section of the guide whose points are explained wherever their words stand."""

from django.urls import reverse

from careers.guide.models.publishing import lines
from careers.guide.models.sections import GLOSSARY, Section
from careers.guide.rules.glossary import Glossary
from careers.guide.selectors.kept import KeptOf


def read_glossary():
    """Empty where no such section is published."""
    points = Section.objects.published().filter(slug=GLOSSARY).values_list("points", flat=True).first() or ""
    pairs = (line.partition(":") for line in lines(points))
    href = f"{reverse('guide-read')}#{GLOSSARY}"
    return Glossary(((term.strip(), meaning.strip()) for term, _, meaning in pairs), href=href)


glossary = KeptOf(read_glossary, "section")
