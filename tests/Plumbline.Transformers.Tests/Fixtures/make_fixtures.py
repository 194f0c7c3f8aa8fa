#!/usr/bin/env python3
"""Makes the tiny Hugging Face folders under this folder, and what they must compute.

Needs PyTorch only (Debian's python3-torch does). Each architecture is written here from its published description and computed in float64,
independently of the engine under test:
  tiny-llama3   Llama 3.1: grouped queries, rope_scaling llama3, untied head        (Grattafiori et al., 2024; Meta's reference code)
  tiny-llama    Llama with attention_bias, tied head, one key head a query head     (Touvron et al., 2023)
  tiny-mistral  grouped queries, sliding window, head_dim other than hidden/heads   (Jiang et al., 2023)
  tiny-qwen2    biases on query, key and value, tied head                           (Yang et al., 2024)
  tiny-qwen3    RMS norm on each head's query and key, head_dim of its own          (Yang et al., 2025)

Each folder gets config.json, model.safetensors (F32), adapter/ (a PEFT LoRA), expected.json (sequences, loss masks, losses, hyper-parameters)
and expected.safetensors: logits.N for sequence N, adapted_logits.N with the adapter, gradient.NAME of the mean loss over all masked-in tokens,
adapter_gradient.KEY of the same loss with the adapter, and trained.NAME of some weights after twenty AdamW steps.

Usage: make_fixtures.py            (same bytes each time)
"""
import json
import math
import struct
from pathlib import Path

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
ROOT = Path(__file__).parent

COMMON = dict(hidden_act="silu", bos_token_id=1, eos_token_id=2, torch_dtype="float32", max_position_embeddings=64, vocab_size=64)
MODELS = {
    "tiny-llama3": dict(
        architectures=["LlamaForCausalLM"], model_type="llama", hidden_size=24, intermediate_size=40, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, head_dim=8, rms_norm_eps=1e-5, rope_theta=10000.0, tie_word_embeddings=False,
        attention_bias=False, mlp_bias=False,
        rope_scaling=dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=64)),
    "tiny-llama": dict(
        architectures=["LlamaForCausalLM"], model_type="llama", hidden_size=32, intermediate_size=48, num_hidden_layers=2,
        num_attention_heads=2, num_key_value_heads=2, rms_norm_eps=1e-6, rope_theta=10000.0, tie_word_embeddings=True,
        attention_bias=True, mlp_bias=False, rope_scaling=None),
    "tiny-mistral": dict(
        architectures=["MistralForCausalLM"], model_type="mistral", hidden_size=24, intermediate_size=32, num_hidden_layers=3,
        num_attention_heads=4, num_key_value_heads=1, head_dim=16, rms_norm_eps=1e-5, rope_theta=10000.0, tie_word_embeddings=False,
        sliding_window=5),
    "tiny-qwen2": dict(
        architectures=["Qwen2ForCausalLM"], model_type="qwen2", hidden_size=32, intermediate_size=40, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, rms_norm_eps=1e-6, rope_theta=1000000.0, tie_word_embeddings=True,
        use_sliding_window=False, sliding_window=16, max_window_layers=2),
    "tiny-qwen3": dict(
        architectures=["Qwen3ForCausalLM"], model_type="qwen3", hidden_size=24, intermediate_size=40, num_hidden_layers=2,
        num_attention_heads=3, num_key_value_heads=1, head_dim=16, rms_norm_eps=1e-6, rope_theta=1000000.0, tie_word_embeddings=False,
        attention_bias=False, use_sliding_window=False, sliding_window=None, rope_scaling=None),
}
RANK, ALPHA = 4, 8
STEPS, RATE, DECAY, BETAS, EPSILON, CLIP = 20, 2e-3, 0.1, (0.9, 0.99), 1e-8, 1.0


def head_dim(c):
    return c.get("head_dim") or c["hidden_size"] // c["num_attention_heads"]


def rotary(c, length):
    d = head_dim(c)
    frequency = 1.0 / c["rope_theta"] ** (torch.arange(0, d, 2, dtype=torch.float64) / d)
    scaling = c.get("rope_scaling")
    if scaling:
        low = scaling["original_max_position_embeddings"] / scaling["low_freq_factor"]
        high = scaling["original_max_position_embeddings"] / scaling["high_freq_factor"]
        scaled = []
        for f in frequency.tolist():
            wavelength = 2 * math.pi / f
            if wavelength < high:
                scaled.append(f)
            elif wavelength > low:
                scaled.append(f / scaling["factor"])
            else:
                smooth = (scaling["original_max_position_embeddings"] / wavelength - scaling["low_freq_factor"]) / (
                    scaling["high_freq_factor"] - scaling["low_freq_factor"])
                scaled.append((1 - smooth) * f / scaling["factor"] + smooth * f)
        frequency = torch.tensor(scaled, dtype=torch.float64)
    angles = torch.outer(torch.arange(length, dtype=torch.float64), frequency)
    angles = torch.cat([angles, angles], -1)
    return angles.cos(), angles.sin()


