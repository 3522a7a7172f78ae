"""Serves the built console: files by name, and the one page for every address of a screen.

Assets carry a hash in their name and may be kept for ever; the page itself is asked for each time. Nothing
here needs a sign-in: the bundle holds no data. Addresses below ``/api`` never fall through to the page, so
that a mistyped call gets a 404 and not a web page.
"""

from __future__ import annotations

from mimetypes import guess_type
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

DIST: Final = Path(__file__).parent / "dist"
PAGE: Final = "index.html"

NOT_BUILT: Final = (
    "The console is not built. Run: make setup\n控制台尚未构建，请运行：make setup\n"
    "The API works all the same: /api/openapi.json (signed in).\n"
)

SECURITY_HEADERS: Final = {
    # Nothing from elsewhere: scripts, styles, fonts, pictures and calls are our own. Inline styles are Ant
    # Design's; workers and pictures from memory are the map's and the camera's.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; worker-src 'self' blob:; "
        "img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
        "object-src 'none'"
    ),
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Bundle(StaticFiles):
    """The files of ``dist``, and its page for every other address a person may open."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer one address."""
        if path == "api" or path.startswith("api/"):
            raise HTTPException(404, f"no route /{path}")
        try:
            answer = await self._asset(path, scope)
        except HTTPException as error:
            # A missing asset stays missing; a missing "page" is an address inside the console.
            if error.status_code != 404 or path.startswith("assets/"):
                raise
            answer = await super().get_response(PAGE, scope)
        kept = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
        answer.headers["Cache-Control"] = kept
        answer.headers.update(SECURITY_HEADERS)
        return answer

    async def _asset(self, path: str, scope: Scope) -> Response:
        """A file, in the compressed form that the build made of it where the browser takes that."""
        accepted = Headers(scope=scope).get("accept-encoding", "")
        if not path.startswith("assets/") or "gzip" not in accepted:
            return await super().get_response(path, scope)
        full, found = self.lookup_path(f"{path}.gz")
        if found is None:
            return await super().get_response(path, scope)
        answer = self.file_response(full, found, scope)
        if "content-type" in answer.headers:  # a 304 carries none
            answer.headers["Content-Type"] = guess_type(path)[0] or "application/octet-stream"
            answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Vary"] = "Accept-Encoding"
        return answer


def mount(app: FastAPI, dist: Path = DIST) -> None:
    """Serve the console at the root; says plainly when it has not been built."""
    if (dist / PAGE).is_file():
        app.mount("/", Bundle(directory=dist, html=True), name="console")
        return

    @app.get("/{path:path}", include_in_schema=False)
    def not_built(path: str) -> Response:
        if path == "api" or path.startswith("api/"):
            raise HTTPException(404, f"no route /{path}")
        return PlainTextResponse(NOT_BUILT, 503)
