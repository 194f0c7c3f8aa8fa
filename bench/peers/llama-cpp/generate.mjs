// node generate.mjs FILE.gguf THREADS MOST_STREAMS F32|F16: greedy generation with llama.cpp.
// Reads lines {"prompts": [[id, ...], ...], "tokens": N} and answers each with {"seconds", "processorSeconds", "drawn": [[id, ...], ...]}.
import {createInterface} from "node:readline";
import {getLlama, LlamaLogLevel} from "node-llama-cpp";

const [file, threads, streams, cacheType] = process.argv.slice(2);
const started = process.hrtime.bigint();
const llama = await getLlama({gpu: false, build: "never", logLevel: LlamaLogLevel.error, maxThreads: Number(threads)});
const model = await llama.loadModel({modelPath: file, useMmap: true});

async function open(sequences) {
    const context = await model.createContext({
        sequences,
        contextSize: 512,
        batchSize: 512,
        threads: {ideal: Number(threads), min: Number(threads)},
        flashAttention: cacheType === "F16" ? "auto" : false,
        experimentalKvCacheKeyType: cacheType,
        experimentalKvCacheValueType: cacheType
    });
    return Array.from({length: sequences}, () => context.getSequence());
}

// A context of its own for a single stream: room for more slows llama.cpp down.
const single = await open(1);
const many = Number(streams) > 1 ? await open(Number(streams)) : single;
console.log(JSON.stringify({ready: Number(process.hrtime.bigint() - started) / 1e9, peer: "llama.cpp in node-llama-cpp 3.22.1", cacheType}));

async function draw(sequence, prompt, count) {
    const drawn = [];
    for await (const token of sequence.evaluate(prompt, {temperature: 0, yieldEogToken: true})) {
        drawn.push(token);
        if (drawn.length === count)
            break;
    }
    return drawn;
}

for await (const line of createInterface({input: process.stdin})) {
    const {prompts, tokens} = JSON.parse(line);
    const sequences = prompts.length === 1 ? single : many;
    for (const sequence of sequences)
        await sequence.clearHistory();
    const start = process.hrtime.bigint();
    const used = process.cpuUsage();
    const drawn = await Promise.all(prompts.map((prompt, i) => draw(sequences[i], prompt, tokens)));
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const {user, system} = process.cpuUsage(used);
    console.log(JSON.stringify({seconds, processorSeconds: (user + system) / 1e6, drawn}));
}
process.exit(0);
