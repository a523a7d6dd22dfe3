"""A person at a browser. Every page they come to is looked at: axe, width, errors; and a picture of it is kept."""

import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

from .running import PASSWORD, ROOT

SCREENS = ROOT / "var" / "screens" / "journeys"
WIDE, PHONE = (1280, 900), (390, 844)
TALLEST = 3000  # pixels of a picture
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# A letter's frame is sandboxed without scripts, so axe cannot run inside it.
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "iframes": False}
OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const wide = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > room + 1);
  return wide.slice(-5).map((one) => one.outerHTML.slice(0, 160));
}"""
# What there is on a page, whatever its words: element, attributes and classes, and what it lies in.
PARTS = """() => [...document.querySelectorAll('body *')].map((one) => {
  const names = (part) => part.tagName + '.' + part.className + '[' + part.getAttributeNames().sort() + ']';
  return names(one.parentElement) + ' ' + names(one) + (one.textContent.trim() ? '' : ' empty');
})"""


class Walker:
    """One person's browser. ``who`` names their pictures; ``phone``: 390 px wide with a finger instead of a mouse."""

    seen: set = set()  # places a picture was taken of, by anybody
    examined: dict = {}  # (place, width) -> the kinds of parts that axe has seen there
    axe = Axe()

    def __init__(self, browser, demo, who, *, phone=False):
        self.demo, self.who = demo, who
        self.size = PHONE if phone else WIDE
        self.context = browser.new_context(
            base_url=demo.url,
            viewport={"width": self.size[0], "height": self.size[1]},
            has_touch=phone,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/London",
        )
        self.context.set_default_timeout(40_000)
        self.page = self.context.new_page()
        self.troubles, self.status, self.named = [], None, ""
        self._listen(self.page)

    def _listen(self, page):
        page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        page.on("console", self._note_console)
        page.on("response", self._note_response)
        page.on("dialog", lambda dialog: dialog.accept())

    def _note_console(self, message):
        # What could not be loaded is told better by its answer, below.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"console: {message.text}")

    def _note_response(self, response):
        is_page = response.request.is_navigation_request() and response.frame == self.page.main_frame
        if is_page and not 300 <= response.status < 400:
            self.status = response.status
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.troubles.append(f"{response.status} from {response.url}")

    # -- Walking. Each ends with a look around.

    def open(self, address, *, status=200):
        """Type an address, or open a link from a letter."""
        self.page.goto(address)
        self.look(status=status)
        return self

    def follow(self, name, *, within=None, exact=False):
        """Click the link with this name."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("link", name=name, exact=exact).locator("visible=true").first.click()
        return self.look()

    def press(self, name, *, within=None, exact=False, status=200, then=""):
        """Press the button with this name; it sends a form. ``then``: of short work, the heading when it is done."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("button", name=name, exact=exact).locator("visible=true").first.click()
        return self.wait_for_heading(then) if then else self.look(status=status)

    def fill(self, **answers):
        """Type into fields by the words of their labels, with _ for a space: fill(First_day="2026-11-02")."""
        for label, text in answers.items():
            self.page.get_by_label(label.replace("_", " ")).first.fill(text)
        return self

    def choose(self, name, value):
        """Tap a chip of the question with this form name, as a finger does: on its words."""
        self.page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()

    def sign_in(self, email, password=PASSWORD):
        """Through the page the first time; whoever comes again still has the cookie, as people have."""
        if email in self.demo.cookies:
            self.context.add_cookies(self.demo.cookies[email])
            return self
        self.open("/accounts/login/")
        self.fill(Email=email, Password=password)
        self.press("Sign in", exact=True)
        self.demo.cookies[email] = self.context.cookies()
        return self

    def download(self, name, *, within=None):
        """Click what downloads; (file name, bytes)."""
        with self.page.expect_download() as arriving:
            (within or self.page).get_by_role("link", name=name).locator("visible=true").first.click()
        return arriving.value.suggested_filename, arriving.value.path().read_bytes()

    def wait_for_heading(self, words, *, seconds=60, named=""):
        """Wait for long work: the page around it loads anew by itself."""
        self.page.get_by_role("heading", level=1, name=words).wait_for(timeout=seconds * 1000)
        self.page.wait_for_load_state()
        return self.look(named=named)

    # -- Looking.

    @property
    def heading(self):
        return self.page.locator("h1").inner_text()

    @property
    def words(self):
        """Everything readable in the main part, white space made one."""
        return " ".join(self.page.locator("main").inner_text().split())

    def sees(self, *words):
        """These words stand on the page, white space aside."""
        for one in words:
            assert one in self.words, f"{self.who} does not see “{one}”:\n{self.words}"
        return self

    def misses(self, *words):
        """These stand nowhere on it, not even out of sight."""
        everything = self.page.content()
        assert [one for one in words if one in everything] == []
        return self

    def look(self, *, status=200, named=""):
        """Fail unless the page came as it should, fits, is accessible and threw no error.

        ``named``: of an address that looks quite different now, to have another picture.
        """
        self.page.wait_for_load_state()
        self.named = named
        where = f"{self.who} at {self._place()}"
        assert self.status == status, (
            f"{where}: {self.status} instead of {status}\n{self.page.locator('body').inner_text()[:800]}"
        )
        self._inspect(where)
        other = PHONE if self.size == WIDE else WIDE
        if self._place() not in self.seen:
            self._picture(self.size)
            self._set(other)
            self._inspect(f"{where}, {other[0]} px")
            self._picture(other)
            self._set(self.size)
            self.seen.add(self._place())
        assert not self.troubles, f"{where}: {self.troubles}"
        return self

    def _inspect(self, where):
        assert self.page.evaluate(OVERFLOW) == [], f"{where} scrolls sideways"
        known = self.examined.setdefault((self._place(), self.page.viewport_size["width"]), set())
        parts = set(self.page.evaluate(PARTS))
        if parts <= known:  # more rows of what was examined: nothing new for axe
            return
        found = self.axe.run(self.page, options=OPTIONS).response["violations"]
        told = [
            f"{one['id']}: {node['html'][:200]} | {node['failureSummary'][:300]}"
            for one in found
            for node in one["nodes"][:3]
        ]
        assert not told, f"{where}: " + "\n".join(told)
        known |= parts

    def _place(self):
        """The address without what differs from row to row, and how it was answered."""
        path = re.sub(r"/r/[^/]+/", "/r/link/", urlsplit(self.page.url).path)
        path = re.sub(r"/\d[\w-]*", "/n", path)
        query = "-" + re.sub(r"\W+", "-", urlsplit(self.page.url).query)[:20] if urlsplit(self.page.url).query else ""
        return f"{path.strip('/').replace('/', '.') or 'front'}{query}{'-' * bool(self.named)}{self.named}-{self.status}"

    def _picture(self, size):
        SCREENS.mkdir(parents=True, exist_ok=True)
        height = min(TALLEST, self.page.evaluate("document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": size[0], "height": max(height, size[1])}
        name = re.sub(r"[^\w.-]+", "-", self._place())
        self.page.screenshot(path=SCREENS / f"{name}-{self.who}-{size[0]}.png", full_page=True, clip=clip)

    def _set(self, size):
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def close(self):
        assert not self.troubles, f"{self.who}: {self.troubles}"
        self.context.close()
