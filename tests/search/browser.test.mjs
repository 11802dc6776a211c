import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { deflateSync } from "node:zlib";

const modules = pathToFileURL(`${process.env.MODULES}/`);
const { findPassage, soughtWords, splitPieces } = await import(new URL("highlight.js", modules));
const { parseQuery } = await import(new URL("query.js", modules));
const { SearchIndex } = await import(new URL("reader.js", modules));
const { filtersOf, parseState, renderState } = await import(new URL("state.js", modules));
const { Cursor, IndexFormatError, decodeFile } = await import(new URL("codec.js", modules));

const whatOf = (text, typing = false) => soughtWords(parseQuery(text, typing).clauses, []);
const shown = (text, what) => splitPieces(text, what).map(([piece, on]) => (on ? `[${piece}]` : piece)).join("");

test("words are highlighted in any form, as they stand in the text", () => {
  assert.equal(shown("Modèle: Modelling of models", whatOf("model")), "[Modèle]: [Modelling] of [models]");
  assert.equal(shown("C++ in <b>Attention</b>", whatOf("attention")), "C++ in <b>[Attention]</b>");
});

test("a word still being typed is highlighted by its beginning", () => {
  assert.equal(shown("Attention!", whatOf("atten", true)), "[Attention]!");
  assert.equal(shown("Attention!", whatOf("atten ", true)), "Attention!");
});

test("excluded words are not highlighted", () => {
  assert.equal(shown("agents and tools", whatOf("agents -tools")), "[agents] and tools");
});

test("a passage holds the words that are asked for", () => {
  const filler = "Nothing of note is said here at all. ".repeat(30);
  const found = findPassage(`${filler}The sparse attention wins. ${filler}`, whatOf("sparse attention"));
  assert.match(found, /^… .*sparse attention.* …$/);
  assert.ok(found.length < 260, String(found.length));
  assert.equal(findPassage("Short.", whatOf("sparse")), "Short.");
});

test("the address is the state", () => {
  const address = "?q=sparse+attention&topic=agents&topic=vision&year=2025-07&author=Ada+Li&code=1&sort=votes";
  assert.equal(renderState(parseState(address)), address);
  assert.equal(renderState(parseState("")), "");
  const kinds = filtersOf(parseState(address)).map(({ kind, text }) => `${kind} ${text}`);
  assert.deepEqual(kinds, ["phrase ada li", "topic agents", "topic vision", "year 2025-07", "code code"]);
});

test("an author of the address is one name, whatever it says", () => {
  /** @param {string} author */
  const clausesOf = (author) => filtersOf(parseState(`?${new URLSearchParams({ author })}`)).map(
    ({ kind, text, field, startsName }) => [kind, text, field, startsName].join());
  assert.deepEqual(clausesOf('Ada "Li'), ["phrase,ada li,author,true"]);
  assert.deepEqual(clausesOf("Li"), ["word,li,author,false"]);
  assert.deepEqual(clausesOf('x" topic:agents "y'), ["phrase,x topic agents y,author,true"]);
  assert.deepEqual(clausesOf(""), []);
});

test("a hostile address gives a plain state", () => {
  const state = parseState("?q=%3Cscript%3E&topic=../x&topic=%23&year=1e9&sort=__proto__&code=yes");
  assert.deepEqual(state, { q: "<script>", topics: [], time: "", author: "", code: false, sort: "relevance" });
});

test("files of other kinds, versions and damaged ones are refused", async () => {
  const file = Buffer.concat([Buffer.from("PCS\x05"), deflateSync("payload")]);
  assert.equal(Buffer.from(await decodeFile(file)).toString(), "payload");
  const other = Buffer.from(file);
  other[3] = 3;
  await assert.rejects(decodeFile(other), /another version/);
  await assert.rejects(decodeFile(Buffer.from("<!doctype html>")), IndexFormatError);
  for (const at of [6, file.length - 1]) {
    const damaged = Buffer.from(file);
    damaged[at] ^= 0x55;
    await assert.rejects(decodeFile(damaged), IndexFormatError);
  }
  await assert.rejects(decodeFile(file.subarray(0, 12)), IndexFormatError);
});

test("varints end with the payload", () => {
  assert.equal(new Cursor(new Uint8Array([0xac, 0x02])).varint(), 300);
  assert.throws(() => new Cursor(new Uint8Array([0x80])).varint(), IndexFormatError);
  assert.throws(() => new Cursor(new Uint8Array([5, 65])).string(), IndexFormatError);
  assert.deepEqual([...new Cursor(new Uint8Array([1, 0xac, 0x02])).varints(2)], [1, 300]);
  assert.throws(() => new Cursor(new Uint8Array([1, 2])).varints(2 ** 33), IndexFormatError);
});

test("a file that failed is loaded again, but not at once", async () => {
  let reads = 0;
  const index = new SearchIndex(
    async () => {
      reads++;
      throw new Error("there is no connection");
    },
    {
      papers: 1, months: [], topics: [], sizes: { cards: 8, blocks: 1, authors: 8 },
      starts: { terms: ["a"] }, names: { terms: new Uint8Array(4) },
    },
  );
  for (let time = 0; time < 2; time++) await assert.rejects(index.postingLists("a"), /no connection/);
  assert.equal(reads, 1);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await assert.rejects(index.postingLists("a"), /no connection/);
  assert.equal(reads, 2);
});
