package org.realm4knime.nodes.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.knime.node.DefaultView.ViewInput;

class ViewDataTest {

    /** KNIME gives null to the view of an executed node on an inactive branch. */
    @Test
    void aNodeThatKeptNothingHasNothingToShow() {
        ViewInput nothing = () -> null;

        assertThat(ViewData.of(nothing, "scores")).isEmpty();
    }
}
