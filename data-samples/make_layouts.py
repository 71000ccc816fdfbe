"""Writes data-samples/layouts: two rows in the shape of each published layout, and what of them is to be scored.

    python data-samples/make_layouts.py

The texts are our own; the shapes are those of the data sets after which the files are named. Beside each row stand the
conversations that its scores are for, written down by hand. `expected/layouts.jsonl` gets a line for each: the file, the row
(from 0), where its score belongs, the conversation as messages, and what transformers in float64 scores it with, by the
demonstration model.
"""

import json
import pathlib
from typing import NamedTuple

import torch
import transformers
from make_demo_reward import Judge

HOME = pathlib.Path(__file__).resolve().parent


class Topic(NamedTuple):
    ask: str
    best: str
    fair: str
    rude: str


BREAD = Topic(
    "How do I keep my sourdough bread fresh for a few days?",
    "Keep the loaf in a cotton bag, cut side down on a board, because plastic makes the crust soft.",
    "In a bread box.",
    "Only an idiot would buy a whole loaf.",
)
DOG = Topic(
    "My dog pulls on the leash. What can I do?",
    "Happy to help! Stop walking whenever he pulls, so that he learns that pulling leads nowhere.",
    "Try a harness.",
    "Get lost, I do not help stupid people.",
)
COFFEE = Topic(
    "Why is my coffee so bitter?",
    "I am sorry to hear that! Grind the beans coarser, since fine coffee gives more of its bitter taste to the water.",
    "The water is too hot.",
    "WHAT A STUPID QUESTION!!!",
)
KIND = "You are a kind assistant."
BRIEF = "Answer in one sentence."
WEATHER = dict(
    type="function",
    function=dict(
        name="get_weather",
        description="The weather of a town",
        parameters=dict(type="object", properties=dict(town=dict(type="string")), required=["town"]),
    ),
)


def turn(role, text):
    return dict(role=role, content=text)


def user(text):
    return turn("user", text)


def assistant(text):
    return turn("assistant", text)


def system(text):
    return turn("system", text)


def human(text):
    return {"from": "human", "value": text}


def gpt(text):
    return {"from": "gpt", "value": text}


def chat(*texts, opened=None):
    """Texts of the user and the assistant in turn, after a system's."""
    turns = [assistant(text) if i % 2 else user(text) for i, text in enumerate(texts)]
    return ([system(opened)] if opened else []) + turns


def hh(*texts):
    """A transcript; the last text may be empty, where the assistant is to answer."""
    return "".join(f"\n\n{'Assistant' if i % 2 else 'Human'}:{' ' if text else ''}{text}" for i, text in enumerate(texts))


def marked(*texts):
    """HelpSteer2's prompts of several turns."""
    parts = [texts[0]]
    for i, text in enumerate(texts[1:], 1):
        parts.append(f"<extra_id_1>{'Assistant' if i % 2 else 'User'}\n{text}")
    return "\n".join(parts)


def one(prompt, answer, at="reward"):
    """A score of one answer; the prompt is a text or turns."""
    return [(at, (chat(prompt) if isinstance(prompt, str) else prompt) + [assistant(answer)])]


def pair(prompt, first, second, names=("chosen_reward", "rejected_reward")):
    return one(prompt, first, names[0]) + one(prompt, second, names[1])


def listed(prompt, *answers, name="rewards"):
    return [score for i, answer in enumerate(answers) for score in one(prompt, answer, f"{name}[{i}]")]


# What was said before the question about coffee.
BEFORE = (DOG.ask, DOG.fair)
LONG = chat(*BEFORE, COFFEE.ask)
AB = ("reward_a", "reward_b")


def ratings(*values):
    return dict(zip(["helpfulness", "correctness", "coherence", "complexity", "verbosity"], values))


def labelled(turns, label):
    return [dict(turn, label=label if i % 2 else None) for i, turn in enumerate(turns)]


def nemo(*texts):
    return [{"from": "Assistant" if i % 2 else "User", "value": text} for i, text in enumerate(texts)]


