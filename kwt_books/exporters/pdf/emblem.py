"""The emblem and the seal's QR code, each drawn once a file and stamped where wanted."""

from __future__ import annotations

from typing import Any

from reportlab.graphics.barcode import qrencoder

from kwt_books.exporters.pdf.measures import EMBLEM, QR

EMBLEM_FORM, QR_FORM = "emblem", "seal"


def seal_text(seal: str) -> str:
    """What the QR code says: `KWT:7F3A-91C2-0D4E`."""
    return f"KWT:{seal}"


def qr_modules(text: str) -> list[list[bool]]:
    """The dark modules of the code, row by row from above, error correction M."""
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return [[bool(module) for module in row] for row in code.modules]


def define_seal(canvas: Any, seal: str) -> None:
    rows = qr_modules(seal_text(seal))
    step = QR / len(rows)
    canvas.beginForm(QR_FORM, 0, 0, QR, QR)
    path = canvas.beginPath()
    for n, row in enumerate(rows):
        y = QR - (n + 1) * step
        start = None
        for at, dark in enumerate([*row, False]):
            if dark and start is None:
                start = at
            elif not dark and start is not None:
                path.rect(start * step, y, (at - start) * step, step)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.endForm()


# A leaf from its foot to its tip with its greatest half width, on a field of 100 by 100.
_LEAVES = (
    ((50, 52), (50, 82), 7.0),
    ((49, 43), (30, 65), 5.8),
    ((51, 43), (70, 65), 5.8),
    ((49, 28), (22, 45), 6.2),
    ((51, 28), (78, 45), 6.2),
)


def define_emblem(canvas: Any) -> None:
    """A plant in a double ring: stands in for the group's own emblem."""
    canvas.beginForm(EMBLEM_FORM, 0, 0, EMBLEM, EMBLEM)
    canvas.scale(EMBLEM / 100, EMBLEM / 100)
    canvas.setLineWidth(3)
    canvas.circle(50, 50, 48)
    canvas.setLineWidth(1.1)
    canvas.circle(50, 50, 43)
    canvas.setLineWidth(2.4)
    canvas.line(50, 17, 50, 60)
    canvas.bezier(31, 20, 40, 15.5, 60, 15.5, 69, 20)
    for foot, tip, half in _LEAVES:
        _leaf(canvas, foot, tip, half)
    canvas.endForm()


def _leaf(canvas: Any, foot: tuple[float, float], tip: tuple[float, float], half: float) -> None:
    (x0, y0), (x1, y1) = foot, tip
    dx, dy = x1 - x0, y1 - y0
    long = (dx * dx + dy * dy) ** 0.5
    nx, ny = -dy / long * half * 1.35, dx / long * half * 1.35
    path = canvas.beginPath()
    path.moveTo(x0, y0)
    for side in (1, -1):
        a, b = (0.25, 0.75) if side == 1 else (0.75, 0.25)
        end = tip if side == 1 else foot
        path.curveTo(
            x0 + dx * a + nx * side, y0 + dy * a + ny * side,
            x0 + dx * b + nx * side, y0 + dy * b + ny * side, *end,
        )  # fmt: skip
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.saveState()
    canvas.setStrokeGray(1)
    canvas.setLineWidth(1)
    canvas.line(x0 + dx * 0.2, y0 + dy * 0.2, x0 + dx * 0.82, y0 + dy * 0.82)
    canvas.restoreState()


def stamp(canvas: Any, form: str, x: float, y: float, scale: float = 1) -> None:
    """Draw one of the forms with its lower left corner at x, y."""
    canvas.saveState()
    canvas.translate(x, y)
    if scale != 1:
        canvas.scale(scale, scale)
    canvas.doForm(form)
    canvas.restoreState()
