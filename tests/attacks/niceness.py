"""Says how much a process gives way to all others, before anything is bound: `python -m tests.attacks.niceness`."""

import os

print(os.getpriority(os.PRIO_PROCESS, 0))
