package org.realm4knime.engine.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A macro.
 *
 * @param name its name
 * @param parameters names of its parameters, with the defaults of those that have one and null for the others
 * @param body what it writes
 * @param home the scope that it was defined in
 */
record Macro(String name, Map<String, Expression> parameters, List<Statement> body, Scope home) implements Callable {

    @Override
    public Object call(Scope scope, Arguments arguments) {
        Scope inside = home.child();
        int i = 0;
        for (Map.Entry<String, Expression> parameter : parameters.entrySet()) {
            inside.set(parameter.getKey(), value(i++, parameter, arguments, inside));
        }
        int taken = Math.min(parameters.size(), arguments.positional().size());
        inside.set("varargs", new Tuple(arguments.after(taken).positional()));
        Map<Object, Object> others = new LinkedHashMap<>(arguments.named());
        parameters.keySet().forEach(others::remove);
        inside.set("kwargs", others);
        if (others.containsKey("caller")) {
            inside.set("caller", others.get("caller"));
        }
        StringBuilder out = new StringBuilder();
        inside.render(body, out);
        return out.toString();
    }

    private Object value(int index, Map.Entry<String, Expression> parameter, Arguments arguments, Scope inside) {
        if (arguments.has(index, parameter.getKey())) {
            return arguments.get(index, parameter.getKey(), null);
        }
        return parameter.getValue() == null
                ? new Undefined("the parameter \"" + parameter.getKey() + "\" of " + name)
                : inside.evaluate(parameter.getValue());
    }

    /** Nothing of the scope, which may hold the macro. */
    @Override
    public String toString() {
        return "macro " + name;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
