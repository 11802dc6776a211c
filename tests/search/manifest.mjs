// Prints, as JSON, what the manifest in the folder named by the first argument says: where files begin,
// and the names of all.
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
