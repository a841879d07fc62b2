"""A real browser without a window, driven over a pipe with the standard library alone.

Only what the tests of pages need of the DevTools protocol: open a file, set the screen and the medium, ask for
a value, print. Everything that the browser complains of or asks the network for is kept.
"""

import base64
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_LAUNCH = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"
)
"""The browser reads commands from descriptor 3 and answers on 4."""

_SWITCHES = (
    "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
    "--no-first-run", "--disable-extensions", "--disable-background-networking", "--hide-scrollbars",
)  # fmt: skip


def found() -> str | None:
    """Where a browser is on this machine."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Tab:
    """One open page."""

    def __init__(self, orders: BinaryIO, answers: BinaryIO) -> None:
        self._orders, self._answers = orders, answers
        self._numbers = itertools.count(1)
        self._session: str | None = None
        self.complaints: list[str] = []
        """Console messages, errors, and what the content policy refused."""
        self.requests: list[str] = []
        """Every address that was asked for."""
        self._loaded = False
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Give an order and wait for its answer."""
        number = next(self._numbers)
        order = {"id": number, "method": method, "params": params}
        if self._session:
            order["sessionId"] = self._session
        self._orders.write(json.dumps(order).encode() + b"\0")
        self._orders.flush()
        while (said := self._hear()).get("id") != number:
            self._note(said)
        if "error" in said:
            raise AssertionError(said["error"])
        answer: dict[str, Any] = said["result"]
        return answer

    def _hear(self) -> dict[str, Any]:
        message = bytearray()
        while (byte := self._answers.read(1)) != b"\0":
            assert byte, "the browser has gone"
            message += byte
        heard: dict[str, Any] = json.loads(message)
        return heard

    def _note(self, said: dict[str, Any]) -> None:
        method, params = said.get("method"), said.get("params", {})
        if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
            self.complaints.append(json.dumps(params, ensure_ascii=False))
        elif method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Page.loadEventFired":
            self._loaded = True

    def open(self, page: Path) -> None:
        """Load a file, and wait until it has loaded."""
        self._loaded = False
        self.ask("Page.navigate", url=page.as_uri())
        while not self._loaded:
            self._note(self._hear())

    def screen(self, width: int, *, medium: str = "screen", scheme: str = "light") -> None:
        """Show the page on a screen this wide, or as it is printed, in light or dark."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", media=medium, features=features)

    def background(self) -> str:
        """The colour of the paper."""
        return str(self.value("getComputedStyle(document.body).backgroundColor"))

    def value(self, expression: str) -> Any:
        """What an expression of JavaScript is in the page."""
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"]["value"]

    def picture(self) -> bytes:
        """The whole page as PNG, for looking at."""
        return base64.b64decode(self.ask("Page.captureScreenshot", captureBeyondViewport=True)["data"])

    def printed(self) -> bytes:
        """The page as PDF, on the paper that its style asks for."""
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])


@contextmanager
def tab(browser: str, folder: Path) -> Iterator[Tab]:
    """A browser with one page, gone at the end of the block; its profile lies in the folder."""
    theirs, orders = os.pipe()
    answers, ours = os.pipe()
    command = [sys.executable, "-c", _LAUNCH, str(theirs), str(ours), browser, *_SWITCHES, f"--user-data-dir={folder}"]
    process = subprocess.Popen(command, pass_fds=(theirs, ours), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(theirs)
    os.close(ours)
    with os.fdopen(orders, "wb") as writing, os.fdopen(answers, "rb") as reading:
        opened = Tab(writing, reading)
        try:
            yield opened
        finally:
            opened._session = None
            opened.ask("Browser.close")
            process.wait()
