"""Addresses given as one word in the environment, taken apart: DATABASE_URL and EMAIL_URL."""

from urllib.parse import parse_qsl, unquote, urlsplit

# A pool closes its own connections, so Django must not keep them as well.
KEEP_SECONDS = 600
MAIL = {
    # scheme: (port, STARTTLS, TLS from the first byte)
    "smtp": (25, False, False),
    "smtp+tls": (587, True, False),
    "smtps": (465, False, True),
}


def database_from_url(url: str) -> dict:
    """``postgresql://user:password@host:port/name?sslmode=verify-full&pool=8`` → an entry of DATABASES.

    ``pool`` is the largest number of connections a process opens; what else follows the question mark goes to libpq as
    it is (sslmode, sslrootcert, host for a unix socket …). Raises ValueError, without showing the address.
    """
    parts = _split(url, {"postgresql", "postgres"}, "DATABASE_URL")
    name = unquote(parts.path.lstrip("/"))
    if not name or not parts.username:
        raise ValueError("DATABASE_URL needs a user and the name of the database: postgresql://user:password@host/name")
    options = {"connect_timeout": 10, **dict(parse_qsl(parts.query))}
    pool = options.pop("pool", None)
    settings = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 0 if pool else KEEP_SECONDS,
        "OPTIONS": options,
    }
    if pool:
        options["pool"] = {"min_size": 1, "max_size": _positive(pool, "DATABASE_URL: pool")}
    return settings


def email_from_url(url: str) -> dict:
    """``smtp+tls://user:password@host:587`` → Django's EMAIL_… settings; ``smtps://`` and plain ``smtp://`` as well."""
    parts = _split(url, set(MAIL), "EMAIL_URL")
    if not parts.hostname:
        raise ValueError("EMAIL_URL needs a host: smtp+tls://user:password@host")
    port, starttls, tls = MAIL[parts.scheme]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": starttls,
        "EMAIL_USE_SSL": tls,
    }


def _split(url, schemes, name):
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises when it is no number
    except ValueError:
        raise ValueError(f"{name} cannot be read as an address.") from None
    if parts.scheme not in schemes:
        raise ValueError(f"{name} must begin with {' or '.join(f'{scheme}://' for scheme in sorted(schemes))}.")
    return parts


def _positive(text, name):
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"{name} must be a whole number above 0.")
    return int(text)
