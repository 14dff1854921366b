package org.realm4knime.engine.template;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** How Python and JSON write values. */
final class PythonText {

    private final Run run;
    private final StringBuilder out = new StringBuilder();

    private PythonText(Run run) {
        this.run = run;
    }

    /** A value as {@code str()} writes it; what is not defined is empty. */
    static String of(Run run, Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Undefined) {
            return "";
        }
        PythonText text = new PythonText(run);
        text.appendRepresentation(value);
        return text.out.toString();
    }

    /** A value as {@code repr()} writes it. */
    static String represented(Run run, Object value) {
        PythonText text = new PythonText(run);
        text.appendRepresentation(value);
        return text.out.toString();
    }

    private void appendRepresentation(Object value) {
        run.enter();
        if (value instanceof String text) {
            quote(text);
        } else if (value instanceof Boolean flag) {
            append(flag ? "True" : "False");
        } else if (value instanceof Double number) {
            append(PythonNumbers.written(number));
        } else if (value instanceof Tuple tuple) {
            appendAll("(", tuple, tuple.size() == 1 ? ",)" : ")");
        } else if (value instanceof List<?> list) {
            appendAll("[", list, "]");
        } else if (value instanceof Map<?, ?> map) {
            appendMap(map);
        } else {
            append(
                    value == null
                            ? "None"
                            : value instanceof Long ? value.toString() : "<" + PythonValues.type(value) + ">");
        }
        run.leave();
    }

    private void appendAll(String open, List<?> values, String close) {
        append(open);
        for (Iterator<?> all = values.iterator(); all.hasNext(); ) {
            appendRepresentation(all.next());
            append(all.hasNext() ? ", " : "");
        }
        append(close);
    }

    private void appendMap(Map<?, ?> map) {
        append("{");
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            append(separator);
            appendRepresentation(entry.getKey());
            append(": ");
            appendRepresentation(entry.getValue());
            separator = ", ";
        }
        append("}");
    }

    private void quote(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder quoted = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            if (c == quote || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                quoted.append('\\').append(c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
            } else if (c < ' ' || c == 0x7f) {
                quoted.append("\\x%02x".formatted(c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        append(quoted.append(quote).toString());
    }

    private void append(String text) {
        run.size(text.length());
        run.within((long) out.length() + text.length());
        out.append(text);
    }
}
