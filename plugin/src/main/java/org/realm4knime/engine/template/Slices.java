package org.realm4knime.engine.template;

import java.util.ArrayList;
import java.util.List;

/** Python's slices of texts, by characters, and of lists. */
final class Slices {

    private Slices() {}

    /** The slice; bounds that are left out are null. */
    static Object of(Run run, Object value, Long from, Long to, Long step) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        List<Object> entries = value instanceof String ? PythonValues.entries(run, value) : PythonValues.list(value);
        long by = step == null ? 1 : step;
        if (by == 0) {
            throw new TemplateError("the step of a slice is 0");
        }
        run.size(entries.size());
        List<Object> taken = new ArrayList<>();
        int size = entries.size();
        long first = from == null ? (by > 0 ? 0 : size - 1) : clamp(from, size, by);
        long end = to == null ? (by > 0 ? size : -1) : clamp(to, size, by);
        for (long i = first; by > 0 ? i < end : i > end; ) {
            taken.add(entries.get((int) i));
            if (Math.abs(by) > size) {
                break;
            }
            i += by;
        }
        return value instanceof String ? text(taken) : value instanceof Tuple ? new Tuple(taken) : taken;
    }

    private static long clamp(long bound, int size, long step) {
        long index = bound < 0 ? Math.max(bound, -size - 1L) + size : bound;
        return step > 0 ? Math.max(0, Math.min(index, size)) : Math.max(-1, Math.min(index, size - 1L));
    }

    private static String text(List<Object> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }
}
