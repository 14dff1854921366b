package org.realm4knime.headless.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void knowsTheElementsOfDescriptions() {
        assertThat(Markdown.of("<p>Reads <b>cases</b> from\n a <tt>.jsonl</tt> file.</p><p>See <a"
                        + " href=\"https://x.org\">x</a>.</p><ul><li>one</li><li><i>two</i></li></ul>End"))
                .isEqualTo(
                        """
                        Reads **cases** from a `.jsonl` file.

                        See [x](https://x.org).

                        - one
                        - *two*

                        End""");
    }

    @Test
    void leavesPlainTextAlone() {
        assertThat(Markdown.of("plain &lt;text&gt;")).isEqualTo("plain <text>");
        assertThat(Markdown.of("")).isEmpty();
    }
}
