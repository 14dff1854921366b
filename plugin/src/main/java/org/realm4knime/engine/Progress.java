package org.realm4knime.engine;

/**
 * How long work tells its caller how far it is, and learns that it should stop. Every long method of the engine takes
 * one and calls {@link #checkCanceled()} often enough that a canceled job ends within a few seconds.
 */
public interface Progress {

    /**
     * Reports how far the work is.
     *
     * @param fraction share of the work that is done, in [0, 1]
     * @param message one line on what is being done, for the user
     */
    void report(double fraction, String message);

    /**
     * Throws if the job was canceled. Cheap: to be called between steps.
     *
     * @throws CanceledJobException if the user asked the job to stop
     */
    void checkCanceled() throws CanceledJobException;

    /**
     * A progress that shows nothing and is never canceled.
     *
     * @return a progress without effect
     */
    static Progress silent() {
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                // nobody is looking
            }

            @Override
            public void checkCanceled() {
                // nobody can cancel
            }
        };
    }

    /**
     * A progress for one part of the work: its fractions 0 and 1 are {@code from} and {@code to} of this one.
     *
     * @param from fraction of this progress where the part begins, in [0, 1]
     * @param to fraction of this progress where the part ends, in [{@code from}, 1]
     * @return the progress to hand to the part
     */
    default Progress sub(double from, double to) {
        Progress whole = this;
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                double within = Math.min(1, Math.max(0, fraction));
                whole.report(from + within * (to - from), message);
            }

            @Override
            public void checkCanceled() throws CanceledJobException {
                whole.checkCanceled();
            }
        };
    }
}
