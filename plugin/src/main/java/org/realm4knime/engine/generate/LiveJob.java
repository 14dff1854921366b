package org.realm4knime.engine.generate;

import java.util.List;
import java.util.stream.IntStream;
import org.realm4knime.engine.generate.LiveGenerator.Listener;

/** A request in the making. */
final class LiveJob {

    private final LiveRequest request;
    private final Listener listener;
    private final StopStrings stopStrings;
    private final List<Row> rows;
    private final int[] told;
    private final boolean[] ended;

    LiveJob(LiveRequest request, int number, Listener listener) {
        this.request = request;
        this.listener = listener;
        SamplingSettings settings = request.settings();
        stopStrings =
                new StopStrings(settings.stopStrings(), request.model().model().tokenizer());
        int room = request.model().model().config().maxPositions() - request.prompt().length;
        int limit = Math.min(settings.maxNewTokens(), room);
        rows = IntStream.range(0, request.samples())
                .mapToObj(sample -> new Row(number, request.prompt(), limit, new RowRandom(settings.seed() + sample)))
                .toList();
        told = new int[rows.size()];
        ended = new boolean[rows.size()];
    }

    LiveRequest request() {
        return request;
    }

    List<Row> rows() {
        return rows;
    }

    StopStrings stopStrings() {
        return stopStrings;
    }

    void cancel() {
        rows.forEach(Row::cancel);
    }

    void fail(RuntimeException cause) {
        listener.failed(cause);
    }

    /** Tells what was written since the last time; returns whether all has ended. */
    boolean tell() {
        boolean all = true;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.length() > told[i] && !row.finished()) {
                told[i] = row.length();
                listener.wrote(i, row.tokens(), row.logProbs());
            }
            if (row.finished() && !ended[i]) {
                ended[i] = true;
                listener.ended(i, row.completion(request.model().model().tokenizer()));
            }
            all &= ended[i];
        }
        return all;
    }
}
