#!/usr/bin/env python3
"""The PyTorch side of `bench/run train`: an ordinary training loop over padded batches.

Reads a job folder (job.json, weights.bin: F32 matrices one after another in the order of job.json's "weights"), then waits on stdin: each line is
one step to take, answered by one JSON line {"loss", "wall", "cpu"} (seconds). What it does is what a plain PyTorch fine-tune does: pad to the batch's longest
sequence, run torch.nn.functional, cross-entropy over all positions with ignored labels, torch.optim.AdamW (its foreach variant), clip the
gradient's norm. LoRA as PEFT does it: frozen base, x·Aᵀ·Bᵀ beside it.
"""
import json
import math
import sys
import time
from pathlib import Path

import numpy
import torch
import torch.nn.functional as F


class Rotary:
    def __init__(self, config, length):
        d = config["head"]
        frequency = 1.0 / config["theta"] ** (torch.arange(0, d, 2).float() / d)
        angles = torch.outer(torch.arange(length).float(), frequency)
        angles = torch.cat([angles, angles], -1)
        self.cosine, self.sine = angles.cos(), angles.sin()

    def __call__(self, x):
        half = x.shape[-1] // 2
        turned = torch.cat([-x[..., half:], x[..., :half]], -1)
        return x * self.cosine[: x.shape[-2]] + turned * self.sine[: x.shape[-2]]


def norm(x, weight, epsilon):
    return weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon))


class Model:
    def __init__(self, config, weights, lora):
        self.c, self.w, self.lora = config, weights, lora
        self.rotary = Rotary(config, config["longest"])

    def linear(self, x, module):
        y = F.linear(x, self.w[module + ".weight"])
        if self.lora and module in self.lora["factors"]:
            a, b = self.lora["factors"][module]
            y = y + F.linear(F.linear(x, a), b) * self.lora["scale"]
        return y

    def __call__(self, tokens, mask):
        c, w = self.c, self.w
        batch, length = tokens.shape
        x = F.embedding(tokens, w["model.embed_tokens.weight"])
        for i in range(c["layers"]):
            p = f"model.layers.{i}."
            h = norm(x, w[p + "input_layernorm.weight"], c["epsilon"])
            q = self.linear(h, p + "self_attn.q_proj").view(batch, length, c["heads"], c["head"]).transpose(1, 2)
            k = self.linear(h, p + "self_attn.k_proj").view(batch, length, c["kv"], c["head"]).transpose(1, 2)
            v = self.linear(h, p + "self_attn.v_proj").view(batch, length, c["kv"], c["head"]).transpose(1, 2)
            q, k = self.rotary(q), self.rotary(k)
            k = k.repeat_interleave(c["heads"] // c["kv"], 1)
            v = v.repeat_interleave(c["heads"] // c["kv"], 1)
            scores = torch.matmul(q, k.transpose(2, 3)) / math.sqrt(c["head"]) + mask
            attended = torch.matmul(scores.softmax(-1), v).transpose(1, 2).reshape(batch, length, -1)
            x = x + self.linear(attended, p + "self_attn.o_proj")
            h = norm(x, w[p + "post_attention_layernorm.weight"], c["epsilon"])
            x = x + self.linear(F.silu(self.linear(h, p + "mlp.gate_proj")) * self.linear(h, p + "mlp.up_proj"), p + "mlp.down_proj")
        x = norm(x, w["model.norm.weight"], c["epsilon"])
        return F.linear(x, w["model.embed_tokens.weight" if c["tied"] else "lm_head.weight"])


def load(folder, job):
    flat = torch.from_numpy(numpy.fromfile(folder / "weights.bin", dtype=numpy.float32))
    weights, offset = {}, 0
    for entry in job["weights"]:
        size = math.prod(entry["shape"])
        weights[entry["name"]] = flat[offset:offset + size].view(entry["shape"]).clone()
        offset += size
    return weights


def pad(batch):
    longest = max(len(e["tokens"]) for e in batch)
    tokens = torch.zeros(len(batch), longest, dtype=torch.long)
    labels = torch.full((len(batch), longest), -100, dtype=torch.long)
    for i, e in enumerate(batch):
        n = len(e["tokens"])
        tokens[i, :n] = torch.tensor(e["tokens"])
        learned = torch.tensor(e["mask"])
        labels[i, :n][learned] = tokens[i, :n][learned]
    # Padding comes last, so the causal mask already hides it from every real token.
    mask = torch.full((longest, longest), float("-inf")).triu(1)
    return tokens, labels, mask


def main():
    folder = Path(sys.argv[1])
    job = json.loads((folder / "job.json").read_text())
    torch.set_num_threads(job["threads"])
    torch.manual_seed(0)
    weights = load(folder, job)
    lora = None
    if job["lora"]:
        modules = [n[: -len(".lora_A.weight")] for n in weights if n.endswith(".lora_A.weight")]
        factors = {m: tuple(weights.pop(f"{m}.lora_{f}.weight").requires_grad_() for f in "AB") for m in modules}
        lora = dict(factors=factors, scale=job["lora"]["alpha"] / job["lora"]["rank"])
        trained = [t for pair in factors.values() for t in pair]
    else:
        trained = [t.requires_grad_() for t in weights.values()]
    model = Model(job["config"], weights, lora)
    optimizer = torch.optim.AdamW(
        [dict(params=[t for t in trained if t.dim() == 2], weight_decay=job["weight_decay"]), dict(params=[t for t in trained if t.dim() == 1], weight_decay=0.0)],
        lr=job["rate"], betas=(0.9, 0.999), eps=1e-8, foreach=True)
    batches = job["batches"]
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    for step, _ in enumerate(sys.stdin):
        wall, cpu = time.perf_counter(), time.process_time()
        tokens, labels, mask = pad([job["examples"][i] for i in batches[step % len(batches)]])
        optimizer.zero_grad(set_to_none=True)
        logits = model(tokens, mask)
        loss = F.cross_entropy(logits[:, :-1].reshape(-1, logits.shape[-1]), labels[:, 1:].reshape(-1), ignore_index=-100)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, job["clip"])
        optimizer.step()
        print(json.dumps({"loss": loss.item(), "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}), flush=True)


if __name__ == "__main__":
    main()
