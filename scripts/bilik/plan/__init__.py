"""From verdicts to plans: what a person reaches, when, and what to obtain first."""
