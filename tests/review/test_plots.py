"""A column plot: round ticks, columns to scale, mirrored for readers from right to left."""

import pytest

from workflow.review.plots import HEIGHT, column_plot


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, [0, 1]),
        (0.4, [0, 0.1, 0.2, 0.3, 0.4]),
        (7, [0, 2, 4, 6, 8]),
        (12, [0, 5, 10, 15]),
        (38.2, [0, 10, 20, 30, 40]),
        (100, [0, 20, 40, 60, 80, 100]),
    ],
)
def test_ticks_are_round_and_reach_over_the_highest(most: float, ticks: list[float]) -> None:
    assert [tick.value for tick in column_plot([("a", most)]).ticks] == pytest.approx(ticks)


def test_columns_stand_on_the_foot_and_are_to_scale() -> None:
    plot = column_plot([("a", 40.0), ("b", 10.0), ("c", 0.0)])
    assert [column.height for column in plot.columns] == [HEIGHT, HEIGHT / 4, 0]
    assert {column.y + column.height for column in plot.columns} == {plot.foot}


def test_from_right_to_left_the_first_is_at_the_right() -> None:
    values = [("a", 1.0), ("b", 2.0)]
    plain, mirrored = column_plot(values), column_plot(values, right_to_left=True)
    assert plain.columns[0].middle < plain.columns[1].middle
    assert [plain.width - column.middle for column in plain.columns] == [c.middle for c in mirrored.columns]
    assert mirrored.ticks_x > mirrored.columns[0].middle


def test_without_values_there_is_an_empty_axis() -> None:
    assert column_plot([]).columns == []
