from ..models import ResourceRead


def mark_read(*, membership, slug) -> ResourceRead:
    """Note that somebody has read a resource to its end; once is enough."""
    mark, _made = ResourceRead.objects.get_or_create(membership=membership, resource=slug)
    return mark
