// Writes added-tokens.json: added tokens of every kind on top of own-byte-level, and the ids that Hugging Face's tokenizer gives for texts with them.
// (It passes single_word over, which the Rust library heeds; that has a test of its own.)
// Usage: npm install && node make-added-tokens.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { Tokenizer } from "@huggingface/tokenizers";

const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: false };
const added = [
  { ...plain, id: 480, content: "[MASK]", lstrip: true, special: true },
  { ...plain, id: 481, content: "[SEP]", rstrip: true, special: true },
  { ...plain, id: 482, content: "[BOTH]", lstrip: true, rstrip: true },
  { ...plain, id: 484, content: "[M" },
  { ...plain, id: 485, content: "\u00e9t\u00e9", normalized: true },
  { ...plain, id: 486, content: "[MASK]s" },
];
const texts = [
  "a [MASK] b", "a  \n[MASK]  b", "a [SEP]  b [SEP]", "x [BOTH] y[BOTH]z", "[M [MASK [MASK]s [MASK]",
  "\u00e9t\u00e9 e\u0301te\u0301", "[MASK][MASK] [SEP] [SEP]", "[SEP] [MASK]", "", "[BOTH]   [BOTH]",
];
const definition = JSON.parse(readFileSync("own-byte-level.tokenizer.json", "utf8"));
definition.added_tokens = [...definition.added_tokens, ...added];
definition.normalizer = { type: "NFC" };
const tokenizer = new Tokenizer(definition, {});
const cases = texts.map((text) => ({ text, ids: tokenizer.encode(text, { add_special_tokens: false }).ids }));
writeFileSync("added-tokens.json", JSON.stringify({ added, cases }, null, 1) + "\n");
