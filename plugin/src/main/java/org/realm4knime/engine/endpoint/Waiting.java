package org.realm4knime.engine.endpoint;

import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/** Waits for servers so that a canceled job does not: a server may take as long as the time-out lets it. */
final class Waiting {

    private Waiting() {}

    /**
     * Asks a server on a thread of its own, which is interrupted when the job is canceled.
     *
     * @param question asks one server; ends soon after an interrupt
     * @return what it gives
     * @throws CanceledJobException if the user asked to stop; the question has ended then
     */
    static <T> T on(Supplier<T> question, Progress progress) throws CanceledJobException {
        FutureTask<T> task = new FutureTask<>(question::get);
        Thread thread = new Thread(task, "realm4knime-question");
        thread.setDaemon(true);
        thread.start();
        try {
            return progress.await(task);
        } finally {
            thread.interrupt();
        }
    }

    /**
     * Does what need not succeed, such as telling servers that something has ended, and waits for it a short time.
     *
     * @param parting asks servers; what it throws is lost
     * @param millis most milliseconds to wait
     */
    static void briefly(Runnable parting, long millis) {
        Thread thread = new Thread(parting, "realm4knime-parting");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            thread.interrupt();
        }
    }
}
