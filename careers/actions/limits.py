"""How much one person can keep, far above what people have: what there is decides how long their pages take, and how
long others wait while their work is merged or deleted.

What came together from a guest and an account stays, however much it is; only adding is refused. The profile's row is
locked by whoever calls.
"""

from careers.actions.refusing import refuse_over
from careers.models import EvidenceFile, HeldCertificate, PlanStep, StudyEntry

MOST_STEPS_OF_ALL = 3000  # of all plans of a person
MOST_ENTRIES = 6000  # one a day for sixteen years
MOST_OWN_CERTIFICATES = 300  # those of the guide are bounded by the guide
MOST_FILES = 300
TOO_MANY_STEPS = "Your plans have {most} steps together, which is as many as there can be. Remove some first."
TOO_MANY_ENTRIES = "You have logged {most} times, which is as many as there can be. Remove some first."
TOO_MANY_CERTIFICATES = "You keep {most} certificates of your own, which is as many as there can be. Remove one first."
TOO_MANY_FILES = "You keep {most} files, which is as many as there can be. Remove one first."


def refuse_more_steps(profile, *, more):
    refuse_over(PlanStep.objects.filter(plan__profile=profile), MOST_STEPS_OF_ALL, TOO_MANY_STEPS, more=more)


def refuse_more_entries(profile):
    refuse_over(StudyEntry.objects.filter(plan__profile=profile), MOST_ENTRIES, TOO_MANY_ENTRIES)


def refuse_more_certificates(profile):
    own = HeldCertificate.objects.filter(profile=profile, certification=None)
    refuse_over(own, MOST_OWN_CERTIFICATES, TOO_MANY_CERTIFICATES)


def refuse_more_files(profile):
    refuse_over(EvidenceFile.objects.of_person(profile), MOST_FILES, TOO_MANY_FILES)
