import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from workflows.confined import Limits
from workflows.documents.render import CompileRefused, Rendered, Renderer

DATED = datetime(2025, 10, 9, 2, tzinfo=UTC)
HEAD = '#set text(font: "Noto Serif SC")\n#let facts = json(bytes(sys.inputs.facts))\n'
LIMITS = Limits(processor_seconds=3, wall_seconds=8)


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    renderer = Renderer(limits=LIMITS)
    yield renderer
    renderer.close()


def render(renderer: Renderer, source: str, **facts: object) -> Rendered:
    return renderer.render({"a.typ": (HEAD + source).encode()}, "a.typ", facts, dated=DATED)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_a_document_shows_its_facts_and_keeps_pdf_a(renderer: Renderer) -> None:
    rendered = render(renderer, "当事人：#facts.name", name="鲜果美水果店")
    assert "当事人：鲜果美水果店" in text_of(rendered.pdf)
    assert rendered.standard == "a-2b"
    assert rendered.pages == 1
    assert b"pdfaid:part>2<" in rendered.pdf


def test_the_same_facts_give_the_same_bytes_in_another_process(renderer: Renderer) -> None:
    script = (
        "import sys, hashlib; from tests.workflows.documents.test_render import *;"
        "r = Renderer(limits=LIMITS); print(hashlib.sha256("
        "render(r, '#facts.name', name='鲜果美').pdf).hexdigest()); r.close()"
    )
    one, two = (
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[3],
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    )
    assert one == two
    assert len(one.strip()) == 64


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("#range(300000000)", "memory"),
        ('#("a" * 2000000000)', "memory"),
        ("#for i in range(30000) { for j in range(30000) { let x = i + j } }", "too long"),
        ("#let f(n) = f(n + 1)\n#f(1)", "depth"),
    ],
)
def test_a_template_that_eats_the_machine_is_refused(
    renderer: Renderer, source: str, reason: str
) -> None:
    started = time.monotonic()
    with pytest.raises(CompileRefused, match=reason):
        render(renderer, source)
    assert time.monotonic() - started < 10
    assert render(renderer, "还在").pdf, "the next document is rendered as if nothing happened"


@pytest.mark.parametrize(
    "source",
    [
        '#read("/etc/passwd")',
        '#read("../../../../etc/passwd")',
        '#include "/etc/hosts"',
        '#image("/proc/self/environ")',
    ],
)
def test_a_file_outside_the_pack_cannot_be_read(renderer: Renderer, source: str) -> None:
    with pytest.raises(CompileRefused) as refused:
        render(renderer, source)
    assert "root:" not in refused.value.message + refused.value.where


@pytest.mark.parametrize(
    "source",
    [
        '#import "@preview/cetz:0.3.0": *',
        '#let hidden = "@pre" + "view/cetz:0.3.0"\n#import hidden: *',
    ],
)
def test_a_package_is_not_fetched_from_the_network(renderer: Renderer, source: str) -> None:
    with pytest.raises(CompileRefused) as refused:
        render(renderer, source)
    if sys.platform == "linux":
        assert "Permission denied" in refused.value.message


def test_a_path_that_leaves_the_pack_is_refused(renderer: Renderer) -> None:
    files = {"a.typ": b"x", "../outside.typ": b"x"}
    with pytest.raises(CompileRefused, match="inside"):
        renderer.render(files, "a.typ", {}, dated=DATED)


def test_a_fault_in_a_template_is_shown_with_its_place(renderer: Renderer) -> None:
    with pytest.raises(CompileRefused) as refused:
        render(renderer, "#facts.nothing")
    assert "nothing" in refused.value.message
    assert "a.typ:3" in refused.value.where
    assert "/tmp" not in refused.value.where


def test_a_rare_character_is_named_by_its_code_and_never_stops_a_case(renderer: Renderer) -> None:
    rendered = render(renderer, "#facts.name #facts.rare.join()", name="𠮷野家😀")
    assert rendered.rare == ("U+20BB7", "U+1F600")
    assert rendered.standard == "a-2b"
    assert "〓（U+20BB7）野家" in text_of(rendered.pdf)


def test_a_glyph_missing_from_the_template_itself_costs_the_archive_mark_only(
    renderer: Renderer,
) -> None:
    rendered = render(renderer, "𠮷 当事人")
    assert rendered.standard == "1.7"
    assert "当事人" in text_of(rendered.pdf)


def test_hidden_and_control_characters_do_not_reach_the_paper(renderer: Renderer) -> None:
    rendered = render(renderer, "#facts.name", name="陈\u200b立\u202e新\x00")
    assert rendered.standard == "a-2b"
    assert "\u200b" not in text_of(rendered.pdf)
    assert "陈立" in text_of(rendered.pdf)


def test_a_naive_date_is_refused(renderer: Renderer) -> None:
    with pytest.raises(ValueError, match="aware"):
        renderer.render({"a.typ": b"x"}, "a.typ", {}, dated=DATED.replace(tzinfo=None))


def test_many_threads_and_worn_out_processes_give_one_result() -> None:
    renderer = Renderer(limits=replace(LIMITS, jobs_per_process=2))
    results: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: results.append(render(renderer, "同一份").pdf))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    renderer.close()
    assert len(results) == 6
    assert len(set(results)) == 1
