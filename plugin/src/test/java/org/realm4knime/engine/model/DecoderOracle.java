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
            for (int l = 0; l < c.layers(); l++) {
                String layer = "model.layers." + l + ".";
                x = x.add(attention(layer + "self_attn.", norm(x, layer + "input_layernorm.weight")));
                NDArray h = norm(x, layer + "post_attention_layernorm.weight");
                NDArray gate = linear(h, layer + "mlp.gate_proj");
                NDArray gated = gate.mul(Activation.sigmoid(gate)).mul(linear(h, layer + "mlp.up_proj"));
                x = x.add(linear(gated, layer + "mlp.down_proj"));
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

    private NDArray attention(String prefix, NDArray h) {
        long length = h.getShape().get(0);
        NDArray q = heads(linear(h, prefix + "q_proj"), c.heads());
        NDArray k = heads(linear(h, prefix + "k_proj"), c.kvHeads());
        NDArray v = heads(linear(h, prefix + "v_proj"), c.kvHeads());
        if (weights.containsKey(prefix + "q_norm.weight")) {
            q = norm(q, prefix + "q_norm.weight");
            k = norm(k, prefix + "k_norm.weight");
        }
        int group = c.heads() / c.kvHeads();
        NDArray keys = rotate(k).repeat(0, group); // each key head serves `group` query heads in a row
        NDArray values = v.repeat(0, group);
        NDArray scores = rotate(q).matMul(keys.transpose(0, 2, 1)).div(Math.sqrt(c.headDim()));
        NDArray position = h.getManager().arange((int) length);
        NDArray future = position.expandDims(0).gt(position.expandDims(1)).toType(DataType.FLOAT32, false);
        NDArray attended = scores.sub(future.mul(1e9)).softmax(-1).matMul(values);
        return linear(attended.transpose(1, 0, 2).reshape(length, (long) c.heads() * c.headDim()), prefix + "o_proj");
    }

    /** [length, heads * headDim] to [heads, length, headDim]. */
    private NDArray heads(NDArray x, int heads) {
        return x.reshape(new Shape(x.getShape().get(0), heads, c.headDim())).transpose(1, 0, 2);
    }

    /** Rotates the pair (i, i + headDim / 2) of each head by position * frequency_i. */
    private NDArray rotate(NDArray x) {
        int length = (int) x.getShape().get(1);
        int half = c.headDim() / 2;
        float[] cos = new float[length * half];
        float[] sin = new float[length * half];
        for (int t = 0; t < length; t++) {
            for (int i = 0; i < half; i++) {
                double angle = t * frequency(i);
                cos[t * half + i] = (float) Math.cos(angle);
                sin[t * half + i] = (float) Math.sin(angle);
            }
        }
        NDManager m = x.getManager();
        NDArray cosine = m.create(cos, new Shape(1, length, half));
        NDArray sine = m.create(sin, new Shape(1, length, half));
        NDArray first = x.get(new NDIndex(":, :, 0:" + half));
        NDArray second = x.get(new NDIndex(":, :, " + half + ":"));
        return NDArrays.concat(
                new NDList(
                        first.mul(cosine).sub(second.mul(sine)),
                        second.mul(cosine).add(first.mul(sine))),
                -1);
    }

    /** Llama 3's scaling is written by wavelength here, as in its reference implementation. */
    private double frequency(int i) {
        double frequency = 1 / Math.pow(c.ropeTheta(), 2.0 * i / c.headDim());
        RopeScaling s = c.ropeScaling();
        if (s == null) {
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
        return x.div(meanSquare.add(c.rmsNormEps()).sqrt()).mul(weights.get(weight));
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
