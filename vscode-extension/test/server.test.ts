// The order in which the `runekiln` command is looked for, and what is said when it is nowhere.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFailure, findServer, type Surroundings } from '../src/server';

function around(programs: string[], more: Partial<Surroundings> = {}): Surroundings {
  return {
    setting: '',
    folders: ['/kiln', '/other'],
    trusted: true,
    searchPath: '/usr/local/bin::/usr/bin',
    home: '/home/ada',
    platform: 'linux',
    isExecutable: file => programs.includes(file),
    ...more,
  };
}

test('the setting comes first', () => {
  const both = around(['/opt/runekiln', '/kiln/.venv/bin/runekiln'], { setting: '/opt/runekiln' });
  assert.equal(findServer(both).found, '/opt/runekiln');
});

test('a setting that leads nowhere is said, and nothing else is started', () => {
  const wrong = around(['/usr/bin/runekiln'], { setting: '/opt/runekiln' });
  const search = findServer(wrong);
  assert.equal(search.found, undefined);
  assert.equal(
    describeFailure(wrong, search.tried),
    'Runekiln cannot start: the setting runekiln.path names /opt/runekiln, which is not a program that can be run.',
  );
});

test('the setting may speak of the home folder and of the workspace', () => {
  assert.deepEqual(findServer(around([], { setting: '~/bin/runekiln' })).tried, ['/home/ada/bin/runekiln']);
  assert.deepEqual(findServer(around([], { setting: '${workspaceFolder}/env/runekiln' })).tried, ['/kiln/env/runekiln']);
});

test("then the workspace's virtual environments, in the order of the folders", () => {
  const second = around(['/other/.venv/bin/runekiln', '/usr/bin/runekiln']);
  assert.equal(findServer(second).found, '/other/.venv/bin/runekiln');
});

test('then the PATH, without its empty entries', () => {
  const search = findServer(around(['/usr/bin/runekiln']));
  assert.equal(search.found, '/usr/bin/runekiln');
  assert.deepEqual(search.tried, [
    '/kiln/.venv/bin/runekiln', '/other/.venv/bin/runekiln', '/usr/local/bin/runekiln', '/usr/bin/runekiln',
  ]);
});

test('a workspace that is not trusted does not name the program', () => {
  const search = findServer(around(['/kiln/.venv/bin/runekiln'], { trusted: false }));
  assert.equal(search.found, undefined);
  assert.deepEqual(search.tried, ['/usr/local/bin/runekiln', '/usr/bin/runekiln']);
});

test('when it is nowhere, one message says what was tried and what to do', () => {
  const nowhere = around([], { folders: ['/kiln'], searchPath: '/usr/bin' });
  assert.equal(
    describeFailure(nowhere, findServer(nowhere).tried),
    'Runekiln cannot start: the command runekiln was not found. Tried: /kiln/.venv/bin/runekiln, /usr/bin/runekiln. '
      + 'Install Runekiln (its README says how), or set runekiln.path.',
  );
});

test('on Windows the command lies in Scripts', () => {
  const windows = around([], { platform: 'win32', folders: ['C:\\kiln'], searchPath: 'C:\\Tools;D:\\Tools' });
  assert.deepEqual(findServer(windows).tried, [
    'C:\\kiln\\.venv\\Scripts\\runekiln.exe', 'C:\\Tools\\runekiln.exe', 'D:\\Tools\\runekiln.exe',
  ]);
});
