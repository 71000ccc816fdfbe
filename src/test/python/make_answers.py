"""What transformers says to questions behind conversations: the difference of two tokens' logits at the first token of
an answer.

    python src/test/python/make_answers.py

Made with torch 2.7.1 and transformers 5.23.0 on a CPU, in float64, one prompt at a time, rounded to 8 decimals. The
cases (`references/answers/cases.jsonl`) and the template are written by hand, the checkpoints are those of
`make_references.py`; `references/answers/MODEL.jsonl` is the output: for each case, and each of its principles, the
prompt's number of tokens and its reward.
"""

import json
import pathlib

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "references"
QUESTION = (
    "Evaluate the response to the previous prompt in terms of whether it satisfies this principle: {principle}. "
    "Only answer Yes or No."
)
WANTED, UNWANTED = "Y", "N"
TEMPLATES = {"llama-causal": None, "qwen3-causal": "answers/thinks.jinja"}


def main():
    cases = [json.loads(line) for line in (HOME / "answers" / "cases.jsonl").read_text("utf-8").splitlines()]
    for name, template in TEMPLATES.items():
        tokenizer = AutoTokenizer.from_pretrained(HOME / name)
        source = (HOME / template).read_text("utf-8") if template else None
        model = AutoModelForCausalLM.from_pretrained(HOME / name, dtype=torch.float64, attn_implementation="eager").eval()
        wanted, unwanted = (tokenizer.encode(text, add_special_tokens=False) for text in (WANTED, UNWANTED))
        assert len(wanted) == len(unwanted) == 1, (wanted, unwanted)
        with open(HOME / "answers" / f"{name}.jsonl", "w", encoding="utf-8") as out:
            for case in cases:
                answers = []
                for principle in case["principles"]:
                    asked = dict(role="user", content=QUESTION.replace("{principle}", principle))
                    text = tokenizer.apply_chat_template(
                        case["messages"] + [asked],
                        chat_template=source,
                        tokenize=False,
                        add_generation_prompt=True,
                        enable_thinking=False,
                    )
                    ids = tokenizer.encode(text, add_special_tokens=False)
                    with torch.inference_mode():
                        logits = model(torch.tensor([ids])).logits[0, -1].double()
                    reward = (logits[wanted[0]] - logits[unwanted[0]]).item()
                    answers.append(dict(tokens=len(ids), reward=round(reward, 8)))
                out.write(json.dumps(answers) + "\n")


if __name__ == "__main__":
    main()
