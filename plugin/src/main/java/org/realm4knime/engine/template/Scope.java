package org.realm4knime.engine.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names and their values, those of the scopes around included. Loops and macros have scopes of their own. */
final class Scope {

    private final Run run;
    private final Scope parent;
    private final Map<String, Object> values = new HashMap<>();

    private Scope(Run run, Scope parent) {
        this.run = run;
        this.parent = parent;
    }

    /** The outermost scope. */
    static Scope of(Run run, Map<String, Object> values) {
        Scope scope = new Scope(run, null);
        scope.values.putAll(values);
        return scope;
    }

    Scope child() {
        return new Scope(run, this);
    }

    /** What the rendering may spend. */
    Run run() {
        return run;
    }

    /** The value of a name. */
    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            if (scope.values.containsKey(name)) {
                return scope.values.get(name);
            }
        }
        return new Undefined("\"" + name + "\"");
    }

    void set(String name, Object value) {
        values.put(name, value);
    }

    /** The value of an expression. */
    Object evaluate(Expression expression) {
        run.enter();
        try {
            return expression.evaluate(this);
        } finally {
            run.leave();
        }
    }

    /** Whether an expression is true in Python's sense. */
    boolean isTrue(Expression expression) {
        return PythonValues.isTrue(evaluate(expression));
    }

    /** Appends what statements write; says how the last of them ended. */
    Statement.Flow render(List<Statement> statements, StringBuilder out) {
        run.enter();
        try {
            for (Statement statement : statements) {
                Statement.Flow flow = statement.render(this, out);
                if (flow != Statement.Flow.NEXT) {
                    return flow;
                }
            }
            return Statement.Flow.NEXT;
        } finally {
            run.leave();
        }
    }
}
