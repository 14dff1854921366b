package org.realm4knime.engine.update;

import java.io.IOException;
import java.nio.file.Path;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/** The weights of a training and the optimizer's moments, to keep and to go back to. */
public interface WeightStore {

    /** Steps that the optimizer has taken. */
    int steps();

    /** Keeps a copy of the weights as they are, in place of the one that was kept before. */
    void remember();

    /** Makes the copy the weights of the training, and forgets all gradients. */
    void recall();

    /** Writes weights, moments and copy into a folder, which exists. */
    void save(Path checkpoint) throws IOException;

    /**
     * Takes up what {@link #save} has written.
     *
     * @param checkpoint the folder
     * @param stepsTaken steps that the optimizer had taken
     * @param progress asked now and then whether to stop; what is loaded is of no use then
     * @throws IOException if the moments or the copy cannot be read
     * @throws org.realm4knime.engine.EngineException if the weights are missing or damaged
     */
    void load(Path checkpoint, int stepsTaken, Progress progress) throws IOException, CanceledJobException;
}
