"""Writes the prompts that Jinja itself gives, set up as Hugging Face's apply_chat_template does, one file a template: [{"prompt"} | {"error"}, …].

Usage: python3 make-prompts.py FOLDER-OF-TOKENIZERS (needs jinja2 3.1)
"""
import json
import pathlib
import sys

from jinja2.exceptions import TemplateError
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment


def raise_exception(message):
    raise TemplateError(message)


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
environment.filters["tojson"] = tojson
environment.globals["raise_exception"] = raise_exception

here = pathlib.Path(__file__).parent
templates = {path.stem: path.read_text() for path in here.glob("*.jinja")}
for name in ["llama3_2", "qwen3"]:
    templates[name] = json.loads(pathlib.Path(sys.argv[1], f"{name}.tokenizer_config.json").read_text())["chat_template"]
conversations = json.loads((here / "conversations.json").read_text())
for name, source in templates.items():
    template = environment.from_string(source)
    prompts = []
    for conversation in conversations:
        variables = dict(messages=conversation["messages"], add_generation_prompt=conversation["addGenerationPrompt"],
                         bos_token="<s>", eos_token="</s>", tools=None, documents=None, **conversation.get("variables", {}))
        try:
            prompts.append({"prompt": template.render(**variables)})
        except TemplateError as error:
            prompts.append({"error": error.message})
    (here / f"{name}.prompts.json").write_text(json.dumps(prompts, indent=1) + "\n")
    print(name, [prompt["error"] for prompt in prompts if "error" in prompt])
