"""Feeds one target with mutated bytes, or with one file that made it fail.

    python tests/fuzz/fuzz_one.py bibtex .fuzz/bibtex/crash-…    runs the file again
    python tests/fuzz/fuzz_one.py bibtex FOLDER -max_total_time=60

The rest of the arguments are libFuzzer's: https://llvm.org/docs/LibFuzzer.html#options
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["papercatalog"]):
    from fuzz_targets import TARGETS


def main() -> None:
    target = TARGETS[sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target.check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
