// What a person reads of a run: a document, lines of a log, or one sentence about a failure.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentOf, failureOf, fileName, isQuestion, reportOf, type RunResult } from '../src/results';

function result(more: Partial<RunResult>): RunResult {
  return {
    uri: 'file:///kiln/.crucible/scripts/codify.rn',
    entry: 'codify_session',
    generation: 3,
    outcome: 'finished',
    type: null,
    value: null,
    view: null,
    output: '',
    error: null,
    warnings: [],
    stats: { milliseconds: 4.21 },
    ...more,
  };
}

const WORKFLOW = '---\ntype: workflow\n---\n\n## Plan @planner\n';

test('a workflow is a document, exactly as the server wrote it', () => {
  const run = result({ type: 'Workflow', view: { kind: 'workflow', markdown: WORKFLOW } });
  assert.equal(documentOf(run), WORKFLOW);
  assert.equal(reportOf(run), 'codify.rn codify_session: finished in 4.2 ms, generation 3, Workflow');
  assert.equal(failureOf(run), undefined);
});

test('a string that is Markdown is a document, too; plain text is not', () => {
  assert.equal(documentOf(result({ view: { kind: 'markdown', text: '# Hello' } })), '# Hello');
  assert.equal(documentOf(result({ view: { kind: 'text', text: 'one\ntwo' } })), undefined);
});

test('what was printed, warned of and returned is in the log', () => {
  const run = result({
    output: 'hello\nworld\n',
    type: 'i64',
    value: 42,
    warnings: [{ message: 'not JSON', path: 'session.jsonl', line: 7 }, 'an old client'],
  });
  assert.equal(reportOf(run), [
    'codify.rn codify_session: finished in 4.2 ms, generation 3, i64',
    '  hello',
    '  world',
    '  warning: not JSON (session.jsonl:7)',
    '  warning: an old client',
    '  42',
  ].join('\n'));
});

test('a failure names its reason and its line', () => {
  const frames = [{ path: '/kiln/.crucible/scripts/codify.rn', range: { start: { line: 12, column: 5 } }, function: 'steps_of' }];
  const run = result({ outcome: 'failed', error: { code: 'panic', message: 'no phases', frames } });
  assert.equal(failureOf(run), 'codify_session failed: no phases (codify.rn, line 12)');
  assert.equal(reportOf(run), [
    'codify.rn codify_session: failed in 4.2 ms, generation 3',
    '  error[panic]: no phases',
    '    in steps_of at /kiln/.crucible/scripts/codify.rn:12:5',
  ].join('\n'));
});

test('an ended run says in words how it ended', () => {
  assert.equal(failureOf(result({ outcome: 'out-of-time' })), 'codify_session ran out of time');
  assert.equal(failureOf(result({ outcome: 'not-compiled' })), 'codify_session does not compile');
  assert.equal(failureOf(result({ outcome: 'stopped' })), 'codify_session was stopped');
});

test('a question is told from a result', () => {
  assert.equal(isQuestion({ needs: { entry: ['a', 'b'] } }), true);
  assert.equal(isQuestion(result({})), false);
});

test('the name of a file is read from paths and addresses', () => {
  assert.equal(fileName('file:///kiln/my%20script.rn'), 'my script.rn');
  assert.equal(fileName('C:\\kiln\\a.rn'), 'a.rn');
});
