// Prints the title of each card of the index in the folder that the first argument names, a JSON value a
// line, then how many blocks of authors it has.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const [folder, modules] = process.argv.slice(2);
const { SearchIndex } = await import(join(modules, "reader.js"));
const index = await SearchIndex.open((path) => readFile(join(folder, "search", path)));
for (let paper = 0; paper < index.paperCount; paper++) {
  console.log(JSON.stringify((await index.card(paper)).title));
}
const blocks = Math.ceil(index.paperCount / index.manifest.sizes.authors);
for (let number = 0; number < blocks; number++) await index.authors(number);
console.log(JSON.stringify(blocks));
