"""Writes scripts in VS Code by keys and mouse: its suggestions, its light bulb, its lenses, its Problems panel."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, TimeoutError

from tests.editors.garden import SessionLog
from tests.editors.waiting import wait_until
from tests.editors.workbench import Workbench

SUGGESTIONS = ".suggest-widget.visible .monaco-list-row"
PROBLEMS = ".markers-panel"
ANSWER_MILLISECONDS = 5_000


class VSCodeAuthor:
    """An `Author` with VS Code, as it is once the extension is installed."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._page = workbench.page
        self._has_begun = False
        self._written = ""

    def open(self, script: Path) -> None:
        if self._has_begun:
            self._workbench.open_quickly(script.name)
        else:
            self._workbench.open(script)
            self._workbench.press("Control+Shift+M")
            self._has_begun = True
        self._workbench.wait_for_tab(script.name)
        self._press("Control+1")

    def put_cursor_behind(self, text: str) -> None:
        _, right, height = self._place_of(text)
        self._page.mouse.click(right - 1, height)

    def put_cursor_on(self, text: str) -> None:
        left, _, height = self._place_of(text)
        self._page.mouse.click(left + 1, height)

    def write(self, text: str) -> None:
        first, *others = text.split("\n")
        self._type(first)
        for line in others:
            # Enter would take what is selected in a list that may just have opened.
            self._press("Control+Enter")
            self._type(line)

    def accept(self, label: str) -> None:
        row = wait_until(f"{label} among the suggestions", lambda: self._suggestion(label))
        wait_until(f"{label} to be selected", lambda: self._is_selected(row))
        self._press("Enter")
        wait_until("the end of the list", lambda: not self._page.locator(SUGGESTIONS).count())
        self._written = label

    def close(self, sign: str) -> None:
        # The status bar follows in its own time.
        wait_until(f"the cursor behind {self._written}", lambda: self._around_cursor()[0].endswith(self._written))
        if not self._around_cursor()[1].startswith(sign):
            self._type(sign)

    def next_place(self) -> None:
        self._move("Tab")

    def leave_line(self) -> None:
        self._press("End")

    def leave_block(self) -> None:
        self._move("ArrowDown")
        self._press("End")

    def problems(self) -> list[str]:
        return self._page.locator(f"{PROBLEMS} .monaco-list-row").all_inner_texts()

    def fix(self, title: str) -> None:
        actions = self._page.locator(".action-widget .monaco-list-row.action")

        def is_offered() -> bool:
            # The list is closed when something changes meanwhile, such as the lenses above.
            self._press("Control+.")
            return self._opens(actions) and bool(actions.filter(has_text=title).count())

        wait_until(title, is_offered)
        actions.filter(has_text=title).first.click()
        wait_until("the end of the list", lambda: not actions.count())

    def hover(self, text: str) -> str:
        left, right, height = self._place_of(text)
        self._page.mouse.move((left + right) / 2, height + 1)
        self._page.mouse.move((left + right) / 2, height)
        self._page.locator(".monaco-hover:visible").first.wait_for()
        return self._page.locator(".monaco-hover:visible").first.inner_text()

    def go_to_definition(self, file: str) -> None:
        self._press("F12")
        self._workbench.wait_for_tab(file)

    def line(self) -> str:
        return str(self._page.evaluate(CURRENT_LINE) or "")

    def go_back(self, script: Path) -> None:
        self._press("Control+Alt+Minus")
        self._workbench.wait_for_tab(script.name)

    def rename(self, name: str) -> None:
        self._press("F2")
        self._page.locator(".rename-box input:focus").wait_for()
        self._workbench.type(name)
        self._press("Enter")
        wait_until("the new name", lambda: name in self.text())

    def format(self) -> None:
        self._press("F1")
        self._page.wait_for_selector(".quick-input-widget input")
        self._workbench.type("Format Document")
        self._page.locator(".quick-input-list .monaco-list-row", has_text=re.compile("^Format Document")).first.click()
        # The formatter ends the last line, which nobody has typed.
        wait_until("the formatted text", lambda: self.text().endswith("\n"))

    def save(self) -> None:
        self._press("Control+S")

    def click_lens(self, title: str) -> None:
        self._workbench.click_lens(title)

    def pick_session(self, session: SessionLog) -> None:
        self._workbench.pick(session.title)

    def result(self) -> str:
        return self._workbench.text_of_group(1)

    def text(self) -> str:
        return self._workbench.text_of_group(0)

    def _press(self, key: str) -> None:
        self._workbench.press(key)

    def _move(self, key: str) -> None:
        """Press a key that moves the cursor, also if suggestions are open, which would take it."""
        before = self._cursor()

        def has_moved() -> bool:
            if self._page.locator(SUGGESTIONS).count():
                self._press("Escape")
            self._press(key)
            self._page.evaluate(NEXT_FRAME)
            return self._cursor() != before

        wait_until("the cursor somewhere else", has_moved)

    def _cursor(self) -> str:
        """Line, column and how much is selected, as the status bar tells them."""
        return self._page.locator('[id="status.editor.selection"]').inner_text()

    def _type(self, text: str) -> None:
        self._workbench.type(text)
        self._written = text

    def _around_cursor(self) -> tuple[str, str]:
        """What stands before and behind the cursor in its line."""
        found = re.search(r"Col (\d+)", self._cursor())
        column = int(found[1]) - 1 if found else 0
        return self.line()[:column], self.line()[column:]

    def _suggestion(self, label: str) -> Locator | None:
        rows = self._page.locator(SUGGESTIONS)
        if not self._opens(rows):
            self._press("Control+Space")
            return None
        exact = re.compile(f"^{re.escape(label)}$")
        found = rows.filter(has=self._page.locator(".label-name", has_text=exact))
        return found.first if found.count() else None

    def _opens(self, rows: Locator) -> bool:
        """Whether a list is open or opens soon; if not, it has to be asked for again."""
        try:
            rows.first.wait_for(timeout=ANSWER_MILLISECONDS)
        except TimeoutError:
            return False
        return True

    def _is_selected(self, row: Locator) -> bool:
        if "focused" in (row.get_attribute("class") or ""):
            return True
        self._press("ArrowDown")
        self._page.evaluate(NEXT_FRAME)
        return False

    def _place_of(self, text: str) -> tuple[float, float, float]:
        """Where the first place of a text is on the screen: its left, its right, and the middle of its height."""
        found = wait_until(text, lambda: self._page.evaluate(PLACE_OF_TEXT, text))
        return found["left"], found["right"], found["middle"]


NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

CURRENT_LINE = """() => {
  const group = document.querySelector('.editor-group-container');
  const number = group.querySelector('.line-numbers.active-line-number');
  const height = number?.getBoundingClientRect().top;
  const line = [...group.querySelectorAll('.view-line')].find(each => each.getBoundingClientRect().top === height);
  return line?.textContent.replaceAll('\\u00a0', ' ');
}"""

PLACE_OF_TEXT = """text => {
  const lines = [...document.querySelector('.editor-group-container').querySelectorAll('.view-line')]
    .sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top));
  for (const line of lines) {
    let start = line.textContent.replaceAll('\\u00a0', ' ').indexOf(text);
    if (start < 0) continue;
    const range = document.createRange();
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let end = start + text.length, from = 0, node; (node = walker.nextNode());) {
      const to = from + node.length;
      if (start >= from && start < to) range.setStart(node, start - from);
      if (end > from && end <= to) range.setEnd(node, end - from);
      from = to;
    }
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return { left, right, middle: (top + bottom) / 2 };
  }
  return null;
}"""
