"""Compiled templates, kept for the next build: Jinja takes longer to compile them than to run them.

They are code. So they are kept among the system's temporary files, in a folder that only the user
can write to, never beside the catalog, where contributions come from.
"""

from __future__ import annotations

from contextlib import suppress

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from papercatalog.runtime.hashing import code_version

_OPTIONS = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix"),
    *("line_comment_prefix", "trim_blocks", "lstrip_blocks", "newline_sequence"),
    *("keep_trailing_newline", "autoescape", "optimized", "sandboxed", "is_async"),
)
"""What of an environment, beside its extensions, has a say in what a template compiles to."""


_KNOWN = frozenset({"_operator", "builtins", "jinja2", "markupsafe", "mkdocs", "papercatalog"})
"""Whose filters and tests are kept apart by version; what they make of constants is compiled in."""


def keep_compiled(environment: Environment) -> None:
    """Let an environment keep what it compiles, if there is a safe place for it."""
    with suppress(OSError, RuntimeError):
        environment.bytecode_cache = _Kept(None, "papercatalog-%s.cache")


class _Kept(FileSystemBytecodeCache):
    """Compiled templates by the environment's options and this package's version, too."""

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Give what is kept of a template: nothing where others have a say in compiling it."""
        if not _is_known(environment):
            return Bucket(environment, "", "")
        options = [repr(getattr(environment, option)) for option in _OPTIONS]
        told = "\n".join([code_version(), *options, *sorted(environment.extensions), source])
        return BytecodeCache.get_bucket(self, environment, name, filename, told)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template; what cannot be kept is no error."""
        if _is_known(bucket.environment):
            with suppress(OSError):
                super().dump_bytecode(bucket)


def _is_known(environment: Environment) -> bool:
    """Whether all that takes part in compiling is of known packages."""
    parts = (*environment.filters.values(), *environment.tests.values())
    makers = (*parts, *map(type, environment.extensions.values()))
    names = (getattr(maker, "__module__", None) or "" for maker in makers)
    return environment.finalize is None and {name.split(".")[0] for name in names} <= _KNOWN
