"""Drives VS Code's page in a headless Chromium: by keys and mouse, or by letting tests run in its extension host."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.editors.code_server import CodeServer
from tests.editors.waiting import wait_until

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
]
# A first start of VS Code on a loaded machine takes long; each later wait is for one thing.
START_MILLISECONDS = 90_000
WAIT_MILLISECONDS = 30_000
HOST_TESTS_MILLISECONDS = 240_000


@contextmanager
def open_browser(chromium: Path) -> Iterator[Browser]:
    """Start Chromium, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


class Workbench:
    """One page of VS Code, as a person uses it."""

    def __init__(self, browser: Browser, server: CodeServer, folder: Path, pictures: Path, height: int = 1000) -> None:
        """Show a folder. Screenshots go to the folder `pictures`, which need not exist."""
        self._server, self._folder, self._pictures = server, folder, pictures
        self.page: Page = browser.new_page(viewport={"width": 1440, "height": height})
        self.page.set_default_timeout(WAIT_MILLISECONDS)

    def open(self, script: Path) -> None:
        payload = {"openFile": self._server.remote(script)}
        self.page.goto(self._server.address(self._folder, payload))
        self.page.wait_for_selector(".monaco-editor .view-line", timeout=START_MILLISECONDS)

    def run_tests_in_extension_host(self, suite: Path, report: Path) -> list[dict[str, Any]]:
        """Let VS Code load the module `suite` and call its `run`; return what it wrote to `report`."""
        page, ended = self.page, "window.testsHaveEnded === true"
        page.expose_function("codeAutomationLog", lambda *_: None)
        # VS Code's page calls this when `run` has ended, whether well or not.
        page.add_init_script("window.codeAutomationExit = () => { window.testsHaveEnded = true; }")
        names = {"extensionDevelopmentPath": suite.parent, "extensionTestsPath": suite}
        payload = {key: self._server.remote(path) for key, path in names.items()}
        page.goto(self._server.address(self._folder, payload))
        page.wait_for_function(ended, timeout=HOST_TESTS_MILLISECONDS)
        results: list[dict[str, Any]] = json.loads(report.read_text())
        return results

    def picture(self, name: str) -> Path:
        path = self._pictures / f"{name}.png"
        self.page.screenshot(path=str(path))
        return path

    def evidence(self, name: str = "failure") -> list[tuple[str, str]]:
        """Where the screenshot is, what the page says, and the server's logs, as sections of a report."""
        seen = ("VS Code's screen", f"{self.picture(name)}\n{self.page.inner_text('body')[:3000]}")
        return [seen, *self._server.evidence()]

    def close(self) -> None:
        self.page.close()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def open_quickly(self, name: str) -> None:
        """Open a file by a part of its name, as with Ctrl+P."""
        self.press("Control+P")
        self.page.wait_for_selector(".quick-input-widget input")
        self.type(name)
        self.page.locator(".quick-input-list .monaco-list-row", has_text=name).first.click()
        self.wait_for_tab(name)

    def wait_for_tab(self, name: str) -> None:
        self.page.wait_for_selector(f'.tab.active[data-resource-name="{name}"]')

    def wait_for_squiggle(self) -> None:
        self.page.wait_for_selector(".squiggly-error")

    def problems(self) -> list[str]:
        """The rows of the Problems panel, which this opens."""
        self.press("Control+Shift+M")
        self.page.wait_for_selector(".markers-panel .monaco-list-row")
        return [_plain(row.inner_text()) for row in self.page.locator(".markers-panel .monaco-list-row").all()]

    def click_at_end_of_line(self, text: str) -> None:
        self.line(text).click()
        self.press("End")

    def line(self, text: str) -> Locator:
        # Monaco draws spaces as no-break spaces.
        pattern = re.compile(re.escape(text).replace(r"\ ", r"[\s\u00a0]"))
        return self.page.locator(".monaco-editor .view-line", has_text=pattern).first

    def suggestions(self) -> list[str]:
        """The labels of the suggestion list that is open, or opens."""
        self.page.wait_for_selector(".suggest-widget.visible .monaco-list-row .label-name")
        return self.page.locator(".suggest-widget.visible .monaco-list-row .label-name").all_inner_texts()

    def wait_for_suggestion(self, label: str) -> None:
        rows = self.page.locator(".suggest-widget.visible .monaco-list-row .label-name")
        rows.filter(has_text=re.compile(f"^{re.escape(label)}$")).wait_for()

    def undo_all(self) -> None:
        """Take back what was typed, until the tab says that nothing is to be saved."""
        while self.page.locator(".tab.active.dirty").count():
            self.press("Control+Z")

    def click_lens(self, title: str) -> None:
        self.page.locator(".codelens-decoration a", has_text=title).first.click()

    def pick(self, text: str) -> None:
        """Choose the row with this text from the list that VS Code asks with, and finds by typing."""
        self.page.wait_for_selector(".quick-input-list .monaco-list-row")
        self.type(text)
        self.page.locator(".quick-input-list .monaco-list-row", has_text=text).first.click()

    def wait_for_message(self, text: str) -> str:
        """Wait for a message with this text in it, and return it with its buttons."""
        # VS Code's test driver keeps messages behind the bell in the status bar.
        self.page.locator(".statusbar-item .codicon-bell-dot").click()
        message = self.page.locator(".notifications-center .notification-list-item", has_text=text).first
        message.wait_for()
        return _plain(message.inner_text())

    def click_button_of_message(self, title: str) -> None:
        """Press a button of a message that `wait_for_message` has opened."""
        self.page.locator(".notifications-center .monaco-button", has_text=title).first.click()

    def wait_for_text_beside(self, text: str) -> None:
        """Wait until the second group of editors shows exactly this text."""
        wait_until("the text beside", lambda: self.text_of_group(1).rstrip() == text.rstrip())

    def text_of_group(self, number: int) -> str:
        """What a group of editors shows, counted from the left; nothing if it is not there."""
        return str(self.page.evaluate(TEXT_OF_GROUP, number))


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


# Lines lie in the page in any order, each at its own height.
TEXT_OF_GROUP = """number => {
  const group = document.querySelectorAll('.editor-group-container')[number];
  return [...(group?.querySelectorAll('.view-line') ?? [])]
    .sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top))
    .map(line => line.textContent.replaceAll('\\u00a0', ' '))
    .join('\\n');
}"""
