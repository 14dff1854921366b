package org.realm4knime.samples.domain;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;

/** A value for every convention of a domain: what somebody goes by, rightly or not. */
public final class Policy {

    private final List<? extends Convention> conventions;
    private final int[] values;

    private Policy(List<? extends Convention> conventions, ToIntFunction<Convention> value) {
        this.conventions = conventions;
        values = conventions.stream().mapToInt(value).toArray();
    }

    /** What the domain itself goes by. */
    public static Policy truth(List<? extends Convention> conventions) {
        return new Policy(conventions, Convention::truth);
    }

    /** Any policy, all choices of a convention equally likely. */
    public static Policy any(List<? extends Convention> conventions, Random random) {
        return new Policy(conventions, c -> oneOf(c.facts().choices(), random));
    }

    /** What somebody who does not know the domain would guess. */
    public static Policy guess(List<? extends Convention> conventions, Random random) {
        return new Policy(conventions, c -> guess(c, random));
    }

    private static int oneOf(List<Integer> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static int guess(Convention convention, Random random) {
        List<Integer> choices = convention.facts().choices();
        double[] guesses = convention.facts().guesses();
        double u = random.nextDouble();
        int last = choices.size() - 1;
        for (int i = 0; i < last; i++) {
            u -= guesses[i];
            if (u < 0) {
                return choices.get(i);
            }
        }
        return choices.get(last);
    }

    /** A policy that takes over each convention from one of {@code policies}, drawn for itself. */
    static Policy mixed(List<Policy> policies, Random random) {
        return new Policy(policies.get(0).conventions, c -> policies.get(random.nextInt(policies.size()))
                .of(c));
    }

    /** The value of a convention. */
    public int of(Convention convention) {
        return values[convention.ordinal()];
    }

    /** This policy with another value for one convention. */
    public Policy with(Convention convention, int value) {
        return new Policy(conventions, c -> c == convention ? value : of(c));
    }

    /** This policy where {@code chosen} says so, {@code other} elsewhere. */
    Policy where(Set<Convention> chosen, Policy other) {
        return new Policy(conventions, c -> (chosen.contains(c) ? this : other).of(c));
    }
}
