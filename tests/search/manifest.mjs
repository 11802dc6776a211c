// Prints, as JSON, the starts and the names of the files in the manifest of the index in the folder that
// the first argument names.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const [folder, modules] = process.argv.slice(2);
const { fileName } = await import(join(modules, "manifest.js"));
const { SearchIndex } = await import(join(modules, "reader.js"));
const { manifest } = await SearchIndex.open((path) => readFile(join(folder, "search", path)));
const names = Object.entries(manifest.names).map(([folder, bytes]) => {
  return [folder, Array.from({ length: bytes.length / 4 }, (_, at) => fileName(manifest, folder, at))];
});
console.log(JSON.stringify([manifest.starts, Object.fromEntries(names)]));
