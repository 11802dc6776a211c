from __future__ import annotations

import gzip
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

from papercatalog.outputs.opensearch import render_opensearch
from papercatalog.outputs.scripts import CORE, PAGE, SCRIPTS, build_scripts, strip_script

DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)


def test_every_module_is_shipped() -> None:
    assert {path.stem for path in SCRIPTS.glob("*.js")} == {"start", *CORE, *PAGE}


def test_joined_modules_share_no_name() -> None:
    for modules in (CORE, PAGE):
        names = [n for m in modules for n in DECLARED.findall((SCRIPTS / f"{m}.js").read_text())]
        assert len(names) == len(set(names))


def test_scripts_are_small_and_run(tmp_path: Path) -> None:
    shipped = dict(build_scripts())
    assert sum(len(gzip.compress(content)) for content in shipped.values()) < 25_000
    for path, content in shipped.items():
        module = tmp_path / Path(path).with_suffix(".mjs").name
        module.write_bytes(content)
        done = subprocess.run(
            ["node", "--check", module], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_comments_go_but_licences_stay() -> None:
    source = (
        '/** Doc. */\nconst a = "//x";\n  // note\n  /*! licence */\n  f(/** @type {x} */ (a));\n'
    )
    stripped = 'const a = "//x";\n/*! licence */\nf(/** @type {x} */ (a));\n'
    assert strip_script(source) == stripped
    assert b"MIT licence" in dict(build_scripts())["assets/search/box.js"]


def test_no_script_makes_markup_of_data() -> None:
    banned = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    )
    for path in SCRIPTS.glob("*.js"):
        assert not banned.search(path.read_text(encoding="utf-8")), path.name


def test_opensearch() -> None:
    text = render_opensearch("Papers & Days of the Year", "<all> papers", "https://x.org/p/")
    root = ET.fromstring(text)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.findtext(f"{space}ShortName") == "Papers & Days of"
    assert root.findtext(f"{space}Description") == "<all> papers"
    url = root.find(f"{space}Url")
    assert url is not None
    assert url.attrib["template"] == "https://x.org/p/search/?q={searchTerms}"
