// The life of the language server: found, started, watched, restarted, stopped.

import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { LanguageClient, RevealOutputChannelOn, State, type LanguageClientOptions, type StaticFeature } from 'vscode-languageclient/node';
import { showPlaces } from './places';
import type { Ran, ReloadRefused } from './results';
import type { Runs } from './run';
import { describeFailure, findServer, type Surroundings } from './server';
import type { Status } from './status';

export class Server implements vscode.Disposable {
  #client: LanguageClient | undefined;

  constructor(
    private readonly runs: Runs,
    private readonly status: Status,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  get running(): boolean {
    return this.#client?.state === State.Running;
  }

  /** Starts the server, or says in one message why it cannot be. */
  async start(): Promise<void> {
    const around = surroundings();
    const search = findServer(around);
    if (search.found === undefined) {
      this.#fail(describeFailure(around, search.tried));
      return;
    }
    this.log.info(`Starting ${search.found} lsp`);
    this.status.starting();
    const client = this.#connect(search.found);
    this.#client = client;
    try {
      await client.start();
      this.status.running(client.initializeResult?.serverInfo?.version ?? '', search.found);
    } catch (error) {
      this.#fail(`Runekiln cannot start: ${search.found} lsp: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // A client that never came up has nothing to stop, and says so by an error.
    if (client?.needsStop()) {
      await client.stop();
    }
    await client?.dispose();
    this.status.stopped();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  dispose(): void {
    void this.stop();
  }

  #connect(program: string): LanguageClient {
    const options: LanguageClientOptions = {
      documentSelector: [{ language: 'rune', scheme: 'file' }, { language: 'rune', scheme: 'untitled' }, { language: 'rune', scheme: 'rune-stub' }],
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      diagnosticCollectionName: 'runekiln',
      synchronize: { configurationSection: 'runekiln' },
      middleware: { executeCommand: (command, args, send) => showPlaces(command, args, send, this.runs.executeCommand) },
    };
    const client = new LanguageClient('runekiln', 'Runekiln', { command: program, args: ['lsp'] }, options);
    client.registerFeature(new Notifications());
    client.onNotification('runekiln/ran', (event: Ran) => this.runs.ran(event));
    client.onNotification('runekiln/reloadRefused', (event: ReloadRefused) => this.runs.reloadRefused(event));
    client.onDidChangeState(change => {
      if (change.newState === State.Stopped && this.#client === client) {
        this.status.stopped('The server has ended. Its logs say why.');
      } else if (change.newState === State.Running) {
        this.status.running(client.initializeResult?.serverInfo?.version ?? '', program);
      }
    });
    return client;
  }

  #fail(message: string): void {
    this.log.error(message);
    this.status.stopped(message);
    void offerHelp(message);
  }
}

/** Tells the server that this client takes results of pinned entries as notifications. */
class Notifications implements StaticFeature {
  fillClientCapabilities(capabilities: { experimental?: unknown }): void {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), runekiln: { notifications: true } };
  }

  initialize(): void {
    // Nothing to set up: the handlers are there before the server starts.
  }

  getState(): { kind: 'static' } {
    return { kind: 'static' };
  }

  clear(): void {
    // Nothing is held.
  }
}

async function offerHelp(message: string): Promise<void> {
  const actions = { 'Open Settings': 'workbench.action.openSettings', 'Show Logs': 'runekiln.showLogs', 'Try Again': 'runekiln.restartServer' };
  const picked = await vscode.window.showErrorMessage(message, ...(Object.keys(actions) as (keyof typeof actions)[]));
  if (picked) {
    await vscode.commands.executeCommand(actions[picked], ...(picked === 'Open Settings' ? ['runekiln.path'] : []));
  }
}

function surroundings(): Surroundings {
  return {
    setting: vscode.workspace.getConfiguration('runekiln').get<string>('path', '').trim(),
    folders: (vscode.workspace.workspaceFolders ?? []).filter(folder => folder.uri.scheme === 'file').map(folder => folder.uri.fsPath),
    trusted: vscode.workspace.isTrusted,
    searchPath: process.env['PATH'] ?? '',
    home: homedir(),
    platform: process.platform,
    isExecutable,
  };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
