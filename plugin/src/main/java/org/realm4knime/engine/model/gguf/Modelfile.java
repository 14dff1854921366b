package org.realm4knime.engine.model.gguf;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Modelfile from which Ollama makes a model: the file of the weights, the chat template in Go's language, the texts
 * that end an answer, and the length of the context.
 */
final class Modelfile {

    static final String NAME = "Modelfile";

    /** Ollama's usual context; more takes memory that few computers have to spare. */
    private static final int USUAL_CONTEXT = 4096;

    private static final String QUOTES = "\"\"\"";

    private Modelfile() {}

    /**
     * The text of a Modelfile.
     *
     * @param weights name of the file beside it
     * @param frame what the chat template puts around what is said; empty if it does more than that
     * @param stops texts of the tokens that end an answer
     * @param context longest sequence in tokens
     */
    static String of(String weights, Optional<ChatFrame> frame, List<String> stops, int context) {
        StringBuilder text = new StringBuilder("# ollama create NAME -f Modelfile\nFROM ./" + weights + "\n");
        Optional<String> template = frame.map(Modelfile::template).filter(Modelfile::canStand);
        text.append(template.map(go -> "TEMPLATE " + QUOTES + go + QUOTES + "\n")
                .orElse("# The chat template cannot be written in Go's language. The one inside the file is used.\n"));
        stops.stream()
                .filter(stop -> !stop.contains("\"") && !stop.contains("\n"))
                .forEach(stop -> text.append("PARAMETER stop \"").append(stop).append("\"\n"));
        return text.append("PARAMETER num_ctx ")
                .append(Math.min(context, USUAL_CONTEXT))
                .append("\n")
                .toString();
    }

    private static String template(ChatFrame frame) {
        return "{{ if .System }}" + frame.beforeSystem() + "{{ .System }}" + frame.behindSystem() + "{{ else }}"
                + frame.beginning() + "{{ end }}{{ range .Messages }}{{ if eq .Role \"user\" }}{{ .Content }}"
                + frame.behindUser() + "{{ else if eq .Role \"assistant\" }}{{ .Content }}" + frame.behindAssistant()
                + "{{ end }}{{ end }}";
    }

    /** Whether no text within is taken for the language around it. */
    private static boolean canStand(String template) {
        long actions = Stream.of(template.split("\\{\\{", -1)).count();
        return actions == template(new ChatFrame("", "", "", "", "")).split("\\{\\{", -1).length
                && !template.contains(QUOTES);
    }
}
