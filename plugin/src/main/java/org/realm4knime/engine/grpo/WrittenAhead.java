package org.realm4knime.engine.grpo;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;

/** Completions that are being written on a thread of their own, while another one trains. */
final class WrittenAhead implements AutoCloseable {

    private final List<int[]> prompts;
    private final FutureTask<List<List<Completion>>> writing;
    private volatile boolean unwanted;

    private WrittenAhead(List<int[]> prompts, Progress.Work<List<List<Completion>>> work) {
        this.prompts = prompts;
        writing = new FutureTask<>(() -> work.run(new UntilUnwanted()));
    }

    /**
     * Begins.
     *
     * @param prompts what is completed
     * @param work writes the completions, and asks its progress often whether to stop
     */
    static WrittenAhead begin(List<int[]> prompts, Progress.Work<List<List<Completion>>> work) {
        WrittenAhead ahead = new WrittenAhead(prompts, work);
        Thread thread = new Thread(ahead.writing, "realm4knime-ahead");
        thread.setDaemon(true);
        thread.start();
        return ahead;
    }

    /** Whether these very prompts are being completed. */
    boolean isOf(List<int[]> others) {
        return prompts.equals(others);
    }

    /**
     * Waits for the end.
     *
     * @param progress asked meanwhile whether to stop; then the completions are still being written
     * @throws CanceledJobException if canceled
     * @throws org.realm4knime.engine.EngineException what the work threw
     */
    List<List<Completion>> await(Progress progress) throws CanceledJobException {
        return progress.await(writing);
    }

    /** Stops the work and waits for its end: who writes can then be told of other weights. */
    @Override
    public void close() {
        unwanted = true;
        boolean interrupted = Thread.interrupted();
        try {
            writing.get();
        } catch (ExecutionException e) {
            // its end is all that is waited for
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the work when nobody wants its completions any more. */
    private final class UntilUnwanted implements Progress {

        @Override
        public void report(double fraction, String message) {
            // the training's own progress is on show
        }

        @Override
        public void checkCanceled() throws CanceledJobException {
            if (unwanted) {
                throw new CanceledJobException();
            }
        }
    }
}
