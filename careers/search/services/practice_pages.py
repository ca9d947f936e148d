"""Pages for practice that a search finds beside those of the guide. They change with the portal alone."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class PracticePage:
    """A page by the name of its address. `pk` is its key in the index, which no other page of the list has."""

    pk: int
    url_name: str
    title: str
    summary: str
    search_words: str

    @property
    def position(self):
        return self.pk

    def get_absolute_url(self):
        return reverse(self.url_name)


PAGES = {
    page.pk: page
    for page in (
        PracticePage(
            1,
            "card-list",
            "Interview cards",
            "Interview questions as cards, with what each one tests. To read, print and practise a few a day.",
            "Interview practice\nFlashcards\nFlash cards\nPractise interview questions\nMock interview",
        ),
        PracticePage(
            2,
            "message-list",
            "Listening and writing",
            "Customer messages to answer in your own words, and calls to sum up, with a checklist.",
            "Writing test\nChat test\nE-mail test\nE-mail writing\nListening test\nReply to a customer",
        ),
        PracticePage(
            3,
            "call-list",
            "Mock calls",
            "Calls to play with a friend, with a card for each of you and a score sheet.",
            "Mock call practice\nRole-play\nRole play\nCall script\nSample call",
        ),
        PracticePage(
            4,
            "practice-list",
            "Practice",
            "Practise here what employers test before they hire.",
            "Practice tests\nPractise",
        ),
    )
}