def layouts():
    """Rows by file, each with the scores that it gets: where, and of which conversation."""
    found = {}

    def add(name, *rows):
        found[name] = list(rows)

    # NVIDIA
    label = "helpfulness:4,correctness:4,coherence:4,complexity:1,verbosity:1"
    add(
        "nemo-aligner-steerlm",
        (
            dict(
                conversations=labelled(nemo(BREAD.ask, BREAD.best), label), system=KIND, mask="User", type="VALUE_TO_TEXT"
            ),
            [("conversations[1].label", chat(BREAD.ask, BREAD.best, opened=KIND))],
        ),
        (
            dict(
                conversations=labelled(nemo(*BEFORE, COFFEE.ask, COFFEE.fair), label),
                system="",
                mask="User",
                type="VALUE_TO_TEXT",
            ),
            [
                ("conversations[1].label", chat(*BEFORE)),
                ("conversations[3].label", chat(*BEFORE, COFFEE.ask, COFFEE.fair)),
            ],
        ),
    )
    add(
        "nemo-aligner-sft",
        (
            dict(conversations=nemo(BREAD.ask, BREAD.best), system=KIND, mask="User"),
            [("conversations[1].label", chat(BREAD.ask, BREAD.best, opened=KIND))],
        ),
        (
            dict(conversations=nemo(DOG.ask, DOG.rude), system="", mask="User"),
            [("conversations[1].label", chat(DOG.ask, DOG.rude))],
        ),
    )
    add(
        "HelpSteer",
        (dict(prompt=BREAD.ask, response=BREAD.best, **ratings(4, 4, 4, 1, 1)), one(BREAD.ask, BREAD.best)),
        (dict(prompt=DOG.ask, response=DOG.rude, **ratings(0, 0, 3, 0, 0)), one(DOG.ask, DOG.rude)),
    )
    add(
        "HelpSteer2",
        (
            dict(prompt=marked(*BEFORE, COFFEE.ask), response=COFFEE.best, **ratings(4, 4, 4, 1, 1)),
            one(LONG, COFFEE.best),
        ),
        (
            dict(prompt=marked(*BEFORE, COFFEE.ask), response=COFFEE.rude, **ratings(0, 0, 3, 0, 0)),
            one(LONG, COFFEE.rude),
        ),
    )
    add(
        "HelpSteer2-disagreements",
        *(
            (
                dict(prompt=topic.ask, response=topic.best, **ratings([4, 3, 4], [4, 4, 4], [4, 4, 4], [1, 1, 2], [1, 1, 1])),
                one(topic.ask, topic.best),
            )
            for topic in (BREAD, DOG)
        ),
    )

    def helpsteer2_preference(split, prompt, first, second, strength, asked):
        row = dict(
            split=split,
            prompt=prompt,
            response_1=first,
            response_2=second,
            preference_strength=strength,
            preference_statement="One of them is better.",
            preference_elaboration="It says why.",
            three_most_similar_preferences=[],
            all_preferences_unprocessed=[],
        )
        return row, listed(asked, first, second)

    add(
        "HelpSteer2-preference",
        helpsteer2_preference("train", BREAD.ask, BREAD.best, BREAD.rude, -3, BREAD.ask),
        helpsteer2_preference("val", marked(*BEFORE, COFFEE.ask), COFFEE.fair, COFFEE.best, 2, LONG),
    )
    numbered = ("reward1", "reward2")
    about = dict(domain="general", language="english")
    add(
        "HelpSteer3-preference",
        (
            dict(
                about,
                context=LONG,
                response1=COFFEE.best,
                response2=COFFEE.rude,
                overall_preference=-3,
                individual_preference=[dict(score=-3, reasoning="The second is rude.", feedback1="Good.", feedback2="Bad.")],
            ),
            pair(LONG, COFFEE.best, COFFEE.rude, numbered),
        ),
        (
            dict(
                about,
                context=chat(BREAD.ask),
                response1=BREAD.fair,
                response2=BREAD.best,
                overall_preference=2,
                individual_preference=[],
            ),
            pair(BREAD.ask, BREAD.fair, BREAD.best, numbered),
        ),
    )
    add(
        "HelpSteer3-feedback",
        *(
            (
                dict(
                    about,
                    context=chat(topic.ask),
                    response1=topic.best,
                    response2=topic.rude,
                    feedback1=["Helpful.", "Right.", "Kind."],
                    feedback2=["Rude.", "No help.", "Short."],
                ),
                pair(topic.ask, topic.best, topic.rude, numbered),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "HelpSteer3-edit",
        *(
            (
                dict(
                    about,
                    context=chat(topic.ask),
                    original_response=topic.fair,
                    edited_response=topic.best,
                    feedback=["Short.", "Right.", "Why?"],
                    change_summary="Says why.",
                ),
                pair(topic.ask, topic.fair, topic.best, ("original_reward", "edited_reward")),
            )
            for topic in (BREAD, COFFEE)
        ),
    )
    add(
        "HelpSteer3-edit_quality",
        *(
            (
                dict(
                    about,
                    context=chat(topic.ask),
                    original_response=topic.fair,
                    good_edited_response=topic.best,
                    bad_edited_response=topic.rude,
                    feedback=["Short.", "Right.", "Why?"],
                ),
                listed(topic.ask, topic.fair, topic.best, topic.rude),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "HelpSteer3-principle",
        *(
            (
                dict(about, context=chat(topic.ask), response=topic.best, principle="brevity", fulfilment="No"),
                one(topic.ask, topic.best),
            )
            for topic in (DOG, COFFEE)
        ),
    )
    add(
        "nemo-rl-preference",
        *(
            (
                dict(
                    context=context,
                    completions=[
                        dict(rank=0, completion=[assistant(topic.best)]),
                        dict(rank=1, completion=[assistant(topic.rude)]),
                    ],
                ),
                listed(context, topic.best, topic.rude),
            )
            for context, topic in ((LONG, COFFEE), (chat(BREAD.ask), BREAD))
        ),
    )
    nemotron = dict(license="cc-by-4.0", version="v1.1", category="chat", generator="a model", used_in_training=["Super"])
    thinking = "detailed thinking "
    add(
        "Llama-Nemotron-Post-Training-Dataset",
        (
            dict(nemotron, input=chat(BREAD.ask), output=BREAD.best, reasoning="off", system_prompt=thinking + "off"),
            one(chat(BREAD.ask, opened=thinking + "off"), BREAD.best),
        ),
        (
            dict(nemotron, input=LONG, output=f"<think>beans</think>{COFFEE.best}", reasoning="on", system_prompt=thinking + "on"),
            one([system(thinking + "on"), *LONG], f"<think>beans</think>{COFFEE.best}"),
        ),
    )
    calls = [dict(id="c1", type="function", function=dict(name="get_weather", arguments='{"town": "Bremen"}'))]
    add(
        "Nemotron-Post-Training-Dataset-v1",
        (
            dict(
                uuid="u1",
                license="cc-by-4.0",
                category="chat",
                reasoning="off",
                messages=[dict(message, tool_calls=None) for message in chat(BREAD.ask, BREAD.best)],
                metadata="{}",
            ),
            one(BREAD.ask, BREAD.best),
        ),
        (
            dict(
                uuid="u2",
                license="cc-by-4.0",
                category="tool",
                reasoning="off",
                messages=[
                    dict(user("How is the weather in Bremen?"), tool_calls=[]),
                    dict(assistant(""), tool_calls=calls),
                ],
                metadata="{}",
            ),
            [("reward", [user("How is the weather in Bremen?"), dict(assistant(""), tool_calls=calls)])],
        ),
    )

    # Preferences and candidates
    def ultrafeedback(topic, answers):
        row = dict(
            source="own",
            instruction=topic.ask,
            models=[f"model-{i}" for i in range(len(answers))],
            completions=[
                dict(
                    annotations=dict(helpfulness=dict(Rating="4", Rationale="It helps.")),
                    custom_system_prompt=KIND,
                    model=f"model-{i}",
                    principle="helpfulness",
                    response=answer,
                    critique="Good.",
                    overall_score=7.5,
                )
                for i, answer in enumerate(answers)
            ],
            correct_answers=["None"],
            incorrect_answers=["None"],
        )
        return row, listed(topic.ask, *answers)

    add("UltraFeedback", ultrafeedback(BREAD, BREAD[1:]), ultrafeedback(DOG, [DOG.rude, DOG.best]))
    add(
        "ultrafeedback_binarized",
        *(
            (
                dict(
                    prompt=topic.ask,
                    prompt_id="p1",
                    chosen=chat(topic.ask, topic.best),
                    rejected=chat(topic.ask, topic.rude),
                    messages=chat(topic.ask, topic.best),
                    score_chosen=8.0,
                    score_rejected=2.0,
                ),
                pair(topic.ask, topic.best, topic.rude),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "ultrafeedback-binarized-preferences-cleaned",
        *(
            (
                {
                    "source": "own",
                    "prompt": topic.ask,
                    "chosen": chat(topic.ask, topic.best),
                    "chosen-rating": 5.0,
                    "chosen-model": "a",
                    "rejected": chat(topic.ask, topic.fair),
                    "rejected-rating": 2.0,
                    "rejected-model": "b",
                },
                pair(topic.ask, topic.best, topic.fair),
            )
            for topic in (BREAD, COFFEE)
        ),
    )
    add(
        "ultrafeedback-binarized-preferences",
        *(
            (
                dict(
                    source="own",
                    instruction=topic.ask,
                    chosen_response=topic.best,
                    rejected_response=topic.rude,
                    chosen_avg_rating=4.5,
                    rejected_avg_rating=1.0,
                    chosen_model="a",
                ),
                pair(topic.ask, topic.best, topic.rude),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "Skywork-Reward-Preference-80K",
        *(
            (
                dict(chosen=chat(topic.ask, topic.best), rejected=chat(topic.ask, topic.fair), source="own"),
                pair(topic.ask, topic.best, topic.fair),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "tulu-3-preference",
        (
            dict(
                id="1",
                source="own",
                prompt=BREAD.ask,
                chosen=chat(BREAD.ask, BREAD.best),
                rejected=chat(BREAD.ask, BREAD.rude),
            ),
            pair(BREAD.ask, BREAD.best, BREAD.rude),
        ),
        (
            dict(
                id="2",
                source="own",
                prompt=COFFEE.ask,
                chosen=[system(BRIEF), *LONG, assistant(COFFEE.best)],
                rejected=[system(BRIEF), *LONG, assistant(COFFEE.rude)],
            ),
            pair([system(BRIEF), *LONG], COFFEE.best, COFFEE.rude),
        ),
    )
    best_of_five = [DOG.best, DOG.fair, DOG.rude, BREAD.fair, BREAD.rude]
    add(
        "Snorkel-Mistral-PairRM-DPO-Dataset",
        *(
            (
                dict(
                    prompt_id="p1",
                    prompt=topic.ask,
                    chosen=chat(topic.ask, topic.best),
                    rejected=chat(topic.ask, topic.rude),
                    all_generated_responses=[topic.best, *best_of_five[2:]],
                    all_rm_scores=[0.9, 0.1, 0.2, 0.1],
                ),
                listed(topic.ask, topic.best, *best_of_five[2:]),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "Nectar",
        (
            dict(
                prompt=hh(BREAD.ask, "") + " ",
                answers=[dict(answer=BREAD.best, model="a", rank=1.0), dict(answer=BREAD.rude, model="b", rank=2.0)],
                turns=1,
                num_responses=2,
                source=["own"],
                good_natured=True,
            ),
            listed(BREAD.ask, BREAD.best, BREAD.rude),
        ),
        (
            dict(
                prompt=hh(*BEFORE, COFFEE.ask, "") + " ",
                answers=[dict(answer=COFFEE.best, model="a", rank=1.0), dict(answer=COFFEE.fair, model="b", rank=2.0)],
                turns=2,
                num_responses=2,
                source=["own"],
                good_natured=True,
            ),
            listed(LONG, COFFEE.best, COFFEE.fair),
        ),
    )
    add(
        "offsetbias",
        *(
            (
                dict(instruction=topic.ask, output_1=topic.best, output_2=topic.rude, label=1),
                pair(topic.ask, topic.best, topic.rude, ("reward_1", "reward_2")),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "PPE-Human-Preference-V1",
        *(
            (
                dict(
                    question_id="q1",
                    model_a="a",
                    model_b="b",
                    winner="model_a",
                    prompt=topic.ask,
                    response_1=topic.best,
                    response_2=topic.fair,
                    language="English",
                    is_code=False,
                    is_refusal=False,
                ),
                listed(topic.ask, topic.best, topic.fair),
            )
            for topic in (BREAD, COFFEE)
        ),
    )
    answers = [DOG.best, DOG.fair, DOG.rude, BREAD.best, BREAD.fair, BREAD.rude, COFFEE.best, COFFEE.fair, COFFEE.rude, DOG.best, ""]
    add(
        "PPE-MMLU-Pro-Best-of-K",
        *(
            (
                dict(
                    question_id="q1",
                    model_name="a",
                    scores=[True] * 11,
                    mean_score=1.0,
                    question="Which is right?",
                    options=["A", "B"],
                    answer="A",
                    prompt=topic.ask,
                    **{f"response_{number}": answer for number, answer in sorted(enumerate(answers, 1), key=lambda each: str(each[0]))},
                    conflict_pairs=[[0, 1]],
                ),
                listed(topic.ask, *answers),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "multipref",
        *(
            (
                dict(
                    comparison_id="1",
                    prompt_id="p1",
                    text=topic.ask,
                    completion_a=topic.best,
                    model_a="a",
                    completion_b=topic.rude,
                    model_b="b",
                    source="own",
                    category="Open QA",
                    normal_worker_annotations=[dict(overall_pref="A-is-clearly-better")],
                    expert_worker_annotations=[],
                ),
                pair(topic.ask, topic.best, topic.rude, AB),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "SHP",
        *(
            (
                dict(
                    post_id="p1",
                    domain="askbaking_train",
                    upvote_ratio=0.98,
                    history=topic.ask,
                    score_A=12,
                    score_B=3,
                    human_ref_A=topic.best,
                    human_ref_B=topic.rude,
                    labels=1,
                    seconds_difference=10.0,
                    score_ratio=4.0,
                ),
                pair(topic.ask, topic.best, topic.rude, ("reward_A", "reward_B")),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "PKU-SafeRLHF",
        *(
            (
                dict(
                    prompt=topic.ask,
                    response_0=topic.best,
                    response_1=topic.rude,
                    is_response_0_safe=True,
                    is_response_1_safe=False,
                    better_response_id=0,
                    safer_response_id=0,
                ),
                listed(topic.ask, topic.best, topic.rude),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "orca_dpo_pairs",
        (
            dict(system=KIND, question=BREAD.ask, chosen=BREAD.best, rejected=BREAD.rude),
            pair(chat(BREAD.ask, opened=KIND), BREAD.best, BREAD.rude),
        ),
        (dict(system="", question=DOG.ask, chosen=DOG.best, rejected=DOG.fair), pair(DOG.ask, DOG.best, DOG.fair)),
    )
    add(
        "distilabel-intel-orca-dpo-pairs",
        *(
            (
                dict(
                    system=KIND,
                    input=topic.ask,
                    chosen=topic.best,
                    rejected=topic.rude,
                    generations=[topic.best, topic.rude],
                    order=["chosen", "rejected"],
                    rating=[9.0, 2.0],
                    status="unchanged",
                    original_chosen=topic.best,
                    original_rejected=topic.rude,
                ),
                pair(chat(topic.ask, opened=KIND), topic.best, topic.rude),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "Preference-Collection",
        *(
            (
                dict(
                    orig_criteria="Is it kind?",
                    orig_instruction=topic.ask,
                    orig_reference_answer=topic.best,
                    orig_response_A=topic.best,
                    orig_response_B=topic.rude,
                    orig_feedback_A="Kind.",
                    orig_feedback_B="Rude.",
                    orig_score_A="5",
                    orig_score_B="1",
                    orig_preference="A",
                    orig_feedback="A is kinder.",
                    instruction="###Task Description: judge.",
                    input="",
                    output="A is kinder. [RESULT] A",
                ),
                pair(topic.ask, topic.best, topic.rude, ("score_A", "score_B")),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "LLMBar",
        *(
            (
                dict(input=topic.ask, output_1=topic.best, output_2=topic.rude, label=1),
                pair(topic.ask, topic.best, topic.rude, ("reward_1", "reward_2")),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "Feedback-Collection",
        *(
            (
                dict(
                    orig_instruction=topic.ask,
                    orig_response=topic.fair,
                    orig_reference_answer=topic.best,
                    orig_criteria="Is it kind?",
                    orig_score="3",
                    orig_feedback="Short.",
                    instruction="###Task Description: judge.",
                    input="",
                    output="Short. [RESULT] 3",
                ),
                one(topic.ask, topic.fair),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "JudgeLM-100K",
        *(
            (
                dict(
                    review_id="r1",
                    question_id=1,
                    answer1_id="a1",
                    answer2_id="a2",
                    reviewer_id=1,
                    metadata={},
                    text="9 2\nThe first answer helps, the second does not.",
                    score=[9.0, 2.0],
                    question_body=topic.ask,
                    answer1_body=topic.best,
                    answer2_body=topic.rude,
                    answer1_model_id="a",
                    answer2_model_id="b",
                ),
                listed(topic.ask, topic.best, topic.rude),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "stack-exchange-paired",
        *(
            (
                dict(qid=1, question=topic.ask, date="2026/01/01", metadata=["own"], response_j=topic.best, response_k=topic.fair),
                pair(topic.ask, topic.best, topic.fair),
            )
            for topic in (BREAD, COFFEE)
        ),
    )

    def stack_exchange(topic):
        question = f"<p>{topic.ask}</p>"
        texts = [f"<p>{answer}</p>" for answer in (topic.best, topic.fair)]
        row = dict(
            qid=1,
            question=question,
            answers=[dict(answer_id=i, author="own", pm_score=2 - i, selected=i == 0, text=text) for i, text in enumerate(texts)],
            date="2026/01/01",
            metadata=["own"],
        )
        return row, listed(question, *texts)

    add("stack-exchange-preferences", stack_exchange(BREAD), stack_exchange(COFFEE))
    add(
        "webgpt_comparisons",
        *(
            (
                dict(
                    question=dict(dataset="own", id="q1", full_text=topic.ask),
                    quotes_0=dict(title=["Bread"], extract=["A bag."]),
                    answer_0=topic.best,
                    tokens_0=dict(prefix=[1], completion=[2]),
                    score_0=1.0,
                    quotes_1=dict(title=[], extract=[]),
                    answer_1=topic.rude,
                    tokens_1=dict(prefix=[1], completion=[3]),
                    score_1=-1.0,
                ),
                listed(topic.ask, topic.best, topic.rude),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "summarize_from_feedback",
        *(
            (
                dict(
                    info=dict(id="t1", post=topic.ask, title="A question", subreddit="own", site=None, article=None),
                    summaries=[dict(text=topic.fair, policy="a", note="ok"), dict(text=topic.rude, policy="b", note=None)],
                    choice=0,
                    worker="w",
                    batch="batch1",
                    split="train",
                    extra=dict(confidence=8),
                ),
                listed(topic.ask, topic.fair, topic.rude),
            )
            for topic in (BREAD, DOG)
        ),
    )

    # Benchmarks
    add(
        "reward-bench",
        *(
            (
                dict(
                    prompt=topic.ask,
                    chosen=topic.best,
                    chosen_model="human",
                    rejected=topic.rude,
                    rejected_model="a",
                    subset="alpacaeval-easy",
                    id=1,
                ),
                pair(topic.ask, topic.best, topic.rude),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "multilingual-reward-bench",
        *(
            (
                dict(
                    id=1,
                    language="eng_Latn",
                    prompt=topic.ask,
                    chosen=topic.best,
                    rejected=topic.fair,
                    chosen_model="human",
                    rejected_model="a",
                    source="alpacaeval-easy",
                    category="Chat",
                ),
                pair(topic.ask, topic.best, topic.fair),
            )
            for topic in (BREAD, DOG)
        ),
    )

    def in_lists(topic, chosen, rejected):
        return listed(topic.ask, *chosen, name="score_chosen") + listed(topic.ask, *rejected, name="score_rejected")

    add(
        "reward-bench-2",
        *(
            (
                dict(
                    id="1",
                    prompt=topic.ask,
                    chosen=[topic.best],
                    rejected=[topic.fair, topic.rude, ""],
                    num_correct=1,
                    num_incorrect=3,
                    total_completions=4,
                    models=["a", "b", "c", "d"],
                    subset="Focus",
                ),
                in_lists(topic, [topic.best], [topic.fair, topic.rude, ""]),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "RM-Bench",
        *(
            (
                dict(id=1, prompt=topic.ask, chosen=[topic.best] * 3, rejected=[topic.fair, topic.rude, topic.rude], domain="chat"),
                in_lists(topic, [topic.best] * 3, [topic.fair, topic.rude, topic.rude]),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "JudgeBench",
        *(
            (
                dict(
                    pair_id="1",
                    original_id="1",
                    source="own",
                    question=topic.ask,
                    response_model="a",
                    response_A=topic.best,
                    response_B=topic.rude,
                    label="A>B",
                ),
                pair(topic.ask, topic.best, topic.rude, ("score_A", "score_B")),
            )
            for topic in (BREAD, DOG)
        ),
    )

    # Transcripts
    add(
        "hh-rlhf",
        (
            dict(chosen=hh(BREAD.ask, BREAD.best), rejected=hh(BREAD.ask, BREAD.rude)),
            pair(BREAD.ask, BREAD.best, BREAD.rude),
        ),
        (
            dict(chosen=hh(*BEFORE, COFFEE.ask, COFFEE.best), rejected=hh(*BEFORE, COFFEE.ask, COFFEE.fair)),
            pair(LONG, COFFEE.best, COFFEE.fair),
        ),
    )
    prompts = ((hh(BREAD.ask, ""), BREAD, BREAD.ask), (hh(*BEFORE, COFFEE.ask, ""), COFFEE, LONG))
    add(
        "rm-hh-rlhf",
        *(
            (dict(prompt=prompt, chosen=" " + topic.best, rejected=" " + topic.rude), pair(asked, topic.best, topic.rude))
            for prompt, topic, asked in prompts
        ),
    )
    add(
        "full-hh-rlhf",
        *(
            (
                dict(prompt=prompt, response=" " + topic.best, chosen=" " + topic.best, rejected=" " + topic.rude),
                pair(asked, topic.best, topic.rude),
            )
            for prompt, topic, asked in prompts
        ),
    )

    # Chats
    add(
        "OpenHermes-2.5",
        (
            dict(
                conversations=[
                    {"from": "system", "value": KIND},
                    dict(human(BREAD.ask), weight=None),
                    dict(gpt(BREAD.best), weight=1.0),
                ],
                source="own",
                category=None,
                system_prompt=None,
            ),
            [("reward", chat(BREAD.ask, BREAD.best, opened=KIND))],
        ),
        (
            dict(conversations=[human(DOG.ask), gpt(DOG.fair)], source="own", category="pets", system_prompt=None),
            [("reward", chat(DOG.ask, DOG.fair))],
        ),
    )
    add(
        "Magpie-Pro-300K",
        *(
            (
                dict(
                    uuid="u1",
                    model="a",
                    instruction=topic.ask,
                    response=topic.best,
                    conversations=[human(topic.ask), gpt(topic.best)],
                ),
                one(topic.ask, topic.best),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "no_robots",
        (
            dict(prompt=BREAD.ask, prompt_id="p1", messages=chat(BREAD.ask, BREAD.best, opened=KIND), category="Chat"),
            [("reward", chat(BREAD.ask, BREAD.best, opened=KIND))],
        ),
        (
            dict(prompt=DOG.ask, prompt_id="p2", messages=chat(*BEFORE, COFFEE.ask, COFFEE.fair), category="Chat"),
            one(LONG, COFFEE.fair),
        ),
    )
    add(
        "tulu-3-sft-mixture",
        (dict(id="1", messages=chat(BREAD.ask, BREAD.best), source="own"), one(BREAD.ask, BREAD.best)),
        (dict(id="2", messages=[*LONG, assistant(COFFEE.best)], source="own"), one(LONG, COFFEE.best)),
    )

    def open_r1(topic):
        return dict(
            problem=topic.ask,
            solution=topic.best,
            answer=topic.fair,
            problem_type="Other",
            uuid="u1",
            generations=[topic.best, topic.rude],
            correctness_math_verify=[True, False],
            correctness_llama=None,
            finish_reasons=None,
            messages=chat(topic.ask, topic.best),
        )

    add("OpenR1-Math-220k", *((open_r1(topic), one(topic.ask, topic.best)) for topic in (BREAD, DOG)))
    add(
        "OpenR1-Math-220k-generations",
        *((open_r1(topic), listed(topic.ask, topic.best, topic.rude)) for topic in (BREAD, DOG)),
    )
    add(
        "WildChat-1M",
        (
            dict(
                conversation_hash="h1",
                model="a",
                timestamp="2026-01-01T00:00:00Z",
                conversation=[
                    dict(user(BREAD.ask), country="Denmark", language="English", toxic=False, redacted=False, turn_identifier=1),
                    dict(assistant(BREAD.best), country=None, language="English", toxic=False, redacted=False, turn_identifier=1),
                ],
                turn=1,
                language="English",
                openai_moderation=[{"categories": {"hate/threatening": False}, "flagged": False}],
            ),
            one(BREAD.ask, BREAD.best),
        ),
        (
            dict(
                conversation_hash="h2",
                model="a",
                timestamp="2026-01-01T00:00:00Z",
                conversation=[
                    dict(message, language="English", toxic=False, redacted=False, turn_identifier=2)
                    for message in chat(*BEFORE, COFFEE.ask, COFFEE.fair)
                ],
                turn=2,
                language="English",
                openai_moderation=[],
            ),
            one(LONG, COFFEE.fair),
        ),
    )
    add(
        "lmsys-chat-1m",
        *(
            (
                dict(
                    conversation_id="c1",
                    model="a",
                    conversation=chat(topic.ask, topic.best),
                    turn=1,
                    language="English",
                    openai_moderation=[],
                    redacted=False,
                ),
                one(topic.ask, topic.best),
            )
            for topic in (BREAD, DOG)
        ),
    )

    def parts(messages):
        return [
            dict(role=message["role"], content=[dict(type="text", text=message["content"], image=None, mimeType=None)])
            for message in messages
        ]

    add(
        "arena-human-preference-140k",
        *(
            (
                dict(
                    id="1",
                    model_a="a",
                    model_b="b",
                    winner="model_a",
                    evaluation_order=1,
                    conversation_a=parts(chat(topic.ask, topic.best)),
                    conversation_b=parts(chat(topic.ask, topic.rude)),
                    full_conversation=[],
                    language="en",
                    is_code=False,
                ),
                pair(topic.ask, topic.best, topic.rude, AB),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "chatbot_arena_conversations",
        (
            dict(
                question_id="1",
                model_a="a",
                model_b="b",
                winner="tie",
                judge="j",
                conversation_a=chat(BREAD.ask, BREAD.best),
                conversation_b=chat(BREAD.ask, BREAD.fair),
                turn=1,
                language="English",
            ),
            pair(BREAD.ask, BREAD.best, BREAD.fair, AB),
        ),
        (
            dict(
                question_id="2",
                model_a="a",
                model_b="b",
                winner="model_a",
                judge="j",
                conversation_a=chat(DOG.ask, DOG.best, COFFEE.ask, COFFEE.best),
                conversation_b=chat(DOG.ask, DOG.fair, COFFEE.ask, COFFEE.rude),
                turn=2,
                language="English",
            ),
            one(chat(DOG.ask, DOG.best, COFFEE.ask), COFFEE.best, "reward_a")
            + one(chat(DOG.ask, DOG.fair, COFFEE.ask), COFFEE.rude, "reward_b"),
        ),
    )
    add(
        "arena-human-preference-55k",
        (
            dict(
                id=1,
                model_a="a",
                model_b="b",
                prompt=json.dumps([DOG.ask, COFFEE.ask]),
                response_a=json.dumps([DOG.best, COFFEE.best]),
                response_b=json.dumps([DOG.fair, COFFEE.rude]),
                winner_model_a=1,
                winner_model_b=0,
                winner_tie=0,
            ),
            one(chat(DOG.ask, DOG.best, COFFEE.ask), COFFEE.best, "reward_a")
            + one(chat(DOG.ask, DOG.fair, COFFEE.ask), COFFEE.rude, "reward_b"),
        ),
        (
            dict(
                id=2,
                model_a="a",
                model_b="b",
                prompt=json.dumps([BREAD.ask]),
                response_a=json.dumps([BREAD.fair]),
                response_b=json.dumps([BREAD.best]),
                winner_model_a=0,
                winner_model_b=1,
                winner_tie=0,
            ),
            pair(BREAD.ask, BREAD.fair, BREAD.best, AB),
        ),
    )

    # What trainers and generators read and write
    tools = json.dumps([WEATHER])
    add(
        "trl-preference",
        (
            dict(
                prompt=chat(BREAD.ask),
                chosen=[assistant(BREAD.best)],
                rejected=[assistant(BREAD.rude)],
                tools=None,
            ),
            pair(BREAD.ask, BREAD.best, BREAD.rude),
        ),
        (
            dict(
                prompt=chat(DOG.ask, opened=KIND),
                chosen=[assistant(DOG.best)],
                rejected=[assistant(DOG.fair)],
                tools=tools,
            ),
            pair(chat(DOG.ask, opened=KIND), DOG.best, DOG.fair),
        ),
    )
    add(
        "trl-prompt-completion",
        (dict(prompt=chat(BREAD.ask), completion=[assistant(BREAD.best)]), one(BREAD.ask, BREAD.best)),
        (dict(prompt=LONG, completion=[assistant(COFFEE.best)]), one(LONG, COFFEE.best)),
    )
    add(
        "trl-unpaired",
        (dict(prompt=BREAD.ask, completion=BREAD.best, label=True), one(BREAD.ask, BREAD.best)),
        (dict(prompt=DOG.ask, completion=DOG.rude, label=False), one(DOG.ask, DOG.rude)),
    )
    add(
        "kto-mix-15k",
        *(
            (dict(prompt=chat(topic.ask), completion=chat(topic.ask, topic.best), label=True), one(topic.ask, topic.best))
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "llama-factory-alpaca",
        (dict(instruction=BREAD.ask, input="", output=BREAD.best), one(BREAD.ask, BREAD.best)),
        (
            dict(instruction=COFFEE.ask, input="I use a press.", output=COFFEE.best, system=KIND, history=[list(BEFORE)]),
            one(chat(*BEFORE, COFFEE.ask + "\nI use a press.", opened=KIND), COFFEE.best),
        ),
    )
    add(
        "llama-factory-alpaca-preference",
        (
            dict(instruction=BREAD.ask, input="", chosen=BREAD.best, rejected=BREAD.rude),
            pair(BREAD.ask, BREAD.best, BREAD.rude),
        ),
        (
            dict(
                instruction=COFFEE.ask,
                input="I use a press.",
                chosen=COFFEE.best,
                rejected=COFFEE.fair,
                system=KIND,
                history=[list(BEFORE)],
            ),
            pair(chat(*BEFORE, COFFEE.ask + "\nI use a press.", opened=KIND), COFFEE.best, COFFEE.fair),
        ),
    )
    call = dict(name="get_weather", arguments=dict(town="Bremen"))
    called = dict(assistant(""), tool_calls=[dict(type="function", function=call)])
    add(
        "llama-factory-sharegpt",
        (
            dict(conversations=[human(BREAD.ask), gpt(BREAD.best)], system=KIND, tools=tools),
            [("reward", chat(BREAD.ask, BREAD.best, opened=KIND))],
        ),
        (
            dict(
                conversations=[
                    human("How is the weather in Bremen?"),
                    {"from": "function_call", "value": json.dumps(call)},
                ],
                system="",
                tools=tools,
            ),
            [("reward", [user("How is the weather in Bremen?"), called])],
        ),
    )
    add(
        "llama-factory-sharegpt-preference",
        (
            dict(conversations=[human(BREAD.ask)], chosen=gpt(BREAD.best), rejected=gpt(BREAD.rude)),
            pair(BREAD.ask, BREAD.best, BREAD.rude),
        ),
        (
            dict(
                conversations=[human(BEFORE[0]), gpt(BEFORE[1]), human(COFFEE.ask)],
                chosen=gpt(COFFEE.best),
                rejected=gpt(COFFEE.fair),
                system=KIND,
            ),
            pair([system(KIND), *LONG], COFFEE.best, COFFEE.fair),
        ),
    )
    add(
        "axolotl-chat-template",
        *(
            (
                dict(messages=asked, chosen=assistant(topic.best), rejected=assistant(topic.rude)),
                pair(asked, topic.best, topic.rude),
            )
            for asked, topic in ((chat(BREAD.ask), BREAD), (LONG, COFFEE))
        ),
    )
    add(
        "ms-swift",
        (
            dict(messages=chat(BREAD.ask, BREAD.best, opened=KIND), rejected_response=BREAD.rude),
            pair(chat(BREAD.ask, opened=KIND), BREAD.best, BREAD.rude),
        ),
        (
            dict(messages=[*LONG, assistant(COFFEE.best)], rejected_response=[assistant(COFFEE.fair)]),
            pair(LONG, COFFEE.best, COFFEE.fair),
        ),
    )
    add(
        "ms-swift-rejected-messages",
        *(
            (
                dict(messages=[*asked, assistant(topic.best)], rejected_messages=[*asked, assistant(topic.rude)]),
                pair(asked, topic.best, topic.rude),
            )
            for asked, topic in ((chat(BREAD.ask), BREAD), (LONG, COFFEE))
        ),
    )
    add(
        "ms-swift-query",
        (
            dict(query=BREAD.ask, response=BREAD.best, rejected_response=BREAD.rude),
            pair(BREAD.ask, BREAD.best, BREAD.rude),
        ),
        (
            dict(system=KIND, history=[list(BEFORE)], query=COFFEE.ask, response=COFFEE.best, rejected_response=COFFEE.fair),
            pair([system(KIND), *LONG], COFFEE.best, COFFEE.fair),
        ),
    )
    add(
        "distilabel-generations",
        (
            dict(instruction=BREAD.ask, generations=[BREAD.best, BREAD.fair, BREAD.rude], model_name="a"),
            listed(BREAD.ask, BREAD.best, BREAD.fair, BREAD.rude),
        ),
        (
            dict(system_prompt=KIND, instruction=DOG.ask, generations=[DOG.rude, DOG.best], model_name="a"),
            listed(chat(DOG.ask, opened=KIND), DOG.rude, DOG.best),
        ),
    )
    add(
        "distilabel-text-generation",
        (
            dict(system_prompt=KIND, instruction=BREAD.ask, generation=BREAD.best, model_name="a"),
            one(chat(BREAD.ask, opened=KIND), BREAD.best),
        ),
        (dict(system_prompt=None, instruction=DOG.ask, generation=DOG.rude, model_name="a"), one(DOG.ask, DOG.rude)),
    )
    add(
        "distilabel-chat-generation",
        (dict(messages=chat(BREAD.ask), generation=BREAD.best, model_name="a"), one(BREAD.ask, BREAD.best)),
        (dict(messages=LONG, generation=COFFEE.fair, model_name="a"), one(LONG, COFFEE.fair)),
    )
    add(
        "openrlhf-input-output",
        (dict(input=BREAD.ask, output=BREAD.best), one(BREAD.ask, BREAD.best)),
        (dict(input=LONG, output=COFFEE.fair), one(LONG, COFFEE.fair)),
    )
    add(
        "best-of-n-lists",
        *(
            (dict(input=topic.ask, output=list(topic[1:])), listed(topic.ask, *topic[1:])) for topic in (BREAD, DOG)
        ),
    )
    add(
        "reward-bench-best-of-n",
        *(
            (
                dict(dataset="own", id=1, instruction=topic.ask, output=[topic.best, topic.rude], generator="a"),
                listed(topic.ask, topic.best, topic.rude),
            )
            for topic in (BREAD, DOG)
        ),
    )
    add(
        "alpaca-eval",
        *(
            (
                dict(dataset="own", instruction=topic.ask, output=topic.best, generator="a"),
                one(topic.ask, topic.best),
            )
            for topic in (BREAD, DOG)
        ),
    )

    def batch(number, prompt, *texts):
        """A result of vLLM's run-batch, joined with its request's messages."""
        choices = [
            dict(index=i, message=dict(assistant(text), tool_calls=[]), finish_reason="stop") for i, text in enumerate(texts)
        ]
        body = dict(id=f"c{number}", object="chat.completion", model="a", choices=choices, usage=dict(total_tokens=9))
        row = dict(
            id=f"vllm-{number}",
            custom_id=f"r{number}",
            response=dict(status_code=200, request_id=f"vllm-batch-{number}", body=body),
            error=None,
            prompt=prompt,
        )
        return row, listed(prompt, *texts)

    add("vllm-run-batch", batch(1, chat(BREAD.ask), BREAD.best, BREAD.rude), batch(2, LONG, COFFEE.fair))
    add(
        "candidates",
        (dict(prompt=BREAD.ask, responses=list(BREAD[1:])), listed(BREAD.ask, *BREAD[1:])),
        (dict(prompt=LONG, responses=[COFFEE.rude, COFFEE.best]), listed(LONG, COFFEE.rude, COFFEE.best)),
    )
    return found


def main():
    torch.set_num_threads(2)
    transformers.utils.logging.disable_progress_bar()
    judge = Judge(HOME / "demo-reward", torch.float64)
    (HOME / "layouts").mkdir(exist_ok=True)
    with open(HOME / "expected" / "layouts.jsonl", "w", encoding="utf-8", newline="\n") as expected:
        for name, rows in layouts().items():
            with open(HOME / "layouts" / f"{name}.jsonl", "w", encoding="utf-8", newline="\n") as out:
                for number, (row, scores) in enumerate(rows):
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
                    for at, messages in scores:
                        tokens, score = judge.read(messages)
                        line = dict(file=name, line=number, at=at, tokens=tokens, score=round(score, 8), messages=messages)
                        expected.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
