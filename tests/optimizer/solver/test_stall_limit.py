from optimizer.solver.callbacks import SolverProgress, StallLimit


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def a_moment(incumbent: float) -> SolverProgress:
    return SolverProgress(incumbent=incumbent, bound=0, nodes=0)


def a_stall(clock: Clock, *, has_plan: bool = False) -> StallLimit:
    return StallLimit(5, lambda _: None, None, has_plan=has_plan, clock=clock)


def test_as_long_as_there_is_no_plan_it_waits() -> None:
    clock = Clock()
    stall = a_stall(clock)
    stall.hear(a_moment(float("inf")))
    clock.now = 100
    assert not stall.should_stop()


def test_it_stops_when_no_better_plan_came_for_so_long_and_a_better_one_begins_the_time_anew() -> None:
    clock = Clock()
    stall = a_stall(clock)
    stall.hear(a_moment(10))
    clock.now = 4
    stall.hear(a_moment(9))
    clock.now = 8
    stall.hear(a_moment(9))
    assert not stall.should_stop()
    clock.now = 9.1
    assert stall.should_stop()


def test_a_plan_to_start_from_begins_the_time() -> None:
    clock = Clock()
    stall = a_stall(clock, has_plan=True)
    clock.now = 5.1
    assert stall.should_stop()


def test_whoever_wants_it_to_stop_is_heeded_and_every_moment_passed_on() -> None:
    heard: list[SolverProgress] = []
    stall = StallLimit(None, heard.append, lambda: True, has_plan=False)
    stall.hear(a_moment(1))
    assert stall.should_stop()
    assert heard == [a_moment(1)]
