"""Tries the addresses that the guide leads to, and keeps what became of each."""

import logging
import queue
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

from django.utils import timezone

from careers.desk.models.links import LONGEST, LinkResult
from careers.desk.rules.links import FAILS, next_record, target_of
from careers.desk.selectors.links import is_too_long, used_addresses
from careers.runtime.lock_timeout import long_lock_timeout

log = logging.getLogger(__name__)
MOST_AT_ONCE = 4  # hosts
AT_ONCE = 500  # rows deleted by one statement


@dataclass
class LinkReport:
    verdicts: Counter = field(default_factory=Counter)
    removed: int = 0
    too_long: int = 0
    waiting: int = 0  # their host wants to be left alone
    faults: int = 0  # of ours
    is_offline: bool = False  # nobody answered, so nothing was noted

    @property
    def tried(self):
        return sum(self.verdicts.values())


def check_links(*, asker, again=False, clock=timezone.now):
    """Each address once a day, unless `again`. What was noted when a run ends early is not tried again by the next.

    Threads ask, and this one writes: an address a statement, so that nobody waits for the database.
    """
    report, used = LinkReport(), used_addresses()
    short = {address for address in used if not is_too_long(address)}
    report.too_long = len(used) - len(short)
    report.removed = forget_unused(short)
    known = {one.url: one for one in LinkResult.objects.all()}
    by_host, report.waiting = to_try(short, known, again, clock())
    pending, today = [], timezone.localdate(clock())
    somebody_answered = any(is_of(one, today) and one.verdict not in FAILS for one in known.values())
    for url, answer in answers(by_host, asker, report):
        somebody_answered = somebody_answered or answer.has_answered
        pending.append((url, answer))
        if somebody_answered:
            note(pending, known, report, clock())
    report.is_offline = bool(pending)
    return report


def is_of(result, day):
    return timezone.localdate(result.tried_at) == day


def forget_unused(used):
    unused = [pk for pk, url in LinkResult.objects.values_list("pk", "url") if url not in used]
    for start in range(0, len(unused), AT_ONCE):
        LinkResult.objects.filter(pk__in=unused[start : start + AT_ONCE]).delete()
    return len(unused)


def to_try(used, known, again, now):
    """({host: addresses}, how many wait since their host asked for it)."""
    resting = {host_of(one.url) for one in known.values() if one.not_before and one.not_before > now}
    by_host, waiting, today = {}, 0, timezone.localdate(now)
    for url in sorted(used):
        if not again and url in known and is_of(known[url], today):
            continue
        if host_of(url) in resting:
            waiting += 1
            continue
        by_host.setdefault(host_of(url), []).append(url)
    return by_host, waiting


def host_of(url):
    target = target_of(url)
    return target.host if target else ""


@dataclass(frozen=True)
class Ended:
    """Nobody asks this host any more; `left` of its addresses wait for another run."""

    left: int = 0
    is_fault: bool = False


def answers(by_host, asker, report):
    """(address, Answer) as they come in, of several hosts at once and of each one after another."""
    found, stop = queue.SimpleQueue(), Event()

    def ask_host(host, urls):
        ended = Ended()
        try:
            for number, url in enumerate(urls):
                if stop.is_set() or asker.rests(host):
                    ended = Ended(left=len(urls) - number)
                    break
                found.put((url, asker.ask(url)))
        except Exception:  # ours; the other hosts are still to be asked
            log.exception("The links to %s could not be tried.", host)
            ended = Ended(is_fault=True)
        finally:
            found.put(ended)

    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        try:
            for host, urls in by_host.items():
                pool.submit(ask_host, host, urls)
            left = len(by_host)
            while left:
                answer = found.get()
                if isinstance(answer, Ended):
                    left -= 1
                    report.waiting += answer.left
                    report.faults += answer.is_fault
                else:
                    yield answer
        finally:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)


def note(pending, known, report, now):
    """Write down what is pending, and empty it."""
    for url, answer in pending:
        result = known.get(url) or LinkResult(url=url)
        before = result.record if result.pk else None
        result.record = next_record(before, answer.verdict, timezone.localdate(now))
        result.redirected_to = answer.redirected_to[: LONGEST + 1]
        if is_too_long(result.redirected_to):
            result.redirected_to = ""
        result.tried_at = now
        result.not_before = now + timedelta(seconds=answer.rest) if answer.rest else None
        with long_lock_timeout():
            result.save()
        report.verdicts[answer.verdict] += 1
    pending.clear()
