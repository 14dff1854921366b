package org.realm4knime.nodes.view;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.knime.node.DefaultView.ViewInput;

class ViewDataTest {

    /** KNIME gives null to the view of an executed node on an inactive branch. */
    @Test
    void aNodeThatKeptNothingSaysSo() {
        ViewInput nothing = () -> null;

        assertThatThrownBy(() -> ViewData.of(nothing, "scores"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not active");
    }
}
