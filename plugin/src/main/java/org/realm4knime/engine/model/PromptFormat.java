package org.realm4knime.engine.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.template.JinjaTemplate;

/**
 * How questions, rules and routes become the text that a model sees, and with which words it is taught to judge routes.
 * Kept beside the weights as {@code realm_prompt.json}, since a trained model expects the format it was trained with.
 *
 * @param template Jinja template of the user message over {@code question} (text), {@code rules} and {@code routes}
 *     (lists of texts, either may be empty)
 * @param verify word that opens a verdict on routes
 * @param right verdict on a route that holds
 * @param wrong verdict on a route that fails, followed by the number of its decisive step
 * @param reasons whether a verdict says why
 * @param solution word that opens the model's own solution after the verdicts
 */
public record PromptFormat(
        String template, String verify, String right, String wrong, boolean reasons, String solution) {

    private static final String FILE = "realm_prompt.json";
    /** Stands for a question. */
    private static final String PLACE = "\u0001";

    private static final String GENERAL_TEMPLATE =
            """
            {% if rules %}
            Rules that apply:
            {% for rule in rules %}
            - {{ rule }}
            {% endfor %}

            {% endif %}
            {{ question }}
            {% if routes %}

            Here are routes that others took. Some may be wrong.
            {% for route in routes %}

            Route {{ loop.index }}:
            {{ route }}
            {% endfor %}

            Check each route and say whether it is right or at which step it goes wrong. Then give your own solution.
            {% endif %}

            Reason step by step and end with "The answer is" and the answer.
            """;

    private static final String COMPACT_TEMPLATE =
            "{% for r in rules %}{{ r ~ ' ' }}{% endfor %}{{ question }}{% for r in routes %}{{ ' | ' ~ r }}{% endfor"
                    + " %} :";

    /** English sentences, for ordinary chat models. */
    public static PromptFormat general() {
        return new PromptFormat(GENERAL_TEMPLATE, "Verification:", "right", "wrong at step", true, "Solution:");
    }

    /** Few words and no sentences, for tiny models with a vocabulary of their own. */
    public static PromptFormat compact() {
        return new PromptFormat(COMPACT_TEMPLATE, "verify", "right", "wrong", false, "solution");
    }

    /** Whether a model's directory says how its prompts are written. */
    static boolean isIn(Path modelDirectory) {
        return Files.exists(modelDirectory.resolve(FILE));
    }

    /**
     * Reads a model's format.
     *
     * @param modelDirectory Hugging Face directory
     * @return the content of its {@code realm_prompt.json}, or {@link #general()} if it has none
     * @throws EngineException if the file is not readable or lacks an entry
     */
    public static PromptFormat read(Path modelDirectory) {
        Path file = modelDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            return general();
        }
        JsonObject json = JsonFiles.readObject(file);
        PromptFormat format = new PromptFormat(
                entry(json, "template", file).getAsString(),
                entry(json, "verify", file).getAsString(),
                entry(json, "right", file).getAsString(),
                entry(json, "wrong", file).getAsString(),
                entry(json, "reasons", file).getAsBoolean(),
                entry(json, "solution", file).getAsString());
        format.parsed(file.toString());
        return format;
    }

    private JinjaTemplate parsed(String file) {
        return new JinjaTemplate(template, "The prompt template of " + file);
    }

    /** The name and the content of the file that {@link #read} reads. */
    Map.Entry<String, byte[]> toFile() {
        JsonObject json = new JsonObject();
        json.addProperty("template", template);
        json.addProperty("verify", verify);
        json.addProperty("right", right);
        json.addProperty("wrong", wrong);
        json.addProperty("reasons", reasons);
        json.addProperty("solution", solution);
        return Map.entry(FILE, JsonFiles.format(json));
    }

    /**
     * The user message.
     *
     * @param question the problem
     * @param rules the domain's rules to show, may be empty
     * @param routes chains of thought by others to show, may be empty
     * @return the filled template
     */
    public String render(String question, List<String> rules, List<String> routes) {
        return parsed(FILE).render(Map.of("question", question, "rules", rules, "routes", routes));
    }

    /**
     * The user message that a text of a training example is asked as: what {@link #render} makes of a question, so that
     * a model is trained on what it will be asked. A text that a prompt format has written already stays as it is.
     *
     * @param text a question, or a whole user message as {@link #render} writes it, of this format or a built-in one
     * @return the user message
     */
    public String asked(String text) {
        return asked(text, List.of()).get(0);
    }

    /**
     * The user messages that a text of a training example is asked as where the model is to learn to use rules: as
     * {@link #asked(String)} says, and a question a second time with the rules above it.
     *
     * @param text a question, or a whole user message
     * @param rules the domain's rules; without any there is one message
     * @return one message or two
     */
    public List<String> asked(String text, List<String> rules) {
        if (Stream.of(this, general(), compact()).anyMatch(format -> format.hasWritten(text))) {
            return List.of(text);
        }
        String alone = render(text, List.of(), List.of());
        return rules.isEmpty() ? List.of(alone) : List.of(alone, render(text, rules, List.of()));
    }

    /** Whether a text ends, or where the format puts nothing behind a question begins, as this format's messages do. */
    private boolean hasWritten(String text) {
        String message = render(PLACE, List.of(), List.of());
        int place = message.indexOf(PLACE);
        if (place < 0) {
            return false;
        }
        String before = message.substring(0, place).strip();
        String behind = message.substring(place + PLACE.length()).stripTrailing();
        return behind.isBlank()
                ? !before.isEmpty() && text.strip().startsWith(before)
                : text.stripTrailing().endsWith(behind);
    }

    private static JsonElement entry(JsonObject json, String key, Path file) {
        JsonElement value = json.get(key);
        if (value == null || !value.isJsonPrimitive()) {
            throw new EngineException("%s: \"%s\" is missing or no text.".formatted(file, key));
        }
        return value;
    }
}
