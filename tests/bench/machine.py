"""On what was measured, in words: nothing of it names this machine."""

import os
import platform
import sqlite3


def in_words() -> str:
    """“2 processors (x86_64), 24 GB of memory, Linux, Python 3.11.7, SQLite 3.46.1”."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return ", ".join(
        [
            f"{os.cpu_count()} processors ({platform.machine()})",
            f"{memory:.0f} GB of memory",
            platform.system(),
            f"Python {platform.python_version()}",
            f"SQLite {sqlite3.sqlite_version}",
        ]
    )
