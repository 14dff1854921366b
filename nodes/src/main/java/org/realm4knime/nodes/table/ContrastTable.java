package org.realm4knime.nodes.table;

import org.realm4knime.engine.mrpv.Contrast;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;

/** Contrasts as a table: a right and a wrong route to the same problem side by side, and where they part. */
public final class ContrastTable {

    /**
     * A contrast with the problem it is about.
     *
     * @param problem the problem
     * @param contrast a right and a wrong route to it
     */
    public record Entry(Problem problem, Contrast contrast) {

        private VerifiedRoute positive() {
            return contrast.positive();
        }

        private VerifiedRoute negative() {
            return contrast.negative();
        }
    }

    /** How contrasts are written. */
    public static final TableSchema<Entry> SCHEMA = TableSchema.<Entry>builder()
            .text("problem id", entry -> entry.problem().id())
            .text("question", entry -> entry.problem().question())
            .text("positive source", entry -> entry.positive().route().source())
            .text("positive", entry -> entry.positive().route().text())
            .text("negative source", entry -> entry.negative().route().source())
            .text("negative", entry -> entry.negative().route().text())
            .integer("diverges at step", entry -> entry.contrast().divergesAt())
            .integer("decisive step", entry -> entry.negative().decisiveStep())
            .text("reason", entry -> entry.negative().reason())
            .build();

    private ContrastTable() {}
}
