// Prints, for each JSON string on standard input, its chunks, each with its words stemmed.
import { createInterface } from "node:readline";

const { analyseChunk, splitChunks } = await import(`${process.argv[2]}/analysis.js`);
const { stem } = await import(`${process.argv[2]}/stemmer.js`);
for await (const line of createInterface({ input: process.stdin })) {
  const found = splitChunks(JSON.parse(line)).map((chunk) => {
    const { words, width } = analyseChunk(chunk);
    return [chunk, words.map(([word, at]) => [stem(word), at]), width];
  });
  console.log(JSON.stringify(found));
}
