// Results that are documents: read-only Markdown beside the script, changed in place when the entry runs again.

import * as vscode from 'vscode';
import { fileName, type Entry } from './results';

const SCHEME = 'runekiln-run';

export class ResultDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  // Below `onDidChange`, because VS Code looks for it while it registers.
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Gives an entry's document a new text; whoever shows it sees the change. */
  update(entry: Entry, text: string): vscode.Uri {
    const uri = uriOf(entry);
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  /** Shows an entry's document beside the script, and leaves the cursor where it is. */
  async show(uri: vscode.Uri): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    const shown = vscode.window.visibleTextEditors.find(editor => editor.document.uri.toString() === uri.toString());
    const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.Beside;
    await vscode.window.showTextDocument(document, { viewColumn, preserveFocus: true, preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

/** The file name is what the tab says; the query keeps entries of the same name in different scripts apart. */
function uriOf(entry: Entry): vscode.Uri {
  const script = fileName(entry.uri).replace(/\.rn$/, '');
  return vscode.Uri.from({ scheme: SCHEME, path: `/${script} ${entry.entry}.md`, query: entry.uri });
}
