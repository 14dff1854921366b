"""The section of RESULTS.md on GGUF files."""


def text(data):
    """The section from what bench/gguf left."""
    rows = "\n".join(_row(row, data["questions"]) for row in data["rows"])
    return f"""
## GGUF

`bench/gguf`, {data["date"]}: models written by the engine as GGUF and answered by llama.cpp (xllamacpp {data["xllamacpp"]}, one
thread, keys and values in float32), {data["questions"]} prompts each, the likeliest tokens, at most {data["new"]}. *Prompts*: the chat
template and the tokenizer inside the file make the same tokens of a question as ours. *Answers*: every token is the same, the end
token included. *Chats*: the chat endpoint, given the question alone, reads as many tokens and says the same. *Apart*: difference of
the log-probabilities of the tokens up to the first other one, mean and largest; ours are computed in float32 from the weights before
rounding, and llama.cpp rounds what it multiplies the weights with, too, to half precision, bfloat16 or 8 bits. *Rounding*: largest
relative error of a matrix in the file, by the gguf package's reading, against the file in float32.

SmolLM2-135M-Instruct gets the {data["questions"]} shortest questions of bench/gsm8k, *trained-from-scratch* (the model *after* of
examples/evaluate-only) its test cases. The others have random weights: *F32*, which the engine can write and the node does not offer,
shows whether the file says the same as the model, the others what rounding does to weights that nobody trained.
llama2, llama3 and linear are Llama with tokenizers and templates like those of TinyLlama, Llama 3.2 and GPT-2, with scaled positions in
the latter two. gemma3 is further apart in float32: llama.cpp looks its GELU up in a table of half precision.

| model | weights | MB | prompts | answers | chats | apart, mean (largest) | rounding |
|---|---|---|---|---|---|---|---|
{rows}
"""


def _row(row, questions):
    counts = " | ".join(f"{row[key]} of {questions}" for key in ("prompts", "answers", "chats"))
    return (
        f"| {row['model']} | {row['type']} | {row['megabytes']:.1f} | {counts} | {row['mean']:.1e} ({row['most']:.1e})"
        f" | {row['rounding']:.1e} |"
    )
