"""A real Chromium for tests of the screens, with a camera that shows a face.

The face is the portrait that scikit-image ships for demonstrations; the film is made of it in the test's own
folder and handed to Chromium as what its camera sees.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import skimage.data
from playwright.sync_api import Browser, Page, sync_playwright

from tests.components import missing

SOFTWARE_GL = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
"""No graphics card here: WebGL is computed."""

PATIENCE_MS = 90_000
"""How long a page may take to show what is expected: shared cores that draw by software are slow at times."""

FRAMES = 30
WIDTH, HEIGHT = 640, 480


def portrait() -> npt.NDArray[np.uint8]:
    """The face of the film, blue, green, red, 480 x 640."""
    face = np.ascontiguousarray(skimage.data.astronaut()[:384, :, ::-1])
    return np.asarray(cv2.resize(face, (WIDTH, HEIGHT)), dtype=np.uint8)


def write_film(path: Path) -> Path:
    """A second of YUV4MPEG2: the portrait with the noise of a sensor."""
    noise = np.random.default_rng(5)
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F30:1 Ip A1:1 C420jpeg\n".encode())
        for _ in range(FRAMES):
            frame = portrait() + noise.normal(0, 3, (HEIGHT, WIDTH, 3))
            planes = cv2.cvtColor(np.clip(frame, 0, 255).astype(np.uint8), cv2.COLOR_BGR2YUV_I420)
            film.write(b"FRAME\n" + planes.tobytes())
    return path


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """A browser whose camera shows the portrait."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("Chromium (Debian's package chromium)")
    film = write_film(folder / "face.y4m")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={film}",
                *SOFTWARE_GL,
            ],
        )
        yield browser
        browser.close()


class Watched:
    """A page and what went wrong on it: errors, and requests to anywhere but the platform."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on(
            "console",
            lambda said: self.faults.append(said.text) if said.type == "error" else None,
        )
        allowed = (url, "blob:", "data:", url.replace("http", "ws", 1))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith(allowed)
                else self.faults.append(f"request to {request.url}")
            ),
        )
