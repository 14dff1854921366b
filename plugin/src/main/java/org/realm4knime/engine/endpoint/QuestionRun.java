package org.realm4knime.engine.endpoint;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.endpoint.Asking.Outcome;
import org.realm4knime.engine.generate.Written;

/** Asks many questions side by side, and keeps each answer as it arrives. */
final class QuestionRun {

    /** So many questions without one answer between them, and the rest is not worth asking. */
    static final int HOPELESS = 20;

    private static final long LOOK_MILLIS = 100;

    private final EndpointSettings settings;
    private final Asking asking;
    private final Optional<AnswerCache> cache;
    private final Progress progress;
    private final long requestsBefore;
    private final Map<String, Written> answers = new HashMap<>();
    private Usage usage = Usage.NOTHING;
    private int failedInARow;

    private record Answer(String key, Outcome outcome) {}

    QuestionRun(EndpointSettings settings, Asking asking, Optional<AnswerCache> cache, Progress progress) {
        this.settings = settings;
        this.asking = asking;
        this.cache = cache;
        this.progress = progress;
        requestsBefore = asking.requests();
    }

    /** What was taken so far, with so many answers that were known. */
    Usage usage(long known) {
        return usage.plus(new Usage(0, known, 0, asking.requests() - requestsBefore, 0, 0));
    }

    /**
     * Asks the questions.
     *
     * @param questions by their keys
     * @return the answer to each
     * @throws EngineException if no question can be answered
     */
    Map<String, Written> ask(Map<String, Question> questions) throws CanceledJobException {
        if (questions.isEmpty()) {
            return answers;
        }
        int parallel = settings.limits().parallel() * settings.baseUrls().size();
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(parallel, questions.size()), task -> {
            Thread thread = new Thread(task, "questions to " + settings.model());
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<Answer> running = new ExecutorCompletionService<>(threads);
            questions.forEach((key, question) -> {
                Future<Answer> unused = running.submit(() -> answer(key, question));
            });
            for (int i = 0; i < questions.size(); i++) {
                take(next(running));
                report(i + 1, questions.size());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private Answer answer(String key, Question question) throws InterruptedException {
        Outcome outcome = asking.ask(question);
        if (outcome.reply() != null) {
            cache.ifPresent(kept -> kept.add(key, outcome.reply()));
        }
        return new Answer(key, outcome);
    }

    private Answer next(CompletionService<Answer> running) throws CanceledJobException {
        try {
            while (true) {
                progress.checkCanceled();
                Future<Answer> done = running.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (done != null) {
                    return done.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CanceledJobException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void take(Answer answer) {
        Reply reply = answer.outcome().reply();
        if (reply != null) {
            failedInARow = 0;
            usage = usage.plus(new Usage(1, 0, 0, 0, reply.read(), reply.written()));
            answers.put(answer.key(), reply.toWritten());
            return;
        }
        failedInARow++;
        usage = usage.plus(new Usage(0, 0, 1, 0, 0, 0));
        answers.put(answer.key(), Written.failed(answer.outcome().error()));
        if (failedInARow >= HOPELESS) {
            throw new EngineException(
                    ("The last %d questions to the model '%s' got no answer: %s Answers that came before are kept;"
                                    + " execute the node again to ask only the others.")
                            .formatted(
                                    HOPELESS, settings.model(), answer.outcome().error()));
        }
    }

    private void report(int done, int all) {
        progress.report((double) done / all, String.format(Locale.ROOT, "%,d of %,d questions answered", done, all));
    }
}
