"""Steps, study entries, lines of the list for an exam and clocks that went from a plan and can come back for a day."""

KINDS = STEPS, ENTRIES, ITEMS, CLOCKS = "step", "entry", "item", "clock"
