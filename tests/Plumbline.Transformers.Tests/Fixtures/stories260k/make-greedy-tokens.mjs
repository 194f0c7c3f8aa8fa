// Writes greedy.json: the tokens that llama.cpp draws greedily with stories260K, F32 weights and F32 cache.
// npm install node-llama-cpp@3.22.1 && node make-greedy-tokens.mjs stories260Ktok512.gguf > greedy.json
import {getLlama, LlamaLogLevel} from "node-llama-cpp";

const prompts = ["Once upon a time", "Lily and Tom went to the", "The big dog", "", "\"Hello,\" said the little"];
// The model has 128 positions.
const count = 100;

const llama = await getLlama({gpu: false, build: "never", logLevel: LlamaLogLevel.error});
const model = await llama.loadModel({modelPath: process.argv[2]});
const cases = [];
for (const prompt of prompts) {
    const context = await model.createContext({
        contextSize: 512, sequences: 1, threads: 1, flashAttention: false, experimentalKvCacheKeyType: "F32", experimentalKvCacheValueType: "F32"
    });
    const read = [model.tokens.bos, ...model.tokenize(prompt)];
    const drawn = [];
    for await (const token of context.getSequence().evaluate(read, {temperature: 0, yieldEogToken: true})) {
        drawn.push(token);
        if (drawn.length === count || model.isEogToken(token))
            break;
    }
    cases.push({prompt, read: [...read], drawn, text: model.detokenize(drawn)});
    await context.dispose();
}
console.log(JSON.stringify({peer: "llama.cpp in node-llama-cpp 3.22.1", cases}, null, 0));
process.exit(0);
