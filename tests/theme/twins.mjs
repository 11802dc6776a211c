/** Runs the browser's modules on the cases that Python hands in, and hands the answers back. */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);
const [answers, ids, known, page, schema] = await Promise.all(
  ["answers", "ids", "known", "page", "schema"].map((name) => import(new URL(`${name}.js`, folder))),
);

const { rules, letters, cases } = JSON.parse(readFileSync(0, "utf8"));
const work = {
  arxiv: (text) => ids.parseArxiv(text),
  doi: (text) => ids.parseDoi(text),
  id: (facts) => ids.buildId(facts, letters),
  title: (title) => ids.normaliseTitle(title, letters),
  facts: (facts) => schema.validate(facts, rules).map((problem) => problem.path),
  messages: (facts) => schema.validate(facts, rules),
  page: ({ facts, abstract }) => page.renderPage(facts, abstract, rules),
  address: ([base, year, id, text]) => page.editorAddress(base, year, id, text),
  problems: (fields) => answers.findProblems(fields, rules),
  written: (fields) => page.renderPage(answers.readFacts(fields, rules), answers.readAbstract(fields), rules),
  crc32: (text) => known.crc32(new TextEncoder().encode(text)),
  schema: ([value, own]) => {
    try {
      return schema.validate(value, own);
    } catch (error) {
      return error.message;
    }
  },
};
console.log(JSON.stringify(cases.map(([name, value]) => work[name](value))));
