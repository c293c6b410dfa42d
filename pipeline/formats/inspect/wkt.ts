/** A node of well-known text: keyword, then strings, numbers and further nodes. */
export interface WktNode {
  readonly keyword: string;
  readonly values: readonly (string | number)[];
  readonly children: readonly WktNode[];
}

/** Parses WKT 1, WKT 2 or ESRI WKT; undefined when the text is none of them. */
export function parseWkt(text: string): WktNode | undefined {
  const state = { text: text.replace(/^\uFEFF/, ''), at: 0, depth: 0 };
  try {
    return node(state);
  } catch {
    return undefined;
  }
}

interface State {
  readonly text: string;
  at: number;
  depth: number;
}

function skip(state: State): void {
  while (/\s/.test(state.text[state.at] ?? '')) state.at++;
}

function node(state: State): WktNode {
  if (++state.depth > 50) throw new SyntaxError('too deep');
  skip(state);
  const keyword = /^[A-Za-z_][A-Za-z0-9_]*/.exec(state.text.slice(state.at, state.at + 64))?.[0];
  if (!keyword) throw new SyntaxError('keyword expected');
  state.at += keyword.length;
  skip(state);
  const open = state.text[state.at];
  if (open !== '[' && open !== '(') throw new SyntaxError('bracket expected');
  state.at++;
  const values: (string | number)[] = [];
  const children: WktNode[] = [];
  for (;;) {
    skip(state);
    const next = state.text[state.at];
    if (next === undefined) throw new SyntaxError('ends early');
    if (next === ']' || next === ')') {
      state.at++;
      state.depth--;
      return { keyword: keyword.toUpperCase(), values, children };
    }
    if (next === ',') state.at++;
    else if (next === '"') values.push(quoted(state));
    else if (/[-+.\d]/.test(next)) values.push(numeral(state));
    else if (/^[A-Za-z_][A-Za-z0-9_]*\s*[[(]/.test(state.text.slice(state.at, state.at + 80)))
      children.push(node(state));
    else values.push(word(state));
  }
}

function quoted(state: State): string {
  let out = '';
  state.at++;
  for (;;) {
    const end = state.text.indexOf('"', state.at);
    if (end < 0) throw new SyntaxError('unclosed string');
    out += state.text.slice(state.at, end);
    state.at = end + 1;
    if (state.text[state.at] !== '"') return out;
    out += '"';
    state.at++;
  }
}

function numeral(state: State): number {
  const text = /^[-+.\deE]+/.exec(state.text.slice(state.at, state.at + 64))![0];
  state.at += text.length;
  const value = Number(text);
  if (Number.isNaN(value)) throw new SyntaxError('number expected');
  return value;
}

function word(state: State): string {
  const text = /^[A-Za-z0-9_]+/.exec(state.text.slice(state.at, state.at + 64))?.[0];
  if (!text) throw new SyntaxError('value expected');
  state.at += text.length;
  return text;
}

/** First node with one of the keywords, depth first. */
export function findNode(root: WktNode, ...keywords: string[]): WktNode | undefined {
  if (keywords.includes(root.keyword)) return root;
  for (const child of root.children) {
    const found = findNode(child, ...keywords);
    if (found) return found;
  }
  return undefined;
}
