// Prints what llama.cpp makes of a GGUF file: for each text its token ids, the prompt
// (with the begin token, where the model has one), and the greedy continuation of the prompt.
// Usage: npm install --ignore-scripts && node expected.mjs MODEL.gguf TEXTS.json [TOKENS] > OUT.json
import { readFileSync } from "node:fs";
import { getLlama, LlamaLogLevel } from "node-llama-cpp";

const [path, textsPath, count = "64"] = process.argv.slice(2);
const llama = await getLlama({ gpu: false, build: "never", skipDownload: true, logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath: path, useMmap: true });
const begin = model.tokens.bos;
const result = [];
for (const text of JSON.parse(readFileSync(textsPath, "utf8"))) {
  const ids = model.tokenize(text, false);
  const context = await model.createContext({ contextSize: 128, threads: 1, batchSize: 128 });
  const sequence = context.getSequence();
  const prompt = (begin === null ? ids : [begin, ...ids]).slice(0, 60);
  const greedy = [];
  if (prompt.length > 0 && Number(count) > 0) {
    for await (const token of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
      greedy.push(token);
      if (greedy.length >= Number(count) || model.isEogToken(token)) break;
    }
  }
  await context.dispose();
  result.push({ text, ids, prompt, greedy });
}
console.log(`[\n${result.map((line) => JSON.stringify(line)).join(",\n")}\n]`);
process.exit(0);