def rotate(x, cosine, sine):
    half = x.shape[-1] // 2
    return x * cosine + torch.cat([-x[..., half:], x[..., :half]], -1) * sine


def norm(x, weight, epsilon):
    return weight * x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon)


def logits(c, w, tokens, adapter=None):
    """Logits of one sequence: [length, vocabulary]."""
    heads, kv, d, epsilon = c["num_attention_heads"], c["num_key_value_heads"], head_dim(c), c["rms_norm_eps"]
    length = len(tokens)
    cosine, sine = rotary(c, length)
    position = torch.arange(length)
    visible = position[None, :] <= position[:, None]
    if c["model_type"] == "mistral":
        visible &= position[:, None] - position[None, :] < c["sliding_window"]

    def linear(x, module):
        y = F.linear(x, w[module + ".weight"], w.get(module + ".bias"))
        if adapter is not None and module in adapter:
            a, b = adapter[module]
            y = y + ALPHA / RANK * (x @ a.T) @ b.T
        return y

    x = w["model.embed_tokens.weight"][torch.tensor(tokens)]
    for i in range(c["num_hidden_layers"]):
        p = f"model.layers.{i}."
        h = norm(x, w[p + "input_layernorm.weight"], epsilon)
        q = linear(h, p + "self_attn.q_proj").view(length, heads, d)
        k = linear(h, p + "self_attn.k_proj").view(length, kv, d)
        v = linear(h, p + "self_attn.v_proj").view(length, kv, d)
        if c["model_type"] == "qwen3":
            q = norm(q, w[p + "self_attn.q_norm.weight"], epsilon)
            k = norm(k, w[p + "self_attn.k_norm.weight"], epsilon)
        q, k = rotate(q, cosine[:, None], sine[:, None]), rotate(k, cosine[:, None], sine[:, None])
        k, v = k.repeat_interleave(heads // kv, 1), v.repeat_interleave(heads // kv, 1)
        scores = torch.einsum("qhd,khd->hqk", q, k) / math.sqrt(d)
        weights = scores.masked_fill(~visible, -math.inf).softmax(-1)
        attended = torch.einsum("hqk,khd->qhd", weights, v).reshape(length, heads * d)
        x = x + linear(attended, p + "self_attn.o_proj")
        h = norm(x, w[p + "post_attention_layernorm.weight"], epsilon)
        x = x + linear(F.silu(linear(h, p + "mlp.gate_proj")) * linear(h, p + "mlp.up_proj"), p + "mlp.down_proj")
    x = norm(x, w["model.norm.weight"], epsilon)
    return x @ w["model.embed_tokens.weight" if c["tie_word_embeddings"] else "lm_head.weight"].T


def loss(c, w, sequences, masks, adapter=None):
    """Mean -ln p over all masked-in tokens of all sequences."""
    total, count = 0.0, 0
    for tokens, mask in zip(sequences, masks):
        log_p = logits(c, w, tokens, adapter).log_softmax(-1)
        for i in range(1, len(tokens)):
            if mask[i]:
                total = total - log_p[i - 1, tokens[i]]
                count += 1
    return total / count


def random_weights(c, generator):
    hidden, inner, vocabulary, d = c["hidden_size"], c["intermediate_size"], c["vocab_size"], head_dim(c)
    q, kv = c["num_attention_heads"] * d, c["num_key_value_heads"] * d
    qkv_bias = c["model_type"] == "qwen2" or c.get("attention_bias", False)

    def matrix(rows, columns):
        return torch.randn(rows, columns, generator=generator) * (1.2 / math.sqrt(columns))

    def vector(size, centre):
        return centre + 0.2 * torch.randn(size, generator=generator)

    w = {"model.embed_tokens.weight": matrix(vocabulary, hidden)}
    for i in range(c["num_hidden_layers"]):
        p = f"model.layers.{i}."
        w[p + "input_layernorm.weight"] = vector(hidden, 1)
        for name, rows, columns in (("q", q, hidden), ("k", kv, hidden), ("v", kv, hidden), ("o", hidden, q)):
            w[p + f"self_attn.{name}_proj.weight"] = matrix(rows, columns)
            if qkv_bias and (name != "o" or c["model_type"] == "llama"):
                w[p + f"self_attn.{name}_proj.bias"] = vector(rows, 0)
        if c["model_type"] == "qwen3":
            w[p + "self_attn.q_norm.weight"] = vector(d, 1)
            w[p + "self_attn.k_norm.weight"] = vector(d, 1)
        w[p + "post_attention_layernorm.weight"] = vector(hidden, 1)
        w[p + "mlp.gate_proj.weight"] = matrix(inner, hidden)
        w[p + "mlp.up_proj.weight"] = matrix(inner, hidden)
        w[p + "mlp.down_proj.weight"] = matrix(hidden, inner)
    w["model.norm.weight"] = vector(hidden, 1)
    if not c["tie_word_embeddings"]:
        w["lm_head.weight"] = matrix(vocabulary, hidden)
    return w


def random_adapter(c, w, generator):
    """Both factors non-zero, so that both have gradients; on every linear, but only in the upper layers, so that the way back ends early."""
    adapter = {}
    for name, weight in w.items():
        if "_proj.weight" in name and not name.startswith("model.layers.0."):
            rows, columns = weight.shape
            adapter[name[:-len(".weight")]] = (
                torch.randn(RANK, columns, generator=generator) / math.sqrt(columns), 0.3 * torch.randn(rows, RANK, generator=generator))
    return adapter


def write_safetensors(path, tensors):
    header, blobs, offset = {"__metadata__": {"format": "pt"}}, [], 0
    for name, tensor in tensors.items():
        values = tensor.detach().to(torch.float32).contiguous()
        blob = values.numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [offset, offset + len(blob)]}
        offset += len(blob)
        blobs.append(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def write_json(path, value):
    path.write_text("{\n" + ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in value.items()) + "\n}\n")


