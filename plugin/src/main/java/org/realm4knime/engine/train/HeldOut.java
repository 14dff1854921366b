package org.realm4knime.engine.train;

import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/** Problems that show what the model in training can do; mostly such as it is not trained on. */
public interface HeldOut {

    /** Number of problems. */
    int size();

    /** Whether any of the problems has help that can be shown. */
    boolean hasHelp();

    /** Which problems, asked without help, the model was taught before this training. */
    boolean[] taughtBefore(Progress progress) throws CanceledJobException;

    /** Which problems are answered rightly without help. */
    boolean[] alone(Progress progress) throws CanceledJobException;

    /**
     * How many of a few sampled tries at each problem are right, without help.
     *
     * @param step number of the step, which the draw depends on
     */
    int[] tries(int step, Progress progress) throws CanceledJobException;

    /** Which problems are answered rightly with all the help that can be shown. */
    boolean[] withHelp(Progress progress) throws CanceledJobException;
}
