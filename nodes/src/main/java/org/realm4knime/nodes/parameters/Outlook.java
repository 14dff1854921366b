package org.realm4knime.nodes.parameters;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.widget.message.TextMessage;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.update.TrainingMemory;
import org.realm4knime.engine.update.Workload;
import org.realm4knime.nodes.port.LanguageModelPortObject;

/**
 * A text in the dialog of a training that says what the settings come to: how often the training sees each row, and
 * how much memory it takes. The former is known once the node that makes the rows has been executed, the latter once
 * that which makes the model has been.
 */
public abstract class Outlook implements StateProvider<Optional<TextMessage.Message>> {

    /** Tokens of a short and of a long text, for which the memory is said. */
    private static final List<Integer> LENGTHS = List.of(256, 1024);

    private Supplier<LoraParameters.Trained> trained;
    private Supplier<Integer> rank;

    @Override
    public void init(StateProviderInitializer initializer) {
        initializer.computeAfterOpenDialog(); // the memory is asked from the engine, which takes a second to start
        trained = initializer.computeFromValueSupplier(LoraParameters.TrainedReference.class);
        rank = initializer.computeFromValueSupplier(LoraParameters.RankReference.class);
    }

    @Override
    public Optional<TextMessage.Message> computeState(NodeParametersInput input) {
        String text = Stream.of(amount(), rows(input).map(this::passes).orElse(""), memory(input))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
        return Optional.of(new TextMessage.Message("What this comes to", text, TextMessage.MessageType.INFO));
    }

    /** How much the training works through in all, as a sentence; empty if that is not known yet. */
    protected abstract String amount();

    /** How often it sees each of its rows, as a sentence. */
    protected abstract String passes(long rows);

    /** What a training on texts of that length asks of the machine; for completions, of prompts of that length. */
    protected abstract Workload work(int tokens);

    /** What the lengths are of, such as texts. */
    protected abstract String measured();

    private static Optional<Long> rows(NodeParametersInput input) {
        return first(input, BufferedDataTable.TYPE, BufferedDataTable.class)
                .map(BufferedDataTable::size)
                .filter(rows -> rows > 0);
    }

    private String memory(NodeParametersInput input) {
        Optional<DecoderConfig> config = first(input, LanguageModelPortObject.TYPE, LanguageModelPortObject.class)
                .flatMap(LanguageModelPortObject::config);
        if (config.isEmpty()) {
            return "Execute the nodes before this one to see more.";
        }
        try {
            return "It takes about %s of memory beside the model with %s of %d tokens, %s with %d."
                    .formatted(
                            gigabytes(config.get(), LENGTHS.get(0)),
                            measured(),
                            LENGTHS.get(0),
                            gigabytes(config.get(), LENGTHS.get(1)),
                            LENGTHS.get(1));
        } catch (EngineException e) {
            return ""; // settings that do not fit together are named where they are
        }
    }

    private String gigabytes(DecoderConfig config, int tokens) {
        LoraSettings lora =
                trained.get() == LoraParameters.Trained.ALL ? null : LoraSettings.of(rank.get(), rank.get());
        return String.format(Locale.ROOT, "%.1f GB", TrainingMemory.of(config, lora, 0, work(tokens)) / 1e9);
    }

    /** What is at the first port of a type, if it is there. */
    private static <T extends PortObject> Optional<T> first(NodeParametersInput input, PortType type, Class<T> kind) {
        int port = Arrays.asList(input.getInPortTypes()).indexOf(type);
        return port < 0
                ? Optional.empty()
                : input.getInPortObject(port).filter(kind::isInstance).map(kind::cast);
    }

    /** A number that is easily read: with a decimal below ten. */
    protected static String times(double number) {
        return String.format(Locale.ROOT, number < 10 ? "%.1f" : "%,.0f", number);
    }
}
