"""Templates, style sheets, icons and bundles agree with each other."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask

from webapp import frontend

WEBAPP = Path(__file__).parents[2] / "webapp"
TEMPLATES = sorted((WEBAPP / "templates").rglob("*.html"))
TOKENS = (WEBAPP / "assets" / "css" / "tokens.css").read_text(encoding="utf-8")
SHEETS = [
    path for path in sorted((WEBAPP / "assets" / "css").glob("*.css")) if path.stem != "tokens"
]
PAPER = {
    "#fffefb",
    "#1b1b1b",
    "#d9d6cf",
    "#4a463f",
    "#1c4f86",
    "#fff",
    "#000",
    "#222",
    "#444",
    "#bbb",
    "#777",
    "#f3f3f3",
}
"""Documents stay on paper white in both themes, and print is black on white."""


def declarations(block: str) -> set[str]:
    return {part.strip() for part in block.split(";") if part.strip().startswith("--")}


def test_the_dark_theme_is_the_same_by_choice_and_by_system() -> None:
    followed = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', TOKENS, re.DOTALL)
    chosen = re.search(r':root\[data-theme="dark"\] \{\s*--(.*?)\n\}', TOKENS, re.DOTALL)
    assert followed is not None
    assert chosen is not None
    assert declarations(followed[1]) == declarations("--" + chosen[1])


def test_every_dark_colour_exists_in_the_light_theme() -> None:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)", 1)
    names = re.compile(r"(--[a-z0-9-]+):")
    assert set(names.findall(dark)) <= set(names.findall(light))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_raw_colours_stand_only_in_the_tokens(sheet: Path) -> None:
    css = sheet.read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9a-f]{3,8}\b(?![^{]*\{)", css)) <= PAPER


def test_every_token_that_a_sheet_uses_is_defined() -> None:
    defined = set(re.findall(r"(--[a-z0-9-]+):", TOKENS))
    for sheet in SHEETS:
        css = sheet.read_text(encoding="utf-8")
        own = set(re.findall(r"(--[a-z0-9-]+):", css))
        assert set(re.findall(r"var\((--[a-z0-9-]+)", css)) <= defined | own, sheet.name


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    sprite = set(
        re.findall(r'<symbol id="([^"]+)"', (WEBAPP / "static" / "icons.svg").read_text("utf-8"))
    )
    named = set()
    for template in TEMPLATES:
        named |= set(re.findall(r"icon\('([a-z-]+)'[,)]", template.read_text(encoding="utf-8")))
    for script in (WEBAPP / "assets" / "src").glob("*.js"):
        named |= set(re.findall(r"\bicon\('([a-z-]+)'", script.read_text(encoding="utf-8")))
    assert named
    assert named <= sprite
    assert {f"due-{state}" for state in ("late", "soon", "ok", "hold", "done")} <= sprite


def test_every_file_that_a_template_asks_for_is_committed() -> None:
    for template in TEMPLATES:
        for name in re.findall(r"asset\('([^']+)'\)", template.read_text(encoding="utf-8")):
            assert (WEBAPP / "static" / name).is_file(), name


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_carries_inline_style_or_script(template: Path) -> None:
    html = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"\son[a-z]+=[\"']", html)
    for attributes in re.findall(r"<script([^>]*)>", html):
        assert "src=" in attributes or 'type="application/json"' in attributes


def test_the_address_of_a_file_changes_with_its_content() -> None:
    app = Flask("webapp", root_path=str(WEBAPP))
    with app.test_request_context():
        address = frontend.asset("css/app.css")
    assert re.fullmatch(r"/static/css/app\.css\?v=[0-9a-f]{10}", address)


def test_the_lock_file_names_no_download_address() -> None:
    lock = json.loads((WEBAPP / "assets" / "package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]


def test_every_vendored_package_has_its_licence_in_the_bundle_folder() -> None:
    lock = json.loads((WEBAPP / "assets" / "package-lock.json").read_text(encoding="utf-8"))
    text = (WEBAPP / "static" / "vendor" / "LICENSES.txt").read_text(encoding="utf-8")
    direct = set(lock["packages"][""]["devDependencies"]) - {"esbuild"}
    assert [
        name
        for name in direct
        if f"{name} {lock['packages'][f'node_modules/{name}']['version']}" not in text
    ] == []


def test_the_watermark_of_the_diagrams_is_never_hidden() -> None:
    for sheet in SHEETS:
        for rule in re.findall(
            r"\.bjs-powered-by[^{]*\{([^}]*)\}", sheet.read_text(encoding="utf-8")
        ):
            assert not re.search(r"display:\s*none|visibility:\s*hidden|opacity:\s*0[;}.]", rule)
