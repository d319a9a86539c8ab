"""`python -m readlist` is `rl`."""

from readlist.cli import run

if __name__ == "__main__":
    run()
