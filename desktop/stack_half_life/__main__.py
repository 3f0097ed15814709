"""`python -m stack_half_life` is the same program as `stack-half-life`."""

from stack_half_life.cli import main

if __name__ == "__main__":
    main()
