// Where the `runekiln` command is looked for. Pure, so that the order can be tested without an editor.

import * as path from 'node:path';

/** What is known about the surroundings when a server is to be started. */
export interface Surroundings {
  /** The setting `runekiln.path`, or an empty string. */
  setting: string;
  /** Workspace folders on disk, in the editor's order. */
  folders: readonly string[];
  /** A workspace that is not trusted must not name the program that we start. */
  trusted: boolean;
  /** The environment variable PATH. */
  searchPath: string;
  home: string;
  platform: NodeJS.Platform;
  /** Whether there is a file at this path that may be run. */
  isExecutable(file: string): boolean;
}

export type Search = { found: string; tried: readonly string[] } | { found: undefined; tried: readonly string[] };

/**
 * Finds the command: the setting; else the workspace's virtual environment; else the PATH.
 * A setting that leads nowhere is final, because to start another program than the one named would hide the mistake.
 */
export function findServer(around: Surroundings): Search {
  const tried: string[] = [];
  for (const file of candidates(around)) {
    tried.push(file);
    if (around.isExecutable(file)) {
      return { found: file, tried };
    }
  }
  return { found: undefined, tried };
}

/** One message for the user: what was looked for, and where. */
export function describeFailure(around: Surroundings, tried: readonly string[]): string {
  if (around.setting) {
    return `Runekiln cannot start: the setting runekiln.path names ${tried.join(', ')}, which is not a program that can be run.`;
  }
  const places = tried.length > 0 ? ` Tried: ${tried.join(', ')}.` : '';
  return `Runekiln cannot start: the command runekiln was not found.${places} Install Runekiln (its README says how), or set runekiln.path.`;
}

function candidates(around: Surroundings): string[] {
  const join = around.platform === 'win32' ? path.win32.join : path.posix.join;
  if (around.setting) {
    return [expand(around)];
  }
  const environment = around.platform === 'win32' ? ['.venv', 'Scripts', 'runekiln.exe'] : ['.venv', 'bin', 'runekiln'];
  const inWorkspace = around.trusted ? around.folders.map(folder => join(folder, ...environment)) : [];
  const name = around.platform === 'win32' ? 'runekiln.exe' : 'runekiln';
  const separator = around.platform === 'win32' ? ';' : ':';
  const onPath = around.searchPath.split(separator).filter(folder => folder !== '').map(folder => join(folder, name));
  return [...inWorkspace, ...onPath];
}

function expand(around: Surroundings): string {
  const atHome = around.setting.replace(/^~(?=$|[/\\])/, () => around.home);
  const folder = around.folders[0];
  return folder === undefined ? atHome : atHome.replaceAll('${workspaceFolder}', () => folder);
}
