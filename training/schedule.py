"""The learning rate's course: linear warm-up, inverse square root, and (once started) a linear cool-down."""

from __future__ import annotations

from training.settings import Optimisation


def factor(step: int, o: Optimisation) -> float:
    """What a peak rate is multiplied by at ``step`` (from 0)."""
    value = min(1.0, (step + 1) / o.warmup_steps) if o.warmup_steps else 1.0
    if step > o.decay_steps:
        value *= (o.decay_steps / step) ** 0.5
    if o.cooldown_steps and step > o.cooldown_start:
        left = 1 - (step - o.cooldown_start) / o.cooldown_steps
        value *= max(left, o.final_rate)
    return value
