package org.realm4knime.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The decoder once more, in plain DJL operators on the tensors of a checkpoint as Hugging Face names and orders them,
 * read by DJL: the oracle for the TorchScript programs, the fused weights and the checkpoint writer. Follows the
 * formulas of the architectures' papers, one sequence at a time.
 */
public final class DecoderOracle implements AutoCloseable {

    private final DecoderConfig c;
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Map<String, NDArray> weights;
    private Map<String, NDArray> adapter = Map.of();
    private double adapterScale;

    /** Reads float32 weights of a directory that {@link LanguageModel#write} has written. */
    public DecoderOracle(DecoderConfig config, Path directory) {
        c = config;
        weights = read(directory.resolve("model.safetensors"));
    }

    /** Puts the adapter beside the weights that {@link LanguageModel#writeAdapter} has written, in PEFT's format. */
    public DecoderOracle withAdapter(Path directory, double scale) {
        adapter = read(directory.resolve("adapter_model.safetensors"));
        adapterScale = scale;
        return this;
    }

    private Map<String, NDArray> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return NDList.decode(manager, in).stream().collect(Collectors.toMap(NDArray::getName, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Logits [ids.length][vocabulary] of one sequence. */
    public float[][] logits(int... ids) {
        try (NDManager temporary = manager.newSubManager()) {
            NDArray x = temporary.create(0f).broadcast(ids.length, c.hiddenSize());
            x = x.add(weights.get("model.embed_tokens.weight").get(temporary.create(ids)));
            if (c.has(Difference.SCALED_EMBEDDING)) {
                x = x.mul(Math.sqrt(c.hiddenSize()));
            }
            boolean postNorms = c.has(Difference.POST_NORMS);
            for (int l = 0; l < c.layers(); l++) {
                String layer = "model.layers." + l + ".";
                NDArray a = attention(l, layer + "self_attn.", norm(x, layer + "input_layernorm.weight"));
                x = x.add(postNorms ? norm(a, layer + "post_attention_layernorm.weight") : a);
                String before = postNorms ? "pre_feedforward_layernorm.weight" : "post_attention_layernorm.weight";
                NDArray m = mlp(norm(x, layer + before), layer + "mlp.");
                x = x.add(postNorms ? norm(m, layer + "post_feedforward_layernorm.weight") : m);
            }
            String head = c.tiedEmbeddings() ? "model.embed_tokens" : "lm_head";
            float[] flat = linear(norm(x, "model.norm.weight"), head).toFloatArray();
            float[][] rows = new float[ids.length][c.vocabSize()];
            for (int i = 0; i < flat.length; i++) {
                rows[i / c.vocabSize()][i % c.vocabSize()] = flat[i];
            }
            return rows;
        }
    }

    private NDArray mlp(NDArray h, String prefix) {
        int size = c.intermediateSize();
        boolean fused = c.has(Difference.FUSED_PROJECTIONS);
        NDArray both = fused ? linear(h, prefix + "gate_up_proj") : null;
        NDArray gate = fused ? columns(both, 0, size) : linear(h, prefix + "gate_proj");
        NDArray up = fused ? columns(both, size, size) : linear(h, prefix + "up_proj");
        return linear(activated(gate).mul(up), prefix + "down_proj");
    }

    private NDArray activated(NDArray x) {
        if (!c.has(Difference.GELU)) {
            return x.mul(Activation.sigmoid(x));
        }
        NDArray inner = x.add(x.pow(3).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
        return x.mul(inner.tanh().add(1)).mul(0.5);
    }

    private static NDArray columns(NDArray x, int first, int count) {
        return x.get(new NDIndex(":, %d:%d".formatted(first, first + count)));
    }

    private NDArray attention(int layer, String prefix, NDArray h) {
        long length = h.getShape().get(0);
        int queries = c.heads() * c.headDim();
        int keyColumns = c.kvHeads() * c.headDim();
        boolean fused = c.has(Difference.FUSED_PROJECTIONS);
        NDArray all = fused ? linear(h, prefix + "qkv_proj") : null;
        NDArray q = heads(fused ? columns(all, 0, queries) : linear(h, prefix + "q_proj"), c.heads());
        NDArray k = heads(fused ? columns(all, queries, keyColumns) : linear(h, prefix + "k_proj"), c.kvHeads());
        NDArray v = heads(
                fused ? columns(all, queries + keyColumns, keyColumns) : linear(h, prefix + "v_proj"), c.kvHeads());
        if (weights.containsKey(prefix + "q_norm.weight")) {
            q = norm(q, prefix + "q_norm.weight");
            k = norm(k, prefix + "k_norm.weight");
        }
        int group = c.heads() / c.kvHeads();
        LayerAttention sees = c.attention().get(layer);
        NDArray keys = rotate(k, sees.rope()).repeat(0, group); // each key head serves `group` query heads in a row
        NDArray values = v.repeat(0, group);
        NDArray scores = rotate(q, sees.rope()).matMul(keys.transpose(0, 2, 1)).div(Math.sqrt(c.scoreDivisor()));
        NDArray position = h.getManager().arange((int) length);
        NDArray distance = position.expandDims(1).sub(position.expandDims(0));
        NDArray hidden = distance.lt(0).toType(DataType.FLOAT32, false);
        if (sees.window() > 0) {
            hidden = hidden.add(distance.gte(sees.window()).toType(DataType.FLOAT32, false));
        }
        NDArray attended = scores.sub(hidden.mul(1e9)).softmax(-1).matMul(values);
        return linear(attended.transpose(1, 0, 2).reshape(length, (long) c.heads() * c.headDim()), prefix + "o_proj");
    }

    /** [length, heads * headDim] to [heads, length, headDim]. */
    private NDArray heads(NDArray x, int heads) {
        return x.reshape(new Shape(x.getShape().get(0), heads, c.headDim())).transpose(1, 0, 2);
    }

    /** Rotates the pair (i, i + n / 2) of each head's first n values by position * frequency_i. */
    private static NDArray rotate(NDArray x, Rope rope) {
        int length = (int) x.getShape().get(1);
        int half = rope.dimensions() / 2;
        if (half == 0) {
            return x;
        }
        float[] cos = new float[length * half];
        float[] sin = new float[length * half];
        for (int t = 0; t < length; t++) {
            for (int i = 0; i < half; i++) {
                double angle = t * frequency(rope, i);
                cos[t * half + i] = (float) (magnitude(rope) * Math.cos(angle));
                sin[t * half + i] = (float) (magnitude(rope) * Math.sin(angle));
            }
        }
        NDManager m = x.getManager();
        NDArray cosine = m.create(cos, new Shape(1, length, half));
        NDArray sine = m.create(sin, new Shape(1, length, half));
        NDArray first = x.get(new NDIndex(":, :, 0:" + half));
        NDArray second = x.get(new NDIndex(":, :, %d:%d".formatted(half, 2 * half)));
        NDArray rest = x.get(new NDIndex(":, :, %d:".formatted(2 * half)));
        return NDArrays.concat(
                new NDList(
                        first.mul(cosine).sub(second.mul(sine)),
                        second.mul(cosine).add(first.mul(sine)),
                        rest),
                -1);
    }

    private static double magnitude(Rope rope) {
        return rope.scaling() instanceof RopeScaling.LongRope s
                ? Math.sqrt(1
                        + Math.log((double) s.maxPositions() / s.originalMaxPositions())
                                / Math.log(s.originalMaxPositions()))
                : 1;
    }

    /** Llama 3's scaling is written by wavelength here, as in its reference implementation. */
    private static double frequency(Rope rope, int i) {
        double frequency = 1 / Math.pow(rope.theta(), 2.0 * i / rope.dimensions());
        if (rope.scaling() instanceof RopeScaling.Linear linear) {
            return frequency / linear.factor();
        }
        if (rope.scaling() instanceof RopeScaling.LongRope longRope) {
            return frequency / longRope.shortFactors().get(i);
        }
        if (!(rope.scaling() instanceof RopeScaling.Llama3 s)) {
            return frequency;
        }
        double wavelength = 2 * Math.PI / frequency;
        double longest = s.originalMaxPositions() / s.lowFrequencyFactor();
        double shortest = s.originalMaxPositions() / s.highFrequencyFactor();
        if (wavelength < shortest) {
            return frequency;
        }
        if (wavelength > longest) {
            return frequency / s.factor();
        }
        double smooth = (s.originalMaxPositions() / wavelength - s.lowFrequencyFactor())
                / (s.highFrequencyFactor() - s.lowFrequencyFactor());
        return (1 - smooth) * frequency / s.factor() + smooth * frequency;
    }

    private NDArray norm(NDArray x, String weight) {
        NDArray meanSquare = x.square().mean(new int[] {-1}, true);
        NDArray w = weights.get(weight);
        return x.div(meanSquare.add(c.rmsNormEps()).sqrt()).mul(c.has(Difference.NORMS_LESS_ONE) ? w.add(1) : w);
    }

    private NDArray linear(NDArray x, String name) {
        NDArray y = x.matMul(weights.get(name + ".weight").transpose());
        NDArray a = adapter.get("base_model.model." + name + ".lora_A.weight");
        if (a != null) {
            NDArray b = adapter.get("base_model.model." + name + ".lora_B.weight");
            y = y.add(x.matMul(a.transpose()).matMul(b.transpose()).mul(adapterScale));
        }
        NDArray bias = weights.get(name + ".bias");
        return bias == null ? y : y.add(bias);
    }

    @Override
    public void close() {
        manager.close();
    }
}
