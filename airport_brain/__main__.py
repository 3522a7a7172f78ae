"""``python -m airport_brain`` is the command ``airport-brain``."""

from airport_brain.cli import main

if __name__ == "__main__":
    main()
