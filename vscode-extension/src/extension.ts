// What VS Code calls when a script is opened or a command is given.

import * as vscode from 'vscode';
import { Server } from './client';
import { ResultDocuments } from './documents';
import { Runs, type Target } from './run';
import { Status } from './status';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Runekiln Language Server', { log: true });
  const output = vscode.window.createOutputChannel('Runekiln');
  const documents = new ResultDocuments();
  const status = new Status();
  const started = new Server(new Runs(documents, output, status), status, log);
  server = started;
  const ask = (command: string, ...args: unknown[]) => askServer(started, command, args);
  context.subscriptions.push(
    log, output, documents, status,
    vscode.commands.registerCommand('runekiln.runEntry', () => ask('runekiln.run', activeScript())),
    vscode.commands.registerCommand('runekiln.pinEntry', () => ask('runekiln.pin', activeScript())),
    vscode.commands.registerCommand('runekiln.unpinEntry', () => ask('runekiln.unpin', activeScript())),
    vscode.commands.registerCommand('runekiln.stopRun', () => ask('runekiln.stop', activeScript())),
    vscode.commands.registerCommand('runekiln.showDoctor', async () => showReport(await ask('runekiln.doctor'))),
    vscode.commands.registerCommand('runekiln.restartServer', () => started.restart()),
    vscode.commands.registerCommand('runekiln.showLogs', () => log.show()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => started.restart()),
    vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration('runekiln.path')) {
        void started.restart();
      }
    }),
  );
  await started.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Gives a command to the server; if there is none, tries once more to start it, which says why it cannot. */
async function askServer(to: Server, command: string, args: unknown[]): Promise<unknown> {
  if (!to.running) {
    await to.restart();
  }
  return to.running ? vscode.commands.executeCommand(command, ...args) : undefined;
}

/** The script that a command is about. Without one, the server takes the document that was touched last. */
function activeScript(): Target {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === 'rune' ? { uri: document.uri.toString() } : {};
}

async function showReport(report: unknown): Promise<void> {
  if (typeof report === 'string') {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: report, language: 'plaintext' }));
  }
}
