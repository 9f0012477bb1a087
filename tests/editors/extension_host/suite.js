// What a person does in VS Code, by the editor's own programming interface. The workspace is a copy of the sample kiln.

'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const DEADLINE = 30_000;
const REVIEW_STEP = '    workflow.add_step("Review", None);\n';
const REVIEW_MARKUP = '\n## Review\n';

const tests = new Map();
const test = (name, body) => tests.set(name, body);
exports.tests = tests;

test('the installed package is what runs', async () => {
  await open('codify.rn');
  const extension = await until('activation', () => {
    const found = vscode.extensions.getExtension('runekiln.runekiln');
    return found?.isActive && found;
  });
  assert.match(extension.extensionPath, /extensions[/\\]runekiln\.runekiln-/);
  assert.equal(vscode.window.activeTextEditor.document.languageId, 'rune');
});

test('problems appear in a broken script', async () => {
  const document = await open('drafts/broken.rn');
  const wrong = ['let mut beds = [];', 'println!("{} beds", beds.len();', 'parse_litres(text)'];
  await untilEqual(() => linesWithErrors(document).join('\n'), wrong.join('\n'));
});

test('session. offers phases', async () => {
  const document = await open('codify.rn');
  const line = lineWith(document, 'let phases');
  await insert(document, line, '    session.\n');
  const list = await vscode.commands.executeCommand(
    'vscode.executeCompletionItemProvider', document.uri, new vscode.Position(line, 12), '.');
  await vscode.commands.executeCommand('workbench.action.files.revert');
  const labels = list.items.map(item => item.label.label ?? item.label);
  assert.ok(labels.includes('phases'), labels.join(', '));
});

test('lenses stand above the entry', async () => {
  const document = await open('codify.rn');
  const titles = await until('lenses', async () => {
    const lenses = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 10);
    return lenses.length > 0 && lenses.map(lens => lens.command?.title);
  });
  assert.ok(titles.includes('▶ Run') && titles.includes('Pin'), titles.join(', '));
});

test('each session codifies to its expected workflow', async () => {
  const document = await open('codify.rn');
  for (const session of sessions()) {
    const result = await run('runekiln.run', document, session);
    assert.equal(result.outcome, 'finished', session);
    await untilEqual(() => shownResult(document).getText(), expectedOf(session));
  }
});

test('a pinned entry runs again at each save that compiles', async () => {
  // The other tests want the script as it is.
  fs.copyFileSync(path.join(kiln(), 'scripts/codify.rn'), path.join(kiln(), 'scripts/pinned.rn'));
  const document = await open('pinned.rn');
  const session = sessions()[0];
  await run('runekiln.pin', document, session);
  const shown = shownResult(document);
  await untilEqual(() => shown.getText(), expectedOf(session));
  const texts = [];
  const listening = vscode.workspace.onDidChangeTextDocument(change => {
    if (change.document === shown) texts.push(shown.getText());
  });

  const reviewed = expectedOf(session) + REVIEW_MARKUP;
  const line = lineWith(document, 'workflow.optimize');
  await insert(document, line, REVIEW_STEP);
  await document.save();
  await untilEqual(() => shown.getText(), reviewed);

  await insert(document, line, '    let mut broken = 1;\n');
  await document.save();
  await until('the problem', () => linesWithErrors(document).length > 0);
  await replaceLine(document, line, REVIEW_STEP.replace('Review', 'Thank everybody'));
  await document.save();
  await until('a save that compiles', () => shown.getText().includes('## Thank everybody'));

  // The save between the two did not compile: it left no trace in the document.
  listening.dispose();
  assert.deepEqual(texts, [reviewed, reviewed.replace(REVIEW_MARKUP, '\n## Thank everybody\n' + REVIEW_MARKUP)]);
  await vscode.commands.executeCommand('runekiln.unpinEntry');
});

test('an endless script can be stopped', async () => {
  const file = path.join(kiln(), 'scripts/endless.rn');
  fs.writeFileSync(file, 'pub fn main() {\n    loop {\n    }\n}\n');
  const document = await open('endless.rn');
  const uri = document.uri.toString();
  let result;
  vscode.commands.executeCommand('runekiln.run', { uri, entry: 'main' }).then(answer => { result = answer; });
  await until('the end of the run', async () => {
    // A run that has not begun cannot be stopped, so ask again until it is over.
    await vscode.commands.executeCommand('runekiln.stop', { uri });
    return result;
  });
  assert.equal(result.outcome, 'stopped');
  assert.equal(result.error.code, 'user-stop');
});

test('the server starts anew on command', async () => {
  const document = await open('codify.rn');
  await vscode.commands.executeCommand('runekiln.restartServer');
  const session = sessions()[0];
  await run('runekiln.run', document, session);
  await untilEqual(() => shownResult(document).getText(), expectedOf(session));
});

async function open(script) {
  const file = vscode.Uri.file(path.join(kiln(), 'scripts', script));
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  return document;
}

function kiln() {
  return path.join(vscode.workspace.workspaceFolders[0].uri.fsPath, '.crucible');
}

function sessions() {
  const folder = path.join(kiln(), 'sessions');
  const folders = fs.readdirSync(folder).sort().filter(name => fs.existsSync(path.join(folder, name, 'expected.md')));
  return folders.map(name => path.join(folder, name, fs.readdirSync(path.join(folder, name)).find(file => /^session\./.test(file))));
}

function expectedOf(session) {
  return fs.readFileSync(path.join(path.dirname(session), 'expected.md'), 'utf8');
}

/** Gives one of the server's run commands, and waits until the editor shows what came of it. */
async function run(command, document, session) {
  await until('the command', async () => (await vscode.commands.getCommands()).includes(command));
  const target = { uri: document.uri.toString(), entry: 'codify_session', session };
  const result = await vscode.commands.executeCommand(command, target);
  assert.ok(result, 'the server refused the command; its log says why');
  return result;
}

function shownResult(document) {
  const found = vscode.window.visibleTextEditors.find(editor =>
    editor.document.uri.scheme === 'runekiln-run' && editor.document.uri.query === document.uri.toString());
  assert.ok(found, 'no result is shown');
  assert.equal(found.document.languageId, 'markdown');
  return found.document;
}

function linesWithErrors(document) {
  const errors = vscode.languages.getDiagnostics(document.uri).filter(problem => problem.severity === vscode.DiagnosticSeverity.Error);
  const lines = errors.map(error => error.range.start.line).sort((one, other) => one - other);
  return lines.map(line => document.lineAt(line).text.trim());
}

function lineWith(document, text) {
  const line = [...Array(document.lineCount).keys()].find(number => document.lineAt(number).text.includes(text));
  assert.notEqual(line, undefined, `no line with ${text}`);
  return line;
}

async function insert(document, line, text) {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(line, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function replaceLine(document, line, text) {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, document.lineAt(line).rangeIncludingLineBreak, text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Waits for a text, because VS Code takes over a changed document in its own time. */
async function untilEqual(look, expected) {
  const isEqual = () => look() === expected;
  await until('the text', isEqual).catch(() => assert.equal(look(), expected));
}

/** Returns the first true value of `look()`; the extension host has no event for all of these. */
async function until(what, look) {
  for (const end = Date.now() + DEADLINE; Date.now() < end;) {
    const seen = await look();
    if (seen) return seen;
    await new Promise(resume => setTimeout(resume, 20));
  }
  throw new Error(`${what}: not within ${DEADLINE / 1000} s`);
}
