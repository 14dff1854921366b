package org.realm4knime.headless.serve;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.model.TextTokenizer;

/** Sends an answer while it is written. */
final class EventStream {

    private final Asked asked;
    private final AnswerJson answer;
    private final List<TextStream> texts;
    private final ModelServer.Sink sink;
    private final boolean[] opened;

    EventStream(Asked asked, AnswerJson answer, TextTokenizer tokenizer, ModelServer.Sink sink) {
        this.asked = asked;
        this.answer = answer;
        this.sink = sink;
        texts = IntStream.range(0, asked.samples())
                .mapToObj(i -> new TextStream(tokenizer, asked.settings().stopStrings()))
                .toList();
        opened = new boolean[asked.samples()];
    }

    /** Sends all of it, to the end. */
    void send(Writing writing) throws IOException {
        int written = 0;
        for (int ended = 0; ended < asked.samples(); ) {
            Writing.Event event = writing.next();
            open(event.sample());
            Completion completion = event.completion();
            if (completion == null) {
                grown(event);
            } else {
                ended++;
                written += answer.drawn(completion).length;
                end(event.sample(), completion);
            }
        }
        if (asked.usage()) {
            sink.send(answer.usagePiece(written));
        }
    }

    private void open(int sample) throws IOException {
        if (asked.chat() && !opened[sample]) {
            sink.send(answer.opening(sample));
        }
        opened[sample] = true;
    }

    private void grown(Writing.Event event) throws IOException {
        TextStream text = texts.get(event.sample());
        String piece = text.piece(event.tokens());
        if (!piece.isEmpty() || asked.tokenIds() || asked.logProbs()) {
            int first = text.firstToken(event.tokens().length);
            sink.send(answer.piece(event.sample(), piece, event.tokens(), event.logProbs(), first, null));
        }
    }

    private void end(int sample, Completion completion) throws IOException {
        TextStream text = texts.get(sample);
        int[] drawn = answer.drawn(completion);
        sink.send(answer.piece(
                sample,
                text.rest(completion.text()),
                drawn,
                completion.logProbs(),
                text.firstToken(drawn.length),
                completion));
    }
}
