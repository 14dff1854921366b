package org.realm4knime.engine.train;

import org.realm4knime.engine.CanceledJobException;

/** A training was canceled. It says what there is of it: the log, completions and warnings of all finished steps. */
public final class TrainingCanceledException extends CanceledJobException {

    private static final long serialVersionUID = 1L;

    private final transient TrainingResult soFar;

    /** @param soFar what the finished steps left */
    TrainingCanceledException(TrainingResult soFar) {
        this.soFar = soFar;
    }

    /** What the finished steps left; its log is empty if none was finished. */
    public TrainingResult soFar() {
        return soFar;
    }

    /**
     * This for a training that had spent something before its first step.
     *
     * @param earlier what it had spent
     */
    public TrainingCanceledException after(Budget earlier) {
        return new TrainingCanceledException(soFar.after(earlier));
    }
}
