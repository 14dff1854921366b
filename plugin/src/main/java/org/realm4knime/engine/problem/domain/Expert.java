package org.realm4knime.engine.problem.domain;

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

    /** The expert's chain of thought. */
    String reason(Task task, Random random) {
        return task.reason(policy, arithmetic.apply(random));
    }
}
