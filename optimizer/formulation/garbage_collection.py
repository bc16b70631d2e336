"""When garbage is collected: not while a program is written, which makes millions of objects and hardly a cycle."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_garbage_collection() -> Iterator[None]:
    """Put off collecting garbage to the end: meanwhile it would cost as much time again as what it interrupts."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
