from __future__ import annotations

import gzip
import json
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

from papercatalog.outputs.opensearch import render_opensearch
from papercatalog.outputs.scripts import (
    BLOCK,
    BOX,
    BROWSER_CONSTANTS,
    CATALOG,
    CITE,
    FORMATS,
    HELP,
    IDENTIFIERS,
    LISTS,
    LISTS_FOLDER,
    MISSING,
    NAMES,
    PAGE,
    PAPER,
    READING,
    ROWS,
    SCRIPTS,
    build_scripts,
    strip_script,
)
from papercatalog.search import constants
from papercatalog.words import load_words
from script_modules import script_modules

DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
IMPORTED = re.compile(r'^import \{([^}]*)\} from "\./constants\.js"', re.MULTILINE)


def read_module(name: str) -> str:
    return (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")


def imported_constants(name: str) -> set[str]:
    return {
        name for names in IMPORTED.findall(read_module(name)) for name in re.findall(r"\w+", names)
    }


def test_every_module_is_bundled() -> None:
    assert {path.stem for path in SCRIPTS.glob("*.js")} == {
        "controls",
        "start",
        *MISSING,
        *BOX,
        *PAGE,
        *NAMES,
    }
    assert set(IDENTIFIERS) <= set(BOX)
    of_citations = {module for module in (*FORMATS, *BLOCK, *LISTS) if "/" not in module}
    assert {path.stem for path in CITE.glob("*.js")} == of_citations
    of_lists = {module for module in (*ROWS, *PAPER, *HELP, *READING) if "/" not in module}
    assert {path.stem for path in LISTS_FOLDER.glob("*.js")} == of_lists


def test_bundled_modules_share_no_name() -> None:
    for modules in (BOX, PAGE, NAMES):
        names = [name for module in modules for name in DECLARED.findall(read_module(module))]
        names += set.union(*map(imported_constants, modules))
        assert len(names) == len(set(names))
    bundles = {CITE: (FORMATS, BLOCK, LISTS), LISTS_FOLDER: (ROWS, PAPER, HELP, READING)}
    for folder, some in {**bundles, SCRIPTS: (CATALOG,)}.items():
        for bundle in some:
            texts = [(folder / f"{module}.js").read_text(encoding="utf-8") for module in bundle]
            names = [name for text in texts for name in DECLARED.findall(text)]
            assert len(names) == len(set(names)), bundle


def test_every_constant_is_imported_by_a_module_and_declared_by_none() -> None:
    modules = ("controls", "start", *BOX, *PAGE, *NAMES)
    assert set.union(*map(imported_constants, modules)) == BROWSER_CONSTANTS.keys()
    declared = {name for module in modules for name in DECLARED.findall(read_module(module))}
    assert not declared & BROWSER_CONSTANTS.keys()


def test_the_browser_gets_the_values_of_python() -> None:
    module = (script_modules() / "constants.js").as_uri()
    script = f"import * as all from {json.dumps(module)}; console.log(JSON.stringify(all))"
    command = ["node", "--input-type=module", "--eval", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found == json.loads(json.dumps(dict(BROWSER_CONSTANTS)))
    assert found["VERSION"] == constants.VERSION


def test_a_bundle_has_the_constants_that_it_needs_and_no_others() -> None:
    shipped = {path: content.decode() for path, content in build_scripts(load_words("en"))}
    scripts = {"box": BOX, "page": PAGE, "names": NAMES, "identifiers": IDENTIFIERS}
    for script, modules in scripts.items():
        names = DECLARED.findall(shipped[f"assets/search/{script}.js"])
        declared = [name for name in names if name in BROWSER_CONSTANTS]
        needed = set.union(*map(imported_constants, modules))
        assert sorted(declared) == sorted(needed)


def test_scripts_are_small_and_run(tmp_path: Path) -> None:
    shipped = dict(build_scripts(load_words("en")))
    sizes = {path: len(gzip.compress(content)) for path, content in shipped.items()}
    of_citations = sum(size for path, size in sizes.items() if "/cite/" in path)
    of_lists = sum(size for path, size in sizes.items() if "/lists/" in path)
    assert of_citations < 6_000
    start, catalog = sizes["assets/search/start.js"], sizes["assets/search/catalog.js"]
    assert start < 2_100
    assert catalog < start + 1_300, "it holds start.js and takes its place"
    assert sizes["assets/lists/rows.js"] < 8_500
    assert of_lists < 18_000
    assert sum(sizes.values()) - of_citations - of_lists - start < 30_400
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
    assert b"MIT licence" in dict(build_scripts(load_words("en")))["assets/search/box.js"]


def test_no_script_makes_markup_of_data() -> None:
    banned = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    )
    for path in SCRIPTS.parent.glob("[cls]*/*.js"):
        assert not banned.search(path.read_text(encoding="utf-8")), path.name


def test_opensearch() -> None:
    text = render_opensearch("Papers & Days of the Year", "<all> papers", "https://x.org/p/", "de")
    root = ET.fromstring(text)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.findtext(f"{space}ShortName") == "Papers & Days of"
    assert root.findtext(f"{space}Description") == "<all> papers"
    url = root.find(f"{space}Url")
    assert url is not None
    assert url.attrib["template"] == "https://x.org/p/search/?q={searchTerms}"
