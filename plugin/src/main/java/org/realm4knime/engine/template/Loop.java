package org.realm4knime.engine.template;

import java.util.List;

/** The variable {@code loop}. */
final class Loop {

    private final List<Object> entries;
    private int index;
    private Object lastSeen = new Undefined("nothing");

    Loop(List<Object> entries) {
        this.entries = entries;
    }

    void at(int newIndex) {
        index = newIndex;
    }

    Object member(String name) {
        int size = entries.size();
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> (long) size - index;
            case "revindex0" -> size - index - 1L;
            case "first" -> index == 0;
            case "last" -> index == size - 1;
            case "length" -> (long) size;
            case "depth" -> 1L;
            case "depth0" -> 0L;
            case "previtem" -> index > 0 ? entries.get(index - 1) : new Undefined("the entry before the first");
            case "nextitem" -> index < size - 1 ? entries.get(index + 1) : new Undefined("the entry after the last");
            default -> new Undefined("\"" + name + "\" of a loop");
        };
    }

    Callable method(String name) {
        return switch (name) {
            case "cycle" ->
                (scope, arguments) -> {
                    if (arguments.positional().isEmpty()) {
                        throw new TemplateError("\"cycle\" needs at least one value");
                    }
                    return arguments
                            .positional()
                            .get(index % arguments.positional().size());
                };
            case "changed" ->
                (scope, arguments) -> {
                    Object seen = new Tuple(arguments.positional());
                    boolean changed = !PythonValues.equal(scope.run(), seen, lastSeen);
                    lastSeen = seen;
                    return changed;
                };
            default -> null;
        };
    }
}
