// Reads queries, a JSON array a line, from standard input and an index from the folder that the first
// argument names; prints for each the six papers of `findBest`, those of `search`, which must be the first
// of all, and how many files of `rest/` the former needed.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

const PAPERS = 6;
const [folder, modules] = process.argv.slice(2);
const { findBest } = await import(join(modules, "best.js"));
const { parseQuery } = await import(join(modules, "query.js"));
const { search } = await import(join(modules, "engine.js"));
const { SearchIndex } = await import(join(modules, "reader.js"));
for await (const line of createInterface({ input: process.stdin })) {
  const [text] = JSON.parse(line);
  let tails = 0;
  const index = await SearchIndex.open((path) => {
    tails += path.startsWith("rest/") ? 1 : 0;
    return readFile(join(folder, "search", path));
  });
  const best = await findBest(index, parseQuery(text, true), PAPERS);
  const needed = tails;
  const found = await search(index, text, { typing: true, count: PAPERS });
  const all = await search(index, text, { typing: true });
  if (JSON.stringify(found.hits) !== JSON.stringify(all.hits.slice(0, PAPERS))) throw new Error(text);
  if (found.total !== all.hits.length) throw new Error(text);
  const first = { ...found, total: NaN };
  console.log(JSON.stringify([best, first, needed]));
}
