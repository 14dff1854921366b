package org.realm4knime.nodes.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.widget.choices.Label;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.problem.TrainingText;
import org.realm4knime.engine.problem.builtin.BuiltInDomain;
import org.realm4knime.engine.problem.domain.DomainData;
import org.realm4knime.engine.problem.domain.Expert.Fault;
import org.realm4knime.engine.problem.domain.Verdicts;
import org.realm4knime.engine.problem.refund.RefundDesk;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.train.SupervisedExample;
import org.realm4knime.nodes.dataset.ReasoningDatasetReaderNodeParameters.Content;
import org.realm4knime.nodes.dataset.ReasoningDatasetReaderNodeParameters.Texts;

/** Takes the rows of the Reasoning Dataset Reader from the engine's built-in domains. */
final class BuiltInData {

    private static final int ROWS = 200;

    private final ReasoningDatasetReaderNodeParameters parameters;
    private final List<BuiltInDomain> domains;
    private final boolean quickstart;
    private final int rows;

    BuiltInData(ReasoningDatasetReaderNodeParameters parameters) {
        this.parameters = parameters;
        domains = parameters.builtIn.engine;
        quickstart = domains.isEmpty();
        rows = parameters.limit > 0 ? parameters.limit : ROWS;
    }

    /** Refuses settings that ask for what is not built in. */
    void validate() throws InvalidSettingsException {
        Content content = parameters.content;
        int most = DomainData.MAX_PROBLEMS * Math.max(1, domains.size());
        if ((content == Content.PROBLEMS || content == Content.ROUTES) && rows > most) {
            throw new InvalidSettingsException(
                    "There are at most %d built-in cases, but the maximum number of rows is %d.".formatted(most, rows));
        }
        if (quickstart && content == Content.ROUTES) {
            throw new InvalidSettingsException(
                    "There are no built-in routes to the quickstart's problems. Draw routes with a Multi-Route"
                            + " Rollout, read them from a file, or choose another domain.");
        }
        if (quickstart && content == Content.PROBLEMS && parameters.split.quickstart == null) {
            throw new InvalidSettingsException(
                    "The quickstart's domain has no validation cases. Choose Train, Test or Harder, or"
                            + " another domain.");
        }
        if (content == Content.EXAMPLES && !has(parameters.texts)) {
            throw new InvalidSettingsException(
                    "The built-in domain %s has no texts %s. Its texts are %s. Choose one of these, or another domain."
                            .formatted(
                                    label(parameters.builtIn),
                                    label(parameters.texts),
                                    Arrays.stream(Texts.values())
                                            .filter(this::has)
                                            .map(BuiltInData::label)
                                            .collect(Collectors.joining(", "))));
        }
    }

    private boolean has(Texts texts) {
        return quickstart ? texts.quickstart != null : texts.engine != null;
    }

    /** What the dialog calls a choice, in quotation marks. */
    private static String label(Enum<?> choice) {
        try {
            Label label = choice.getDeclaringClass().getField(choice.name()).getAnnotation(Label.class);
            return "'" + label.value() + "'";
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("Every constant is a field of its enum", e);
        }
    }

    List<Problem> problems() {
        return quickstart
                ? RefundDesk.problems(parameters.split.quickstart, rows, parameters.seed)
                : ofEach((domain, count) -> domain.problems(parameters.split.engine, count, parameters.seed).stream());
    }

    List<Rule> rules() {
        return quickstart
                ? RefundDesk.rules()
                : domains.stream().flatMap(domain -> domain.rules().stream()).toList();
    }

    /** A route of each expert to each of the {@link #problems()}. */
    List<Route> routes() {
        return ofEach((domain, count) -> {
            List<Problem> problems = domain.problems(parameters.split.engine, count, parameters.seed);
            return Arrays.stream(Fault.values()).flatMap(fault -> routes(domain, fault, problems));
        });
    }

    private Stream<Route> routes(BuiltInDomain domain, Fault fault, List<Problem> problems) {
        String source = fault.name().toLowerCase(Locale.ROOT);
        List<String> texts = domain.routes(fault, parameters.split.engine, problems.size(), parameters.seed);
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new Route(
                        problems.get(i).id(),
                        source,
                        0,
                        texts.get(i),
                        Integer.toString(Verdicts.answer(texts.get(i))),
                        0,
                        Double.NaN,
                        null));
    }

    /** The rows are shared out evenly among the domains; where that leaves one over, the first domain has it. */
    private <T> List<T> ofEach(BiFunction<BuiltInDomain, Integer, Stream<T>> make) {
        return IntStream.range(0, domains.size())
                .boxed()
                .flatMap(i -> {
                    int count = rows / domains.size() + (i < rows % domains.size() ? 1 : 0);
                    return count == 0 ? Stream.empty() : make.apply(domains.get(i), count);
                })
                .toList();
    }

    List<SupervisedExample> examples() {
        return texts().stream()
                .map(text -> SupervisedExample.of(text.prompt(), text.completion()))
                .toList();
    }

    private List<TrainingText> texts() {
        if (quickstart) {
            return RefundDesk.corpus(parameters.texts.quickstart, rows, parameters.seed);
        }
        return parameters.texts.engine.texts(domains, rows, parameters.seed);
    }
}
