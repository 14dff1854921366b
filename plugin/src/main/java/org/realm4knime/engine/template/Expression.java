package org.realm4knime.engine.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An expression of a template. It is evaluated through {@link Scope#evaluate}, which counts. */
sealed interface Expression {

    /** Its value. */
    Object evaluate(Scope scope);

    /** A value that the template spells out. */
    record Literal(Object value) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return value;
        }
    }

    /** A name. */
    record Name(String name) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return scope.get(name);
        }
    }

    /** A list or tuple of expressions. */
    record Listing(List<Expression> entries, boolean tuple) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            List<Object> values = new ArrayList<>(entries.size());
            entries.forEach(entry -> values.add(scope.evaluate(entry)));
            return tuple ? new Tuple(values) : values;
        }
    }

    /** A dict. */
    record Dict(List<Expression> keys, List<Expression> values) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                map.put(PythonValues.key(scope.evaluate(keys.get(i))), scope.evaluate(values.get(i)));
            }
            return map;
        }
    }

    /** {@code object.name}. */
    record Attribute(Expression object, String name) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return Members.attribute(scope.evaluate(object), name);
        }
    }

    /** {@code object[index]}. */
    record Item(Expression object, Expression index) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object of = scope.evaluate(object);
            return Members.item(scope.run(), of, scope.evaluate(index));
        }
    }

    /** {@code object[from:to:step]}; what is left out is null. */
    record Slice(Expression object, Expression from, Expression to, Expression step) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object of = scope.evaluate(object);
            return Slices.of(scope.run(), of, bound(from, scope), bound(to, scope), bound(step, scope));
        }

        private static Long bound(Expression bound, Scope scope) {
            Object value = bound == null ? null : scope.evaluate(bound);
            return value == null ? null : PythonNumbers.whole(value);
        }
    }

    /** What stands in the brackets of a call; {@code list} and {@code dict} are those after one and two stars. */
    record Call(List<Expression> positional, Map<String, Expression> named, Expression list, Expression dict) {

        static final Call EMPTY = new Call(List.of(), Map.of(), null, null);

        Arguments evaluate(Scope scope) {
            List<Object> values = new ArrayList<>();
            positional.forEach(argument -> values.add(scope.evaluate(argument)));
            if (list != null) {
                List<Object> more = PythonValues.entries(scope.run(), scope.evaluate(list));
                scope.run().size(more.size());
                values.addAll(more);
            }
            Map<String, Object> names = new LinkedHashMap<>();
            named.forEach((name, argument) -> names.put(name, scope.evaluate(argument)));
            if (dict != null && scope.evaluate(dict) instanceof Map<?, ?> map) {
                map.forEach((name, value) -> names.put(PythonValues.text(name), value));
            }
            return new Arguments(values, names);
        }
    }

    /** A call of a macro, a function or a method. */
    record Invocation(Expression function, Call call) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object callable = scope.evaluate(function);
            if (callable instanceof Callable known) {
                return known.call(scope, call.evaluate(scope));
            }
            throw callable instanceof Undefined undefined
                    ? undefined.error()
                    : new TemplateError("a " + PythonValues.type(callable) + " cannot be called");
        }
    }

    /** {@code value | filter(...)}. */
    record Filtered(Expression value, Filters.Filter filter, Call call) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object filtered = scope.evaluate(value);
            return filter.apply(scope, filtered, call.evaluate(scope));
        }
    }

    /** {@code value is test(...)}. */
    record Tested(Expression value, ValueTests.ValueTest test, Call call) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object tested = scope.evaluate(value);
            return test.holds(scope, tested, call.evaluate(scope));
        }
    }

    /** {@code and} and {@code or}, whose value is the operand that decides, as in Python. */
    record Logical(boolean and, Expression left, Expression right) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object first = scope.evaluate(left);
            return PythonValues.isTrue(first) == and ? scope.evaluate(right) : first;
        }
    }

    /** {@code not}. */
    record Not(Expression operand) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return !scope.isTrue(operand);
        }
    }

    /** A sign before a number. */
    record Signed(boolean negative, Expression operand) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object value = scope.evaluate(operand);
            if (!PythonNumbers.isNumber(value)) {
                throw new TemplateError("a number is needed, not a " + PythonValues.type(value));
            }
            return negative ? PythonNumbers.negative(value) : value;
        }
    }

    /** An operator of two values that is no comparison. */
    record Binary(String operator, Expression left, Expression right) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object first = scope.evaluate(left);
            return Operators.apply(scope.run(), operator, first, scope.evaluate(right));
        }
    }

    /** A chain of comparisons, {@code a < b < c}. */
    record Comparison(Expression first, List<String> operators, List<Expression> others) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object left = scope.evaluate(first);
            for (int i = 0; i < operators.size(); i++) {
                Object right = scope.evaluate(others.get(i));
                if (!Operators.compare(scope.run(), operators.get(i), left, right)) {
                    return false;
                }
                left = right;
            }
            return true;
        }
    }

    /** {@code yes if condition else no}; no is null where it is left out. */
    record Conditional(Expression condition, Expression yes, Expression no) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            if (scope.isTrue(condition)) {
                return scope.evaluate(yes);
            }
            return no == null ? new Undefined("the value of an \"if\" without \"else\"") : scope.evaluate(no);
        }
    }
}
