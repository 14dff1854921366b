package org.realm4knime.headless.run;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.knime.core.node.BufferedDataTable;

/** How times and sizes read on the console and in the report. */
public final class Wording {

    private Wording() {}

    /**
     * @param time a duration
     * @return for example {@code 0.4 s}, {@code 2 min 05 s}, {@code 3 h 10 min}
     */
    public static String time(Duration time) {
        if (time.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        return time.toHours() < 1
                ? "%d min %02d s".formatted(time.toMinutes(), time.toSecondsPart())
                : "%d h %02d min".formatted(time.toHours(), time.toMinutesPart());
    }

    /**
     * @param time a duration that is guessed
     * @return for example {@code 40 s}, {@code 12 min}, {@code 3 h 10 min}
     */
    public static String roughly(Duration time) {
        if (time.toSeconds() < 60) {
            return 10 * Math.max(1, Math.round(time.toSeconds() / 10.0)) + " s";
        }
        return time.toMinutes() < 60
                ? Math.round(time.toSeconds() / 60.0) + " min"
                : "%d h %02d min".formatted(time.toHours(), 10 * (time.toMinutesPart() / 10));
    }

    /**
     * @param output an output of an executed node
     * @return how much it holds: rows of a table, the summary of another port object
     */
    public static String size(NodeOutput output) {
        if (output.object() instanceof BufferedDataTable table) {
            return table.size() + (table.size() == 1 ? " row" : " rows");
        }
        String summary = output.object() == null ? null : output.object().getSummary();
        return summary == null ? output.name() : summary;
    }

    /**
     * @param outputs those of an executed node
     * @return how much each holds; with their names where there are several, so that two numbers are told apart
     */
    public static String sizes(List<NodeOutput> outputs) {
        if (outputs.size() == 1) {
            return size(outputs.get(0));
        }
        return outputs.stream()
                .map(output -> output.name() + ": " + size(output))
                .collect(Collectors.joining("; "));
    }
}
