package org.realm4knime.engine.endpoint;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.generate.TextGenerator;
import org.realm4knime.engine.generate.Written;
import org.realm4knime.engine.model.PromptFormat;

/**
 * A model behind one or several servers of the OpenAI chat protocol. Every answer is kept on disk as it arrives, so
 * that no question is asked twice, also not after an interruption. A question that gets no answer after all retries is
 * a text with its error; what concerns every question, such as a wrong key, ends the job.
 */
public final class EndpointModel implements TextGenerator {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final EndpointSettings settings;
    private final Optional<AnswerCache> cache;
    private final Consumer<String> notes;
    private final Asking asking;
    private final Set<String> answering = new TreeSet<>();
    private Usage usage = Usage.NOTHING;

    /**
     * A model.
     *
     * @param settings the model and its servers
     * @param key the servers' key; it is written nowhere
     * @param answers folder that keeps the answers; empty to keep none and to ask everything anew
     * @param notes told, before questions are asked and after, how many and what they take
     */
    public EndpointModel(EndpointSettings settings, ApiKey key, Optional<Path> answers, Consumer<String> notes) {
        this(settings, key, answers, notes, Time.system());
    }

    EndpointModel(EndpointSettings settings, ApiKey key, Optional<Path> answers, Consumer<String> notes, Time time) {
        this.settings = settings;
        this.notes = notes;
        cache = answers.map(folder -> new AnswerCache(folder, settings.model()));
        EndpointLimits limits = settings.limits();
        HttpClient client = EndpointHttp.jdk(CONNECT);
        List<ChatClient> clients = settings.baseUrls().stream()
                .map(url -> new ChatClient(settings, url, key, client, this::answeredAs))
                .toList();
        asking = new Asking(
                settings,
                new Replicas(clients, time),
                new Pace(limits.requestsPerMinute(), limits.tokensPerMinute(), time),
                new BackOff(new Random()),
                time);
    }

    @Override
    public PromptFormat promptFormat() {
        return PromptFormat.general();
    }

    @Override
    public String prompt(String question, List<String> rules, List<String> routes) {
        // the server puts the chat template around it
        return promptFormat().render(question, rules, routes);
    }

    @Override
    public List<List<Written>> generate(
            List<String> prompts, int samplesPerPrompt, SamplingSettings sampling, int batchSize, Progress progress)
            throws CanceledJobException {
        List<List<Question>> asked = prompts.stream()
                .map(prompt -> IntStream.range(0, samplesPerPrompt)
                        .mapToObj(sample -> Question.of(prompt, sampling, sample))
                        .toList())
                .toList();
        Map<String, Question> distinct = new LinkedHashMap<>();
        asked.forEach(samples -> samples.forEach(question -> distinct.put(question.key(settings), question)));
        Map<String, Written> answers = answers(distinct, progress);
        return asked.stream()
                .map(samples -> samples.stream()
                        .map(question -> answers.get(question.key(settings)))
                        .toList())
                .toList();
    }

    private Map<String, Written> answers(Map<String, Question> questions, Progress progress)
            throws CanceledJobException {
        Map<String, Written> answers = new HashMap<>();
        cache.map(known -> known.find(questions.keySet()))
                .orElseGet(Map::of)
                .forEach((question, reply) -> answers.put(question, reply.toWritten()));
        Map<String, Question> open = new LinkedHashMap<>(questions);
        open.keySet().removeAll(answers.keySet());
        String estimate = estimate(open.values(), answers.size());
        notes.accept(estimate);
        progress.report(0, estimate);
        QuestionRun run = new QuestionRun(settings, asking, cache, progress);
        try {
            answers.putAll(run.ask(open));
        } finally {
            Usage taken = run.usage(questions.size() - open.size());
            add(taken);
            notes.accept(taken.text(settings.prices()));
        }
        progress.report(1, run.usage(questions.size() - open.size()).text(settings.prices()));
        return answers;
    }

    private String estimate(Collection<Question> open, int known) {
        long read =
                open.stream().mapToLong(question -> question.tokens(settings)).sum();
        long longest = open.stream()
                .mapToLong(question -> question.sampling().maxNewTokens())
                .sum();
        return Usage.estimate(open.size(), known, read, longest, settings.prices());
    }

    private synchronized void add(Usage taken) {
        usage = usage.plus(taken);
    }

    private synchronized void answeredAs(String model) {
        answering.add(model);
    }

    /** What was asked and taken since this was opened. */
    public synchronized Usage usage() {
        return usage;
    }

    /** What the user is to be told of the answers. */
    public synchronized List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (usage.failed() > 0) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d questions to the model '%s' got no answer. Execute the node again to ask only these.",
                    usage.failed(),
                    usage.failed() + usage.answered() + usage.known(),
                    settings.model()));
        }
        List<String> others =
                answering.stream().filter(name -> !settings.isModel(name)).toList();
        if (!others.isEmpty()) {
            warnings.add("The model '%s' was asked for, and '%s' answered. If that is another model, change 'Model'."
                    .formatted(settings.model(), String.join("', '", others)));
        }
        return warnings;
    }

    @Override
    public void close() {
        // connections end by themselves
    }
}
