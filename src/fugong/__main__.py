"""The entry point: what must happen before anything else is imported."""

import atexit
import gc

A_START = 50_000
"""No start makes so many objects that could form a cycle; who does is at longer work."""


def main() -> None:
    """Start the program quickly, and let it end quickly.

    Most commands live for a fraction of a second and make no cycles worth collecting, yet the collector would run
    hundreds of times while modules load, and once more through everything at exit. So it waits until a command has
    made more than a start makes; what is there by then stays, and is never looked through again. From there on it
    works as usual, for the cycles of a large file (an encoder's frames, refusals with their tracebacks) would pile up.
    What is alive at exit is frozen, too. Nothing else in the program touches the collector.
    """
    usual = gc.get_threshold()

    def settle(phase: str, _: object) -> None:
        if phase == "stop":
            gc.callbacks.remove(settle)
            gc.freeze()
            gc.set_threshold(*usual)

    gc.callbacks.append(settle)
    gc.set_threshold(A_START)
    atexit.register(gc.freeze)
    from fugong import cli

    cli.main()


if __name__ == "__main__":
    main()
