// Prints what llama.cpp makes of a GGUF file: for each text its token ids, the prompt (with the begin token, where the model has one), and the
// greedy continuation of the prompt, with weights as in the file and an F32 cache.
// Usage: npm install --ignore-scripts && node expected.mjs MODEL.gguf TEXTS.json TOKENS [--special] [--of FILE] > NAME.expected.json
//   --special   special tokens in the texts are special tokens
//   --of FILE   notes the SHA-256 of the file that the model was converted from
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { getLlama, LlamaLogLevel } from "node-llama-cpp";

const [path, textsPath, count, ...options] = process.argv.slice(2);
const of = options.includes("--of") ? createHash("sha256").update(readFileSync(options[options.indexOf("--of") + 1])).digest("hex") : undefined;
const llama = await getLlama({ gpu: false, build: "never", skipDownload: true, logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath: path, useMmap: true });
const begin = model.tokens.bos;
const lines = [];
for (const text of JSON.parse(readFileSync(textsPath, "utf8"))) {
  const ids = model.tokenize(text, options.includes("--special"));
  const context = await model.createContext({
    contextSize: 128, threads: 1, batchSize: 128, flashAttention: false, experimentalKvCacheKeyType: "F32", experimentalKvCacheValueType: "F32",
  });
  const prompt = (begin === null ? ids : [begin, ...ids]).slice(0, 60);
  const greedy = [];
  if (prompt.length > 0 && Number(count) > 0) {
    for await (const token of context.getSequence().evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
      greedy.push(token);
      if (greedy.length >= Number(count) || model.isEogToken(token)) break;
    }
  }
  await context.dispose();
  lines.push({ text, ids, prompt, greedy });
}
console.log(`{"of":${JSON.stringify(of ?? null)},"lines":[\n${lines.map((line) => JSON.stringify(line)).join(",\n")}\n]}`);
process.exit(0);
