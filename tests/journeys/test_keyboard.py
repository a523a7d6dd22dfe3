"""A mentor without a mouse: from signing in to a check-in that is noted, by keys alone."""

import re

from playwright.sync_api import expect

from .running import PASSWORD

MOST_TABS = 120
LABEL = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return '';
  const labels = one.labels ? [...one.labels].map((label) => label.textContent).join(' ') : '';
  return (one.getAttribute('aria-label') || labels || one.textContent || one.value || '').replace(/\\s+/g, ' ').trim();
}"""
# A ring or another sign must show where one is: on the element, or on the chip around a hidden radio.
SHOWN = """() => {
  const signs = (one) => one && (parseFloat(getComputedStyle(one).outlineWidth) > 0 && getComputedStyle(one).outlineStyle !== 'none'
    || getComputedStyle(one).boxShadow !== 'none');
  const one = document.activeElement;
  return Boolean(signs(one) || signs(one.closest('label')) || signs(one.nextElementSibling));
}"""


class Keys:
    """Finds its way by Tab, as somebody does who cannot use a mouse."""

    def __init__(self, walker):
        self.walker, self.page = walker, walker.page

    def tab_to(self, words):
        """Press Tab until what has the focus says so; AssertionError with what was passed."""
        passed = []
        for _press in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            passed.append(self.page.evaluate(LABEL))
            if re.search(words, passed[-1]):
                assert self.page.evaluate(SHOWN), f"Nothing shows that “{passed[-1]}” has the focus"
                return self
        raise AssertionError(f"Tab never came to “{words}”: {passed}")

    def type(self, text):
        self.page.keyboard.type(text)
        return self

    def key(self, *names):
        for name in names:
            self.page.keyboard.press(name)
        return self

    def enter(self):
        """Press Enter, which leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.walker.look()
        return self


def test_a_check_in_is_noted_by_keys_alone(walk):
    walker = walk("keys").open("/accounts/login/")
    keys = Keys(walker)
    keys.tab_to("^Email").type("mentor@northfield.example")
    keys.tab_to("^Password").type(PASSWORD)
    keys.enter()
    keys.page.keyboard.press("Tab")
    assert keys.page.evaluate(LABEL) == "Skip to the page"
    keys.key("Enter").tab_to(r"Note|Log").enter()
    assert "/log/" in keys.page.url
    # Tab comes to the chosen chip of a question, arrows change it.
    keys.tab_to("^Yesterday").key("ArrowLeft")
    expect(keys.page.locator("[name=day][value=today]")).to_be_checked()
    keys.tab_to("^In person|^Video|^Phone|^Chat").key("ArrowRight")
    way = keys.page.locator("[name=way]:checked").get_attribute("value")
    keys.tab_to("^45 min").key("ArrowLeft")
    expect(keys.page.locator("[name=minutes][value='30']")).to_be_checked()
    keys.tab_to("Anything to remember").type("Noted without a mouse.")
    keys.tab_to("^Save check-in").enter()
    walker.sees("Noted without a mouse.")
    assert way == "video"
