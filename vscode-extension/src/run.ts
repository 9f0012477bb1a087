// Runs of an entry as a person sees them: questions before, the result after, and what the server says of pinned entries.

import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ResultDocuments } from './documents';
import { documentOf, failureOf, isQuestion, reportOf, type Questions, type Ran, type ReloadRefused, type RunResult, type Session } from './results';
import type { Status } from './status';

/** The one argument of the server's run commands. */
export interface Target {
  uri?: string;
  entry?: string;
  session?: string;
  arguments?: unknown[];
}

/** Sends a command to the server; what languageclient's middleware calls `next`. */
type Send = (command: string, args: unknown[]) => vscode.ProviderResult<unknown>;

/** Most runs take milliseconds: a box that comes and goes would only flicker. */
const PATIENCE_MILLISECONDS = 1000;

const ASKING = new Set(['runekiln.run', 'runekiln.pin']);

export class Runs {
  constructor(
    private readonly documents: ResultDocuments,
    private readonly output: vscode.OutputChannel,
    private readonly status: Status,
  ) {}

  /** Sits between VS Code and the server, for commands of lenses, key bindings and other extensions alike. */
  readonly executeCommand = async (command: string, args: unknown[], send: Send): Promise<unknown> => {
    if (command === 'runekiln.unpin') {
      this.status.unpinned();
    }
    if (!ASKING.has(command)) {
      return send(command, args);
    }
    if (!vscode.workspace.isTrusted) {
      void offerTrust();
      return undefined;
    }
    const result = await this.#ask(command, (args[0] ?? {}) as Target, send);
    if (result) {
      await this.#show(result);
    }
    return result;
  };

  /** A pinned entry ran again. A run by command has been shown already, by the command's answer. */
  ran(event: Ran): void {
    if (event.reason === 'command') {
      return;
    }
    this.#record({ ...event.result, uri: event.uri, entry: event.entry, generation: event.generation });
  }

  /** A save could not be taken over: the document of the last generation stays as it is. */
  reloadRefused(event: ReloadRefused): void {
    this.output.appendLine(`${event.entry}: generation ${event.generation} kept: ${event.message}`);
    this.status.refused(event.entry, event.generation, event.message);
  }

  /** Sends the command until the server needs nothing more; undefined if a question was left unanswered. */
  async #ask(command: string, target: Target, send: Send): Promise<RunResult | undefined> {
    const answer = await this.#sendStoppable(command, target, send);
    if (!answer) {
      return undefined;
    }
    if (!isQuestion(answer)) {
      return answer;
    }
    const picked = await pick(answer.needs);
    return picked && this.#ask(command, { ...target, ...picked }, send);
  }

  /** Sends the command once. A run that takes long gets a button that stops it; a refusal becomes a message. */
  async #sendStoppable(command: string, target: Target, send: Send): Promise<RunResult | Questions | undefined> {
    const answer = Promise.resolve(send(command, [target])) as Promise<RunResult | Questions | undefined>;
    const stop = () => send('runekiln.stop', [{ uri: target.uri }]);
    const patience = setTimeout(() => void offerStop(target, answer, stop), PATIENCE_MILLISECONDS);
    try {
      return await answer;
    } catch (error) {
      void vscode.window.showErrorMessage(`Runekiln: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    } finally {
      clearTimeout(patience);
    }
  }

  async #show(result: RunResult): Promise<void> {
    const document = this.#record(result);
    const failure = failureOf(result);
    if (document) {
      await this.documents.show(document);
    } else if (failure) {
      void offerOutput(failure, this.output);
    } else {
      this.output.show(true);
    }
  }

  /** Writes a result down; the document, if it is one, changes in place. */
  #record(result: RunResult): vscode.Uri | undefined {
    this.output.appendLine(reportOf(result));
    this.status.ran(result.entry, result.generation, result.outcome);
    const text = documentOf(result);
    return text === undefined ? undefined : this.documents.update(result, text);
  }
}

async function pick(needs: Questions['needs']): Promise<Partial<Target> | undefined> {
  if (needs.entry) {
    const entry = await vscode.window.showQuickPick(needs.entry, { title: 'Runekiln: Which entry?', placeHolder: 'A public function of the script' });
    return entry === undefined ? undefined : { entry };
  }
  const items = (needs.session ?? []).map(sessionItem);
  const options = { title: 'Runekiln: Which session?', placeHolder: 'The session log that the entry is given', matchOnDetail: true };
  const picked = await vscode.window.showQuickPick(items, options);
  return picked && { session: picked.session };
}

function sessionItem(session: Session): vscode.QuickPickItem & { session: string } {
  return { label: session.title, detail: vscode.workspace.asRelativePath(path.normalize(session.path)), session: session.path };
}

async function offerStop(target: Target, answer: Promise<unknown>, stop: () => unknown): Promise<void> {
  const title = `Runekiln is running ${target.entry ?? 'a script'}`;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(options, async (_progress, token) => {
    token.onCancellationRequested(stop);
    // Whoever sent the command hears of a failure; here it only ends the progress.
    await answer.catch(() => undefined);
  });
}

async function offerTrust(): Promise<void> {
  const manage = 'Manage Workspace Trust';
  if (await vscode.window.showWarningMessage('Runekiln runs scripts only in a trusted workspace.', manage)) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
}

async function offerOutput(failure: string, output: vscode.OutputChannel): Promise<void> {
  if (await vscode.window.showErrorMessage(failure, 'Show Output')) {
    output.show(true);
  }
}
