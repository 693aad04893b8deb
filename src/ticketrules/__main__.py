"""The command ``ticketrules``; needs the extra ``cli``."""

import sys


def main() -> None:
    """Run the command line, or say which extra it lacks; exit status 2 then."""
    try:
        from ticketrules.cli import command  # noqa: PLC0415  # an extra, imported on first use
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"cattrs", "click", "rich"}:
            raise
        sys.stderr.write(
            f"ticketrules: the command line needs {error.name}: pip install 'ticketrules[cli]'\n"
        )
        sys.exit(2)
    command()


if __name__ == "__main__":
    main()
