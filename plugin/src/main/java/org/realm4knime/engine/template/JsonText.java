package org.realm4knime.engine.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The filter {@code tojson} as Hugging Face has it: {@code json.dumps} of Python, without escapes for HTML. */
final class JsonText {

    private static final int MAX_INDENT = 100;

    private final Run run;
    private final StringBuilder out = new StringBuilder();
    private final String indent;
    private final String between;
    private final String afterKey;
    private final boolean ascii;
    private final boolean sorted;

    private JsonText(Run run, Arguments arguments) {
        this.run = run;
        ascii = arguments.isTrue(0, "ensure_ascii");
        indent = indent(arguments.get(1, "indent", null));
        Object separators = arguments.get(2, "separators", null);
        List<Object> given = separators == null ? null : PythonValues.list(separators);
        between = given == null ? (indent == null ? ", " : ",") : PythonValues.text(given.get(0));
        afterKey = given == null ? ": " : PythonValues.text(given.get(1));
        sorted = arguments.isTrue(3, "sort_keys");
    }

    static String of(Run run, Object value, Arguments arguments) {
        JsonText text = new JsonText(run, arguments);
        text.append(value, 0);
        return text.out.toString();
    }

    private static String indent(Object indent) {
        if (indent == null) {
            return null;
        }
        if (indent instanceof String text) {
            return text;
        }
        long width = PythonNumbers.whole(indent);
        if (width > MAX_INDENT) {
            throw new TemplateError("an indent of " + width + " is more than " + MAX_INDENT);
        }
        return " ".repeat((int) Math.max(0, width));
    }

    private void append(Object value, int depth) {
        run.enter();
        if (value instanceof String text) {
            quote(text);
        } else if (value instanceof List<?> list) {
            List<Runnable> entries = new ArrayList<>();
            list.forEach(entry -> entries.add(() -> append(entry, depth + 1)));
            appendAll('[', entries, ']', depth);
        } else if (value instanceof Map<?, ?> map) {
            appendAll('{', members(map, depth), '}', depth);
        } else if (value == null || value instanceof Boolean || value instanceof Long) {
            write(String.valueOf(value));
        } else if (value instanceof Double number) {
            write(PythonNumbers.written(number));
        } else {
            throw new TemplateError("a " + PythonValues.type(value) + " cannot be written as JSON");
        }
        run.leave();
    }

    private List<Runnable> members(Map<?, ?> map, int depth) {
        List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
        if (sorted) {
            entries.sort(Comparator.comparing(entry -> key(entry.getKey())));
        }
        List<Runnable> members = new ArrayList<>();
        entries.forEach(entry -> members.add(() -> {
            quote(key(entry.getKey()));
            write(afterKey);
            append(entry.getValue(), depth + 1);
        }));
        return members;
    }

    private static String key(Object key) {
        return key == null ? "null" : key.toString();
    }

    private void appendAll(char open, List<Runnable> entries, char close, int depth) {
        out.append(open);
        for (int i = 0; i < entries.size(); i++) {
            write(i > 0 ? between : "");
            line(depth + 1);
            entries.get(i).run();
        }
        if (!entries.isEmpty()) {
            line(depth);
        }
        out.append(close);
    }

    private void line(int depth) {
        if (indent != null) {
            run.size((long) indent.length() * depth);
            write("\n" + indent.repeat(depth));
        }
    }

    private void quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int simple = "\"\\\n\r\t\b\f".indexOf(c);
            if (simple >= 0) {
                quoted.append('\\').append("\"\\nrtbf".charAt(simple));
            } else if (c < ' ' || (ascii && c > '~')) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        write(quoted.append('"').toString());
    }

    private void write(String text) {
        run.size(text.length());
        run.within((long) out.length() + text.length());
        out.append(text);
    }
}
