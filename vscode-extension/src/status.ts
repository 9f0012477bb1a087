// What the language status item (the braces in the status bar) says about the server and about pinned entries.

import * as vscode from 'vscode';

const SCRIPTS: vscode.DocumentSelector = { language: 'rune' };

export class Status implements vscode.Disposable {
  readonly #server = vscode.languages.createLanguageStatusItem('runekiln.server', SCRIPTS);
  readonly #generation = vscode.languages.createLanguageStatusItem('runekiln.generation', SCRIPTS);

  constructor() {
    this.#server.name = 'Runekiln Server';
    this.#generation.name = 'Runekiln Generation';
    this.stopped();
    this.unpinned();
  }

  starting(): void {
    this.#server.busy = true;
    this.#say(this.#server, 'Runekiln is starting', vscode.LanguageStatusSeverity.Information);
    this.#server.command = { command: 'runekiln.showLogs', title: 'Show Logs' };
  }

  running(version: string, program: string): void {
    this.#server.busy = false;
    this.#say(this.#server, `Runekiln ${version}`, vscode.LanguageStatusSeverity.Information, program);
    this.#server.command = { command: 'runekiln.showLogs', title: 'Show Logs' };
  }

  stopped(reason = ''): void {
    this.#server.busy = false;
    const severity = reason ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    this.#say(this.#server, 'Runekiln is not running', severity, reason);
    this.#server.command = { command: 'runekiln.restartServer', title: 'Restart' };
  }

  /** An entry's newest run. */
  ran(entry: string, generation: number, outcome: string): void {
    const severity = outcome === 'finished' ? vscode.LanguageStatusSeverity.Information : vscode.LanguageStatusSeverity.Error;
    this.#say(this.#generation, `${entry}: generation ${generation}`, severity, outcome);
  }

  /** A save that was not taken over; the generation before it stays. */
  refused(entry: string, generation: number, message: string): void {
    this.#say(this.#generation, `${entry}: generation ${generation} kept`, vscode.LanguageStatusSeverity.Warning, message);
  }

  unpinned(): void {
    this.#say(this.#generation, 'No entry has run', vscode.LanguageStatusSeverity.Information);
  }

  dispose(): void {
    this.#server.dispose();
    this.#generation.dispose();
  }

  #say(item: vscode.LanguageStatusItem, text: string, severity: vscode.LanguageStatusSeverity, detail = ''): void {
    item.text = text;
    item.detail = detail;
    item.severity = severity;
  }
}