def train(c, start, sequences, masks):
    w = {name: tensor.double().clone().requires_grad_() for name, tensor in start.items()}
    decaying = [t for t in w.values() if t.dim() == 2]
    lasting = [t for t in w.values() if t.dim() == 1]
    optimizer = torch.optim.AdamW(
        [dict(params=decaying, weight_decay=DECAY), dict(params=lasting, weight_decay=0.0)], lr=RATE, betas=BETAS, eps=EPSILON)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        value = loss(c, w, sequences, masks)
        value.backward()
        torch.nn.utils.clip_grad_norm_(list(w.values()), CLIP)
        optimizer.step()
        losses.append(value.item())
    return losses, w


def make(name, config, seed):
    c = dict(COMMON, **config)
    generator = torch.Generator().manual_seed(seed)
    start = random_weights(c, generator)
    adapter = random_adapter(c, start, generator)
    sequences = [torch.randint(3, c["vocab_size"], (n,), generator=generator).tolist() for n in (19, 7, 12)]
    masks = [[i >= n // 2 and i != n - 3 for i in range(n)] for n in map(len, sequences)]

    folder = ROOT / name
    (folder / "adapter").mkdir(parents=True, exist_ok=True)
    write_json(folder / "config.json", c)
    write_safetensors(folder / "model.safetensors", start)
    write_json(folder / "adapter" / "adapter_config.json", dict(
        base_model_name_or_path=name, bias="none", fan_in_fan_out=False, inference_mode=True, init_lora_weights=True, lora_alpha=ALPHA,
        lora_dropout=0.0, modules_to_save=None, peft_type="LORA", r=RANK, task_type="CAUSAL_LM",
        target_modules=sorted({module.split(".")[-1] for module in adapter})))
    peft = {}
    for module, (a, b) in adapter.items():
        peft[f"base_model.model.{module}.lora_A.weight"] = a
        peft[f"base_model.model.{module}.lora_B.weight"] = b
    write_safetensors(folder / "adapter" / "adapter_model.safetensors", peft)

    expected = {}
    w = {key: tensor.double().requires_grad_() for key, tensor in start.items()}
    factors = {module: (a.double().requires_grad_(), b.double().requires_grad_()) for module, (a, b) in adapter.items()}
    for i, tokens in enumerate(sequences):
        expected[f"logits.{i}"] = logits(c, w, tokens)
        expected[f"adapted_logits.{i}"] = logits(c, w, tokens, factors)
    plain = loss(c, w, sequences, masks)
    plain.backward()
    for key, tensor in w.items():
        expected[f"gradient.{key}"] = tensor.grad
    frozen = {key: tensor.detach() for key, tensor in w.items()}
    adapted = loss(c, frozen, sequences, masks, factors)
    adapted.backward()
    for module, (a, b) in factors.items():
        expected[f"adapter_gradient.{module}.lora_A"] = a.grad
        expected[f"adapter_gradient.{module}.lora_B"] = b.grad
    losses, trained = train(c, start, sequences, masks)
    for key in ("model.layers.0.self_attn.q_proj.weight", "model.layers.1.mlp.down_proj.weight", "model.layers.0.input_layernorm.weight", "model.norm.weight"):
        expected[f"trained.{key}"] = trained[key]
    write_safetensors(folder / "expected.safetensors", expected)
    write_json(folder / "expected.json", dict(
        sequences=sequences, masks=masks, loss=plain.item(), adapted_loss=adapted.item(), losses=losses, learning_rate=RATE, weight_decay=DECAY,
        betas=BETAS, epsilon=EPSILON, clip_norm=CLIP))


if __name__ == "__main__":
    for index, (model, settings) in enumerate(MODELS.items()):
        make(model, settings, seed=20_240 + index)
