package org.realm4knime.engine.problem.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.realm4knime.engine.problem.file.FileRecord.Field;

/**
 * A conversation between a user and an assistant, as ShareGPT, OpenAI and TRL write it: lists of messages with a role
 * and a text, in one field or in a prompt and its completion.
 *
 * @param turns its messages in order
 * @param fields the fields that hold it
 * @param lastReplyOnly whether only the last message is to be learned, as the others are the prompt
 */
public record Conversation(List<Turn> turns, List<Field> fields, boolean lastReplyOnly) {

    /** What is said of a record with more than one reply. */
    public static final String FIRST_ONLY =
            "hold a conversation of several turns. Only its first question and reply were read.";

    private static final List<String> WHOLE =
            List.of("messages", "conversations", "conversation", "dialog", "dialogue");
    private static final List<String> REPLY = List.of("completion", "chosen", "response");
    private static final List<String> ROLES = List.of("role", "from", "speaker");
    private static final List<String> TEXTS = List.of("content", "value", "text");

    private static final Map<String, Role> NAMES = Map.ofEntries(
            Map.entry("user", Role.USER),
            Map.entry("human", Role.USER),
            Map.entry("prompter", Role.USER),
            Map.entry("assistant", Role.ASSISTANT),
            Map.entry("gpt", Role.ASSISTANT),
            Map.entry("chatgpt", Role.ASSISTANT),
            Map.entry("bot", Role.ASSISTANT),
            Map.entry("model", Role.ASSISTANT),
            Map.entry("ai", Role.ASSISTANT),
            Map.entry("system", Role.SYSTEM),
            Map.entry("developer", Role.SYSTEM));

    private enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        OTHER
    }

    private record Turn(Role role, String text) {}

    /** The conversation of a record, if its fields hold one. */
    public static Optional<Conversation> of(FileRecord record) {
        Optional<Field> prompt = messages(record, List.of("prompt", "question", "input"));
        Optional<Field> reply = messages(record, REPLY);
        if (prompt.isPresent() || reply.isPresent()) {
            Optional<Field> before = prompt.or(() -> record.find(List.of("prompt", "question", "instruction")));
            Optional<Field> after = reply.or(() -> record.find(REPLY));
            List<Turn> turns = new ArrayList<>();
            boolean whole = reply.filter(field ->
                            turns(field.value(), Role.ASSISTANT).stream().anyMatch(turn -> turn.role() == Role.USER))
                    .isPresent();
            if (!whole) {
                before.ifPresent(field -> turns.addAll(turns(field.value(), Role.USER)));
            }
            after.ifPresent(field -> turns.addAll(turns(field.value(), Role.ASSISTANT)));
            return Optional.of(new Conversation(
                    turns, Stream.concat(before.stream(), after.stream()).toList(), true));
        }
        return messages(record, WHOLE)
                .map(field -> new Conversation(turns(field.value(), Role.USER), List.of(field), false));
    }

    private static Optional<Field> messages(FileRecord record, List<String> names) {
        return names.stream()
                .flatMap(name -> record.named(name).stream())
                .filter(field -> isList(field, names == WHOLE))
                .findFirst();
    }

    private static boolean isList(Field field, boolean whole) {
        JsonNode value = field.value();
        return whole && value.isArray() && value.path(0).isTextual()
                || value.isArray() && !value.isEmpty() && Values.elements(value).allMatch(Conversation::isMessage);
    }

    private static boolean isMessage(JsonNode value) {
        return value.isObject()
                && (first(value, ROLES).isPresent() && first(value, TEXTS).isPresent()
                        || value.has("input") && value.has("output"));
    }

    private static Optional<JsonNode> first(JsonNode object, List<String> names) {
        return names.stream().filter(object::has).map(object::get).findFirst();
    }

    /** The messages of a value; of texts without a role, the first has the role given, and they take turns. */
    private static List<Turn> turns(JsonNode value, Role first) {
        if (!value.isArray()) {
            return List.of(new Turn(first, Values.text(value)));
        }
        List<Turn> turns = new ArrayList<>();
        for (JsonNode message : value) {
            if (message.isTextual()) {
                turns.add(new Turn(turns.size() % 2 == 0 ? Role.USER : Role.ASSISTANT, message.asText()));
            } else if (first(message, ROLES).isPresent()) {
                turns.add(turn(message));
            } else {
                turns.add(new Turn(Role.USER, Values.text(message.path("input"))));
                turns.add(new Turn(Role.ASSISTANT, Values.text(message.path("output"))));
            }
        }
        return turns;
    }

    private static Turn turn(JsonNode message) {
        String name = first(message, ROLES).orElseThrow().asText().toLowerCase(Locale.ROOT);
        JsonNode content = first(message, TEXTS).orElseThrow();
        boolean textOnly = !content.isContainerNode()
                || Values.elements(content)
                        .allMatch(part -> part.isTextual() || part.path("text").isTextual());
        String text = content.isContainerNode()
                ? Values.elements(content)
                        .map(part -> part.isTextual()
                                ? part.asText()
                                : part.path("text").asText())
                        .collect(Collectors.joining("\n"))
                : content.asText("");
        return new Turn(textOnly ? NAMES.getOrDefault(name, Role.OTHER) : Role.OTHER, text.strip());
    }

    /**
     * Why the conversation cannot be read as a prompt and its completion.
     *
     * @return the reason as it follows the count of such records; empty if it can
     */
    public Optional<String> problem() {
        if (turns.stream().anyMatch(turn -> turn.role() == Role.OTHER)) {
            return Optional.of("were left out: their conversation has messages of other roles than system, user and"
                    + " assistant, such as tools, or messages that are no text.");
        }
        if (prompt().isBlank()) {
            return Optional.of("were left out: their conversation has no message of the user before a reply.");
        }
        if (lastReplyOnly && replies() > 1) {
            return Optional.of(
                    "were left out: their prompt is a conversation of several turns. A prompt is one message of"
                            + " the user, with one of the system before it or none.");
        }
        return Optional.empty();
    }

    /**
     * The messages before the first reply, with a blank line between them. A greeting of the assistant is passed over.
     */
    public String prompt() {
        return turns.subList(0, firstReply()).stream()
                .filter(turn -> turn.role() != Role.ASSISTANT)
                .map(Turn::text)
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n\n"));
    }

    /** The first reply to the user; empty if there is none. */
    public String reply() {
        return firstReply() < turns.size() ? turns.get(firstReply()).text() : "";
    }

    private int firstReply() {
        boolean asked = false;
        for (int i = 0; i < turns.size(); i++) {
            if (asked && turns.get(i).role() == Role.ASSISTANT) {
                return i;
            }
            asked |= turns.get(i).role() == Role.USER;
        }
        return asked ? turns.size() : 0;
    }

    /** How many replies to the user there are. */
    public long replies() {
        return turns.stream()
                .skip(firstReply())
                .filter(turn -> turn.role() == Role.ASSISTANT)
                .count();
    }
}
