package org.realm4knime.engine.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a template that writes something or changes names. */
sealed interface Statement {

    /** How a statement ended. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    /** Writes. */
    Flow render(Scope scope, StringBuilder out);

    /** Text as it stands. */
    record Data(String text) implements Statement {
        @Override
        public Flow render(Scope scope, StringBuilder out) {
            return write(scope, out, text);
        }
    }

    /** A value between double braces. */
    record Output(Expression value, int line) implements Statement {
        @Override
        public Flow render(Scope scope, StringBuilder out) {
            scope.run().at(line);
            return write(scope, out, PythonText.of(scope.run(), scope.evaluate(value)));
        }
    }

    /** if, elif and else; the condition of else is null. */
    record If(List<Expression> conditions, List<List<Statement>> branches, int line) implements Statement {
        @Override
        public Flow render(Scope scope, StringBuilder out) {
            for (int i = 0; i < branches.size(); i++) {
                scope.run().at(line);
                if (conditions.get(i) == null || scope.isTrue(conditions.get(i))) {
                    return scope.render(branches.get(i), out);
                }
            }
            return Flow.NEXT;
        }
    }

    /** A loop. */
    record For(
            List<String> names,
            Expression values,
            Expression condition,
            List<Statement> body,
            List<Statement> otherwise,
            int line)
            implements Statement {
        @Override
        public Flow render(Scope scope, StringBuilder out) {
            scope.run().at(line);
            List<Object> entries = kept(scope, PythonValues.entries(scope.run(), scope.evaluate(values)));
            Loop loop = new Loop(entries);
            for (int i = 0; i < entries.size(); i++) {
                loop.at(i);
                Scope turn = scope.child();
                turn.set("loop", loop);
                unpack(turn, names, entries.get(i));
                if (turn.render(body, out) == Flow.BREAK) {
                    break;
                }
            }
            return entries.isEmpty() ? scope.child().render(otherwise, out) : Flow.NEXT;
        }

        private List<Object> kept(Scope scope, List<Object> entries) {
            if (condition == null) {
                return entries;
            }
            List<Object> kept = new ArrayList<>();
            for (Object entry : entries) {
                Scope turn = scope.child();
                unpack(turn, names, entry);
                if (turn.isTrue(condition)) {
                    kept.add(entry);
                }
            }
            return kept;
        }
    }

    /** Gives names a value; {@code member} is the name within a namespace, or null. */
    record Set(List<String> names, String member, Expression value, int line) implements Statement {
        @Override
        public Flow render(Scope scope, StringBuilder out) {
            scope.run().at(line);
            assign(scope, names, member, scope.evaluate(value));
            return Flow.NEXT;
        }
    }

    /** Gives a name the text between set and endset. */
    record SetBlock(
            List<String> names, String member, List<Statement> body, List<Expression.Filtered> filters, int line)
            implements Statement {
        @Override
        public Flow render(Scope scope, StringBuilder out) {
            StringBuilder text = new StringBuilder();
            scope.child().render(body, text);
            scope.run().at(line);
            assign(scope, names, member, filtered(scope, text.toString(), filters));
            return Flow.NEXT;
        }
    }

    /** Filters of the text between filter and endfilter. */
    record FilterBlock(List<Statement> body, List<Expression.Filtered> filters, int line) implements Statement {
        @Override
        public Flow render(Scope scope, StringBuilder out) {
            StringBuilder text = new StringBuilder();
            scope.child().render(body, text);
            scope.run().at(line);
            return write(scope, out, PythonText.of(scope.run(), filtered(scope, text.toString(), filters)));
        }
    }

    /** Names for a while. */
    record With(Map<String, Expression> values, List<Statement> body, int line) implements Statement {
        @Override
        public Flow render(Scope scope, StringBuilder out) {
            scope.run().at(line);
            Scope inside = scope.child();
            values.forEach((name, value) -> inside.set(name, scope.evaluate(value)));
            return inside.render(body, out);
        }
    }

    /** Defines a macro. */
    record DefineMacro(String name, Map<String, Expression> parameters, List<Statement> body) implements Statement {
        @Override
        public Flow render(Scope scope, StringBuilder out) {
            scope.set(name, new Macro(name, parameters, body, scope));
            return Flow.NEXT;
        }
    }

    /** A call of a macro that may ask for the text between call and endcall. */
    record CallBlock(
            Map<String, Expression> parameters, Expression.Invocation invocation, List<Statement> body, int line)
            implements Statement {
        @Override
        public Flow render(Scope scope, StringBuilder out) {
            scope.run().at(line);
            Arguments given = invocation.call().evaluate(scope);
            Map<String, Object> named = new LinkedHashMap<>(given.named());
            named.put("caller", new Macro("caller", parameters, body, scope));
            if (!(scope.evaluate(invocation.function()) instanceof Callable macro)) {
                throw new TemplateError("\"call\" needs a macro");
            }
            Object text = macro.call(scope, new Arguments(given.positional(), named));
            return write(scope, out, PythonText.of(scope.run(), text));
        }
    }

    /**
     * Statements with names of their own, such as those of an assistant's turn between generation and endgeneration.
     */
    record Block(List<Statement> body) implements Statement {
        @Override
        public Flow render(Scope scope, StringBuilder out) {
            return scope.child().render(body, out);
        }
    }

    /** break or continue. */
    record Leave(Flow flow) implements Statement {
        @Override
        public Flow render(Scope scope, StringBuilder out) {
            scope.run().step();
            return flow;
        }
    }

    private static Flow write(Scope scope, StringBuilder out, String text) {
        scope.run().size(text.length());
        scope.run().within((long) out.length() + text.length());
        out.append(text);
        return Flow.NEXT;
    }

    private static void assign(Scope scope, List<String> names, String member, Object value) {
        if (member == null) {
            unpack(scope, names, value);
        } else if (scope.get(names.get(0)) instanceof Namespace namespace) {
            namespace.set(member, value);
        } else {
            throw new TemplateError("\"" + names.get(0) + "\" is no namespace, so its members cannot be set");
        }
    }

    private static void unpack(Scope scope, List<String> names, Object value) {
        if (names.size() == 1) {
            scope.set(names.get(0), value);
            return;
        }
        List<Object> values = PythonValues.entries(scope.run(), value);
        if (values.size() != names.size()) {
            throw new TemplateError("%d values for %d names".formatted(values.size(), names.size()));
        }
        for (int i = 0; i < names.size(); i++) {
            scope.set(names.get(i), values.get(i));
        }
    }

    private static Object filtered(Scope scope, String text, List<Expression.Filtered> filters) {
        Object value = text;
        for (Expression.Filtered filter : filters) {
            value = filter.filter().apply(scope, value, filter.call().evaluate(scope));
        }
        return value;
    }
}
