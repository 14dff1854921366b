package org.realm4knime.samples.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chain read back from its words: what a reader of the question, who knows nothing of the generator, gets from it.
 */
public record ToldChain(int start, List<String> operations) {

    private static final Map<String, Integer> NUMBERS =
            Map.of("dozen", 12, "pack", 10, "stack", 8, "crate", 15, "bundle", 6, "load", 25);

    public static ToldChain of(String question) {
        Matcher number = Pattern.compile("\\d+").matcher(question);
        if (!number.find()) {
            throw new AssertionError("no number in: " + question);
        }
        List<String> operations = new ArrayList<>();
        Matcher operation = Pattern.compile("(Add|Put|Take|Remove) a ([a-z]+)\\.|(Boost) it\\.")
                .matcher(question);
        while (operation.find()) {
            boolean adds = operation.group(1) != null && operation.group(1).matches("Add|Put");
            operations.add(operation.group(3) != null ? "* 3" : (adds ? "+ " : "- ") + operation.group(2));
        }
        return new ToldChain(Integer.parseInt(number.group()), operations);
    }

    public int result() {
        int value = start;
        for (String operation : operations) {
            String word = operation.substring(2);
            value = switch (operation.charAt(0)) {
                case '*' -> value * 3;
                case '+' -> value + NUMBERS.get(word);
                default -> value - NUMBERS.get(word);
            };
        }
        return value;
    }

    /** What must not be the same in a training and a test task. */
    public String combination() {
        return start + operations.toString();
    }
}
