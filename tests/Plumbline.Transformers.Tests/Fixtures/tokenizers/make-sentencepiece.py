"""Writes two small SentencePiece-style tokenizers of our own: one as Llama 2's tokenizer.json is made (Prepend and Replace), one as Mistral's newer ones are
(Metaspace). Run: python3 make-sentencepiece.py"""
import json

WORDS = ["the", "▁the", "▁wall", "▁plumb", "▁line", "▁hangs", "▁is", "▁it", "▁a", "▁straight", "ing", "▁▁", "▁▁▁▁", "er", "▁wand", "Ü", "▁Ü", "ber", "语言", "▁Съ", "aaaa"]
LETTERS = "▁abcdefghijklmnopqrstuvwxyzTHIÜüßСъешьö语言.,!?'\n"

vocabulary = ["<unk>", "<s>", "</s>"] + [f"<0x{value:02X}>" for value in range(256)] + list(LETTERS)
merges = []
for word in WORDS:
    pieces = list(word)
    while len(pieces) > 1:
        known = [i for i in range(len(pieces) - 1) if [pieces[i], pieces[i + 1]] in merges]
        i = min(known, key=lambda place: merges.index([pieces[place], pieces[place + 1]])) if known else len(pieces) - 2
        left, right = pieces[i], pieces[i + 1]
        if not known:
            merges.append([left, right])
            if left + right not in vocabulary:
                vocabulary.append(left + right)
        pieces[i:i + 2] = [left + right]


def added(identifier, content):
    return {"id": identifier, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}


def tokenizer(**steps):
    boundary = [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [added(0, "<unk>"), added(1, "<s>"), added(2, "</s>")],
        "post_processor": {"type": "TemplateProcessing", "single": boundary,
                           "pair": boundary + [{"SpecialToken": {"id": "<s>", "type_id": 1}}, {"Sequence": {"id": "B", "type_id": 1}}],
                           "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
        **steps,
        "model": {"type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": None, "end_of_word_suffix": None, "fuse_unk": True,
                  "byte_fallback": True, "ignore_merges": False, "vocab": {token: i for i, token in enumerate(vocabulary)},
                  "merges": merges},
    }


def decoder(strip):
    return {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"}]
            + ([{"type": "Strip", "content": " ", "start": 1, "stop": 0}] if strip else [])}


llama = tokenizer(
    normalizer={"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
    pre_tokenizer=None, decoder=decoder(strip=True))
mistral = tokenizer(
    normalizer=None, pre_tokenizer={"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": False}, decoder=decoder(strip=True))
for name, value in {"own-llama-2-style": llama, "own-mistral-style": mistral}.items():
    with open(f"{name}.tokenizer.json", "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=0)
        file.write("\n")
