package org.realm4knime.headless.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.TextTokenizer;

class TextStreamTest {

    @Test
    void whatMayBecomeAStopStringIsHeldBack() {
        try (LanguageModel model = ServedModel.untrained()) {
            TextTokenizer tokenizer = model.tokenizer();
            TextStream stream = new TextStream(tokenizer, List.of("laptop is"));
            StringBuilder sent = new StringBuilder();

            sent.append(stream.piece(tokenizer.encode("A gold")));
            assertThat(sent).hasToString(tokenizer.decode(tokenizer.encode("A gold")));
            sent.append(stream.piece(tokenizer.encode("A gold laptop")));
            assertThat(sent.toString()).doesNotContain("laptop");
            sent.append(stream.piece(tokenizer.encode("A gold laptop.")));
            assertThat(sent).hasToString(tokenizer.decode(tokenizer.encode("A gold laptop.")));
        }
    }
}
