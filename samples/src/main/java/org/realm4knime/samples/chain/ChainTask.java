package org.realm4knime.samples.chain;

import java.util.ArrayList;
import java.util.List;
import org.realm4knime.samples.domain.Arithmetic;
import org.realm4knime.samples.domain.Policy;
import org.realm4knime.samples.domain.Task;

/**
 * A number and what is done to it.
 *
 * @param start the number
 * @param operations at least one
 * @param wording which of the {@link #WORDINGS} ways of telling it is used
 */
record ChainTask(int start, List<Operation> operations, int wording) implements Task {

    /** Number of ways to tell a task. */
    static final int WORDINGS = 3;

    /** What is added or taken away; {@link Word#BOOST} multiplies, whatever {@code takes} says. */
    record Operation(Word word, boolean takes) {}

    @Override
    public String question() {
        StringBuilder text = new StringBuilder(
                switch (wording) {
                    case 0 -> "Start with " + start + ".";
                    case 1 -> "There are " + start + " in the box.";
                    default -> "What is left of " + start + "?";
                });
        for (Operation operation : operations) {
            text.append(' ').append(tell(operation));
        }
        return text.toString();
    }

    private String tell(Operation operation) {
        if (operation.word() == Word.BOOST) {
            return "Boost it.";
        }
        String verb = operation.takes() ? (wording == 1 ? "Remove a " : "Take a ") : wording == 1 ? "Put a " : "Add a ";
        return verb + operation.word().word() + ".";
    }

    @Override
    public int fold() {
        int hash = start;
        for (Operation operation : operations) {
            hash = hash * 31 + operation.word().ordinal() * 2 + (operation.takes() ? 1 : 0);
        }
        return Math.floorMod((hash * 0x9E3779B1) >>> 8, FOLDS);
    }

    @Override
    public String reason(Policy policy, Arithmetic arithmetic) {
        List<String> steps = new ArrayList<>();
        int value = start;
        for (Operation operation : operations) {
            int number = policy.of(operation.word());
            if (operation.word() == Word.BOOST && number == 1) {
                continue;
            }
            char operator = operation.word() == Word.BOOST ? '*' : operation.takes() ? '-' : '+';
            int result = arithmetic.result(value, operator, number);
            steps.add(operation.word().word() + " " + number);
            steps.add(value + " " + operator + " " + number + " = " + result);
            value = result;
        }
        return steps.isEmpty() ? "left = " + value : String.join("; ", steps);
    }
}
