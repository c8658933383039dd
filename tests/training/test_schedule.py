"""The learning rate's course."""

from __future__ import annotations

from training.schedule import factor
from training.settings import Optimisation


def test_warm_up_plateau_decay_cool_down_and_back() -> None:
    o = Optimisation(
        warmup_steps=10, decay_steps=100, cooldown_start=400, cooldown_steps=100, final_rate=0.05
    )
    assert factor(0, o) == 0.1
    assert factor(50, o) == 1
    assert factor(400, o) == 0.5
    assert factor(450, o) < factor(410, o) < factor(400, o)
    assert factor(500, o) < 0.03
    assert factor(505, o) > factor(501, o)
    assert factor(600, o) == (100 / 600) ** 0.5
