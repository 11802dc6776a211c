"""Fuzzes all readers of strangers' text in turn; says how to run again what failed.

make fuzz MINUTES=10
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
from pathlib import Path

from fuzz_targets import TARGETS, Target

ONE = Path(__file__).with_name("fuzz_one.py")
MAX_BYTES = 4096
HANG_SECONDS = 20
"""A text of `MAX_BYTES` that takes longer is reported as a hang."""
MEMORY_MB = 2048


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("minutes", type=float, help="for all targets together")
    parser.add_argument("targets", nargs="*", metavar="target", help="some of the readers")
    parser.add_argument("--folder", type=Path, default=Path(".fuzz"), help="keeps what was found")
    given = parser.parse_args()
    names = given.targets or list(TARGETS)
    seconds = max(1, round(given.minutes * 60 / len(names)))
    failed = [name for name in names if not fuzz(name, TARGETS[name], given.folder, seconds)]
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def fuzz(name: str, target: Target, folder: Path, seconds: int) -> bool:
    """Fuzz one target; print its failures and whether it had none."""
    place = folder / name
    corpus = place / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = "".join(f"{_quote(token)}\n" for token in target.tokens)
    (place / "words").write_text(words, "ascii")
    print(f"{name}: {seconds} s", flush=True)
    options = {
        "artifact_prefix": f"{place}/",
        "dict": place / "words",
        "max_len": MAX_BYTES,
        "max_total_time": seconds,
        "rss_limit_mb": MEMORY_MB,
        "timeout": HANG_SECONDS,
        "verbosity": 0,
    }
    arguments = [f"-{option}={value}" for option, value in options.items()]
    before = set(_failures(place))
    command = [sys.executable, str(ONE), name, str(corpus), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    for failure in sorted(set(_failures(place)) - before):
        again = shlex.join(["python", str(ONE), name, str(failure)])
        print(f"  kept {failure}; to run it again: {again}", flush=True)
    if done.returncode:
        print(f"{done.stdout[-2000:]}{done.stderr[-4000:]}", flush=True)
    return done.returncode == 0


def _failures(place: Path) -> list[Path]:
    return [path for kind in ("crash", "timeout", "oom") for path in place.glob(f"{kind}-*")]


def _quote(token: str) -> str:
    """Write a word as libFuzzer's dictionaries have it: bytes that are not plain as ``\\xAB``."""
    return '"' + "".join(_byte(byte) for byte in token.encode()) + '"'


def _byte(byte: int) -> str:
    return chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\' else f"\\x{byte:02X}"


if __name__ == "__main__":
    main()
