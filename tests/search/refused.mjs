// Asks the index in the folder that the first argument names twice for the stem that the third one names;
// prints, as JSON, whether it was refused.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const [folder, modules, stem] = process.argv.slice(2);
const { SearchIndex } = await import(join(modules, "reader.js"));
const { IndexFormatError } = await import(join(modules, "codec.js"));
const index = await SearchIndex.open((path) => readFile(join(folder, "search", path)));
for (let time = 0; time < 2; time++) {
  const answer = await index.postingLists(stem).catch((error) => error);
  console.log(JSON.stringify(answer instanceof IndexFormatError));
}
