import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { parseQuery } = await import(`${process.env.MODULES}/query.js`);

const cases = JSON.parse(readFileSync(new URL("queries.json", import.meta.url), "utf8"));

function render({ kind, text, field, words, joined, exclude, prefix }) {
  const offsets = words.map(([, at, context]) => at + (context ? `/${context.toString(16).padStart(2, "0")}` : ""));
  const places = kind === "phrase" ? `@${offsets.join(",")}` : "";
  const marks = [field, joined && `joined=${joined}`, exclude && "not", prefix && "on"];
  return [`${kind} ${text}${places}`, ...marks].filter(Boolean).join(" ");
}

for (const { title, text, typing = false, clauses, identifier = "" } of cases) {
  test(title, () => {
    const query = parseQuery(text, typing);
    assert.deepEqual(query.clauses.map(render), clauses);
    assert.equal(query.identifier, identifier);
  });
}
