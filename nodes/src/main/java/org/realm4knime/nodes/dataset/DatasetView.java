package org.realm4knime.nodes.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.nodes.table.TableSchema;

/** The table behind the data set's page: each row in short, with what should be looked at. */
final class DatasetView {

    /** Characters of a text that the page shows of it. */
    private static final int SHOWN = 160;

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /**
     * A row of the data.
     *
     * @param id what it is called
     * @param text what it says
     * @param answer the answer to it, or null where rows have none
     * @param part what part of the data it belongs to, or null
     * @param scope two items are the same if they say the same within a scope
     */
    private record Item(String id, String text, String answer, String part, String scope) {}

    /** An item with what was found; {@code twin} is the id of an earlier one that says the same, or null. */
    private record Row(Item item, String kind, boolean unreadable, String twin) {}

    private static final TableSchema<Row> SCHEMA = TableSchema.<Row>builder()
            .text("id", row -> row.item().id())
            .text("text", row -> cut(row.item().text()))
            .text(
                    "answer",
                    row -> row.item().answer() == null ? null : cut(row.item().answer()))
            .text("part", row -> row.item().part())
            .text("kind", Row::kind)
            .integer("words", row -> SPACE.split(row.item().text().strip()).length)
            .bool(
                    "missing",
                    row -> row.item().answer() != null && row.item().answer().isBlank())
            .bool("unreadable", Row::unreadable)
            .text("twin", Row::twin)
            .build();

    private DatasetView() {}

    /** The table of problems. */
    static BufferedDataTable ofProblems(List<Problem> problems, ExecutionContext exec)
            throws CanceledExecutionException {
        return of(
                problems.stream()
                        .map(p -> new Item(p.id(), p.question(), p.answer(), p.domain(), ""))
                        .toList(),
                exec);
    }

    /** The table of rules. */
    static BufferedDataTable ofRules(List<Rule> rules, ExecutionContext exec) throws CanceledExecutionException {
        return of(
                rules.stream()
                        .map(rule -> new Item(rule.id(), rule.text(), null, rule.appliesTo(), ""))
                        .toList(),
                exec);
    }

    /** The table of routes; their answers may be missing without being wanted. */
    static BufferedDataTable ofRoutes(List<Route> routes, ExecutionContext exec) throws CanceledExecutionException {
        return of(
                routes.stream()
                        .map(route -> new Item(
                                route.problemId() + ", " + route.source() + " " + route.index(),
                                route.text(),
                                null,
                                route.source(),
                                route.problemId() + ", " + route.source() + ": "))
                        .toList(),
                exec);
    }

    /** The table of training examples. */
    static BufferedDataTable ofExamples(List<SupervisedExample> examples, ExecutionContext exec)
            throws CanceledExecutionException {
        List<Item> items = new ArrayList<>();
        for (SupervisedExample example : examples) {
            items.add(new Item(
                    String.valueOf(items.size() + 1), example.prompt() + "\n" + example.completion(), null, null, ""));
        }
        return of(items, exec);
    }

    private static BufferedDataTable of(List<Item> items, ExecutionContext exec) throws CanceledExecutionException {
        List<String> answers = items.stream()
                .map(Item::answer)
                .filter(answer -> answer != null && !answer.isBlank())
                .toList();
        AnswerChecker checker = AnswerChecker.of(AnswerType.guess(answers), 0, answers);
        Map<String, String> seen = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (Item item : items) {
            String normal = item.scope()
                    + SPACE.matcher(item.text().strip().toLowerCase(Locale.ROOT))
                            .replaceAll(" ");
            String twin = seen.putIfAbsent(normal, item.id());
            boolean answered = item.answer() != null && !item.answer().isBlank();
            rows.add(new Row(
                    item,
                    answered ? kind(item.answer()) : null,
                    answered && !checker.matches(item.answer(), item.answer()),
                    twin));
        }
        return SCHEMA.write(rows, exec);
    }

    /** What an answer looks like by itself. */
    private static String kind(String answer) {
        return AnswerType.guess(List.of(answer)).name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String cut(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN - 1) + "…" : text;
    }
}
