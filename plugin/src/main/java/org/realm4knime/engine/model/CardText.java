package org.realm4knime.engine.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.WholeFile;

/**
 * The README.md of a written model: a model card as the Hugging Face Hub shows it, with what is known of the model and
 * nothing else.
 */
public final class CardText {

    /** What was written. */
    public enum Form {
        /** A Hugging Face directory. */
        FOLDER("transformers"),
        /** A LoRA adapter in PEFT's format. */
        ADAPTER("peft"),
        /** A GGUF file. */
        GGUF("gguf");

        private final String library;

        Form(String library) {
            this.library = library;
        }
    }

    /** Name of the file. */
    public static final String FILE = "README.md";

    private static final String UNKNOWN = "not known";
    /** Stands for the question in an example of a prompt. */
    private static final String QUESTION = "QUESTION";

    private final StringBuilder text = new StringBuilder();

    private CardText() {}

    /**
     * Writes the card.
     *
     * @param target folder that was written to
     * @param name what the model is called
     * @param directory Hugging Face directory of the model
     * @param form what was written
     * @param beside of a GGUF file its name; of an adapter the model that it was trained beside, empty if that is
     *     nowhere to be had; else not used
     * @throws EngineException if it cannot be written
     */
    public static void write(Path target, String name, Path directory, Form form, String beside) {
        Path configFile = directory.resolve("config.json");
        DecoderConfig config = DecoderConfig.fromJson(JsonFiles.readObject(configFile), configFile);
        CardText card = new CardText();
        card.add(name, config, ModelHistory.read(directory), PromptFormat.read(directory), form, beside);
        try {
            WholeFile.write(target.resolve(FILE), card.text.toString());
        } catch (IOException e) {
            throw new EngineException(
                    "The model card cannot be written to '" + target + "': " + IoReason.of(e) + ".", e);
        }
    }

    private void add(
            String name, DecoderConfig config, ModelHistory history, PromptFormat format, Form form, String beside) {
        frontMatter(history, form);
        line("# " + name);
        line("");
        paragraph(String.format(
                Locale.ROOT,
                "A language model of the %s architecture with %,d parameters and a context of %,d tokens%s, %s"
                        + " realm4knime.",
                config.modelType(),
                config.parameterCount(),
                config.maxPositions(),
                form == Form.ADAPTER ? "; this folder has its LoRA adapter" : "",
                history.all().isEmpty() ? "written by" : "trained with"));
        origin(history, form, beside);
        trainings(history);
        use(name, format, form, beside);
    }

    private void frontMatter(ModelHistory history, Form form) {
        line("---");
        history.hubName()
                .or(() -> Optional.of(history.originMadeFrom())
                        .filter(base -> !base.isEmpty() && history.all().isEmpty()))
                .ifPresent(base -> line("base_model: " + base));
        if (!history.licence().isEmpty()) {
            line("license: " + history.licence());
        }
        line("library_name: " + form.library);
        line("pipeline_tag: text-generation");
        line("tags:");
        line("- realm4knime");
        if (form == Form.ADAPTER) {
            line("- lora");
        }
        line("---");
        line("");
    }

    private void origin(ModelHistory history, Form form, String adapterBase) {
        line("## Origin");
        line("");
        line("- Base model: " + base(history));
        line("- Licence of the base model: " + (history.licence().isEmpty() ? UNKNOWN : history.licence()));
        if (form == Form.ADAPTER) {
            line(
                    adapterBase.isEmpty()
                            ? "- The adapter belongs to a model that was made or trained in the same workflow. Write"
                                    + " that one too, and load the adapter onto it."
                            : "- The adapter belongs to the model that adapter_config.json names.");
        }
        line("");
    }

    private static String base(ModelHistory history) {
        if (history.origin().isEmpty()) {
            return "none known; a model that began with random weights has none";
        }
        String named = history.hubName()
                .orElseGet(() ->
                        "read from the folder " + Path.of(history.origin()).getFileName());
        return history.originMadeFrom().isEmpty()
                ? named
                : named + ", which was made from " + history.originMadeFrom() + ", as its model card says";
    }

    private void trainings(ModelHistory history) {
        line("## Data, method and scores");
        line("");
        if (history.all().isEmpty()) {
            paragraph("No training is recorded.");
            return;
        }
        List<ModelHistory.Training> trainings = history.all();
        for (int i = 0; i < trainings.size(); i++) {
            ModelHistory.Training training = trainings.get(i);
            line("%d. %s, which gave the model %s; trained: %s"
                    .formatted(i + 1, training.method(), training.model(), training.weights()));
            for (Map.Entry<String, String> fact : training.facts().entrySet()) {
                line("   - " + fact.getKey() + ": " + fact.getValue());
            }
        }
        line("");
    }

    private void use(String name, PromptFormat format, Form form, String file) {
        line("## Use");
        line("");
        paragraph("Ask a question in this form, as it was trained, in the chat template if there is one:");
        line("```");
        line(format.render(QUESTION, List.of(), List.of()).strip());
        line("```");
        line("");
        switch (form) {
            case FOLDER -> paragraph("Transformers, vLLM and others load this folder.");
            case ADAPTER -> paragraph("PEFT, vLLM and others load this folder onto the base model.");
            case GGUF -> {
                paragraph("llama.cpp, LM Studio and GPT4All open the file; the chat template is inside.");
                line("```sh");
                line("llama-server -m " + file);
                line("ollama create " + ollamaName(name) + " -f Modelfile");
                line("```");
            }
        }
    }

    private static String ollamaName(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[-.]+|-+$", "");
        return plain.isEmpty() ? "model" : plain;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void paragraph(String paragraph) {
        line(paragraph);
        line("");
    }
}
