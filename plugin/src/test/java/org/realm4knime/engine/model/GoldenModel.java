package org.realm4knime.engine.model;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What transformers computed for a tiny random model: the golden.json in the model's directory, made by
 * bench/golden/models.py.
 *
 * @param texts some texts
 * @param ids their tokens
 * @param logitsRow the text that logits are given for
 * @param logitsFrom their first position
 * @param logits logits at the positions from there on
 * @param logProbs log-probability of each token of each text but the first
 * @param prompts texts that were continued
 * @param newTokens most tokens of a continuation
 * @param stopIds tokens that end one
 * @param completions the greedy continuations, with the end token where one was met
 * @param completionLogProbs log-probabilities of their tokens
 * @param promptLength tokens of each text that the training took for its prompt
 * @param optimizer constants of the training; null, as all below, for models that were not trained
 * @param losses loss of each of a few steps on all texts
 * @param gradientNorms norm of each step's gradient before clipping
 */
public record GoldenModel(
        List<String> texts,
        int[][] ids,
        int logitsRow,
        int logitsFrom,
        float[][] logits,
        float[][] logProbs,
        List<String> prompts,
        int newTokens,
        int[] stopIds,
        int[][] completions,
        float[][] completionLogProbs,
        int promptLength,
        Optimizer optimizer,
        double[] losses,
        double[] gradientNorms) {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "models");

    /** Constants of AdamW. */
    public record Optimizer(
            double learningRate, double beta1, double beta2, double epsilon, double weightDecay, double maxNorm) {}

    /** Names of all models. */
    public static Stream<String> names() {
        try (Stream<Path> list = Files.list(FOLDER)) {
            return list.map(path -> path.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Hugging Face directory of a model. */
    public static Path directory(String name) {
        return FOLDER.resolve(name);
    }

    /** What was computed for a model. */
    public static GoldenModel of(String name) {
        return read(directory(name).resolve("golden.json"), GoldenModel.class);
    }

    /** Reads a file of expected values. */
    public static <T> T read(Path file, Class<T> type) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return new Gson().fromJson(reader, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
