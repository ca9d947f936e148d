"""One script as a guest that asks for all that is dear, over and over: `python -m tests.attacks.flooding`.

It says of what it is to flood in a line of JSON, then begins with each line "go" and says with each line "stop" how it
was answered. In a process of its own, as those who read meanwhile must not share an interpreter with it. It knows no
Django, and waits for its answers, in few threads.
"""

import base64
import json
import os
import random
import socket
import sys
import threading
import time
from collections import Counter
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from subprocess import PIPE, Popen
from urllib.parse import urlencode, urlsplit

TOKEN = "a" * 32
FORM = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}


class Browser:
    """A person's: it keeps its connection and its cookies."""

    def __init__(self, url, source="127.0.0.1"):
        self.host, self.source = urlsplit(url).netloc, source
        self.cookies = {"csrftoken": TOKEN, "time_zone": "UTC"}
        self.line = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.line:
            self.line.close()

    def ask(self, path, body=None, **headers):
        """(status, seconds)."""
        begun = time.monotonic()
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.line is None:
            self.line = HTTPConnection(self.host, timeout=60, source_address=(self.source, 0))
        try:
            self.line.request("GET" if body is None else "POST", path, body, headers)
            answer = self.line.getresponse()
            answer.read()
        except (OSError, HTTPException):
            self.line.close()
            self.line = None
            raise
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, time.monotonic() - begun

    def send(self, path, **fields):
        body = urlencode({"csrfmiddlewaretoken": self.cookies["csrftoken"], **fields})
        return self.ask(path, body, **FORM)

    def upload(self, path, content):
        token = self.cookies["csrftoken"]
        parts = [f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'.encode()]
        parts += [
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n',
            content,
            b"\r\n--x--",
        ]
        headers = {**FORM, "Content-Type": "multipart/form-data; boundary=x"}
        return self.ask(path, b"".join(parts), **headers)


class Flood:
    """Threads that each do one kind of harm until the end, counted."""

    def __init__(self, *, url, session, plan, file):
        self.url, self.session, self.plan, self.file = url, session, plan, base64.b64decode(file)
        self.harms = [self.pdfs, self.uploads, self.sessions, self.searches, self.sign_ins, self.silence]

    def begin(self):
        self.over, self.answers = threading.Event(), {harm.__name__: Counter() for harm in self.harms}
        self.threads = [threading.Thread(target=self.repeat, args=(harm,)) for harm in self.harms]
        for thread in self.threads:
            thread.start()

    def end(self):
        """{harm: {status: how often}}."""
        self.over.set()
        for thread in self.threads:
            thread.join()
        return self.answers

    def repeat(self, harm):
        counts = self.answers[harm.__name__]
        with self.guest() as browser:
            while not self.over.is_set():
                try:
                    status, _ = harm(browser)
                except (OSError, HTTPException) as error:
                    status = type(error).__name__
                counts[status] += 1

    def guest(self):
        browser = Browser(self.url)
        browser.cookies["sessionid"] = self.session
        return browser

    def pdfs(self, browser):
        self.change(browser)
        return browser.ask("/me/plan.pdf")

    def change(self, browser):
        """So that none that was made is the same."""
        browser.send("/me/profile/about/", display_name=f"Flood {random.random()}")

    def uploads(self, browser):
        return browser.upload(f"/me/plans/{self.plan}/files/", self.file + str(random.random()).encode())

    def sessions(self, _):
        """A new guest each: the first save makes a row of theirs and of their session."""
        with Browser(self.url) as browser:
            return browser.send("/me/profile/about/", display_name="Somebody")

    def searches(self, browser):
        return browser.ask(f"/search/?q={random.randrange(10**6)}+excel+lead&x={random.random()}")

    def sign_ins(self, browser):
        fields = {"login": f"a{random.random()}@example.org", "password": "wrong horse battery"}
        return browser.send("/account/login/", **fields)

    def silence(self, _):
        """A body of which two bytes come."""
        host, _, port = urlsplit(self.url).netloc.partition(":")
        head = f"POST /me/profile/about/ HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 100\r\n\r\nab"
        with closing(socket.create_connection((host, int(port)), timeout=60)) as line, suppress(OSError):
            line.sendall(head.encode())
            self.over.wait(2)
        return "silent", 2


class Script:
    """The process, as the test that started it sees it."""

    def __init__(self, process):
        self.process, self.answers = process, {}

    def begin(self):
        self.say("go")

    def end(self):
        self.say("stop")
        for harm, counts in json.loads(self.process.stdout.readline()).items():
            self.answers[harm] = Counter(self.answers.get(harm)) + Counter(counts)

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()


@contextmanager
def script(**of):
    of["file"] = base64.b64encode(of["file"]).decode()
    command = [sys.executable, "-m", "tests.attacks.flooding"]
    process = Popen(command, stdin=PIPE, stdout=PIPE, text=True, start_new_session=True)
    with process:  # its end closes what the script reads, and waits for it
        one = Script(process)
        one.say(json.dumps(of))
        yield one


def come_last():
    """In truth its processor is another machine's. Linux may weigh sessions instead of processes."""
    os.nice(19)
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text("19")


def main():
    come_last()
    flood = Flood(**json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        if line == "go\n":
            flood.begin()
        else:
            print(json.dumps(flood.end()), flush=True)


if __name__ == "__main__":
    main()
