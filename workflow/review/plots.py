"""A column plot as plain numbers, for a template to draw as SVG: axis, grid, values; mirrored right to left."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT, TOP, COLUMN, GUTTER, MARGIN = 160, 24, 64, 44, 30


@dataclass(frozen=True)
class Column:
    """One column: its box, the middle of its foot and the texts at both ends."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    value: float


@dataclass(frozen=True)
class Tick:
    """One line of the grid, with its value."""

    y: float
    value: float


@dataclass(frozen=True)
class Plot:
    """The whole drawing, in pixels; `start` and `end` are where the axis begins and ends, `ticks_x` where its
    values stand."""

    width: int
    height: int
    start: float
    end: float
    ticks_x: float
    foot: float
    columns: list[Column]
    ticks: list[Tick]


def column_plot(values: Sequence[tuple[str, float]], *, right_to_left: bool = False) -> Plot:
    """Draws values (label, value from 0 up) as columns, the first at the start of the reading direction."""
    step = _step(max((value for _label, value in values), default=0))
    top = max(step, math.ceil(max((value for _label, value in values), default=0) / step) * step)
    width = GUTTER + COLUMN * max(1, len(values))

    def place(x: float) -> float:
        return width - x if right_to_left else x

    def level(value: float) -> float:
        return TOP + HEIGHT * (1 - value / top)

    columns = []
    for position, (label, value) in enumerate(values):
        middle = place(GUTTER + COLUMN * (position + 0.5))
        y = level(value)
        columns.append(Column(middle - 16, y, 32, TOP + HEIGHT - y, middle, label, value))
    ticks = [Tick(level(number * step), number * step) for number in range(round(top / step) + 1)]
    return Plot(
        width=width,
        height=TOP + HEIGHT + MARGIN,
        start=place(GUTTER),
        end=place(width),
        ticks_x=place(GUTTER - 8),
        foot=TOP + HEIGHT,
        columns=columns,
        ticks=ticks,
    )


def _step(most: float) -> float:
    """A round distance between ticks, so that there are two to five of them up to `most`."""
    if most <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most))
    return next(power * part for part in (0.2, 0.5, 1.0, 2.0, 5.0) if most / (power * part) <= 5)
