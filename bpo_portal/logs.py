"""What stands in the portal's own log: one line for what a visitor did wrong, and no address that opens anything."""

import logging
import re

LONGEST = 1000  # characters of a message: anybody can ask for an address of 60,000

# Whoever reads one of these addresses may do what its owner may. Also as a part of another address.
OPENS = re.compile(
    r"((?:/|%2F)(?:calendar|shared|reminders|preview|desk(?:/|%2F)invitation"
    r"|account(?:/|%2F)(?:confirm-email|password(?:/|%2F)reset(?:/|%2F)key))"
    r"(?:/|%2F))[^\s\"'<>]+",
    re.IGNORECASE,
)


class Line(logging.Formatter):
    """Without a traceback where the answer was the visitor's fault (4xx): anybody could fill the log by it."""

    def format(self, record):
        if getattr(record, "status_code", 500) < 500:
            record = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None})
        return OPENS.sub(r"\1…", super().format(record))

    def formatMessage(self, record):
        line = super().formatMessage(record)
        return line if len(line) <= LONGEST else f"{line[:LONGEST]}… ({len(line)} characters)"
