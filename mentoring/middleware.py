"""Headers for every answer that settings alone cannot give."""

# Styles inline: progress bars and charts carry their measures. Scripts never: a name with markup in it must not run.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'none'"
)


class ContentSecurityPolicyMiddleware:
    """Sends the policy with each answer, unless a view has sent one of its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        return response
