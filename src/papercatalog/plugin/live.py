"""The live site: an edited paper is shown at once, and then the rest is built."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from papercatalog.model.page import parse_page
from papercatalog.model.paper import Paper
from papercatalog.model.problems import CatalogError
from papercatalog.runtime.cache import FOLDER
from papercatalog.runtime.files import Root, see_files


class LiveReload:
    """Decides what the server does when files have changed."""

    def __init__(
        self, root: Root, build: Callable[[], None], show: Callable[[Sequence[Paper]], bool]
    ) -> None:
        """``show`` writes the pages of papers into the site; it returns whether it could."""
        self.flag = root / FOLDER / "changed"
        """The file whose change makes the server build once more."""
        self._root, self._build, self._show = root, build, show
        self._seen = self._look()
        self.flag.parent.mkdir(parents=True, exist_ok=True)
        self.flag.touch()

    def rebuild(self) -> None:
        """Show the papers that changed and ask for a build; where nothing else did, build."""
        before, self._seen = self._seen, self._look()
        changed = [path for path, seen in self._seen.items() if before.get(path) != seen]
        if changed and before.keys() == self._seen.keys() and self._show_pages(changed):
            self.flag.touch()
        else:
            self._build()

    def _show_pages(self, paths: Sequence[str]) -> bool:
        try:
            texts = {path: (self._root / path).read_text("utf-8") for path in paths}
            return self._show([parse_page(text, path) for path, text in texts.items()])
        except (CatalogError, OSError, UnicodeDecodeError):
            return False

    def _look(self) -> dict[str, tuple[int, int]]:
        found = see_files(self._root, "docs/papers")
        return {path: seen for path, seen in sorted(found) if path.endswith(".md")}
