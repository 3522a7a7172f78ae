"""Data sets as declared, versioned inputs: where they come from, what they hold, what to beware of."""
