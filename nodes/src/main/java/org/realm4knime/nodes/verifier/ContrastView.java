package org.realm4knime.nodes.verifier;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.realm4knime.engine.arithmetic.Claim;
import org.realm4knime.engine.mrpv.StepVerdict;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.nodes.table.ContrastTable;
import org.realm4knime.nodes.table.TableSchema;

/** The tables behind the contrast page: the pairs, and the judged steps of both routes of each pair. */
final class ContrastView {

    /** Pairs that the page offers; a person looks at fewer. */
    private static final int MAX_PAIRS = 200;

    private record Pair(int number, ContrastTable.Entry entry) {

        VerifiedRoute positive() {
            return entry.contrast().positive();
        }

        VerifiedRoute negative() {
            return entry.contrast().negative();
        }
    }

    private record Step(int pair, boolean right, int number, boolean decisive, StepVerdict verdict) {

        private String wrongClaims() {
            return verdict.valid()
                    ? null
                    : verdict.claims().stream()
                            .filter(claim -> !claim.valid())
                            .map(Claim::reason)
                            .collect(Collectors.joining("; "));
        }
    }

    private static final TableSchema<Pair> PAIRS = TableSchema.<Pair>builder()
            .integer("pair", Pair::number)
            .text("problem id", pair -> pair.entry().problem().id())
            .text("question", pair -> pair.entry().problem().question())
            .text("reference", pair -> pair.entry().problem().answer())
            .integer("diverges at step", pair -> pair.entry().contrast().divergesAt())
            .text("positive source", pair -> pair.positive().route().source())
            .text("positive answer", pair -> pair.positive().route().answer())
            .text("positive reason", pair -> pair.positive().reason())
            .number("positive score", pair -> pair.positive().processScore())
            .text("negative source", pair -> pair.negative().route().source())
            .text("negative answer", pair -> pair.negative().route().answer())
            .text("negative reason", pair -> pair.negative().reason())
            .number("negative score", pair -> pair.negative().processScore())
            .build();

    private static final TableSchema<Step> STEPS = TableSchema.<Step>builder()
            .integer("pair", Step::pair)
            .bool("right", Step::right)
            .integer("step", Step::number)
            .text("text", step -> step.verdict().text())
            .number("value", step -> step.verdict().value())
            .number("credit", step -> step.verdict().credit())
            .text("wrong claims", Step::wrongClaims)
            .bool("decisive", Step::decisive)
            .build();

    private ContrastView() {}

    /** Writes the two tables. */
    static BufferedDataTable[] tables(List<ContrastTable.Entry> contrasts, ExecutionContext exec)
            throws CanceledExecutionException {
        List<Pair> pairs = IntStream.range(0, Math.min(MAX_PAIRS, contrasts.size()))
                .mapToObj(i -> new Pair(i, contrasts.get(i)))
                .toList();
        List<Step> steps = pairs.stream()
                .flatMap(pair -> Stream.concat(
                        steps(pair.number(), true, pair.positive()), steps(pair.number(), false, pair.negative())))
                .toList();
        return new BufferedDataTable[] {PAIRS.write(pairs, exec), STEPS.write(steps, exec)};
    }

    private static Stream<Step> steps(int pair, boolean right, VerifiedRoute route) {
        return IntStream.range(0, route.steps().size())
                .mapToObj(i -> new Step(
                        pair,
                        right,
                        i + 1,
                        i + 1 == route.decisiveStep(),
                        route.steps().get(i)));
    }
}
