package org.realm4knime.engine.answer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How large a regular expression is once its counted repetitions are written out, as a matcher does with them. */
final class RegexSize {

    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");
    private static final long TOO_LARGE = 1L << 40;

    private final String expression;
    private final Deque<Long> outer = new ArrayDeque<>();
    private int at;
    private long size;
    /** Of the last character, class or group. */
    private long last;

    private RegexSize(String expression) {
        this.expression = expression;
    }

    /** Characters, classes and groups, each as often as it is repeated; at least 1. */
    static long of(String expression) {
        RegexSize reading = new RegexSize(expression);
        while (reading.at < expression.length()) {
            reading.next();
        }
        return Math.max(1, reading.size);
    }

    private void next() {
        Matcher count = COUNT.matcher(expression).region(at, expression.length());
        switch (expression.charAt(at)) {
            case '(' -> {
                outer.push(size);
                size = 0;
                at++;
            }
            case ')' -> {
                last = size + 1;
                size = last + (outer.isEmpty() ? 0 : outer.pop());
                at++;
            }
            case '[' -> one(classEnd());
            case '{' -> {
                if (count.lookingAt()) {
                    repeat(count);
                } else {
                    one(at + 1);
                }
            }
            case '\\' -> one(at + 2);
            default -> one(at + 1);
        }
    }

    private void one(int end) {
        last = 1;
        size++;
        at = end;
    }

    private void repeat(Matcher count) {
        String most = count.group(2);
        long times =
                Math.max(Long.parseLong(count.group(1)), most == null || most.isEmpty() ? 1 : Long.parseLong(most));
        long repeated = Math.min(TOO_LARGE, last * Math.max(1, times));
        size = Math.min(TOO_LARGE, size - last + repeated);
        last = repeated;
        at = count.end();
    }

    /** Behind the class that begins here; a bracket that comes first in it does not end it. */
    private int classEnd() {
        int from = at + (expression.startsWith("[^", at) ? 3 : 2);
        for (int i = from; i < expression.length(); i++) {
            if (expression.charAt(i) == '\\') {
                i++;
            } else if (expression.charAt(i) == ']') {
                return i + 1;
            }
        }
        return expression.length();
    }
}
