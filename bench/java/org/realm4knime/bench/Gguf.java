package org.realm4knime.bench;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.gguf.GgufExport;
import org.realm4knime.engine.model.gguf.GgufType;

/** What the engine writes for llama.cpp, and what it answers itself. */
final class Gguf {

    private Gguf() {}

    /**
     * Writes a model as GGUF.
     *
     * @param request {@code folder} of the model, {@code to}: folder of the file, {@code type}: number format
     * @return {@code file} and {@code warnings}
     */
    static Object write(JsonObject request) throws CanceledJobException {
        GgufExport.Written written = GgufExport.write(
                Models.shared(request),
                Path.of(request.get("to").getAsString()),
                GgufType.valueOf(request.get("type").getAsString()),
                Progress.silent());
        return Map.of("file", written.file().toString(), "warnings", written.warnings());
    }

    /**
     * Answers questions with the likeliest tokens.
     *
     * @param request {@code folder} of the model, {@code questions}, {@code new}: most tokens of an answer
     * @return of each question the {@code message} that the prompt format makes of it, the whole {@code prompt}, its
     *     {@code ids}, the answer's {@code tokens} with the end token, if it came, and their {@code logProbs}
     */
    static Object answer(JsonObject request) throws CanceledJobException {
        LanguageModel model = Models.shared(request);
        List<String> messages = StreamSupport.stream(request.getAsJsonArray("questions").spliterator(), false)
                .map(question -> model.promptFormat().render(question.getAsString(), List.of(), List.of()))
                .toList();
        List<String> prompts =
                messages.stream().map(model.tokenizer()::chatPrompt).toList();
        SamplingSettings greedy = SamplingSettings.greedy(Models.integer(request, "new"));
        List<List<Completion>> completions =
                new Generator(model, 4).generate(prompts, 1, greedy, Progress.silent());
        List<Object> answers = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            Completion completion = completions.get(i).get(0);
            answers.add(Map.of(
                    "message", messages.get(i),
                    "prompt", prompts.get(i),
                    "ids", model.tokenizer().encode(prompts.get(i)),
                    "tokens", completion.drawn(model.tokenizer().eosId()),
                    "logProbs", completion.logProbs(),
                    "text", completion.text()));
        }
        return answers;
    }
}
