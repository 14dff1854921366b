package org.realm4knime.engine.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** Values that a template may change from within loops, as {@code namespace()} makes them. */
final class Namespace {

    private final Map<String, Object> values = new LinkedHashMap<>();

    Object get(String name) {
        return values.containsKey(name) ? values.get(name) : new Undefined("the namespace's \"" + name + "\"");
    }

    void set(String name, Object value) {
        values.put(name, value);
    }
}
