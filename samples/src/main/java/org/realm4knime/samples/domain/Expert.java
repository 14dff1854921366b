package org.realm4knime.samples.domain;

import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Somebody outside who reasons about the tasks of a domain, with a systematic fault.
 *
 * @param fault what is wrong with it
 * @param policy what it goes by
 * @param arithmetic how it calculates, drawn for each chain of thought
 */
public record Expert(Fault fault, Policy policy, Function<Random, Arithmetic> arithmetic) {

    /** The faults that the experts of every domain have; one expert each. */
    public enum Fault {
        /** Overlooks a part of the task. */
        HASTY,
        /** Calculates wrong. */
        CARELESS,
        /** Goes by what meets the eye instead of the rule. */
        GUESSING
    }

    /**
     * The experts of a domain. The careless one leaves out the carry, or makes two errors that cancel; the others
     * calculate well.
     *
     * @param cancelled share of the careless expert's chains of thought whose errors cancel, in [0, 1]
     * @param hasty what the hasty one goes by
     * @param careless what the careless one goes by
     * @param guessing what the guessing one goes by
     * @return one expert a fault, in the order of the faults
     */
    public static List<Expert> of(double cancelled, Policy hasty, Policy careless, Policy guessing) {
        return List.of(
                new Expert(Fault.HASTY, hasty, random -> Arithmetic.EXACT),
                new Expert(
                        Fault.CARELESS,
                        careless,
                        random -> random.nextDouble() < cancelled
                                ? Arithmetic.cancelling()
                                : Arithmetic.withoutCarrying()),
                new Expert(Fault.GUESSING, guessing, random -> Arithmetic.EXACT));
    }

    /** The expert's chain of thought. */
    String reason(Task task, Random random) {
        return task.reason(policy, arithmetic.apply(random));
    }
}
