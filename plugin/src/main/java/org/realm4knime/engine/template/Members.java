package org.realm4knime.engine.template;

import java.util.List;
import java.util.Map;

/** What values have inside: entries, methods and the members of loops and namespaces. Nothing of Java is reachable. */
final class Members {

    private Members() {}

    /** {@code object.name}: a method, or else an entry of that name. */
    static Object attribute(Object object, String name) {
        if (object instanceof Undefined undefined) {
            throw undefined.error();
        }
        Callable method = method(object, name);
        return method == null ? entry(object, name) : method;
    }

    /** {@code object[index]}: an entry, or else a method of that name. */
    static Object item(Run run, Object object, Object index) {
        if (object instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (index instanceof String name) {
            Object entry = entry(object, name);
            Callable method = entry instanceof Undefined ? method(object, name) : null;
            return method == null ? entry : method;
        }
        if (object instanceof Map<?, ?> map) {
            Object key = PythonValues.key(index);
            return map.containsKey(key) ? map.get(key) : new Undefined("the dict's entry " + key);
        }
        if (!(object instanceof String || object instanceof List)
                || !(index instanceof Long || index instanceof Boolean)) {
            return new Undefined("an entry of a " + PythonValues.type(object));
        }
        run.size(object instanceof String text ? text.length() : 1);
        long length = PythonValues.length(object);
        long asked = PythonNumbers.whole(index);
        long at = asked < 0 ? asked + length : asked;
        if (at < 0 || at >= length) {
            return new Undefined("entry " + asked + " of a " + PythonValues.type(object) + " of length " + length);
        }
        return object instanceof String text ? character(text, (int) at) : ((List<?>) object).get((int) at);
    }

    private static String character(String text, int index) {
        return Character.toString(text.codePointAt(text.offsetByCodePoints(0, index)));
    }

    private static Object entry(Object object, String name) {
        if (object instanceof Map<?, ?> map && map.containsKey(name)) {
            return map.get(name);
        }
        if (object instanceof Namespace namespace) {
            return namespace.get(name);
        }
        if (object instanceof Loop loop) {
            return loop.member(name);
        }
        return new Undefined("\"" + name + "\" of a " + PythonValues.type(object));
    }

    private static Callable method(Object object, String name) {
        if (object instanceof String text) {
            StringMethods.Method method = StringMethods.named(name);
            return method == null ? null : (scope, arguments) -> method.call(scope.run(), text, arguments);
        }
        if (object instanceof Map<?, ?> map) {
            return CollectionMethods.of(map, name);
        }
        if (object instanceof List<?> list) {
            return CollectionMethods.of(list, name);
        }
        return object instanceof Loop loop ? loop.method(name) : null;
    }
}
