// MiniSearch over documents, for comparison: reads {documents, queries} as JSON on standard input,
// prints for each query the numbers of its first ten papers and the milliseconds it took.
import { readFileSync } from "node:fs";

const { default: MiniSearch } = await import(process.argv[2]);
const { documents, queries } = JSON.parse(readFileSync(0, "utf8"));
const searchOptions = { boost: { title: 3 }, fuzzy: 0.2, prefix: true };
const engine = new MiniSearch({ fields: ["title", "abstract", "authors"], searchOptions });
engine.addAll(documents);
const answers = queries.map((query) => {
  const start = performance.now();
  const found = engine.search(query).slice(0, 10).map(({ id }) => id);
  return [found, performance.now() - start];
});
console.log(JSON.stringify(answers));
