// What the server answers to a run, and the text that a person reads of it. Pure, so that it can be tested without an editor.

/** The entry that a run is about, as the server names it. */
export interface Entry {
  uri: string;
  entry: string;
}

export interface Frame {
  path: string;
  range: { start: { line: number; column: number } };
  function: string;
}

/** The object of `runekiln run --format json`, with what the language server adds. Lines and columns count from 1. */
export interface RunResult extends Entry {
  generation: number;
  outcome: string;
  type: string | null;
  value: unknown;
  view: View | null;
  output: string;
  error: { code: string; message: string; frames: Frame[] } | null;
  warnings: (string | { message: string; path?: string | null; line?: number | null })[];
  stats?: { milliseconds?: number };
}

export type View = { kind: 'workflow'; markdown: string } | { kind: 'markdown' | 'text'; text: string } | { kind: string };

/** What the server wants to know before it can run. */
export interface Questions {
  needs: { session?: Session[]; entry?: string[] };
}

export interface Session {
  path: string;
  title: string;
}

export interface Ran extends Entry {
  generation: number;
  reason: 'command' | 'save' | 'session';
  result: RunResult;
}

export interface ReloadRefused extends Entry {
  generation: number;
  message: string;
}

export function isQuestion(answer: RunResult | Questions): answer is Questions {
  return 'needs' in answer;
}

/** The text of a result that is a document in itself, to be shown as Markdown; undefined for all others. */
export function documentOf(result: RunResult): string | undefined {
  const view = result.view;
  if (view?.kind === 'workflow' && 'markdown' in view) {
    return view.markdown;
  }
  return view?.kind === 'markdown' && 'text' in view ? view.text : undefined;
}

/** Everything that is to be said about a run, as lines of a log: the value is left out where a document shows it. */
export function reportOf(result: RunResult): string {
  const lines = [headline(result), ...indented(result.output), ...result.warnings.map(warningLine)];
  if (result.error) {
    lines.push(`  error[${result.error.code}]: ${result.error.message}`, ...result.error.frames.map(frameLine));
  } else if (documentOf(result) === undefined) {
    lines.push(...indented(valueText(result)));
  }
  return lines.join('\n');
}

/** One sentence for a message box about a run that did not finish; undefined if it finished. */
export function failureOf(result: RunResult): string | undefined {
  if (result.outcome === 'finished') {
    return undefined;
  }
  const reason = result.error ? `: ${result.error.message}` : '';
  const frame = result.error?.frames[0];
  const place = frame ? ` (${fileName(frame.path)}, line ${frame.range.start.line})` : '';
  return `${result.entry} ${outcomeText(result.outcome)}${reason}${place}`;
}

export function fileName(uriOrPath: string): string {
  const name = uriOrPath.slice(Math.max(uriOrPath.lastIndexOf('/'), uriOrPath.lastIndexOf('\\')) + 1);
  return uriOrPath.includes('://') ? decodeURIComponent(name) : name;
}

function headline(result: RunResult): string {
  const time = result.stats?.milliseconds === undefined ? '' : ` in ${result.stats.milliseconds.toFixed(1)} ms`;
  const type = result.type === null || result.error ? '' : `, ${result.type}`;
  return `${fileName(result.uri)} ${result.entry}: ${outcomeText(result.outcome)}${time}, generation ${result.generation}${type}`;
}

function outcomeText(outcome: string): string {
  switch (outcome) {
    case 'out-of-time': return 'ran out of time';
    case 'out-of-memory': return 'ran out of memory';
    case 'not-compiled': return 'does not compile';
    case 'stopped': return 'was stopped';
    default: return outcome;
  }
}

function valueText(result: RunResult): string {
  if (result.view && 'text' in result.view) {
    return result.view.text;
  }
  return result.value === undefined || result.value === null ? '' : JSON.stringify(result.value, undefined, 2);
}

function warningLine(warning: RunResult['warnings'][number]): string {
  if (typeof warning === 'string') {
    return `  warning: ${warning}`;
  }
  const place = warning.path ? ` (${warning.path}${warning.line ? `:${warning.line}` : ''})` : '';
  return `  warning: ${warning.message}${place}`;
}

function frameLine(frame: Frame): string {
  return `    in ${frame.function} at ${frame.path}:${frame.range.start.line}:${frame.range.start.column}`;
}

function indented(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n').map(line => `  ${line}`);
}
