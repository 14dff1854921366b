package org.realm4knime.headless.serve;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.LiveGenerator;

/** What is written for a request, handed from the generator's thread to the request's own. */
final class Writing implements LiveGenerator.Listener {

    /**
     * Something that happened.
     *
     * @param sample number of the completion
     * @param tokens its tokens so far; null if it has ended
     * @param logProbs their log-probabilities
     * @param completion what it has become; null while it grows
     * @param failure why there is none; null otherwise
     */
    record Event(int sample, int[] tokens, float[] logProbs, Completion completion, RuntimeException failure) {}

    private final boolean stream;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /** @param stream whether what is not whole is of interest */
    Writing(boolean stream) {
        this.stream = stream;
    }

    @Override
    public void wrote(int sample, int[] tokens, float[] logProbs) {
        if (stream) {
            events.add(new Event(sample, tokens, logProbs, null, null));
        }
    }

    @Override
    public void ended(int sample, Completion completion) {
        events.add(new Event(sample, null, null, completion, null));
    }

    @Override
    public void failed(RuntimeException cause) {
        events.add(new Event(0, null, null, null, cause));
    }

    /** The next event; waits for it. */
    Event next() {
        try {
            Event event = events.take();
            if (event.failure() != null) {
                throw new HttpFault(500, event.failure().getMessage());
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpFault(503, "The server is stopping.");
        }
    }
}
