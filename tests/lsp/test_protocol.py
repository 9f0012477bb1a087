"""One answer a request, none to a notification, and nothing that a client says ends the server."""

from __future__ import annotations

import pytest

from .editor import Editor, Json, ServerError, at, command

pytestmark = pytest.mark.asyncio(loop_scope="session")

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602
NOT_INITIALIZED, CANCELLED = -32002, -32800


async def refusal(editor: Editor, method: str, params: Json) -> int:
    with pytest.raises(ServerError) as refused:
        await editor.request(method, params)
    return refused.value.code


async def test_notifications_are_never_answered(editor: Editor) -> None:
    for method in ("$/cancelRequest", "$/setTrace", "$/unheard", "telemetry/unheard", "initialized"):
        for params in ({}, {"id": 7}, {"value": "off"}, [1], None):
            editor.notify(method, params)
    await editor.quiet()


async def test_an_unknown_request_is_refused(editor: Editor) -> None:
    assert await refusal(editor, "textDocument/unheard", {}) == METHOD_NOT_FOUND
    assert await refusal(editor, "$/unheard", {}) == METHOD_NOT_FOUND


async def test_a_request_is_one_whatever_it_leaves_out(editor: Editor) -> None:
    for number, version in (("one", ""), ("two", '"jsonrpc": "1.0", ')):
        body = f'{{{version}"id": "{number}", "method": "textDocument/unheard"}}'.encode()
        editor.send_bytes(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    await editor.quiet()
    left = [(message["id"], message["error"]["code"]) for message in editor.take_all()]
    assert left == [("one", METHOD_NOT_FOUND), ("two", METHOD_NOT_FOUND)]


async def test_requests_and_notifications_are_not_mixed_up(editor: Editor) -> None:
    assert await refusal(editor, "textDocument/didOpen", {}) == INVALID_PARAMS
    assert await refusal(editor, "textDocument/didClose", {"textDocument": {"uri": "untitled:a"}}) == METHOD_NOT_FOUND
    editor.notify("initialize", {"processId": None, "capabilities": {}})
    editor.notify("shutdown", None)
    # Still there, and still with its own capabilities: pinned entries would be told of in the log otherwise.
    assert await editor.command("runekiln.stop") == 0


async def test_a_request_sees_the_text_as_it_was_when_it_was_sent(editor: Editor) -> None:
    text, there = at("untitled:a", "pub fn first() {}\npub fn main() { fir$0st() }")
    editor.open("untitled:a", text)
    # Nothing has to be waited for from here on: an older text than the newest would not be.
    await editor.diagnostics("untitled:a")
    early = editor.ask("textDocument/hover", there)
    editor.replace("untitled:a", "// nothing", version=2)
    late = editor.ask("textDocument/hover", there)
    assert "first" in (await editor.answer(early))["contents"]
    assert await editor.answer(late) is None


async def test_parameters_that_make_no_sense_are_refused(editor: Editor) -> None:
    document = {"uri": "untitled:a"}
    for params in (
        None,
        {},
        [],
        7,
        {"textDocument": document},
        {"textDocument": [], "position": {"line": 0, "character": 0}},
        {"textDocument": document, "position": {"line": -1, "character": 0}},
        {"textDocument": document, "position": {"line": "one", "character": 0}},
    ):
        assert await refusal(editor, "textDocument/hover", params) == INVALID_PARAMS
        editor.notify("textDocument/didOpen", params)
        editor.notify("textDocument/didChange", params)


async def test_commands_take_what_they_take(editor: Editor) -> None:
    assert await refusal(editor, "workspace/executeCommand", {"command": "rm"}) == INVALID_PARAMS
    wrong = {"command": "runekiln.run", "arguments": [{"uri": 5}]}
    assert await refusal(editor, "workspace/executeCommand", wrong) == INVALID_PARAMS


async def test_what_is_no_message_is_answered_without_an_id(editor: Editor) -> None:
    editor.send_bytes(b"Content-Length: 7\r\n\r\n{oops!}")
    editor.send([1, 2])
    editor.send({})
    editor.send({"id": [], "method": "shutdown"})
    await editor.quiet()
    left = [(message["id"], message["error"]["code"]) for message in editor.take_all()]
    assert left == [(None, PARSE_ERROR), *[(None, INVALID_REQUEST)] * 3]


async def test_answers_that_nobody_waits_for_are_ignored(editor: Editor) -> None:
    editor.send({"id": "nobody", "result": 1})
    editor.send({"id": 99, "error": {"code": 1, "message": "no"}})
    await editor.quiet()


async def test_before_hello_only_hello_is_heard(newcomer: Editor) -> None:
    assert await refusal(newcomer, "textDocument/hover", {}) == NOT_INITIALIZED
    newcomer.open("untitled:a", "fn")
    await newcomer.initialize()
    assert await refusal(newcomer, "initialize", {"processId": None, "capabilities": {}}) == INVALID_REQUEST
    await newcomer.close()


async def test_after_shutdown_only_exit_is_heard(newcomer: Editor) -> None:
    await newcomer.initialize()
    await newcomer.request("shutdown", None)
    assert await refusal(newcomer, "shutdown", None) == INVALID_REQUEST
    newcomer.open("untitled:a", "fn")
    newcomer.notify("exit", None)
    assert await newcomer.process.wait() == 0
    assert newcomer.unexpected() == []


async def test_edits_of_documents_that_are_not_open_change_nothing(editor: Editor) -> None:
    editor.replace("untitled:a", "pub fn main() {}", version=2)
    editor.shut("untitled:a")
    editor.save("untitled:a")
    _, there = at("untitled:a", "$0")
    assert await editor.request("textDocument/hover", there) is None


async def test_a_cancelled_run_is_over(editor: Editor) -> None:
    editor.open("untitled:a", "pub fn main() { loop {} }")
    await editor.diagnostics("untitled:a")
    arguments = {"command": "runekiln.run", "arguments": [{"uri": "untitled:a"}]}
    request = editor.ask("workspace/executeCommand", arguments)
    editor.notify("$/cancelRequest", {"id": request})
    with pytest.raises(ServerError) as cancelled:
        await editor.answer(request)
    assert cancelled.value.code == CANCELLED


async def test_an_answer_to_what_the_client_asked_itself_is_ignored(newcomer: Editor) -> None:
    await newcomer.initialize()
    newcomer.open("untitled:a", "pub fn main() { loop {} }")
    await newcomer.diagnostics("untitled:a")
    request = newcomer.ask("workspace/executeCommand", command("runekiln.run", {"uri": "untitled:a"}))
    newcomer.send({"id": request, "result": "not yours"})
    newcomer.send({"id": request, "error": {}})
    await newcomer.quiet()
    assert await newcomer.command("runekiln.stop", {"uri": "untitled:a"}) == 1
    assert (await newcomer.answer(request))["outcome"] == "stopped"
    assert newcomer.bugs() == []


async def test_what_is_no_id_cancels_nothing(newcomer: Editor) -> None:
    await newcomer.initialize()
    for number in ([], {}, None, 1.5, "unheard"):
        newcomer.notify("$/cancelRequest", {"id": number})
    await newcomer.quiet()
    assert newcomer.bugs() == []
