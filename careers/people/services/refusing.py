"""What a person asked cannot be, and is told why."""


class Refused(Exception):
    """What was asked cannot be, as things stand now. The text says why, to the person."""


def refuse_over(rows, most, sentence, *, more=1):
    if more and rows.count() + more > most:
        raise Refused(sentence.format(most=most))
