package org.realm4knime.engine.model.gguf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.TextTokenizer;

/**
 * What a chat template puts around what is said, for programs that do not read Jinja: found by filling in words that
 * stand nowhere else, and kept only if it makes up what the template makes of a longer conversation.
 *
 * @param beforeSystem before the system's words
 * @param behindSystem between the system's words and the first user's
 * @param beginning before the first user's words where the system says nothing
 * @param behindUser between a user's words and the assistant's
 * @param behindAssistant between the assistant's words and the next user's
 */
record ChatFrame(
        String beforeSystem, String behindSystem, String beginning, String behindUser, String behindAssistant) {

    private static final String SYSTEM = "qzjxs";
    private static final String USER = "qzjxu";
    private static final String ASSISTANT = "qzjxa";
    private static final String SECOND_USER = "qzjxv";

    /** The template of a model that has none: what is said, one after the other, as the model was trained. */
    static final String PLAIN = "{% for message in messages %}{{ message['content'] }}{% endfor %}";

    /**
     * What a tokenizer's chat template puts around.
     *
     * @return empty if the template does more than to put something around
     */
    static Optional<ChatFrame> of(TextTokenizer tokenizer) {
        if (!tokenizer.hasChatTemplate()) {
            return Optional.of(new ChatFrame("", "", "", "", ""));
        }
        try {
            return of(messages -> tokenizer.chat(messages, true));
        } catch (EngineException e) {
            return Optional.empty(); // a template that does not take such conversations
        }
    }

    private static Optional<ChatFrame> of(Function<List<Map<String, String>>, String> chat) {
        String twice = chat.apply(List.of(user(USER), assistant(ASSISTANT), user(SECOND_USER)));
        String withSystem = chat.apply(List.of(system(), user(USER)));
        List<String> turns = between(twice, USER, ASSISTANT, SECOND_USER);
        List<String> opening = between(withSystem, SYSTEM, USER);
        if (turns.isEmpty() || opening.isEmpty()) {
            return Optional.empty();
        }
        ChatFrame frame = new ChatFrame(opening.get(0), opening.get(1), turns.get(0), turns.get(1), turns.get(2));
        List<Map<String, String>> longer = List.of(system(), user("b"), assistant("c"), user("d\ne"));
        boolean holds = frame.beginning.concat(USER + frame.behindUser).equals(chat.apply(List.of(user(USER))))
                && turns.get(3).equals(frame.behindUser)
                && frame.conversation(SYSTEM, List.of("b", "c", "d\ne")).equals(chat.apply(longer));
        return holds ? Optional.of(frame) : Optional.empty();
    }

    private String conversation(String system, List<String> turns) {
        StringBuilder text = new StringBuilder(beforeSystem + system + behindSystem);
        for (int i = 0; i < turns.size(); i++) {
            text.append(turns.get(i)).append(i % 2 == 0 ? behindUser : behindAssistant);
        }
        return text.toString();
    }

    /** What lies before, between and behind words; empty if one of them stands not exactly once. */
    private static List<String> between(String text, String... words) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (String word : words) {
            int at = text.indexOf(word, from);
            if (at < 0 || text.lastIndexOf(word) != at) {
                return List.of();
            }
            parts.add(text.substring(from, at));
            from = at + word.length();
        }
        parts.add(text.substring(from));
        return List.copyOf(parts);
    }

    private static Map<String, String> system() {
        return Map.of("role", "system", "content", SYSTEM);
    }

    private static Map<String, String> user(String content) {
        return Map.of("role", "user", "content", content);
    }

    private static Map<String, String> assistant(String content) {
        return Map.of("role", "assistant", "content", content);
    }

    /** This frame without a token at its beginning, which the reader of a file puts there by itself. */
    ChatFrame without(String beginToken) {
        return new ChatFrame(
                stripped(beforeSystem, beginToken),
                behindSystem,
                stripped(beginning, beginToken),
                behindUser,
                behindAssistant);
    }

    private static String stripped(String text, String beginToken) {
        return text.startsWith(beginToken) ? text.substring(beginToken.length()) : text;
    }
}
