package org.realm4knime.engine.spread;

import java.io.Serializable;
import org.realm4knime.engine.CanceledJobException;

/**
 * A part of some work, which any process can do and which gives the same wherever, and however often, it is done.
 *
 * @param <R> what it gives
 */
public interface Task<R extends Serializable> extends Serializable {

    /**
     * Does it.
     *
     * @param at the process
     * @return what it gives
     * @throws CanceledJobException if the process was told to stop
     * @throws org.realm4knime.engine.EngineException if it cannot be done, wherever it is tried
     */
    R run(Workplace at) throws CanceledJobException;
}
