// Writes variants.json: splitting steps that the corpus' tokenizers do not use, on top of our own vocabularies, and the ids that Hugging Face's tokenizer gives.
// (Its Digits step knows decimal digits only, the Rust library every number character: so none of the texts has another number.)
// (It knows the behaviour Isolated only; the others have a test of their own.)
// Usage: npm install && node make-variants.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { Tokenizer } from "@huggingface/tokenizers";

const bytes = (regex = true, prefix = false) => ({ type: "ByteLevel", add_prefix_space: prefix, trim_offsets: true, use_regex: regex });
const sequence = (...steps) => ({ type: "Sequence", pretokenizers: steps });
const split = (pattern, behavior, invert = false) => sequence({ type: "Split", pattern, behavior, invert }, bytes(false));
const metaspace = (scheme, divide) => ({ type: "Metaspace", replacement: "\u2581", prepend_scheme: scheme, split: divide });
const variants = [
  { base: "own-byte-level", pre_tokenizer: sequence({ type: "Digits", individual_digits: true }, bytes()) },
  { base: "own-byte-level", pre_tokenizer: sequence({ type: "Digits", individual_digits: false }, bytes()) },
  { base: "own-byte-level", pre_tokenizer: bytes(true, true) },
  { base: "own-byte-level", pre_tokenizer: split({ String: " " }, "Isolated") },
  { base: "own-llama-2-style", normalizer: null, pre_tokenizer: metaspace("always", true) },
  { base: "own-llama-2-style", normalizer: null, pre_tokenizer: metaspace("first", true) },
  { base: "own-llama-2-style", normalizer: null, pre_tokenizer: metaspace("never", true) },
  { base: "own-llama-2-style", normalizer: null, pre_tokenizer: metaspace("always", false) },
];
const texts = ["the plumb line  hangs", " 12 345 a1b2", "x", "wall<s>the wall", "\ud835\udcd0\ud835\udfd9 \u0967\u0968\u0969", "tab\there\nline", "the  wall", ""];
const cases = variants.map(({ base, ...steps }) => {
  const definition = { ...JSON.parse(readFileSync(`${base}.tokenizer.json`, "utf8")), ...steps };
  const tokenizer = new Tokenizer(definition, {});
  return { base, steps, texts: texts.map((text) => ({ text, ids: tokenizer.encode(text, { add_special_tokens: false }).ids })) };
});
writeFileSync("variants.json", JSON.stringify(cases) + "\n");
