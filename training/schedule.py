"""The learning rate's course: linear warm-up, a plateau, inverse square root, and now and then a cool-down.

A cool-down takes the rate linearly down to a small one, for weights worth shipping; after it the rate climbs back
to where it would have been, and training goes on.
"""

from __future__ import annotations

from training.settings import Optimisation


def factor(step: int, o: Optimisation) -> float:
    """What a peak rate is multiplied by at ``step`` (from 0)."""
    value = min(1.0, (step + 1) / o.warmup_steps) if o.warmup_steps else 1.0
    if step > o.decay_steps:
        value *= (o.decay_steps / step) ** 0.5
    if o.cooldown_steps and step > o.cooldown_start:
        end = o.cooldown_start + o.cooldown_steps
        if step <= end:
            value *= max((end - step) / o.cooldown_steps, o.final_rate)
        else:
            value *= min(1.0, max((step - end) / o.warmup_steps, o.final_rate))
    return value
