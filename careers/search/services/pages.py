"""Pages of the site that are no object of the guide, and the words by which people look for them."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class PageOfSite:
    """`pk` is for good, so that its entry is known again; `name` is of its address; `search_words` one name a line."""

    pk: int
    name: str
    title: str
    summary: str
    search_words: str
    position: int = 0
    part: str = ""  # of the page, where it is about one

    def get_absolute_url(self):
        return reverse(self.name) + (f"#{self.part}" if self.part else "")


PAGES = {
    page.pk: page
    for page in (
        PageOfSite(
            1,
            "practice-list",
            "Practice",
            "Practise what employers test before they hire: typing, data entry, interviews, writing and calls.",
            "Practise\nPractice test\nPractice tests\nMock test\nTest for a job\nPre-employment test",
        ),
        PageOfSite(
            2,
            "practice-typing",
            "Typing test",
            "Type a text for 1, 3 or 5 minutes: words a minute, accuracy, and which norm you reach.",
            "Typing speed test\nWPM test\nTest my typing\nTyping practice\nFree typing test\nHow fast do I type",
        ),
        PageOfSite(
            3,
            "practice-entry",
            "Data-entry test",
            "Key in order forms or columns of numbers: keystrokes an hour, and which share is right.",
            "KPH test\nKeystrokes per hour test\n10 key test\nNumeric keypad test\nData entry practice",
        ),
        PageOfSite(
            4,
            "card-list",
            "Interview cards",
            "Interview questions as cards, with what each one tests. To read, print and practise a few a day.",
            "Interview practice\nFlashcards\nFlash cards\nPractise interview questions\nMock interview",
        ),
        PageOfSite(
            5,
            "message-list",
            "Listening and writing",
            "Customer messages to answer in your own words, and calls to sum up, with a checklist.",
            "Writing test\nChat test\nE-mail test\nE-mail writing\nListening test\nReply to a customer",
        ),
        PageOfSite(
            6,
            "call-list",
            "Mock calls",
            "Calls to play with a friend, with a card for each of you and a score sheet.",
            "Mock call practice\nRole-play\nRole play\nCall script\nSample call",
        ),
        PageOfSite(
            7,
            "practice-list",
            "Ready to apply",
            "A list for each first role: skills, papers, a CV and tests to have before you apply. Tick what you have.",
            "Am I ready\nReady for a job\nReady list\nReadiness\nChecklist before applying\nJob application checklist",
            part="ready",
        ),
        PageOfSite(
            8,
            "cv-read",
            "Your CV",
            "Make a CV of one page from your profile: as a PDF, on paper, or as JSON Resume. No account needed.",
            "CV maker\nMake a CV\nWrite a CV\nResume builder\nResume maker\nResume format\nBiodata\nFresher resume",
        ),
    )
}
