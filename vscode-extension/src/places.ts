// The places that a lens leads to, in VS Code's own list of references.

import * as vscode from 'vscode';

/** As the server writes them: VS Code's types have no form in JSON. */
interface Point {
  line: number;
  character: number;
}

interface Place {
  uri: string;
  range: { start: Point; end: Point };
}

type Send = (command: string, args: unknown[]) => vscode.ProviderResult<unknown>;

/** Takes the one command that VS Code carries out itself; all others go on to `otherwise`. */
export function showPlaces(
  command: string,
  args: unknown[],
  send: Send,
  otherwise: (command: string, args: unknown[], send: Send) => vscode.ProviderResult<unknown>,
): vscode.ProviderResult<unknown> {
  if (command !== 'runekiln.showReferences') {
    return otherwise(command, args, send);
  }
  const { uri, position, places } = args[0] as { uri: string; position: Point; places: Place[] };
  const locations = places.map(place => new vscode.Location(
    vscode.Uri.parse(place.uri), new vscode.Range(pointOf(place.range.start), pointOf(place.range.end))));
  return vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri), pointOf(position), locations);
}

function pointOf(point: Point): vscode.Position {
  return new vscode.Position(point.line, point.character);
}
