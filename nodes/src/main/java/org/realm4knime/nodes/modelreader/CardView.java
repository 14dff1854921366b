package org.realm4knime.nodes.modelreader;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.ModelCard;
import org.realm4knime.nodes.table.TableSchema;

/** The table behind a model's card: what is to be known of it, in sections. */
final class CardView {

    private static final String MODEL = "Model";
    private static final String PROMPTS = "Tokens and prompts";
    private static final String ORIGIN = "Origin";

    private record Entry(String section, String name, String value, String note) {}

    private static final TableSchema<Entry> SCHEMA = TableSchema.<Entry>builder()
            .text("section", Entry::section)
            .text("name", Entry::name)
            .text("value", Entry::value)
            .text("note", Entry::note)
            .build();

    private final List<Entry> entries = new ArrayList<>();

    private CardView() {}

    /**
     * The table.
     *
     * @param name of the model in tables and charts
     * @param source where it was read from, for a person to read
     * @param card what its files say
     */
    static BufferedDataTable of(String name, String source, ModelCard card, ExecutionContext exec)
            throws CanceledExecutionException {
        CardView view = new CardView();
        view.model(name, card);
        view.prompts(card);
        view.origin(source, card);
        return SCHEMA.write(view.entries, exec);
    }

    private void model(String name, ModelCard card) {
        DecoderConfig config = card.config();
        add(MODEL, "Name", name, "in tables and charts");
        add(MODEL, "Architecture", config.modelType(), null);
        add(MODEL, "Parameters", count(config.parameterCount()), null);
        add(MODEL, "Layers", count(config.layers()), null);
        add(MODEL, "Width", count(config.hiddenSize()), "feed-forward " + count(config.intermediateSize()));
        add(MODEL, "Attention heads", count(config.heads()), count(config.kvHeads()) + " of keys and values");
        add(MODEL, "Context", count(config.maxPositions()) + " tokens", "prompt and completion together");
        add(
                MODEL,
                "Precision on disk",
                String.join(", ", card.precisions()),
                "%.1f MB; computed with in float32".formatted(card.weightBytes() / 1e6));
        add(MODEL, "Output projection", config.tiedEmbeddings() ? "the embedding" : "its own", null);
    }

    private void prompts(ModelCard card) {
        add(PROMPTS, "Tokens", count(card.tokens()), null);
        add(PROMPTS, "Chat template", card.chatTemplate() ? "yes" : "none: prompts are continued as they are", null);
        add(
                PROMPTS,
                "Prompt format",
                card.prompt().template().strip(),
                card.ownPrompt() ? "from realm_prompt.json" : "the usual one; the model brings none");
    }

    private void origin(String source, ModelCard card) {
        add(ORIGIN, "Read from", source, null);
        add(
                ORIGIN,
                "Licence",
                card.licence().orElse("not stated"),
                card.licence().isPresent() ? "as its README.md says" : "look at where the model comes from");
        card.baseModel().ifPresent(base -> add(ORIGIN, "Made from", base, "as its README.md says"));
    }

    private void add(String section, String name, String value, String note) {
        entries.add(new Entry(section, name, value, note));
    }

    private static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }
}
