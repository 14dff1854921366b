package org.realm4knime.nodes.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What a node has to warn of, one below the other: KNIME shows only the message that is set last. */
public final class Warnings {

    private final List<String> texts = new ArrayList<>();

    /** Adds some. */
    public Warnings add(List<String> more) {
        texts.addAll(more);
        return this;
    }

    /** Adds one, if there is one. */
    public Warnings add(Optional<String> perhaps) {
        perhaps.ifPresent(texts::add);
        return this;
    }

    /** Shows them at the node, if there are any. */
    public void show(ExecuteOutput out) {
        if (!texts.isEmpty()) {
            out.setWarningMessage(String.join("\n", texts));
        }
    }
}
