"""Saved states: small, the same for the same history, readable for ever."""

from __future__ import annotations

import base64
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.workflows.engine.diagrams import Diagram, source_of
from tests.workflows.engine.running import Running
from tests.workflows.engine.walks import walk_beside_token_game
from workflows import engine
from workflows.engine import CODEC_VERSION, BadState
from workflows.engine.adapter import _Environment, _no_operation, _ScriptEngine
from workflows.engine.codec import DECODERS, decode, encode
from workflows.engine.definition import definition

FROZEN = Path(__file__).parent / "frozen"


def rich() -> Diagram:
    """Something of everything that a state may hold at once."""
    inner = Diagram("s").start("i").user("x", "y").parallel("q", "k").end("o")
    inner.chain("i", "q", "x", "k", "o").chain("q", "y", "k")
    copies = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
    diagram = Diagram().start().parallel("p", "j").user("a", "late", "last").sub("s", inner)
    diagram.user("sign", inner=f"{copies}</multiInstanceLoopCharacteristics>")
    diagram.boundary("b", "a", "CLK_STATE", interrupting=False).receive("hear", "heard").end()
    diagram.end("aside")
    diagram.chain("start", "p", "a", "j", "last", "end").chain("p", "s", "j").chain("b", "late")
    return diagram.chain("late", "aside").chain("p", "sign", "j").chain("p", "hear", "j")


def half_way() -> Running:
    """The rich process in the middle of everything."""
    running = Running(rich().source(), level=2)
    running.clock("CLK_STATE").complete("x", found="yes").complete("sign").message("heard", by="甲")
    return running


def test_every_frozen_state_still_loads_and_runs_to_its_end() -> None:
    files = sorted(FROZEN.glob("v*.json"))
    assert {int(path.stem[1:]) for path in files} == set(DECODERS)
    for path in files:
        kept = json.loads(path.read_text())
        source = source_of(base64.b64decode(kept["bpmn"]))
        running = Running(rich().source())
        running.source = source
        running.result = engine.inspect(source, base64.b64decode(kept["state"]))
        assert [running.open, running.clocks] == kept["standing"]
        assert running.result.digest == kept["digest"]
        running.complete("y", "sign", "sign", "a", "late", "last")
        assert running.result.ended
        assert set(running.result.end_elements) == {"end", "aside"}


def test_the_first_byte_names_the_codec_version() -> None:
    result = half_way().result
    assert (result.codec, result.state[0]) == (CODEC_VERSION, CODEC_VERSION)


def test_the_same_history_gives_the_same_digest_and_another_gives_another() -> None:
    first, second = half_way().result, half_way().result
    assert first.digest == second.digest
    assert {task.id for task in first.open_tasks} != {task.id for task in second.open_tasks}
    other = Running(rich().source(), level=3)
    assert other.result.digest != Running(rich().source(), level=2).result.digest


def test_a_saved_state_saves_again_to_the_same_bytes() -> None:
    running = half_way()
    loaded, ends = decode(
        running.result.state, definition(running.source), _ScriptEngine(_Environment(_no_operation))
    )
    assert encode(loaded, ends) == (running.result.state, running.result.digest)


def test_a_set_clock_flag_survives_saving() -> None:
    running = Running(rich().source())
    made, script = definition(running.source), _ScriptEngine(_Environment(_no_operation))
    loaded, ends = decode(running.result.state, made, script)
    wait = next(t for t in loaded.tasks.values() if t.task_spec.name == "b")
    wait.internal_data["clock_due"] = True
    again, _ = decode(encode(loaded, ends)[0], made, script)
    assert again.tasks[wait.id].internal_data == {"clock_due": True}


@pytest.mark.parametrize(
    "state",
    [b"", b"\x00", b"\xffabc", b"\x01", b"\x01junk", b'{"serializer_version": "1.0"}'],
)
def test_bytes_that_are_no_state_are_refused(state: bytes) -> None:
    with pytest.raises(BadState):
        engine.inspect(rich().source(), state)


def test_the_state_of_another_diagram_is_refused() -> None:
    other = Diagram().start("begin").user("only").end().chain("begin", "only", "end")
    with pytest.raises(BadState):
        engine.inspect(other.source(), half_way().result.state)


def _reworked(rounds: int) -> Running:
    diagram = Diagram().start().user("a", "b").xor("g", default="d").end()
    diagram.chain("start", "a", "b", "g").flow("g", "a", "again").flow("g", "end", name="d")
    running = Running(diagram.source())
    for _ in range(rounds):
        running.complete("a").complete("b", again=True)
    return running


def test_reworks_do_not_make_the_state_grow() -> None:
    few, many = len(_reworked(1).result.state), len(_reworked(60).result.state)
    assert abs(many - few) <= 8
    assert many < 250


def test_a_loop_beside_a_waiting_branch_does_not_make_the_state_grow() -> None:
    diagram = Diagram().start().parallel("p", "j").user("pay", "publish").xor("g", default="d")
    diagram.end().chain("start", "p", "pay", "g").flow("g", "pay", "part").flow("g", "j", name="d")
    diagram.chain("p", "publish", "j", "end")
    running = Running(diagram.source()).complete("pay", part=True)
    before = len(running.result.state)
    for _ in range(60):
        running.complete("pay", part=True)
    assert len(running.result.state) <= before + 8
    assert running.complete("publish").complete("pay", part=False).result.ended


def test_many_parallel_blocks_in_a_row_stay_small() -> None:
    diagram = Diagram().start().end()
    last = "start"
    for number in range(12):
        split, join, a, b = (f"{kind}{number}" for kind in "pjab")
        diagram.parallel(split, join).user(a, b).chain(last, split, a, join).chain(split, b, join)
        last = join
    running = Running(diagram.chain(last, "end").source())
    assert len(running.result.state) < 400


def test_a_restart_between_any_two_steps_is_not_noticed() -> None:
    """Another hash is another parse, as after a restart of the server."""
    running = Running(rich().source())
    steps = ["x", "sign", "a", "sign", "y", "sign"]
    for number, element in enumerate(steps):
        running.source = replace(running.source, hash=f"restart {number}")
        running.complete(element)
    running.message("heard")
    assert running.open == ["last"]


def test_threads_share_a_definition_without_harm() -> None:
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(walk_beside_token_game, [7, 7, 7, 7, 11, 11, 11, 11]))
    assert all(walk.result is not None for walk in results)


def test_no_time_stamp_is_in_the_state() -> None:
    """The engine reads no clock that counts: what is saved depends on the history alone."""
    import zlib

    text = zlib.decompress(half_way().result.state[1:]).decode()
    assert not re.search(r"\d{9,}\.\d", text)
