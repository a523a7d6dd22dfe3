import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from training.markdown import render

TAGS = {"h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "blockquote"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One\ntwo", "<p>One two</p>"),
        ("One\n\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("One\r\n\r\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("## A & b", "<h2>A &amp; b</h2>"),
        ("### C", "<h3>C</h3>"),
        ("# Too high", "<p># Too high</p>"),
        ("- a\n- b\n  more", "<ul>\n<li>a</li>\n<li>b more</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("> a\n> b", "<blockquote>\n<p>a b</p>\n</blockquote>"),
        (">>>> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("** not bold **", "<p>** not bold **</p>"),
        ("Ørsted’s “Łódź”", "<p>Ørsted’s “Łódź”</p>"),
    ],
)
def test_what_each_mark_becomes(text, html):
    assert render(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("**<b onclick=x>**", "<p><strong>&lt;b onclick=x&gt;</strong></p>"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ('> " onload="x', "<blockquote>\n<p>&quot; onload=&quot;x</p>\n</blockquote>"),
        ("- <img src=x>", "<ul>\n<li>&lt;img src=x&gt;</li>\n</ul>"),
        ("## <h1>x</h1>", "<h2>&lt;h1&gt;x&lt;/h1&gt;</h2>"),
        ("&lt;b&gt;", "<p>&amp;lt;b&amp;gt;</p>"),
    ],
)
def test_raw_html_stays_text(text, html):
    assert render(text) == html


@given(st.text(alphabet=st.sampled_from("<>&\"'*#-1.> \n\tab/=!;"), max_size=80) | st.text(max_size=80))
def test_nothing_but_our_own_tags_without_attributes_comes_out(text):
    tags = BeautifulSoup(render(text), "html.parser").find_all(True)
    assert {tag.name for tag in tags} <= TAGS
    assert [tag.attrs for tag in tags if tag.attrs] == []
