"""``python -m tests.fuzz FORMAT|all``: watch the formats' branches, then fuzz them."""

from __future__ import annotations

import importlib
import sys

from tests.fuzz.guidance import watch

if __name__ == "__main__":
    # The formats may be imported only once they are watched, so the command comes in after that.
    watch()
    sys.exit(importlib.import_module("tests.fuzz.command").main())
