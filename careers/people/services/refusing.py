"""What a person asked cannot be, and is told why."""


class Refused(Exception):
    """Raised if something cannot be done as things stand. The text says why, to the person."""


def refuse_over(rows, most, sentence, *, more=1):
    if more and rows.count() + more > most:
        raise Refused(sentence.format(most=most))
