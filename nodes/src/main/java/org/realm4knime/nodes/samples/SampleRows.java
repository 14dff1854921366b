package org.realm4knime.nodes.samples;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.widget.choices.Label;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.nodes.table.ExampleTable;
import org.realm4knime.nodes.table.ProblemTable;
import org.realm4knime.nodes.table.RouteTable;
import org.realm4knime.nodes.table.RuleTable;
import org.realm4knime.samples.SampleDomain;
import org.realm4knime.samples.domain.DomainData;
import org.realm4knime.samples.domain.Expert.Fault;
import org.realm4knime.samples.domain.TrainingText;
import org.realm4knime.samples.domain.Verdicts;
import org.realm4knime.samples.refund.RefundDesk;

/**
 * Makes the rows of made-up domains.
 *
 * @param domain whose they are
 * @param content what they are
 * @param cases of which part of the cases problems and routes are
 * @param texts what examples are for
 * @param number how many, at least 1; of routes, to how many problems; of rules there are always all
 * @param seed the same one makes the same rows
 */
public record SampleRows(
        DomainChoice domain, ContentChoice content, CasesChoice cases, TextsChoice texts, int number, long seed) {

    /** How many there are where nobody says how many. */
    public static final int DEFAULT_NUMBER = 200;

    /**
     * Refuses what no domain has.
     *
     * @throws InvalidSettingsException if the domain lacks such cases, routes or texts, or has fewer cases
     */
    public void validate() throws InvalidSettingsException {
        int most = DomainData.MAX_PROBLEMS * Math.max(1, domain.domains.size());
        if ((content == ContentChoice.PROBLEMS || content == ContentChoice.ROUTES) && number > most) {
            throw new InvalidSettingsException(
                    "The domain %s has at most %d cases, but %d are asked for. Ask for fewer."
                            .formatted(label(domain), most, number));
        }
        if (quickstart() && content == ContentChoice.ROUTES) {
            throw new InvalidSettingsException(
                    "There are no ready-made routes to the quickstart's problems. Draw routes with a Multi-Route"
                            + " Rollout, read them from a file, or choose another domain.");
        }
        if (quickstart() && content == ContentChoice.PROBLEMS && cases.quickstart == null) {
            throw new InvalidSettingsException(
                    "The quickstart's domain has no validation cases. Choose Train, Test or Harder, or another"
                            + " domain.");
        }
        if (content == ContentChoice.EXAMPLES && !has(texts)) {
            throw new InvalidSettingsException(
                    "The domain %s has no texts %s. Its texts are %s. Choose one of these, or another domain."
                            .formatted(
                                    label(domain),
                                    label(texts),
                                    Arrays.stream(TextsChoice.values())
                                            .filter(this::has)
                                            .map(SampleRows::label)
                                            .collect(Collectors.joining(", "))));
        }
    }

    private boolean quickstart() {
        return domain.domains.isEmpty();
    }

    private boolean has(TextsChoice choice) {
        return quickstart() ? choice.quickstart != null : choice.others != null;
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

    /** Columns of the table. */
    public DataTableSpec spec() {
        return content.schema.spec();
    }

    /**
     * Makes the table.
     *
     * @param exec creates it
     * @throws CanceledExecutionException if the user cancelled the node
     */
    public BufferedDataTable table(ExecutionContext exec) throws CanceledExecutionException {
        return switch (content) {
            case PROBLEMS -> ProblemTable.SCHEMA.write(problems(), exec);
            case RULES -> RuleTable.SCHEMA.write(rules(), exec);
            case ROUTES -> RouteTable.SCHEMA.write(routes(), exec);
            case EXAMPLES -> ExampleTable.SCHEMA.write(examples(), exec);
        };
    }

    private List<Problem> problems() {
        return quickstart()
                ? RefundDesk.problems(cases.quickstart, number, seed)
                : ofEach((each, count) -> each.problems(cases.others, count, seed).stream());
    }

    private List<Rule> rules() {
        return quickstart()
                ? RefundDesk.rules()
                : domain.domains.stream().flatMap(each -> each.rules().stream()).toList();
    }

    /** A route of each expert to each of the {@link #problems()}. */
    private List<Route> routes() {
        return ofEach((each, count) -> {
            List<Problem> problems = each.problems(cases.others, count, seed);
            return Arrays.stream(Fault.values()).flatMap(fault -> routes(each, fault, problems));
        });
    }

    private Stream<Route> routes(SampleDomain each, Fault fault, List<Problem> problems) {
        String source = fault.name().toLowerCase(Locale.ROOT);
        List<String> said = each.routes(fault, cases.others, problems.size(), seed);
        return IntStream.range(0, said.size())
                .mapToObj(i -> new Route(
                        problems.get(i).id(),
                        source,
                        0,
                        said.get(i),
                        Integer.toString(Verdicts.answer(said.get(i))),
                        0,
                        Double.NaN,
                        null));
    }

    /** The rows are shared out evenly among the domains; where that leaves one over, the first domain has it. */
    private <T> List<T> ofEach(BiFunction<SampleDomain, Integer, Stream<T>> make) {
        List<SampleDomain> domains = domain.domains;
        return IntStream.range(0, domains.size())
                .boxed()
                .flatMap(i -> {
                    int count = number / domains.size() + (i < number % domains.size() ? 1 : 0);
                    return count == 0 ? Stream.empty() : make.apply(domains.get(i), count);
                })
                .toList();
    }

    private List<SupervisedExample> examples() {
        List<TrainingText> made = quickstart()
                ? RefundDesk.corpus(texts.quickstart, number, seed)
                : texts.others.texts(domain.domains, number, seed);
        return made.stream()
                .map(text -> SupervisedExample.of(text.prompt(), text.completion()))
                .toList();
    }
}
