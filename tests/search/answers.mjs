// Reads queries, a JSON array a line, from standard input and an index from the folder that the first
// argument names; prints the result of each as JSON.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [folder, modules] = process.argv.slice(2);
const { search } = await import(join(modules, "engine.js"));
const { filtersOf, parseState } = await import(join(modules, "state.js"));
const { SearchIndex } = await import(join(modules, "reader.js"));
const index = await SearchIndex.open((path) => readFile(join(folder, "search", path)));
for await (const line of createInterface({ input: process.stdin })) {
  const [text, sort, typing, address = ""] = JSON.parse(line);
  const found = await search(index, text, { filters: filtersOf(parseState(address)), sort, typing });
  const hits = found.hits.map(({ paper, score, matched }) => [paper, score, matched]);
  console.log(JSON.stringify([hits, found.corrections, found.completions, found.direct]));
}
