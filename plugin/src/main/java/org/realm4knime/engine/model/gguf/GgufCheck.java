package org.realm4knime.engine.model.gguf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.template.JinjaTemplate;

/**
 * Reads a written file as llama.cpp would, and compares it with the model: number and shape of the tensors and their
 * first weights, the end tokens, the chat template filled in, and the tokens of prompts and of some texts.
 */
final class GgufCheck {

    private static final String ROLE = "role";
    private static final String CONTENT = "content";
    private static final String QUESTION = "What is the price of 3 laptops at 1,250.50 each?";
    private static final List<String> SAMPLES = List.of(
            "Hello, world!",
            "The answer is 42.",
            "12345 + 6.78 = 12351.78; 50 % of 1/2",
            "I'm sure they'LL say it's \"theirs\", won't they?",
            "two  spaces,   three\n\nand\r\n\ttabs \n end ",
            "x_1 = f(a[i]) != {'key': \"value\"} # ok?!...",
            "Größe, naïve, Ærø, Ελλάδα, Москва, 日本語のテキスト, 한국어",
            "½ ² ١٢٣ 👩‍👩‍👧 → ≤ €");

    private final LanguageModel model;
    private final TextTokenizer tokenizer;
    private final GgufFile file;
    private final GgufMetadata metadata;
    private final List<String> tokens;

    private GgufCheck(LanguageModel model, Path path) {
        this.model = model;
        tokenizer = model.tokenizer();
        file = GgufFile.read(path);
        metadata = file.metadata();
        tokens = metadata.texts(GgufVocabulary.TOKENS);
    }

    /**
     * Compares a file with the model that it was written from.
     *
     * @param written its tensors as they should be
     * @param unexpressed texts of end tokens that the format has no place for
     * @param progress asked before each tensor and each text whether to stop
     * @throws EngineException saying what differs
     */
    static void of(
            LanguageModel model, Path path, List<GgufTensor> written, List<String> unexpressed, Progress progress)
            throws CanceledJobException {
        GgufCheck check = new GgufCheck(model, path);
        check.tensors(written, progress);
        check.stops(unexpressed);
        check.template();
        check.tokens(progress);
    }

    private void tensors(List<GgufTensor> written, Progress progress) throws CanceledJobException {
        require(file.tensors().size() == written.size(), "its number of tensors", "");
        for (GgufTensor tensor : written) {
            progress.checkCanceled();
            GgufFile.Entry entry = file.tensors().get(tensor.name());
            require(entry != null && entry.shape().equals(tensor.shape()), "the shape of a tensor", tensor.name());
            float[] expected = tensor.source().read(0, tensor.block());
            float[] found = file.rows(tensor.name(), 0, tensor.block());
            require(close(expected, found), "the weights of a tensor", tensor.name());
        }
    }

    /** Whether weights are those that were written but for rounding: to a half byte's step of the largest, or less. */
    private static boolean close(float[] expected, float[] found) {
        double most = 0;
        double apart = expected.length == found.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(expected.length, found.length); i++) {
            most = Math.max(most, Math.abs(expected[i]));
            apart = Math.max(apart, Math.abs(expected[i] - found[i]));
        }
        return apart <= most / QuantizedBlock.LARGEST;
    }

    private void stops(List<String> unexpressed) {
        Set<Integer> known = StopTokens.read(metadata, tokens);
        for (int stop : tokenizer.stopIds()) {
            require(known.contains(stop) || unexpressed.contains(tokens.get(stop)), "an end token", tokens.get(stop));
        }
    }

    private void template() {
        for (List<Map<String, String>> messages : conversations()) {
            String ours;
            try {
                ours = ours(messages);
            } catch (EngineException e) {
                continue; // the template does not take such a conversation, here as there
            }
            require(theirs(messages).equals(ours), "the chat template filled in", ours);
        }
    }

    private List<List<Map<String, String>>> conversations() {
        Map<String, String> system = Map.of(ROLE, "system", CONTENT, "Be brief.");
        Map<String, String> user = Map.of(ROLE, "user", CONTENT, QUESTION);
        Map<String, String> assistant = Map.of(ROLE, "assistant", CONTENT, "The answer is 3751.50.");
        return List.of(List.of(user), List.of(system, user), List.of(user, assistant, user));
    }

    private String ours(List<Map<String, String>> messages) {
        if (tokenizer.hasChatTemplate()) {
            return tokenizer.chat(messages, true);
        }
        String begin = tokenizer.chatPrompt("");
        return begin
                + String.join("", messages.stream().map(m -> m.get(CONTENT)).toList());
    }

    /** What a reader of the file makes of a conversation, with the begin token that it puts before it. */
    private String theirs(List<Map<String, String>> messages) {
        Map<String, Object> values = new HashMap<>();
        values.put("messages", messages);
        values.put("add_generation_prompt", true);
        String bos = metadata.integer(GgufVocabulary.BOS).map(tokens::get).orElse("");
        values.put("bos_token", bos);
        values.put(
                "eos_token", metadata.integer(StopTokens.EOS).map(tokens::get).orElse(""));
        String text = new JinjaTemplate(metadata.text("tokenizer.chat_template").orElse(""), "the written template")
                .render(values);
        boolean adds = metadata.flag(GgufVocabulary.ADD_BOS).orElse(false);
        return adds && !text.startsWith(bos) ? bos + text : text;
    }

    private void tokens(Progress progress) throws CanceledJobException {
        GgufReading reading = new GgufReading(metadata);
        List<String> texts = new ArrayList<>(SAMPLES);
        texts.add(model.prompt(QUESTION, List.of(), List.of()));
        texts.add(model.prompt(QUESTION, List.of("Local costs 1 per kg."), List.of("3 * 1,250.50 = 3,751.50")));
        for (String text : texts.stream().filter(reading::knows).toList()) {
            progress.checkCanceled();
            int[] ours = tokenizer.encode(text);
            int[] theirs = reading.encode(text);
            if (!Arrays.equals(ours, theirs)) {
                throw failed(
                        "the tokens of a text",
                        "'" + text + "' is " + Arrays.toString(ours) + " by tokenizer.json and "
                                + Arrays.toString(theirs) + " by the file");
            }
        }
    }

    private static void require(boolean holds, String what, String which) {
        if (!holds) {
            throw failed(what, which);
        }
    }

    private static EngineException failed(String what, String which) {
        return new EngineException("The GGUF file was not kept, as it differs from the model in " + what
                + (which.isEmpty() ? "" : ": " + which) + ". Write the model in the Hugging Face layout.");
    }
}
