// Writes the token ids that Hugging Face's own tokenizer gives for corpus.json, one file a tokenizer: [[ids of text 1], …].
// Usage: npm install && node make-token-ids.mjs ../../../../../shared/data/tokenizers
import { readFileSync, writeFileSync, readdirSync } from "node:fs";
import { Tokenizer } from "@huggingface/tokenizers";

const corpus = JSON.parse(readFileSync("corpus.json", "utf8"));
const folders = [process.argv[2], "."];
for (const folder of folders) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith("tokenizer.json"))) {
    const name = file.replace(".tokenizer.json", "");
    const tokenizer = new Tokenizer(JSON.parse(readFileSync(`${folder}/${file}`, "utf8")), {});
    const ids = corpus.map((text) => tokenizer.encode(text, { add_special_tokens: false }).ids);
    writeFileSync(`${name}.ids.json`, `[\n${ids.map((line) => JSON.stringify(line)).join(",\n")}\n]\n`);
    console.log(name, ids.reduce((sum, line) => sum + line.length, 0));
  }
}
