package org.realm4knime.nodes.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.core.webui.page.Page;

class ViewPageTest {

    private static final Pattern SCRIPT = Pattern.compile("<script src=\"([^\"]+)\">");

    @ParameterizedTest
    @EnumSource(ViewPage.class)
    void everyScriptOfAPageIsAmongItsResources(ViewPage view) throws Exception {
        Page page = view.page(Page.create());
        String html = new String(page.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher scripts = SCRIPT.matcher(html);
        int found = 0;
        while (scripts.find()) {
            assertThat(page.getResource(scripts.group(1))).as(scripts.group(1)).isPresent();
            assertThat(page.getResource(scripts.group(1)).get().getInputStream().readAllBytes())
                    .isNotEmpty();
            found++;
        }
        assertThat(found).isGreaterThanOrEqualTo(4);
        assertThat(html).contains("href=\"view.css\"").contains("http-equiv=\"Content-Security-Policy\"");
        assertThat(page.getResource("view.css")).isPresent();
    }
}
