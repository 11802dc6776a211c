// Reads papers, a JSON object a line with an item of CSL-JSON and its BibTeX, from standard input; prints for
// each what the browser's writers make of the item, and the item that it reads from the BibTeX.
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(join(process.argv[2], `${name}.js`)));
const [{ parseBibtex }, { FORMATS }, { renderSentence }] = await Promise.all(
  ["bibtex", "formats", "sentence"].map(load),
);
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { item, bibtex } = JSON.parse(line);
  const files = Object.entries(FORMATS).map(([ending, { render }]) => [ending, render([item, item])]);
  const sentence = renderSentence(item);
  console.log(JSON.stringify({ files: Object.fromEntries(files), sentence, read: parseBibtex(bibtex) }));
}
