"""The screens: TypeScript in ``src``, built into ``dist``; ``bundle`` serves what was built."""
