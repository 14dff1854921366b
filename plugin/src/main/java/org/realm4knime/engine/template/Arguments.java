package org.realm4knime.engine.template;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The values that a call is given.
 *
 * @param positional those without a name
 * @param named those with a name
 */
record Arguments(List<Object> positional, Map<String, Object> named) {

    /** Arguments without names. */
    static Arguments of(Object... values) {
        return new Arguments(Arrays.asList(values), Map.of());
    }

    /** The same without the first ones. */
    Arguments after(int first) {
        return new Arguments(positional.subList(Math.min(first, positional.size()), positional.size()), named);
    }

    boolean has(int index, String name) {
        return index < positional.size() || named.containsKey(name);
    }

    /** The argument at a place or with a name, or the default. */
    Object get(int index, String name, Object otherwise) {
        if (index >= 0 && index < positional.size()) {
            return positional.get(index);
        }
        return named.containsKey(name) ? named.get(name) : otherwise;
    }

    /** An argument that must be there. */
    Object required(int index, String name) {
        if (!has(index, name)) {
            throw new TemplateError("the argument \"" + name + "\" is missing");
        }
        return get(index, name, null);
    }

    String text(int index, String name) {
        return PythonValues.text(required(index, name));
    }

    long whole(int index, String name, long otherwise) {
        return has(index, name) ? PythonNumbers.whole(get(index, name, null)) : otherwise;
    }

    boolean isTrue(int index, String name) {
        return PythonValues.isTrue(get(index, name, false));
    }
}
