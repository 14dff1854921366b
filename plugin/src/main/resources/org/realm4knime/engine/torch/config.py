"""The constants of a program, and the letters that stand for sizes in shapes.

Java writes the value in place of `config.name` before it compiles a program (DecoderProgram.java, LoraLayout.java),
and TorchScript compiles of an `if` on a constant only the branch that is taken. This file is for readers and linters;
it is not compiled.

    B  rows of a batch          R  completions of shared prompts       V  vocabulary
    T  tokens per row           P  tokens per prompt, padded           d  hidden size
    N  tokens of all rows       C  tokens per completion, padded       I  size of the feed-forward block
    n  tokens with a loss       S  slots of a cache                    h  size of a head
    H  query heads              K  key and value heads                 G  query heads per key head, H / K
    r  rank of an adapter
"""

from typing import List, NamedTuple


class Config(NamedTuple):
    """Sizes and options of the model, and how it is computed."""

    layers: int
    heads: int  # H
    kv_heads: int  # K
    head_dim: int  # h
    hidden_size: int  # d
    intermediate_size: int  # I
    vocab_size: int  # V
    eps: float  # of the RMS norms
    scale: float  # of the attention scores, 1 / sqrt(h), or as the model says
    embedding_scale: float  # sqrt(d)
    grouped: bool  # whether several query heads share a key head
    kinds: int  # kinds of layers by how they see positions
    kind_of_layer: List[int]  # the kind of each layer
    windows: List[int]  # of each kind: how many tokens a token sees at most, itself and those before it; 0 for all
    windowed: bool  # whether a kind sees fewer tokens than the model reads

    # what a family does otherwise than Llama (Difference.java)
    qkv_bias: bool
    qk_norm: bool
    post_norms: bool
    gelu: bool
    scaled_embedding: bool
    fused_projections: bool

    tied: bool  # whether the output projection is the embedding
    layer_stride: int  # tensors of a layer in the list of weights

    half: bool  # compute in bfloat16, with weights, gradients, loss and optimizer in float32: on a GPU
    onednn: bool  # generation packs its projections for oneDNN: on a processor
    logit_rows: int  # tokens whose logits a training makes at once
    fused_from: int  # tokens of a row from which training uses flash attention

    lora: bool  # whether adapters are trained, beside frozen weights; what follows is there only then
    lora_scale: float
    lora_dropout: bool
    lora_kept: float  # 1 - share that is dropped
    lora_first: int  # place of the adapters' first tensor in the list of weights
    lora_stride: int  # tensors of a layer's adapters
    lora_q_proj: bool  # which projections have an adapter
    lora_k_proj: bool
    lora_v_proj: bool
    lora_o_proj: bool
    lora_gate_proj: bool
    lora_up_proj: bool
    lora_down_proj: bool


config: Config
