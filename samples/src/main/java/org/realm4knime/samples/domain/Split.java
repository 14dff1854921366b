package org.realm4knime.samples.domain;

import java.util.Locale;
import java.util.Random;
import org.realm4knime.samples.domain.Domain.Kind;

/** Part of a domain's tasks. No task is in two of them, however it is worded. */
public enum Split {
    /** Ordinary tasks to train on. */
    TRAIN(Kind.ORDINARY),
    /** Ordinary tasks to choose settings by. */
    VALIDATION(Kind.ORDINARY),
    /** Ordinary tasks to test on. */
    TEST(Kind.ORDINARY),
    /** Tasks of kinds that training does not have, to choose settings by. */
    HARDER_VALIDATION(Kind.HARDER),
    /** Tasks of kinds that training does not have, to test on. */
    HARDER(Kind.HARDER);

    private final Kind kind;

    Split(Kind kind) {
        this.kind = kind;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Task draw(Domain domain, Random random) {
        return draw(domain, kind, this, random);
    }

    /** A task of any kind that neither validation nor testing has: what models may be pretrained on. */
    static Task drawUnreserved(Domain domain, Random random) {
        return draw(domain, Kind.ANY, TRAIN, random);
    }

    private static Task draw(Domain domain, Kind kind, Split split, Random random) {
        Task task;
        do {
            task = domain.draw(kind, random);
        } while (!split.holds(task.fold()));
        return task;
    }

    private boolean holds(int fold) {
        return switch (this) {
            case TRAIN -> fold > 1;
            case VALIDATION, HARDER_VALIDATION -> fold == 1;
            case TEST, HARDER -> fold == 0;
        };
    }
}
