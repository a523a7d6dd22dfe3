"""Handing out a stored file: as a download that no cache keeps, and never as a page of ours."""

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from .storage import PrivateFileMissingError, open_private, safe_name
from .uploads import media_type_of


def private_download(organisation_id, path, name) -> FileResponse:
    """The stored file under a name people recognise; Http404 where it is no longer kept.

    Opened here and now: the answer is sent after the organisation's scope has ended. Permission is the caller's question.
    """
    try:
        file = open_private(organisation_id, path)
    except PrivateFileMissingError as error:
        raise Http404(_("This file is no longer kept. Ask for a new one.")) from error
    response = FileResponse(file, as_attachment=True, filename=safe_name(name), content_type=media_type_of(path))
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
