"""A QR code as one SVG path: what it says is an address that people may as well type."""

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # empty modules on each side, as the standard asks (ISO/IEC 18004)


def qr_path(text: str) -> tuple[str, int]:
    """(the ``d`` of an SVG path of unit squares, the width of the square drawing) of a QR code for a text."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return "".join(squares), len(rows)
