"""How much may come together in one profile: what two have, and never what many have, one after the other.

Where a guest's work came into an account there may be more than one person can add. Whoever has so much takes in no
more of it: all their pages look through it, and others wait while it is merged.
"""

from careers.cv.models import Job, Schooling
from careers.cv.services import MOST_JOBS, MOST_SCHOOLINGS
from careers.evidence.models.evidence import HeldCertificate
from careers.people.forms.working_life import MOST_LANGUAGES
from careers.people.models.profiles import Language
from careers.plans.certificates.services.held import MOST_OWN_CERTIFICATES
from careers.plans.files.models import MOST_BYTES_A_PERSON, EvidenceFile
from careers.plans.files.services import MOST_FILES
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.services.plans import MOST_PLANS, MOST_STEPS_OF_ALL
from careers.plans.study.models import StudyEntry
from careers.plans.study.services.log import MOST_ENTRIES
from careers.saved.forms import MOST_GROUPS
from careers.saved.models import SavedGroup

# What a merge adds to: (rows, the way to their person, the most that one can add, what they are called).
KINDS = (
    (CertificationPlan.objects, "profile", MOST_PLANS, "certification plans"),
    (PlanStep.objects, "plan__profile", MOST_STEPS_OF_ALL, "steps of plans"),
    (StudyEntry.objects, "plan__profile", MOST_ENTRIES, "entries of study time"),
    (EvidenceFile.objects, "plan__profile", MOST_FILES, "files"),
    (HeldCertificate.objects.filter(certification=None), "profile", MOST_OWN_CERTIFICATES, "certificates of your own"),
    (Job.objects, "profile", MOST_JOBS, "jobs"),
    (Schooling.objects, "profile", MOST_SCHOOLINGS, "schools and courses"),
    (Language.objects, "profile", MOST_LANGUAGES, "languages"),
    (SavedGroup.objects, "profile", MOST_GROUPS, "groups of saved roles"),
)


def overfull(profile, *, by):
    """Return (how many, of what) where the profile has too much of a kind of which `by` would bring more, else None."""
    for rows, owner, most, name in KINDS:
        if rows.filter(**{owner: by}).exists() and (count := rows.filter(**{owner: profile}).count()) > most:
            return count, name
    files = EvidenceFile.objects.of_person(profile)
    if EvidenceFile.objects.of_person(by).exists() and files.bytes() > MOST_BYTES_A_PERSON:
        return files.count(), "files"
    return None
