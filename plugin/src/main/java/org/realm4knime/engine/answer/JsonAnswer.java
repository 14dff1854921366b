package org.realm4knime.engine.answer;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.realm4knime.engine.answer.AnswerRegion.Mark;

/** Finds the answer's field of a JSON object in a text: {@code {"answer": 5}}. Single quotes will do. */
final class JsonAnswer {

    private static final Pattern KEY =
            Pattern.compile("(?i)[{,]\\s{0,40}([\"'])(?:(?:the|final)[_ -]?)?answer\\1\\s{0,40}:\\s{0,40}");
    private static final Pattern WORD = Pattern.compile("[^\\s,{}\\[\\]\"']{1,400}");
    private static final Pattern LATEX = Pattern.compile("(?<!\\\\)\\\\(?!n[A-Z])[A-Za-tv-z][A-Za-z]");
    private static final Pattern END = Pattern.compile("\\s*([,}])");
    private static final Pattern SAME_OBJECT = Pattern.compile("[^{}]*|\\s*}\\s*,\\s*\\{?\\s*");

    private JsonAnswer() {}

    /** A value and where it ends. */
    private record Value(String text, int end) {}

    /**
     * The value of the last such field. Where one object, or one list of objects, has two, the answer is both.
     *
     * @param text a text
     * @return the value as text, broken off if the object was cut off within it; empty if there is no such field
     */
    static Optional<AnswerRegion> in(String text) {
        List<MatchResult> keys = KEY.matcher(text).results().toList();
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        MatchResult last = keys.get(keys.size() - 1);
        Optional<Value> value = value(text, last.end());
        if (value.isEmpty()) {
            return Optional.of(new AnswerRegion("", Mark.FIELD, false));
        }
        String answer = value.get().text();
        if (keys.size() > 1) {
            Optional<Value> before = value(text, keys.get(keys.size() - 2).end());
            if (before.isPresent()
                    && before.get().end() <= last.start() + 1
                    && SAME_OBJECT
                            .matcher(text.substring(before.get().end(), last.start() + 1))
                            .matches()) {
                answer = before.get().text() + " or " + answer;
            }
        }
        return Optional.of(new AnswerRegion(answer, Mark.FIELD, true));
    }

    private static Optional<Value> value(String text, int begin) {
        int end = begin >= text.length() ? -1 : endOfValue(text, begin);
        if (end < 0 || !END.matcher(text).region(end, text.length()).lookingAt()) {
            return Optional.empty();
        }
        return Optional.of(new Value(unquoted(text.substring(begin, end)), end));
    }

    private static int endOfValue(String text, int begin) {
        char first = text.charAt(begin);
        if (first == '"' || first == '\'') {
            for (int i = begin + 1; i < text.length(); i++) {
                if (text.charAt(i) == '\\') {
                    i++;
                } else if (text.charAt(i) == first) {
                    return i + 1;
                }
            }
            return -1;
        }
        if (first == '[' || first == '{') {
            return endOfBrackets(text, begin);
        }
        Matcher word = WORD.matcher(text).region(begin, text.length());
        return word.lookingAt() ? word.end() : -1;
    }

    /** The index after the bracket that closes the one at an index; -1 if none does. */
    static int endOfBrackets(String text, int begin) {
        int depth = 0;
        for (int i = begin; i < text.length(); i++) {
            depth += "[{".indexOf(text.charAt(i)) >= 0 ? 1 : "]}".indexOf(text.charAt(i)) >= 0 ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private static String unquoted(String value) {
        if (value.charAt(0) != '"' && value.charAt(0) != '\'') {
            return value.charAt(0) == '[' ? list(value) : value;
        }
        if (LATEX.matcher(value).find()) {
            // "\frac{1}{2}", written without the second backslash that JSON asks for
            return value.substring(1, value.length() - 1);
        }
        try {
            return JsonParser.parseString(value).getAsString();
        } catch (JsonParseException | IllegalStateException e) {
            return value.substring(1, value.length() - 1);
        }
    }

    /** A list of plain values as a person writes it. */
    private static String list(String value) {
        try {
            List<String> items = new ArrayList<>();
            for (JsonElement item : JsonParser.parseString(value).getAsJsonArray()) {
                items.add(item.isJsonPrimitive() ? item.getAsString() : item.toString());
            }
            return "[" + String.join(", ", items) + "]";
        } catch (JsonParseException | IllegalStateException e) {
            return value;
        }
    }
}
