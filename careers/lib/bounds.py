"""What a process that works on a person's data may take at most, set by the system before it reads the first byte."""

import contextlib
import os
import resource

COMES_LAST = 10  # of 19: it has a tenth of a processor's turns beside a page


def bound(*, memory: int, seconds: int, may_write: bool = False) -> None:
    """Bytes of address space and seconds of work. It writes no file unless it may, and pages come first."""
    os.setpriority(os.PRIO_PROCESS, 0, max(os.getpriority(os.PRIO_PROCESS, 0), COMES_LAST))
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, resource.RLIM_INFINITY if may_write else 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a system that does not know one of them
            resource.setrlimit(what, (most, most))
