"""From verdicts to plans: what a person reaches, when, and what to obtain first; and the order's own shortest ways."""
