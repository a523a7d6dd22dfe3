"""The policy for scripts goes with every answer, and no template of ours breaks it."""

import re

from mentoring.middleware import CONTENT_SECURITY_POLICY, ContentSecurityPolicyMiddleware


def test_every_answer_carries_it(client, db):
    for path in ("/livez", "/nowhere", "/accounts/login/"):
        assert client.get(path)["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_a_view_may_send_its_own(rf):
    from django.http import HttpResponse

    middleware = ContentSecurityPolicyMiddleware(lambda _: HttpResponse(headers={"Content-Security-Policy": "sandbox"}))
    assert middleware(rf.get("/"))["Content-Security-Policy"] == "sandbox"


def test_no_template_runs_a_script_of_its_own(root):
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\son\w+=\"|hx-on|javascript:", re.IGNORECASE
    )
    assert inline.search('<button onclick="go()">')
    found = {str(path.relative_to(root)) for path in (root / "templates").rglob("*.html") if inline.search(path.read_text())}
    assert found == set()
