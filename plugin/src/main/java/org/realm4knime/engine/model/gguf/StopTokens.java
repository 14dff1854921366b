package org.realm4knime.engine.model.gguf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens that end a completion. llama.cpp takes three from the file, as the end of a text, of a turn and of a
 * message, and some more by their names. Ollama takes a list as well.
 */
final class StopTokens {

    static final String EOS = "tokenizer.ggml.eos_token_id";
    static final String EOT = "tokenizer.ggml.eot_token_id";
    static final String EOM = "tokenizer.ggml.eom_token_id";
    static final String ALL = "tokenizer.ggml.eos_token_ids";

    /** Tokens at which llama.cpp stops without being told. */
    private static final Set<String> KNOWN = Set.of(
            "<|eot_id|>",
            "<|im_end|>",
            "<|end|>",
            "<end_of_turn>",
            "<|endoftext|>",
            "</s>",
            "<|eom_id|>",
            "<EOT>",
            "<|end_of_text|>",
            "<eos>");

    private StopTokens() {}

    /**
     * Names the end tokens.
     *
     * @param eos the token that chat templates know as {@code eos_token}, if the tokenizer names one
     * @param stops all end tokens, the end of a turn first
     * @param tokens the vocabulary
     * @return the text of those that llama.cpp cannot be told of
     */
    static List<String> describe(GgufMetadata metadata, Optional<Integer> eos, int[] stops, List<String> tokens) {
        Set<Integer> left = new LinkedHashSet<>(Arrays.stream(stops).boxed().toList());
        metadata.putIntegers(ALL, List.copyOf(left));
        int end = eos.orElse(stops[0]);
        metadata.put(EOS, end);
        left.remove(end);
        List<Integer> others = new ArrayList<>(
                left.stream().filter(id -> !KNOWN.contains(tokens.get(id))).toList());
        left.stream().filter(id -> KNOWN.contains(tokens.get(id))).forEach(others::add);
        List<String> keys = List.of(EOT, EOM);
        for (int i = 0; i < Math.min(keys.size(), others.size()); i++) {
            metadata.put(keys.get(i), others.get(i));
        }
        return others.stream()
                .skip(keys.size())
                .map(tokens::get)
                .filter(token -> !KNOWN.contains(token))
                .toList();
    }

    /** The tokens at which llama.cpp will stop with this file. */
    static Set<Integer> read(GgufMetadata metadata, List<String> tokens) {
        Set<Integer> stops = new LinkedHashSet<>();
        List.of(EOS, EOT, EOM).forEach(key -> metadata.integer(key).ifPresent(stops::add));
        for (int id = 0; id < tokens.size(); id++) {
            if (KNOWN.contains(tokens.get(id))) {
                stops.add(id);
            }
        }
        return stops;
    }
}
