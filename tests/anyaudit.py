"""A score with its outcome, to draw: every tenth score better, groups treated apart."""

from custseg.scoring import Factor, Odds, Ramp, Scorecard, audit

CARD = Scorecard(
    (Factor("x", worth=80, curve=Ramp(0, 99)), Factor("y", worth=20, curve=Ramp(0, 9))),
    odds=Odds(at=50, double=15),
)
ROWS = [
    {
        "x": n % 100,
        "y": n // 100,
        "won": (n * 37) % 100 < n % 100,
        "sex": "m" if n % 100 < 70 or n % 3 else "f",
        "day": f"2026-0{1 + n // 100 % 9}-10",
    }
    for n in range(1000)
]
FOUND = audit(CARD, ROWS, "won", protected=["sex"], at="day")
PLAIN = audit("x", ROWS, "won")
