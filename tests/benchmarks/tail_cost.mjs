// Reads queries, a JSON string a line, on standard input and an index in the folder named by the first
// argument; prints for each whether the box needs no tails, and the bytes of the files that it loads.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

const PAPERS = 6;
const [folder, modules] = process.argv.slice(2);
const { findBest } = await import(join(modules, "best.js"));
const { search } = await import(join(modules, "engine.js"));
const { parseQuery } = await import(join(modules, "query.js"));
const { SearchIndex } = await import(join(modules, "reader.js"));
for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.parse(line);
  const sizes = new Map();
  const index = await SearchIndex.open(async (path) => {
    const data = await readFile(join(folder, "search", path));
    sizes.set(path, data.length);
    return data;
  });
  const best = await findBest(index, parseQuery(text, true), PAPERS);
  const found = best ?? (await search(index, text, { typing: true, count: PAPERS }));
  await Promise.all(found.hits.slice(0, PAPERS).map(({ paper }) => index.card(paper)));
  console.log(JSON.stringify([Boolean(best), [...sizes.values()].reduce((sum, size) => sum + size)]));
}
