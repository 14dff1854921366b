package org.realm4knime.headless.toy;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;

/** Parameters of Numbers. */
final class NumbersNodeParameters implements NodeParameters {

    /** How a number's name is written. */
    enum Spelling {
        PLAIN,
        LOUD
    }

    @Widget(title = "Count", description = "How many <i>numbers</i> to give.")
    int count = 3;

    @Widget(title = "Prefix", description = "What goes before each number.")
    String prefix = " no. ";

    @Widget(title = "Spelling", description = "How a number's name is written.")
    Spelling spelling = Spelling.PLAIN;
}
