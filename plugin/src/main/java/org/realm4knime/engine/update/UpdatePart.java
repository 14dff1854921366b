package org.realm4knime.engine.update;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Sequences of an update that have one loss, micro-batches of their own and figures of their own. Whether a part is
 * tries, lessons or examples is nothing to the update.
 *
 * @param name what the part's figures go by
 * @param sequences what to learn; may be empty, and then the part adds nothing
 * @param loss the loss of their tokens
 * @param stream tells the dropout of the part from that of the others of an update; 0 for the main part
 */
public record UpdatePart(String name, List<TrainingSequence> sequences, SequenceLoss loss, int stream)
        implements Serializable {

    /** Checks and copies the values. */
    public UpdatePart {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(loss, "loss");
        sequences = List.copyOf(sequences);
    }

    /** Whether there is nothing to learn. */
    public boolean isEmpty() {
        return sequences.isEmpty();
    }

    /** Trained tokens. */
    public long tokens() {
        return sequences.stream().mapToLong(s -> s.completion().length).sum();
    }
}
