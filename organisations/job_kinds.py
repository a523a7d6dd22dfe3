"""What a page calls each kind of work; filled by organisations.services.jobs.register."""

TITLES: dict[str, str] = {}
