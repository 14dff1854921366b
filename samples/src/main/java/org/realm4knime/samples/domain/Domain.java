package org.realm4knime.samples.domain;

import java.util.List;
import java.util.Random;

/** Tasks, the conventions that settle them, and experts. */
public interface Domain {

    /** Kind of tasks that a split has. */
    enum Kind {
        /** Ordinary ones. */
        ORDINARY,
        /** Ones unlike the ordinary. */
        HARDER,
        /** Both, mostly ordinary ones. */
        ANY
    }

    /** Name of the domain, as in the domain column of its problems. */
    String name();

    /** In the order of their ordinals. */
    List<? extends Convention> conventions();

    /** Draws a task of any fold. */
    Task draw(Kind kind, Random random);

    /** An expert of each {@linkplain Expert.Fault fault}, in that order. */
    List<Expert> experts();
}
