package org.knime.core.node;

import java.util.function.Supplier;
import org.knime.core.node.workflow.NodeProgressListener;

/** Progress of a running node, and its request to stop. */
public interface NodeProgressMonitor {

    /** @throws CanceledExecutionException if the node is asked to stop */
    void checkCanceled() throws CanceledExecutionException;

    /** @param progress done share of the work, in [0, 1] */
    void setProgress(double progress);

    /** The done share of the work in [0, 1]; null if never set. */
    Double getProgress();

    void setProgress(double progress, String message);

    default void setProgress(final double progress, final Supplier<String> message) {
        setProgress(progress, message.get());
    }

    void setMessage(String message);

    default void setMessage(final Supplier<String> message) {
        setMessage(message.get());
    }

    /** Same as {@link #setMessage(String)}. */
    void setProgress(String message);

    String getMessage();

    /** Asks the node to stop. */
    void setExecuteCanceled();

    /** Forgets progress, message and the request to stop. */
    void reset();

    void addProgressListener(NodeProgressListener l);

    void removeProgressListener(NodeProgressListener l);

    void removeAllProgressListener();
}
