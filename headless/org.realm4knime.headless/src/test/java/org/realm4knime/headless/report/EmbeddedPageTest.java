package org.realm4knime.headless.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddedPageTest {

    private static final Map<String, String> FILES =
            Map.of("chart.js", "draw('</script>');", "style.css", "p > b { color: red }", "icon.svg", "<svg/>");

    private static EmbeddedPage embed(String html) throws IOException {
        return EmbeddedPage.of(
                html, path -> Optional.ofNullable(FILES.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void takesScriptsOutAndKeepsEachOnce() throws IOException {
        EmbeddedPage first = embed("<script src=\"chart.js\"></script><p>one</p>");
        EmbeddedPage second = embed("<p>two</p><script src=\"chart.js\"></script>");

        assertThat(first.resources()).hasSize(1).isEqualTo(second.resources());
        String name = first.resources().keySet().iterator().next();
        assertThat(first.html()).contains("<!--resource " + name + "-->").doesNotContain("chart.js");
    }

    @Test
    void aScriptCannotEndItsElementEarly() throws IOException {
        assertThat(embed("<script src=\"chart.js\"></script>").resources().values())
                .containsExactly("<script>draw('<\\/script>');</script>");
    }

    @Test
    void keepsTheKindOfAScript() throws IOException {
        assertThat(embed("<script type=\"module\" src=\"chart.js\"></script>")
                        .resources()
                        .values())
                .singleElement()
                .asString()
                .startsWith("<script type=\"module\">");
    }

    @Test
    void putsStylesAndImagesIn() throws IOException {
        String html = embed("<link rel=\"stylesheet\" href=\"style.css\"><img src=\"icon.svg\">")
                .html();

        assertThat(html)
                .contains("<style>p > b { color: red }</style>")
                .contains("src=\"data:image/svg+xml;base64,PHN2Zy8+\"");
    }

    @Test
    void leavesAloneWhatThePageDoesNotOwn() throws IOException {
        EmbeddedPage page = embed("<script src=\"https://example.org/x.js\"></script>");

        assertThat(page.html()).contains("https://example.org/x.js");
        assertThat(page.resources()).isEmpty();
    }
}
