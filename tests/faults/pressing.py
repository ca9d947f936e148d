"""24 people who press again half a second after each answer: `python -m tests.faults.pressing URL`.

It ends with its input, and says how often each status came. In a process of its own, as who measures meanwhile must
not share an interpreter with it.
"""

import sys
import threading
from collections import Counter

from tests.attacks.flooding import Browser

PEOPLE, PAUSE = 24, 0.5


def press(url, number, over, statuses):
    with Browser(url, f"127.0.2.{number + 1}") as browser:
        while not over.wait(PAUSE):
            status, _ = browser.send("/me/profile/about/", display_name="Asha & Ravi")
            statuses.append(status)


def main(url):
    over, statuses = threading.Event(), []
    people = [threading.Thread(target=press, args=(url, number, over, statuses)) for number in range(PEOPLE)]
    for one in people:
        one.start()
    sys.stdin.read()
    over.set()
    for one in people:
        one.join()
    print(dict(Counter(statuses)))


if __name__ == "__main__":
    main(sys.argv[1])
