// @ts-check
/** Reads arXiv ids and DOIs; model/ids.py reads the same ones by the same patterns. */

import { ARXIV_PATTERN, DOI_PATTERN } from "./constants.js";

const ARXIV = new RegExp(`^(?:${ARXIV_PATTERN})$`, "i");
const DOI = new RegExp(`^(?:${DOI_PATTERN})$`, "i");

/** @param {string} text an arXiv id or an address of one @returns {string | null} the id, without version */
export function parseArxiv(text) {
  const found = ARXIV.exec(unescape(text));
  if (!found) return null;
  const [archive, number] = found[1].toLowerCase().split("/");
  return number ? `${archive.split(".")[0]}/${number}` : archive;
}

/** @param {string} text a DOI or an address of one @returns {string | null} the DOI in lower case */
export function parseDoi(text) {
  const found = DOI.exec(unescape(text));
  return found ? found[1].toLowerCase() : null;
}

/** @param {string} text stripped of white space, the URL escapes of ASCII decoded */
function unescape(text) {
  const decode = (/** @type {string} */ _, /** @type {string} */ code) =>
    String.fromCharCode(parseInt(code, 16));
  return text.trim().replace(/%([2-7][0-9A-Fa-f])/g, decode);
}
