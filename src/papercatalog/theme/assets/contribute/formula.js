/**
 * @file Reads the LaTeX of a formula and gives MathML for the preview: letters and numbers, signs, groups,
 * scripts, fractions, roots, fonts, names of functions. A formula with anything else gives null, and is shown
 * as code. The site itself renders more (text/tex/mathml.py).
 */

/**
 * An element: its name and its content, text or elements.
 * @typedef {[string, string | Node[]]} Node
 *
 * @typedef {{symbols: Record<string, string>, functions: string[]}} Commands the commands that stand for
 * characters, and the names that are set upright; symbols.py has both
 */

const TOKEN = new RegExp(
  String.raw`\s*(?:\\(?:text|mathrm|operatorname|mathit|textbf|textit)\s*\{(?<words>[^{}\\$]*)\}`
    + String.raw`|(?<other>\\(?:[A-Za-z]+|[^])|[0-9]+(?:\.[0-9]+)?|[^\\]))`,
  "uy",
);
const WORDS = "\0"; // the first character of a token of upright words
const MAX_LENGTH = 2000; // characters of a formula
const VARIANTS = { mathbb: [0x1d538, 0x1d552], mathcal: [0x1d49c, 0x1d4b6], mathbf: [0x1d400, 0x1d41a] };
/** Letters that Unicode had before it had their alphabets. */
const EARLIER = {
  mathbb: { C: "ℂ", H: "ℍ", N: "ℕ", P: "ℙ", Q: "ℚ", R: "ℝ", Z: "ℤ" },
  mathcal: { B: "ℬ", E: "ℰ", F: "ℱ", H: "ℋ", I: "ℐ", L: "ℒ", M: "ℳ", R: "ℛ", e: "ℯ", g: "ℊ", o: "ℴ" },
  mathbf: {},
};
const LARGE = { sum: "∑", prod: "∏", int: "∫" };
const FENCES = { lfloor: "⌊", rfloor: "⌋", lceil: "⌈", rceil: "⌉", langle: "⟨", rangle: "⟩", "|": "‖" };
const ACCENTS = { hat: "^", bar: "¯", tilde: "~", vec: "→", dot: "˙" };
const BLANKS = [",", ";", ":", " ", "!", "quad", "qquad"];

class Unknown extends Error {}

/** Reads a formula without its delimiters; null if it has anything that this does not know.
 * @param {string} tex @param {Commands} commands @returns {Node | null} */
export function readFormula(tex, commands) {
  const tokens = readTokens(tex);
  let at = 0;

  /** @returns {Node} what stands until a closing brace or the end */
  function row() {
    /** @type {Node[]} */
    const items = [];
    while (at < tokens.length && tokens[at] !== "}") items.push(scripted());
    return items.length === 1 ? items[0] : ["mrow", items];
  }

  /** @returns {Node} an item with its scripts */
  function scripted() {
    const base = "_^".includes(tokens[at]) ? /** @type {Node} */ (["mrow", []]) : item();
    /** @type {Record<string, Node>} */
    const scripts = {};
    while (tokens[at] === "_" || tokens[at] === "^" || tokens[at] === "'") {
      const sign = tokens[at++];
      const place = sign === "_" ? "_" : "^";
      if (scripts[place]) throw new Unknown();
      scripts[place] = sign === "'" ? ["mo", "′"] : item();
    }
    const { _: below, "^": above } = scripts;
    const under = base[0] === "mo" && Object.values(LARGE).includes(String(base[1]));
    if (below && above) return [under ? "munderover" : "msubsup", [base, below, above]];
    if (below) return [under ? "munder" : "msub", [base, below]];
    return above ? [under ? "mover" : "msup", [base, above]] : base;
  }

  /** @returns {Node} a sign, a command with what it takes, or a group */
  function item() {
    const token = tokens[at++];
    if (token === "{") {
      const group = row();
      if (tokens[at++] !== "}") throw new Unknown();
      return group;
    }
    if (token?.startsWith(WORDS)) return ["mtext", token.slice(WORDS.length)];
    if (token === undefined || "}&#%_^".includes(token)) throw new Unknown();
    if (token[0] === "\\" && token.length > 1) return command(token.slice(1));
    if (/^[0-9]/.test(token)) return ["mn", token];
    return /\p{L}/u.test(token) ? ["mi", token] : ["mo", token === "-" ? "−" : token];
  }

  /** @param {string} name @returns {Node} */
  function command(name) {
    const { symbols, functions } = commands;
    if (BLANKS.includes(name)) return ["mtext", name === "!" ? "" : "\u00a0"];
    if ("{}%&#$_".includes(name)) return ["mo", name];
    if (name === "left" || name === "right") {
      const fence = item();
      return fence[1] === "." ? ["mrow", []] : fence;
    }
    if (name === "frac" || name === "dfrac" || name === "tfrac") return ["mfrac", [item(), item()]];
    if (name === "sqrt" && tokens[at] !== "[") return ["msqrt", [item()]];
    if (Object.hasOwn(LARGE, name)) return ["mo", /** @type {any} */ (LARGE)[name]];
    if (Object.hasOwn(FENCES, name)) return ["mo", /** @type {any} */ (FENCES)[name]];
    if (Object.hasOwn(ACCENTS, name)) return ["mover", [item(), ["mo", /** @type {any} */ (ACCENTS)[name]]]];
    if (Object.hasOwn(VARIANTS, name)) return ["mi", vary(letters(), /** @type {"mathbb"} */ (name))];
    if (functions.includes(name)) return ["mi", name];
    if (!Object.hasOwn(symbols, name)) throw new Unknown();
    return [/\p{L}|∞|∂/u.test(symbols[name]) ? "mi" : "mo", symbols[name]];
  }

  /** The letters of a group. @returns {string} */
  function letters() {
    if (tokens[at] !== "{") return tokens[at++] ?? "";
    const end = tokens.indexOf("}", at);
    const group = tokens.slice(at + 1, end);
    if (end < 0 || !group.every((token) => /^[A-Za-z0-9]+$/.test(token))) throw new Unknown();
    at = end + 1;
    return group.join("");
  }

  if (!tokens.length || tex.length > MAX_LENGTH) return null;
  try {
    const found = row();
    return at === tokens.length ? ["math", [found]] : null;
  } catch {
    return null; // unknown, or nested too deeply
  }
}

/** @param {string} tex @returns {string[]} commands with their backslash, numbers, single characters */
function readTokens(tex) {
  const text = tex.trim();
  const tokens = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const { words, other } = /** @type {Record<string, string>} */ (match.groups);
    tokens.push(words === undefined ? other : WORDS + words);
  }
  return tokens;
}

/** Letters of another alphabet. @param {string} text @param {"mathbb" | "mathcal"} font */
function vary(text, font) {
  const [upper, lower] = VARIANTS[font];
  return Array.from(text, (letter) => {
    const earlier = /** @type {Record<string, string>} */ (EARLIER[font])[letter];
    const code = letter.charCodeAt(0);
    if (earlier) return earlier;
    if (/[A-Z]/.test(letter)) return String.fromCodePoint(upper + code - 65);
    return /[a-z]/.test(letter) ? String.fromCodePoint(lower + code - 97) : letter;
  }).join("");
}
