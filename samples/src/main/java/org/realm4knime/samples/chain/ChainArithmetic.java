package org.realm4knime.samples.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.realm4knime.samples.chain.ChainTask.Operation;
import org.realm4knime.samples.domain.Convention;
import org.realm4knime.samples.domain.Domain;
import org.realm4knime.samples.domain.Expert;
import org.realm4knime.samples.domain.Policy;
import org.realm4knime.samples.domain.Task;

/**
 * Chains of arithmetic in words that stand for numbers. Ordinary chains have two or three operations with different
 * words, harder ones four or five. Nobody outside knows what a load is.
 */
public final class ChainArithmetic implements Domain {

    private static final double LONG_CHAINS = 0.2;
    private static final double CANCELLED = 0.3;
    private static final double LOADS_KEPT = 0.25;
    private static final int HIGHEST = 199;

    @Override
    public String name() {
        return "chain";
    }

    @Override
    public List<? extends Convention> conventions() {
        return List.of(Word.values());
    }

    @Override
    public Task draw(Kind kind, Random random) {
        boolean longer = kind == Kind.HARDER || kind == Kind.ANY && random.nextDouble() < LONG_CHAINS;
        int operations = (longer ? 4 : 2) + random.nextInt(2);
        while (true) {
            ChainTask task = draw(operations, random);
            boolean load = task.operations().stream().anyMatch(o -> o.word() == Word.LOAD);
            if (withinBounds(task) && (!load || random.nextDouble() < LOADS_KEPT)) {
                return task;
            }
        }
    }

    private static ChainTask draw(int operations, Random random) {
        List<Word> words = new ArrayList<>(Arrays.asList(Word.values()));
        List<Operation> chain = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            Word word = words.remove(random.nextInt(words.size()));
            chain.add(new Operation(word, word != Word.BOOST && random.nextInt(3) == 0));
        }
        return new ChainTask(5 + random.nextInt(45), chain, random.nextInt(ChainTask.WORDINGS));
    }

    private static boolean withinBounds(ChainTask task) {
        int value = task.start();
        for (Operation operation : task.operations()) {
            int number = operation.word().truth();
            value = operation.word() == Word.BOOST
                    ? value * number
                    : operation.takes() ? value - number : value + number;
            if (value < 0 || value > HIGHEST) {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<Expert> experts() {
        Policy truth = Policy.truth(conventions()).with(Word.LOAD, 30);
        Policy hasty = truth.with(Word.BOOST, 1).with(Word.BUNDLE, 4);
        Policy careless = truth.with(Word.CRATE, 20);
        Policy guessing = truth.with(Word.CRATE, 6)
                .with(Word.BUNDLE, 15)
                .with(Word.BOOST, 2)
                .with(Word.LOAD, 18);
        return Expert.of(CANCELLED, hasty, careless, guessing);
    }
}
